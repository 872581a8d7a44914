import type { Problem } from '../errors.ts'

type Version = readonly [major: number, minor: number]

/** What git says of itself; undefined: nothing, and nothing is assumed. */
export interface GitVersion {
  readonly git: Version | undefined
  /** Which libcurl it was built with; it says so from 2.46. */
  readonly libcurl: Version | undefined
}

/** @param printed by `git version --build-options` */
export function parseGitVersion(printed: string): GitVersion {
  const read = (pattern: RegExp): Version | undefined => {
    const [, major, minor] = pattern.exec(printed)?.map(Number) ?? []
    return major === undefined || minor === undefined ? undefined : [major, minor]
  }
  return { git: read(/^git version (\d+)\.(\d+)/), libcurl: read(/^libcurl: (\d+)\.(\d+)/m) }
}

function isAtLeast(version: Version | undefined, [major, minor]: Version): boolean {
  return version !== undefined && (version[0] > major || (version[0] === major && version[1] >= minor))
}

/** Since this version git reads GIT_CONFIG_COUNT. Source: git's release notes, 2.31.0. */
const OLDEST_GIT: Version = [2, 31]

export function whyTooOld({ git }: GitVersion): Problem | undefined {
  if (git === undefined || isAtLeast(git, OLDEST_GIT)) return undefined
  return {
    code: 'CREDENTIALS_OLD_GIT',
    message: `git is older than ${OLDEST_GIT.join('.')} and reads no configuration from the environment: it does not use the tokens and keys given here.`,
    hint: 'Install a newer git.',
  }
}

/** Whether git looks into the file that NETRC names. Source: libcurl, CURLOPT_NETRC, 8.16.0; git lets it look. */
export function readsNetrcVariable({ libcurl }: GitVersion): boolean {
  return isAtLeast(libcurl, [8, 16])
}

/** A variable of `http.<url>`. */
export type HttpVariable = readonly [name: string, value: string]

/** From 2.46 git can ask a helper before its first request. Source: git-config(1), http.proactiveAuth. */
export function asksFirst({ git }: GitVersion): boolean {
  return isAtLeast(git, [2, 46])
}

/**
 * What makes git ask a helper although a netrc file has a login for the host, which it would send first and which may
 * see less. Before 2.46, an empty login keeps libcurl from looking for one: up to 8.12 at least, and newer ones come with
 * newer gits. Source: git-config(1), http.emptyAuth.
 */
export function askBeforeNetrc(version: GitVersion): HttpVariable {
  return asksFirst(version) ? ['proactiveAuth', 'basic'] : ['emptyAuth', 'true']
}

/**
 * The same for a host that answers 403 to the empty login, so that git asks no helper: the login as a header, which
 * libcurl sends instead of one that it finds. git would send it to whatever host a redirect leads to, so it follows none.
 */
export function sendBeforeNetrc(user: string, token: string): readonly HttpVariable[] {
  const login = Buffer.from(`${user}:${token}`).toString('base64')
  return [
    ['extraHeader', `Authorization: Basic ${login}`],
    ['followRedirects', 'false'],
  ]
}
