import { failed, ok, type Result } from '../errors.ts'
import { showPlace } from '../place.ts'
import type { Credential } from './credential.ts'
import { needsDiscovery } from './hosts.ts'

/** As messages call the file in the home directory, which git reads whatever NETRC says. Source: git, http.c; curl. */
export const NETRC_NAME = '~/.netrc'

/** One login of a netrc file. None of the three holds white space. */
export interface NetrcEntry {
  /** `host`, `host:port`; from Go 1.25 also with a path, which counts for all below it. */
  readonly machine: string
  readonly login: string
  readonly password: string
}

/**
 * The logins that go needs for `?go-get=1` pages and private proxies; git does not read them, so hosts that go only
 * clones from have none. go compares a machine with the URL's host as written, port included.
 * @param paths whether this go looks for the longest beginning of a URL's path (from 1.25)
 */
export function planNetrc(credentials: readonly Credential[], paths: boolean): Result<readonly NetrcEntry[]> {
  const asked = credentials.filter(({ host }) => needsDiscovery(host))
  if (paths) return ok(asked.flatMap(credential => machinesOf(credential).map(machine => entryOf(machine, credential))))
  const problems = asked.flatMap((credential, i) => {
    const first = asked.slice(0, i).find(other => serverOf(other) === serverOf(credential))
    return first === undefined ? [] : [twoTokens(first, credential)]
  })
  if (problems.length > 0) return failed(...problems)
  return ok(asked.flatMap(credential => serversOf(credential).map(machine => entryOf(machine, credential))))
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
    message: `credentials: lines ${first.line} and ${second.line} give two tokens for ${serverOf(second)}, and a Go before 1.25 cannot tell them apart by path when it asks for module pages or a proxy’s files.`,
    hint: 'Use Go 1.25 or newer, or one token that reads both.',
  }
}

/** The machines of a netrc file, `default` too, which stands for all. Source: netrc(5). */
export function machinesIn(netrc: string): readonly string[] {
  const words = netrc.replace(/^\s*#.*$/gm, '').split(/\s+/)
  return words.flatMap((word, i) => (word === 'machine' ? (words[i + 1] ?? []) : word === 'default' ? [word] : []))
}

/** Ours first, for go takes the first match; then what the user had, as it was. */
export function renderNetrc(entries: readonly NetrcEntry[], users: string): string {
  const lines = entries.map(
    ({ machine, login, password }) => `machine ${machine} login ${login} password ${password}\n`,
  )
  return lines.join('') + users
}
