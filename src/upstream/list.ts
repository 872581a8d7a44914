import type { GoproxyList } from '../go/goproxy.ts'
import { closest, placeOfUrl } from '../places/place.ts'
import { fetchObject } from './fetch.ts'
import type { FetchOptions } from './options.ts'
import { describeOutcome, type Outcome, type OutcomeKind } from './outcome.ts'
import type { Login, Transport } from './transport.ts'

/** After these go asks the next proxy, whatever the separator is. */
const ABSENT: ReadonlySet<OutcomeKind> = new Set(['absent', 'absent for now', 'not cached'])

/** Known to goproxy.cn, proxy.golang.org and servers of github.com/goproxy/goproxy. */
const ONLY_CACHED = { 'disable-module-fetch': 'true' }

/**
 * Asks a GOPROXY list for one object as the go command does: to the next proxy after 404 and 410, and after any
 * failure where `|` stands; `direct` and `off` are no proxies and end it as absent. So does a directory: go looks into it
 * by itself, and nobody behind it may hear of what it has.
 */
export async function fetchFromList(
  list: GoproxyList,
  path: string,
  options: FetchOptions,
  transport: Transport,
): Promise<Outcome> {
  let last: Outcome | undefined
  for (const [i, entry] of list.entries.entries()) {
    const base = new URL(entry.url)
    if (base.protocol === 'file:') return { ...NOT_A_PROXY, via: entry.url }
    const outcome = { ...(await fetchFromServer(base, path, options, transport)), via: entry.url }
    if (outcome.kind === 'found' || outcome.kind === 'stopped') return outcome
    last = moreTelling(last, outcome)
    const absent = ABSENT.has(outcome.kind)
    if (!absent && entry.separator !== '|') return outcome
    if (i < list.entries.length - 1) options.onPassed?.(outcome)
  }
  return last ?? NOT_A_PROXY
}

/** Of two failures go reports the one that is not a 404. */
function moreTelling(before: Outcome | undefined, now: Outcome): Outcome {
  return before !== undefined && before.kind !== 'absent' && now.kind === 'absent' ? before : now
}

function fetchFromServer(base: URL, path: string, options: FetchOptions, transport: Transport): Promise<Outcome> {
  const polite = options.onlyCached ? ONLY_CACHED : {}
  const headers = { ...options.headers, ...polite, ...basicAuthorization(base, transport.logins ?? []) }
  base.username = ''
  base.password = ''
  // As go puts it: before a query, and several slashes are one. A branch may have any name that a file may have.
  base.pathname = `${base.pathname}/${encodeURI(path)}`.replace(/\/{2,}/g, '/')
  return fetchObject(base.href, { ...options, headers }, transport)
}

/**
 * As go would send them, over https only: credentials that GOPROXY itself carries before those that a netrc file has
 * for the proxy's place.
 */
export function basicAuthorization(url: URL, logins: readonly Login[]): Readonly<Record<string, string>> {
  const place = placeOfUrl(url.href)
  const login = place && closest(logins, place)
  if (place === undefined || (url.username === '' && login === undefined)) return {}
  const pair =
    url.username === '' ? `${login?.user}:${login?.token}` : `${decode(url.username)}:${decode(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** Percent signs that encode nothing stand for themselves. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, encoded =>
    Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}

const NOT_A_PROXY: Outcome = {
  kind: 'absent',
  status: null,
  body: Buffer.alloc(0),
  bytes: 0,
  timings: { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: null, bodyMs: null, totalMs: 0 },
  reused: false,
  reason: describeOutcome('absent', null),
  retryAfter: undefined,
}
