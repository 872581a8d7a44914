import { httpsUrl, type Place } from '../places/place.ts'
import { quoteForShell } from '../text/shell.ts'
import type { HttpVariable } from './git-version.ts'

/** A place whose user and password git finds in a file of ours. */
export interface Helper {
  readonly place: Place
  /** Its path as git's URLs have it, where that is another one. */
  readonly urlPath?: string
  /** Absolute path of a file in git's own form: see `renderAnswer`. */
  readonly file: string
  /** The variables that make git ask here first. */
  readonly http: readonly HttpVariable[]
}

/** URLs that begin with one of `from` begin with `to` instead; git takes the longest of all that fit. */
export interface Rewrite {
  readonly to: string
  readonly from: readonly string[]
}

/** Configuration for the git that go runs, and no other. */
export interface GitConfig {
  readonly helpers: readonly Helper[]
  readonly rewrites: readonly Rewrite[]
  readonly sshCommand: string | undefined
}

/** The user's own git configuration, outside any repository. */
export interface UsersGit {
  /** `core.sshCommand`; undefined: none. */
  readonly sshCommand: string | undefined
  /** In the order in which git reads them. */
  readonly rewrites: readonly Rewrite[]
}

export const NO_USERS_GIT: UsersGit = { sshCommand: undefined, rewrites: [] }

/** Names for `git config --get-regexp` that say all that is asked of the user's configuration. */
export const USERS_GIT_NAMES = '^(core\\.sshcommand|url\\..*\\.insteadof)$'

/** Reads what `git config --null --get-regexp` prints: a name, a line end, a value, NUL. */
export function parseUsersGit(printed: string): UsersGit {
  const entries = printed.split('\0').map(entry => /^([^\n]+)\n(.*)$/s.exec(entry)?.slice(1) ?? [])
  return {
    sshCommand: entries.findLast(([name]) => name === 'core.sshcommand')?.[1] || undefined,
    rewrites: entries.flatMap(([name = '', from]) => {
      const to = /^url\.(.*)\.insteadof$/s.exec(name)?.[1]
      return to === undefined || !from ? [] : [{ to, from: [from] }]
    }),
  }
}

/** A git configuration file. */
export function renderGitConfig({ helpers, rewrites, sshCommand }: GitConfig): string {
  // The general before the special: git drops what comes after something more special.
  const sorted = [...helpers].sort((a, b) => a.place.path.length - b.place.path.length)
  return [
    ...sorted.flatMap(renderHelper),
    ...rewrites.flatMap(({ to, from }) => [section('url', to), ...from.map(url => variable('insteadOf', url))]),
    ...(sshCommand === undefined ? [] : ['[core]', variable('sshCommand', sshCommand)]),
    '',
  ].join('\n')
}

/**
 * A helper that can only answer: git's own store would erase an entry that a server refused once, and takes the first
 * of several for one host. The empty value before it makes the user's own helpers silent here, and only here.
 */
function renderHelper({ place, urlPath = place.path, file, http }: Helper): readonly string[] {
  const command = `!f() { test "$1" = get && cat ${quoteForShell(file)}; }; f`
  const paths = [...new Set([place.path, urlPath])]
  const places =
    place.path === '' ? [place] : paths.flatMap(path => [path, `${path}.git`].map(path => ({ ...place, path })))
  return places.flatMap(each => {
    const url = httpsUrl(each).replace(/\/$/, '')
    return [
      section('credential', url),
      variable('helper', ''),
      variable('helper', command),
      // git-lfs looks for a helper by the host alone where this is not set, and finds none that is for a path.
      ...(place.path === '' ? [] : [variable('useHttpPath', 'true')]),
      // A header that the user's configuration adds for the host would be sent before ours, or beside it.
      section('http', url),
      variable('extraHeader', ''),
      ...http.map(one => variable(...one)),
    ]
  })
}

/** What the helper prints. Source: git-credential(1), INPUT/OUTPUT FORMAT. */
export function renderAnswer(user: string, token: string): string {
  return `username=${user}\npassword=${token}\n`
}

function section(name: string, subsection: string): string {
  return `[${name} ${quote(subsection)}]`
}

function variable(name: string, value: string): string {
  return `\t${name} = ${quote(value)}`
}

/** Source: git-config(1), SYNTAX. */
function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
