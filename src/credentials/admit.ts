import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { CredentialLine } from '../inputs/credentials.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { SshKey } from '../inputs/ssh-keys.ts'
import { isTokenUser, looksLikeToken, MINIMUM_SECRET_LENGTH } from '../places/logins.ts'
import { covers, type Place, showPlace } from '../places/place.ts'
import type { Credential, EmptySecret, OwnProxy } from './credential.ts'
import { FORKS_RUN, getsNoSecrets, unsafeRun } from './event.ts'
import { userOf } from './hosts.ts'
import { findLayouts, placeOfSsh } from './layouts.ts'

export type CredentialInputs = Pick<Inputs, 'credentials' | 'sshKeys' | 'sshKnownHosts' | 'allowUnsafePrCredentials'>

/** Which of the secrets given are used in this run, and what to say about the others. */
export interface Admitted {
  readonly credentials: readonly Credential[]
  readonly keys: readonly SshKey[]
  /** Places whose secret is empty. */
  readonly empty: readonly EmptySecret[]
  readonly warnings: readonly Problem[]
  /** Nothing is wrong, but the user should know it when a private module fails. */
  readonly notice: string | undefined
  /** The run in which all were withheld, as `unsafeRun` names it. */
  readonly withheldIn: string | undefined
}

/** What decides which credentials are used. */
export interface Circumstances {
  readonly env: Environment
  /** The event's, parsed; undefined when it cannot be read. */
  readonly payload: unknown
  /** GOPRIVATE as it will be. */
  readonly patterns: string
  /** The user's own proxies. */
  readonly proxies: readonly OwnProxy[]
}

/**
 * None where the job may run code of a stranger, and none that is empty; a secret for a host that is not private is used
 * all the same.
 */
export function admitCredentials(
  inputs: CredentialInputs,
  { env, payload, patterns, proxies }: Circumstances,
): Admitted {
  const none: Admitted = {
    credentials: [],
    keys: [],
    empty: [],
    warnings: [],
    notice: undefined,
    withheldIn: undefined,
  }
  const expected = getsNoSecrets(env, payload)
  if (inputs.credentials.length === 0 && inputs.sshKeys.length === 0) {
    // An input that is one secret is empty there, and looks as if it were not given.
    const places = patterns.split(',').filter(pattern => pattern !== '' && pattern !== 'none')
    return expected && places.length > 0 ? { ...none, notice: noSecrets(places.join(', ')) } : none
  }
  const run = inputs.allowUnsafePrCredentials ? undefined : unsafeRun(env, payload)
  if (run !== undefined) return { ...none, warnings: [unsafe(run)], withheldIn: run }
  const hasToken = ({ token, user }: CredentialLine) =>
    token !== '' && !(expected && user === undefined && !looksLikeToken(token))
  const credentials = inputs.credentials
    .filter(hasToken)
    .map(line => ({ ...line, user: line.user ?? userOf(line.host, env['GITHUB_SERVER_URL']) }))
  const keys = inputs.sshKeys.filter(({ pem }) => pem !== '')
  const empty: readonly EmptySecret[] = [
    ...inputs.credentials
      .filter(line => !hasToken(line))
      .map(({ host, port, path, line }) => ({ host, port, path, line, input: 'credentials' as const })),
    ...inputs.sshKeys.flatMap(({ pem, place, line }) =>
      pem === '' && place !== undefined ? [{ ...place, line, input: 'ssh-key' as const }] : [],
    ),
  ]
  return {
    credentials,
    keys,
    empty,
    warnings: [
      ...(empty.length > 0 && !expected ? [emptySecrets(empty, inputs.credentials.filter(hasWordForToken))] : []),
      ...unsendable(credentials, proxies),
      ...outsiders([...credentials, ...placesOf(keys, patterns)], patterns, proxies),
    ],
    notice: empty.length > 0 && expected ? noSecrets(listPlaces(empty)) : undefined,
    withheldIn: undefined,
  }
}

function noSecrets(where: string): string {
  return `GitHub gives no secrets to runs of forks and of Dependabot, so there are no credentials for ${where}. Public modules are not affected.`
}

/**
 * Everything in the inputs that must not be seen. A token may stand in the user's place, by mistake or beside a fixed
 * word; a name that could be none is not hidden, for a job's log hides it in every other word, too.
 */
export function secretsOf({ credentials, sshKeys }: Pick<Inputs, 'credentials' | 'sshKeys'>): readonly string[] {
  return [
    ...credentials.flatMap(({ user = '', token }) => [
      ...(token === BESIDE_USER || looksLikeToken(user) || hasWordForToken({ user, token }) ? [user] : []),
      token,
      // As it stands in a header, which is base64 of both.
      ...(user !== '' && token !== '' && !isTokenUser(user) ? [`${user}:${token}`] : []),
    ]),
    ...sshKeys.flatMap(({ pem }) => [pem, pem.replace(/-----[^-]+-----|\s/g, '')]),
  ].filter(secret => secret !== '')
}

/** A word that was taken for a user, since a blank follows it, may be the token: then the blank is by mistake. */
function hasWordForToken({ user = '', token }: Pick<CredentialLine, 'user' | 'token'>): boolean {
  return token === '' && user.length >= MINIMUM_SECRET_LENGTH && !isTokenUser(user)
}

/** What GitHub takes for a password where the user is the token. */
const BESIDE_USER = 'x-oauth-basic'

/** Tokens for a proxy that is asked without TLS. */
function unsendable(given: readonly Place[], proxies: readonly OwnProxy[]): readonly Problem[] {
  const unsent = given.filter(place => proxies.some(proxy => proxy.overHttp && isFor(place, proxy)))
  if (unsent.length === 0) return []
  return [
    {
      code: 'CREDENTIALS_OVER_HTTP',
      message: `There are credentials for ${listPlaces(unsent)}, a proxy with an http:// URL: go sends no login over http, so they are not used.`,
      hint: 'Give the proxy an https:// URL, with the port that serves https.',
    },
  ]
}

/** A line without a port means the proxy's own, over http too. */
function isFor(place: Place, proxy: OwnProxy): boolean {
  const port = proxy.overHttp && proxy.port === 80 ? (place.port ?? 80) : place.port
  return covers({ ...place, port }, proxy)
}

/** As module paths and patterns have them: those of ssh may differ. */
function placesOf(keys: readonly SshKey[], patterns: string): readonly Place[] {
  const places = keys.flatMap(({ place }) => place ?? [])
  const layouts = findLayouts(patterns.split(','), [], places)
  return places.map(place => placeOfSsh(place, layouts))
}

function outsiders(given: readonly Place[], patterns: string, proxies: readonly OwnProxy[]): readonly Problem[] {
  const outside = given.filter(place => !proxies.some(proxy => isFor(place, proxy)) && !mayBePrivate(place, patterns))
  if (outside.length === 0) return []
  const inAnotherCase = outside.filter(({ host, path }) =>
    mayBePrivate({ host, port: undefined, path: path.toLowerCase() }, patterns.toLowerCase()),
  )
  if (inAnotherCase.length > 0)
    return [
      {
        code: 'CREDENTIALS_CASE',
        message: `There are credentials for ${listPlaces(inAnotherCase)}, but private-domains writes it in another case, as ${inTheirCase(inAnotherCase, patterns)}. Upper and lower case count.`,
        hint: 'Write it in both inputs as the module paths write it.',
      },
      ...outsiders(
        outside.filter(place => !inAnotherCase.includes(place)),
        patterns,
        proxies,
      ),
    ]
  return [
    {
      code: 'CREDENTIALS_NOT_PRIVATE',
      message: `There are credentials for ${listPlaces(outside)}, but no pattern in private-domains covers it, so go asks public proxies for its modules first.`,
      hint: `Add to private-domains: ${outside.map(({ host, path }) => (path === '' ? host : `${host}/${path}`)).join(', ')}. Ignore this if private module paths only redirect to that host.`,
    },
  ]
}

/** The patterns that would be for these places, were case of no account. */
function inTheirCase(places: readonly Place[], patterns: string): string {
  const meant = patterns
    .split(',')
    .filter(pattern =>
      places.some(({ host, path }) =>
        mayBePrivate({ host, port: undefined, path: path.toLowerCase() }, pattern.toLowerCase()),
      ),
    )
  return meant.join(', ')
}

/** Whether a private module can lie at this place: pattern and place agree as far as both go. */
function mayBePrivate({ host, path }: Place, patterns: string): boolean {
  const segments = [host, ...path.split('/').filter(segment => segment !== '')]
  return patterns.split(',').some(pattern => {
    const parts = pattern.split('/').filter(part => part !== '')
    const length = Math.min(parts.length, segments.length)
    return matchesPatterns(parts.slice(0, length).join('/'), segments.slice(0, length).join('/'))
  })
}

function listPlaces(places: readonly Place[]): string {
  return [...new Set(places.map(showPlace))].join(', ')
}

function unsafe(run: string): Problem {
  const instead = run === FORKS_RUN ? 'for this repository’s own branches' : 'on pull_request or push'
  return {
    code: 'CREDENTIALS_UNSAFE_EVENT',
    message: `This ${run} run may contain untrusted code that could read the credentials, so they are not used.`,
    hint: `Build private modules ${instead}. \`allow-unsafe-pr-credentials: true\` uses the credentials here too.`,
  }
}

/** @param words places with a word that may be the token after all */
function emptySecrets(empty: readonly EmptySecret[], words: readonly Place[]): Problem {
  const of = (input: EmptySecret['input']) => empty.filter(one => one.input === input)
  const [tokens, keys] = [of('credentials'), of('ssh-key')]
  return {
    code: 'CREDENTIALS_EMPTY',
    message: [
      ...(tokens.length > 0 ? [`The token for ${listPlaces(tokens)} is empty.`] : []),
      ...(words.length > 0
        ? [`The word after ${listPlaces(words)} counts as a user name, because a blank follows it.`]
        : []),
      ...(keys.length > 0 ? [`The SSH key for ${listPlaces(keys)} is empty.`] : []),
    ].join(' '),
    hint: [
      ...(words.length > 0 ? ['Is that word the token? Then remove the blank at the end of its line.'] : []),
      'Does the secret exist, is its name right, and may this repository or environment use it?',
    ].join(' '),
  }
}
