import type { Clock } from '../effects.ts'
import { isPrivateHost } from './address.ts'
import type { FetchOptions } from './options.ts'
import { describeOutcome, type Outcome } from './outcome.ts'
import type { Request, RequestEnd } from './request.ts'
import { getResuming } from './resume.ts'
import type { Transport } from './transport.ts'

export type { Deadlines, FetchOptions } from './options.ts'
export type { Login, Transport } from './transport.ts'

/** As go, which gives up at the tenth: net/http, defaultCheckRedirect. */
const MAX_REDIRECTS = 9
/** In go's own words. */
const TOO_MANY_REDIRECTS = 'it redirects again and again: stopped after 10 redirects'

/**
 * GETs one object. Never rejects: every failure is an Outcome. Follows as many redirects as go, never from https to http;
 * asks for no content encoding and accepts none.
 */
export async function fetchObject(url: string, options: FetchOptions, transport: Transport): Promise<Outcome> {
  const start = transport.clock.now()
  const first = new URL(url)
  const isConfined = options.publicUpstream && !isPrivateHost(first.hostname)
  let target = first
  for (let hop = 0; ; hop++) {
    const request: Request = {
      url: target,
      options,
      endMs: start + options.deadlines.totalMs,
      headers: target.origin === first.origin ? { ...options.headers } : {},
      publicOnly: hop > 0 && isConfined,
    }
    const end = await getResuming(request, transport)
    if (end.location === undefined || hop >= (options.redirects ?? MAX_REDIRECTS)) {
      const outcome = toOutcome(end, start, transport.clock)
      const isTooMany = end.location !== undefined && hop >= MAX_REDIRECTS
      return isTooMany ? { ...outcome, reason: TOO_MANY_REDIRECTS } : outcome
    }
    const next = nextHop(target, end.location, request.publicOnly || options.publicUpstream)
    const isRefused = next === undefined || (isConfined && (await transport.connections.leadsInside(next)))
    if (isRefused) return toOutcome({ ...end, kind: 'redirect refused' }, start, transport.clock)
    target = next
  }
}

/** Where a redirect may lead; undefined when it may not. */
function nextHop(from: URL, location: string, publicUpstream: boolean): URL | undefined {
  if (!URL.canParse(location, from.href)) return undefined
  const to = new URL(location, from)
  if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:')) return undefined
  if (to.username !== '' || to.password !== '') return undefined
  // A host at a private address may redirect to other private ones; a host on the public internet may not.
  if (publicUpstream && isPrivateHost(to.hostname) && !isPrivateHost(from.hostname)) return undefined
  return to
}

function toOutcome(end: RequestEnd, startMs: number, clock: Clock): Outcome {
  const now = clock.now()
  const { kind, status, bytes, reused, detail, retryAfter, connection, sentAtMs, headAtMs, failure } = end
  const firstByteMs = headAtMs === null || sentAtMs === null ? null : headAtMs - sentAtMs
  return {
    kind,
    status,
    bytes,
    reused,
    detail,
    retryAfter,
    body: kind === 'found' ? Buffer.concat(end.chunks) : Buffer.alloc(0),
    reason: end.httpProxy?.reason ?? describeOutcome(kind, status),
    resumed: end.resumed ?? false,
    lostConnection: failure?.lostConnection,
    date: end.date,
    cause: end.cause,
    proxyHint: end.httpProxy?.fault.hint,
    timings: { ...connection, firstByteMs, bodyMs: headAtMs === null ? null : now - headAtMs, totalMs: now - startMs },
  }
}
