import type { Problem } from '../errors.ts'

type Version = readonly [major: number, minor: number]

/** What git says of itself; undefined: nothing, and nothing is assumed. */
export interface GitVersion {
  readonly git: Version | undefined
  /** Which libcurl it was built with; it says so from 2.46. */
  readonly libcurl: Version | undefined
}

export const UNKNOWN_GIT: GitVersion = { git: undefined, libcurl: undefined }

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

/**
 * What makes git ask a helper although a netrc file has a login for the host, which it would send first and which may
 * see less. From 2.46 git asks before its first request. Before, an empty login keeps libcurl from looking for one: up
 * to 8.12 at least, and newer ones come with newer gits. Source: git-config(1), http.proactiveAuth, http.emptyAuth.
 */
export function askBeforeNetrc({ git }: GitVersion): HttpVariable {
  return isAtLeast(git, [2, 46]) ? ['proactiveAuth', 'basic'] : ['emptyAuth', 'true']
}
