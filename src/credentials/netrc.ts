import { failed, ok, type Problem, type Result } from '../errors.ts'
import { isOlder } from '../go/version.ts'
import { showPlace } from '../places/place.ts'
import type { Credential } from './credential.ts'
import { needsDiscovery } from './hosts.ts'

/** One login of a netrc file. None of the three holds white space. */
export interface NetrcEntry {
  /** `host` or `host:port`, as this go reads it: see `NetrcForm`. */
  readonly machine: string
  readonly login: string
  readonly password: string
}

/** How a go finds a machine. Source: cmd/go/internal/auth. */
export interface NetrcForm {
  /** It drops `https://` before one, from 1.24. */
  readonly urls: boolean
  /** It looks for the longest beginning of a URL's path, from 1.25. */
  readonly paths: boolean
}

/** The oldest counts: the go that is installed may have to fetch the other from a private proxy. */
export function netrcFormOf(goVersion: string, installedGo: string): NetrcForm {
  const urls = ![goVersion, installedGo].some(version => isOlder(version, 'go1.24'))
  return { urls, paths: !isOlder(goVersion, 'go1.25') }
}

/**
 * The logins that go needs for `?go-get=1` pages and private proxies; hosts that go only clones from have none. go
 * compares a machine with the URL's host as written, port included. git must not find them: from libcurl 8.16 on
 * it reads the file, too, and in later steps it has logins of its own. With `https://` a machine is go's alone.
 */
export function planNetrc(credentials: readonly Credential[], form: NetrcForm): Result<readonly NetrcEntry[]> {
  const asked = credentials.filter(({ host }) => needsDiscovery(host))
  const scheme = form.urls ? 'https://' : ''
  const entries = (those: readonly Credential[], machines: (credential: Credential) => readonly string[]) =>
    ok(those.flatMap(credential => machines(credential).map(machine => entryOf(scheme + machine, credential))))
  if (form.paths) return entries(asked, machinesOf)
  const firstOf = (credential: Credential) => asked.find(other => serverOf(other) === serverOf(credential))
  const problems = asked.flatMap(credential => {
    const first = firstOf(credential)
    return first === undefined || sameLogin(first, credential) ? [] : [twoTokens(first, credential)]
  })
  if (problems.length > 0) return failed(...problems)
  return entries(
    asked.filter(credential => firstOf(credential) === credential),
    serversOf,
  )
}

function sameLogin(a: Credential, b: Credential): boolean {
  return a.user === b.user && a.token === b.token
}

function entryOf(machine: string, { user, token }: Credential): NetrcEntry {
  return { machine, login: user, password: token }
}

function serverOf({ host, port }: Credential): string {
  return showPlace({ host, port, path: '' })
}

/** A proxy's URL may name port 443 although it need not. */
function serversOf(credential: Credential): readonly string[] {
  return credential.port === undefined ? [credential.host, `${credential.host}:443`] : [serverOf(credential)]
}

/** go cuts a URL at its slashes, so the page of the repository itself is found with its query alone. */
function machinesOf(credential: Credential): readonly string[] {
  const { path } = credential
  return serversOf(credential).flatMap(server =>
    path === '' ? [server] : [`${server}/${path}`, `${server}/${path}?go-get=1`],
  )
}

function twoTokens(first: Credential, second: Credential) {
  return {
    code: 'CREDENTIALS_PATHS_NEED_GO_1_25',
    message: `credentials: lines ${first.line} and ${second.line} give two logins for ${serverOf(second)}, and Go before 1.25 cannot tell them apart by path when it asks for module pages or a proxy’s files.`,
    hint: 'Use Go 1.25 or newer, or one user and token that read both.',
  }
}

/** The machines of a netrc file, `default` too, which stands for all. Source: netrc(5). */
export function machinesIn(netrc: string): readonly string[] {
  const lines = netrc.split(/[\r\n]/).filter(line => !line.trimStart().startsWith('#'))
  const words = lines.join('\n').split(/\s+/)
  return words.flatMap((word, i) => (word === 'machine' ? (words[i + 1] ?? []) : word === 'default' ? [word] : []))
}

/** Ours first, for go takes the first match; then what the user had, as it was. */
export function renderNetrc(entries: readonly NetrcEntry[], users: string): string {
  const lines = entries.map(
    ({ machine, login, password }) => `machine ${machine} login ${login} password ${password}\n`,
  )
  return lines.join('') + users
}

/** GOAUTH is the user's; where it leaves netrc out, go does not look into ours. Source: go help goauth. */
export const GOAUTH_WITHOUT_NETRC: Problem = {
  code: 'CREDENTIALS_GOAUTH',
  message: 'GOAUTH does not include `netrc`: go does not use the credentials given here for module pages and proxies.',
  hint: 'Unset GOAUTH (`go env GOAUTH` shows it), or add `netrc` to it: GOAUTH="netrc; …".',
}

/** Of a file whose lines a go before 1.24 needs, for a git that reads it. libcurl compares the name of the host alone. */
export function foundByGit(entries: readonly NetrcEntry[]): readonly Problem[] {
  const hosts = [...new Set(entries.map(({ machine }) => machine).filter(machine => !/[:/]/.test(machine)))]
  if (hosts.length === 0) return []
  return [
    {
      code: 'CREDENTIALS_NETRC',
      message: `Go before 1.24 reads logins only from a file that this git reads too: other git commands send the token given here to ${hosts.join(', ')} before their own.`,
      hint: 'Use Go 1.24 or newer, or `credentials-scope: download`.',
    },
  ]
}
