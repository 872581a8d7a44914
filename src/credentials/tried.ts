import { matchesPatterns } from '../go/patterns.ts'
import { showUser } from '../places/logins.ts'
import { closest, type Place, showPlace } from '../places/place.ts'
import type { Credential, EmptySecret, OwnProxy } from './credential.ts'
import { FORKS_RUN } from './event.ts'
import type { Rewrite } from './git-config.ts'
import { findLayouts, placeOfSsh } from './layouts.ts'

/** What could be tried for a private place, and what could not. */
export interface KnownCredentials {
  readonly logins: readonly Credential[]
  readonly keys: readonly KnownKey[]
  /** Lines of the inputs whose secret is empty. */
  readonly empty: readonly EmptySecret[]
  /** The run in which credentials were withheld, as `unsafeRun` names it; undefined: they were not. */
  readonly withheldIn: string | undefined
  /** The user's own proxies. */
  readonly own: readonly OwnProxy[]
  /** GOPRIVATE patterns in force. */
  readonly patterns: string
  /** Of git's URLs, in the order in which git reads them: the user's and ours. */
  readonly rewrites?: readonly Rewrite[]
}

/** A place that SSH keys are for. */
export interface KnownKey extends Place {
  /** The name by which ssh takes them. */
  readonly alias?: string
  /** What ssh asks under that name. */
  readonly server?: { readonly host: string; readonly port: number | undefined }
  /** Lines of the input at which they begin. */
  readonly lines?: readonly number[]
}

/** A place that go or git asked, as module paths have it, but for the port. */
export interface AskedPlace extends Place {
  readonly over: 'web' | 'ssh'
  /** The name and port that ssh was given. */
  readonly server?: { readonly host: string; readonly port: number | undefined }
  /** The key of ours that ssh offered; undefined: which one is not known, or none. */
  readonly key?: KnownKey | undefined
  /** Whether ssh was asked for a name of ours, so that it offered a key of ours. */
  readonly byAlias: boolean
}

/** Whether this is a place that something private comes from. */
export function isPrivate(place: Place, known: KnownCredentials): boolean {
  const { empty, logins, own, patterns } = known
  const named = closest([...logins, ...empty, ...own], place) ?? keyFor(place, known)
  return named !== undefined || matchesPatterns(patterns, `${place.host}/${place.path}`)
}

/** Whether a secret would be for it, were its path written in the same case. */
export function isNearMiss(place: Place, known: KnownCredentials): boolean {
  return findNearMiss(place, known, 0) !== undefined
}

/** A key is for a host whatever port its pages have, and what ssh says names none. */
function keyFor(place: Place, { keys }: KnownCredentials): KnownKey | undefined {
  const layouts = findLayouts([], [], [])
  const all = keys.flatMap(key => [
    { ...key, key },
    { ...placeOfSsh(key, layouts), key },
  ])
  return closest(
    all.map(one => ({ ...one, port: place.port })),
    place,
  )?.key
}

/** What to do where no secret was sent. */
export interface Remedy {
  readonly code: string
  /** @param where host and port that were asked */
  readonly hint: (where: string) => string
}

interface Tried {
  /** Whether a secret of ours was there to be sent. */
  readonly sent: boolean
  readonly tried: string
  /** Nothing was given that could have been sent. */
  readonly isNothing?: true
  /** What to do where nothing was sent. */
  readonly remedy: Remedy
  /** What to do whatever was sent; undefined: nothing is known. */
  readonly first?: Remedy
}

export function triedAt(place: AskedPlace, known: KnownCredentials): Tried {
  const { empty, logins, own, withheldIn } = known
  const not = (why: string, remedy: Remedy, first?: Remedy): Tried => ({
    sent: false,
    tried: `nothing, because ${why}`,
    remedy,
    ...(first && { first }),
  })
  if (withheldIn !== undefined) return not(`credentials are not used in this ${withheldIn} run`, allowIn(withheldIn))
  const proxy = closest(own, place)
  if (proxy?.overHttp) return not('go sends no login over http', USE_HTTPS)
  const key = place.key ?? keyFor(place, known)
  if (key !== undefined && isOfOtherPort(place, key))
    return not(
      `${showKey(key)} is for another port than ${place.server?.port ?? 22}, which git was told to ask`,
      headingFor(key),
      headingFor(key),
    )
  const login = place.over === 'ssh' ? undefined : closest(logins, place)
  const line = closest(
    empty.map(one => (one.input === 'ssh-key' ? { ...one, port: place.port } : one)),
    place,
  )
  const near = findNearMiss(place, known, Math.max(key?.path.length ?? 0, login?.path.length ?? 0))
  const tried = [...(key === undefined ? [] : [showKey(key)]), ...(login === undefined ? [] : [showLogin(login)])]
  const add = place.over === 'ssh' ? ADD_KEY : proxy === undefined ? ADD : ADD_TOKEN
  if (tried.length > 0)
    return { sent: true, tried: tried.join(', and '), remedy: add, ...(near && { first: near.remedy }) }
  if (line !== undefined) {
    const secret = line.input === 'credentials' ? 'the token' : 'the SSH key'
    return not(`${secret} for ${showPlace(line)} (line ${line.line} of ${line.input}) is empty`, FILL)
  }
  if (near !== undefined)
    return not(`${near.shown} is for a path that differs in upper and lower case`, near.remedy, near.remedy)
  if (place.over === 'ssh' && closest(logins, place) !== undefined)
    return not('it was asked over ssh, which takes no token', add)
  if (proxy?.withLogin) return { sent: true, tried: 'the login in its URL', remedy: add }
  const neighbour = logins.find(({ host, port }) => host === place.host && port === place.port)
  if (neighbour !== undefined && place.over === 'web')
    return not(`${showLogin(neighbour)} is for another path`, addFor(place))
  return { ...not('no credentials are given for it', add), isNothing: true }
}

/** A key is offered under a name of ours alone, and a URL with another port has none. */
function isOfOtherPort({ over, server, byAlias }: AskedPlace, key: KnownKey): boolean {
  return over === 'ssh' && !byAlias && server?.port !== undefined && server.port !== (key.server?.port ?? key.port)
}

function showKey({ lines = [], ...place }: KnownKey): string {
  if (lines.length === 0) return `the SSH key for ${showPlace(place)}`
  const several = lines.length > 1
  return `the SSH key${several ? 's' : ''} for ${showPlace(place)} (line${several ? 's' : ''} ${lines.join(', ')} of ssh-key)`
}

function showLogin(login: Credential): string {
  return `the token for ${showPlace(login)} (line ${login.line} of credentials) as ${showUser(login.user)}`
}

/** A secret for a path that differs from this one in upper and lower case alone. @param beyond length of the path of what is used */
function findNearMiss(place: Place, { logins, keys }: KnownCredentials, beyond: number) {
  const lower = (one: Place) => ({ host: one.host, port: one.port, path: one.path.toLowerCase() })
  const secrets = [
    ...logins.map(one => ({
      ...lower(one),
      path0: one.path,
      shown: `the token for ${showPlace(one)} (line ${one.line} of credentials)`,
      where: `line ${one.line} of credentials`,
    })),
    ...keys.map(one => ({
      ...lower(one),
      port: place.port,
      path0: one.path,
      shown: showKey(one),
      where: 'the line before the key',
    })),
  ]
  const found = closest(
    secrets.filter(({ path, path0 }) => path.length > beyond && path0 !== place.path.slice(0, path0.length)),
    lower(place),
  )
  if (found === undefined) return undefined
  const written = showPlace({ ...place, path: place.path.slice(0, found.path0.length) })
  const remedy: Remedy = {
    code: 'CREDENTIALS_CASE',
    hint: () => `Write \`${written}\` in ${found.where}, as the module’s path writes it: upper and lower case count.`,
  }
  return { shown: found.shown, remedy }
}

function allowIn(run: string): Remedy {
  const instead = run === FORKS_RUN ? 'for this repository’s own branches' : 'on pull_request or push'
  return {
    code: 'CREDENTIALS_UNSAFE_EVENT',
    hint: () =>
      `Run this job ${instead} instead. With \`allow-unsafe-pr-credentials: true\` the author of any pull request could read the credentials.`,
  }
}
const FILL: Remedy = {
  code: 'CREDENTIALS_EMPTY',
  hint: () =>
    'Give the secret a value: does it exist, is its name right, and may this repository or environment use it? Runs of forks and of Dependabot get no secrets.',
}
const USE_HTTPS: Remedy = {
  code: 'CREDENTIALS_OVER_HTTP',
  hint: () => 'Give the proxy an https:// URL, with the port that serves https.',
}
const ADD_TOKEN: Remedy = {
  code: 'CREDENTIALS_MISSING',
  hint: where => `Add a line \`${where} TOKEN\` to credentials.`,
}
const ADD: Remedy = {
  code: 'CREDENTIALS_MISSING',
  hint: where => `Add a line \`${where} TOKEN\` to credentials, or an ssh-key for it.`,
}
/** Where a host has tokens for some of its paths, one for the whole host would be too much. */
function addFor({ path }: Place): Remedy {
  const owner = path.split('/')[0] ?? ''
  return {
    code: 'CREDENTIALS_MISSING',
    hint: where =>
      `Add a line \`${where}${owner === '' ? '' : `/${owner}`} TOKEN\` to credentials, or an ssh-key for it.`,
  }
}
const ADD_KEY: Remedy = {
  code: 'CREDENTIALS_MISSING',
  hint: where => `Add a key to ssh-key, with the line \`${where}:\` before it.`,
}
/** For a key that is there. */
function headingFor({ path }: Place): Remedy {
  const rest = path === '' ? '' : `/${path}`
  return { code: 'CREDENTIALS_KEY_PORT', hint: where => `Write \`${where}${rest}:\` in a line before the key.` }
}
