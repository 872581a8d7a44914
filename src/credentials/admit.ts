import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { SshKey } from '../inputs/ssh-keys.ts'
import { covers, type Place, showPlace } from '../place.ts'
import type { Credential } from './credential.ts'
import { getsNoSecrets, hasForeignHead } from './event.ts'
import { userOf } from './hosts.ts'

export type CredentialInputs = Pick<Inputs, 'credentials' | 'sshKeys' | 'sshKnownHosts' | 'allowUnsafePrCredentials'>

/** Which of the secrets given are used in this run, and what is to be said of the others. */
export interface Admitted {
  readonly credentials: readonly Credential[]
  readonly keys: readonly SshKey[]
  readonly warnings: readonly Problem[]
  /** What is as it should be, and good to know when a private module fails. */
  readonly notice: string | undefined
  /** The event for which all were withheld. */
  readonly withheldIn: string | undefined
}

/**
 * None where the job runs on code that somebody else may have written, and none that is empty; a secret for a host that
 * is not private is used all the same.
 * @param payload the event's, parsed; undefined when it cannot be read  @param patterns GOPRIVATE as it will be
 * @param proxies where the user's own proxies are
 */
export function admitCredentials(
  inputs: CredentialInputs,
  env: Environment,
  payload: unknown,
  patterns: string,
  proxies: readonly Place[],
): Admitted {
  const none: Admitted = { credentials: [], keys: [], warnings: [], notice: undefined, withheldIn: undefined }
  if (inputs.credentials.length === 0 && inputs.sshKeys.length === 0) return none
  const event = env['GITHUB_EVENT_NAME']
  if (!inputs.allowUnsafePrCredentials && hasForeignHead(event, payload))
    return { ...none, warnings: [unsafe(event)], withheldIn: event }
  const credentials = inputs.credentials.flatMap(line =>
    line.token === '' ? [] : [{ ...line, user: line.user ?? userOf(line.host, env['GITHUB_SERVER_URL']) }],
  )
  const empty = inputs.credentials.filter(({ token }) => token === '')
  const expected = getsNoSecrets(env, payload)
  return {
    credentials,
    keys: inputs.sshKeys,
    warnings: [
      ...(empty.length > 0 && !expected ? [emptySecrets(empty)] : []),
      ...outsiders([...credentials, ...inputs.sshKeys.flatMap(({ place }) => place ?? [])], patterns, proxies),
    ],
    notice:
      empty.length > 0 && expected
        ? `GitHub gives no secrets to runs of forks and of Dependabot, so there is no token for ${listPlaces(empty)}. Public modules are not affected.`
        : undefined,
    withheldIn: undefined,
  }
}

/** Everything in the inputs that must not be seen. A token may stand in the user's place, beside a fixed word. */
export function secretsOf({ credentials, sshKeys }: Pick<Inputs, 'credentials' | 'sshKeys'>): readonly string[] {
  return [
    ...credentials.flatMap(({ user = '', token }) => (token === 'x-oauth-basic' ? [user, token] : [token])),
    ...sshKeys.flatMap(({ pem }) => [pem, pem.replace(/-----[^-]+-----|\s/g, '')]),
  ].filter(secret => secret !== '')
}

function outsiders(given: readonly Place[], patterns: string, proxies: readonly Place[]): readonly Problem[] {
  const outside = given.filter(place => !proxies.some(proxy => covers(place, proxy)) && !mayBePrivate(place, patterns))
  if (outside.length === 0) return []
  return [
    {
      code: 'CREDENTIALS_NOT_PRIVATE',
      message: `There are credentials for ${listPlaces(outside)}, but no pattern in private-domains covers that: its modules are asked of public proxies first.`,
      hint: `Add to private-domains: ${outside.map(({ host, path }) => (path === '' ? host : `${host}/${path}`)).join(', ')}. Where a private module's path only leads to that host, this can be ignored.`,
    },
  ]
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

function unsafe(event: string | undefined): Problem {
  return {
    code: 'CREDENTIALS_UNSAFE_EVENT',
    message: `This ${event} run may hold code of somebody else, who could read the credentials: none are used.`,
    hint: 'Private modules are better built in pull_request or push. `allow-unsafe-pr-credentials: true` uses them here too.',
  }
}

function emptySecrets(places: readonly Place[]): Problem {
  return {
    code: 'CREDENTIALS_EMPTY',
    message: `The token for ${listPlaces(places)} is empty.`,
    hint: 'Does the secret exist, is its name right, and may this repository or environment use it?',
  }
}
