import type { Problem } from '../errors.ts'
import { isModulePath } from '../go/escape.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { SshKey } from '../inputs/ssh-keys.ts'
import { covers, type Place, placeOfModule, showPlace } from '../places/place.ts'
import type { CredentialFacts } from './facts.ts'
import type { Rewrite } from './git-config.ts'
import { parseGitUrl } from './git-url.ts'
import { type Layouts, namesOver443, organisationsIn, placeOfSsh, serverOf } from './layouts.ts'

/** A key with a place that it is for. */
export interface PlacedKey {
  readonly pem: string
  /** Line of the input at which it begins. */
  readonly line: number
  readonly place: Place
  /** Only rewrites of the user's lead there: see `Claim`. */
  readonly onlyLed?: boolean
}

type KeyFacts = Pick<CredentialFacts, 'keys' | 'credentials' | 'modules' | 'privatePatterns' | 'later'>

/**
 * A key that names no place is for all that is private and has no token. A pattern with a wildcard in it names none: it
 * is for what it matches in the modules that are known, never for the host that it begins with.
 */
export function placeKeys({ keys, credentials, modules, privatePatterns }: KeyFacts): readonly PlacedKey[] {
  const wild = wildPatterns(privatePatterns).flatMap(pattern => {
    const segments = pattern.split('/').length
    const matching = modules.filter(path => matchesPatterns(pattern, path))
    return matching.map(path => path.split('/').slice(0, segments).join('/'))
  })
  const privatePlaces = [...literalPatterns(privatePatterns), ...wild].map(placeOfModule)
  const open = privatePlaces.filter(place => !credentials.some(credential => covers(credential, place)))
  const unique = [...new Map(open.map(place => [showPlace(place), place])).values()]
  const outermost = unique.filter(place => unique.every(other => other === place || !covers(other, place)))
  const known = [...privatePlaces.map(({ host }) => host), ...modules.map(path => path.split('/')[0] ?? '')]
  return keys.flatMap(({ pem, line, place }) =>
    (place === undefined ? outermost : placesOfOrganisations(place, known)).map(each => ({ pem, line, place: each })),
  )
}

/** Organisations that share a host for ssh have hosts of their own for all else: a heading without path means those known. */
function placesOfOrganisations(place: Place, hosts: readonly string[]): readonly Place[] {
  const organisations = place.path === '' ? organisationsIn(place.host, hosts) : []
  return organisations.length === 0 ? [place] : organisations.map(host => ({ ...place, host }))
}

/**
 * The same keys for the ports and names of ssh that the user's rewrites lead to: a key that names no port is for its host
 * whatever port leads to it.
 */
export function placeLed(
  placed: readonly PlacedKey[],
  users: readonly Rewrite[],
  layouts: Layouts,
): readonly PlacedKey[] {
  const led = users.flatMap(({ to }) => parseGitUrl(to) ?? []).filter(({ over }) => over === 'ssh')
  const more = led.flatMap(({ host, port }) =>
    placed.flatMap(({ pem, line, place }) => {
      const there = { host, port, path: place.path }
      const isOfHost = placeOfSsh(place, layouts).host === placeOfSsh(there, layouts).host
      const isNamed = placed.some(other => other.place.host === host && serverOf(other.place, layouts).port === port)
      return port === undefined || place.port !== undefined || !isOfHost || isNamed
        ? []
        : [{ pem, line, place: there, onlyLed: true }]
    }),
  )
  // Of great hosts a page may name what they have for networks that let nothing but port 443 through.
  const over443 = placed.flatMap(({ pem, line, place }) =>
    (place.port === undefined ? namesOver443(place.host) : []).flatMap(host =>
      placed.some(other => other.place.host === host)
        ? []
        : [{ pem, line, place: { host, port: 443, path: place.path }, onlyLed: true }],
    ),
  )
  return [...new Map([...more, ...over443].map(key => [`${showPlace(key.place)} ${key.pem}`, key])).values()]
}

/** The patterns that name a place, `github.com/acme/*` as `github.com/acme`. */
export function literalPatterns(patterns: string): readonly string[] {
  return splitPatterns(patterns).filter(isModulePath)
}

function wildPatterns(patterns: string): readonly string[] {
  return splitPatterns(patterns).filter(pattern => WILDCARD.test(pattern))
}

const WILDCARD = /[*?[\\]/

/** Without a last element that any name fits. */
function splitPatterns(patterns: string): readonly string[] {
  return patterns.split(',').map(pattern => pattern.replace(/\/+$/, '').replace(/(\/\*)+$/, ''))
}

/** Warnings about keys that are for nothing, or for less than they may seem to be. */
export function warnOfKeys(facts: KeyFacts, placed: readonly PlacedKey[]): readonly Problem[] {
  const unused = facts.keys.some(({ pem }) => !placed.some(key => key.pem === pem))
  return [...(unused ? [KEY_UNUSED] : []), ...narrowed(facts, placed)]
}

const KEY_UNUSED: Problem = {
  code: 'CREDENTIALS_KEY_UNUSED',
  message: 'ssh-key: no private host is known that the key could be for.',
  hint: 'Name it in a line before the key, such as `git.corp.example:`, or list it in private-domains.',
}

function narrowed({ keys, later, privatePatterns }: KeyFacts, placed: readonly PlacedKey[]): readonly Problem[] {
  const patterns = wildPatterns(privatePatterns)
  const isUsed = ({ place, pem }: SshKey) => place === undefined && placed.some(key => key.pem === pem)
  if (patterns.length === 0 || later === 'nobody' || !keys.some(isUsed)) return []
  return [
    {
      code: 'CREDENTIALS_KEY_PATTERN',
      message: `ssh-key: ${patterns.join(', ')} names no single place, so the key serves the matching modules in go.mod, and no others that later commands may fetch.`,
      hint: 'Say what the key is for in a line before it, such as `github.com/acme-tools:`.',
    },
  ]
}
