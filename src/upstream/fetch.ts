import type { Clock } from '../effects.ts'
import type { Place } from '../places/place.ts'
import { isPrivateHost } from './address.ts'
import type { Connections } from './connection.ts'
import { describeOutcome, type Outcome } from './outcome.ts'
import type { Answer, Request } from './request.ts'
import { getResuming } from './resume.ts'

/** How long each part of one request may take, in milliseconds. */
export interface Deadlines {
  /** From the request's start until it is sent, connecting included; undefined: as long as `headMs`. */
  readonly sendMs?: number
  /** From the request's start to the first byte of the answer, connecting included. */
  readonly headMs: number
  /** Between two pieces of the body. */
  readonly stallMs: number
  /** The whole request, redirects included. */
  readonly totalMs: number
}

export interface FetchOptions {
  readonly deadlines: Deadlines
  /** A body longer than this is refused. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
  /** Further request headers, such as `authorization`: sent to the first origin only. */
  readonly headers?: Readonly<Record<string, string>>
  /** A public upstream may not redirect into this machine's or network's own addresses. */
  readonly publicUpstream: boolean
  /** So many redirects are followed at most; undefined: five. */
  readonly redirects?: number
  /** Called with the bytes of the body so far. */
  readonly onProgress?: (bytes: number) => void
  /**
   * Takes the body of an answer with 200 instead of the outcome, anew for each such answer: the last one counts.
   * @param firstByteMs how long the answer took to begin
   */
  readonly openBody?: (firstByteMs: number) => { write(chunk: Buffer): void }
  /**
   * Whether to ask for the rest of a body that `openBody` took and that was cut; undefined: never.
   * @param silent it was not cut, but fell silent
   */
  readonly resume?: (silent: boolean) => boolean
  /** Not over a connection that others share: something on it is silent. */
  readonly fresh?: boolean
}

/** What fetching needs of the world. */
export interface Transport {
  readonly connections: Connections
  readonly clock: Clock
  readonly userAgent: string
  /** Who is told which secret; undefined: nobody any. */
  readonly logins?: readonly Login[] | undefined
}

/** A user and a password for all https URLs at a place. */
export interface Login extends Place {
  readonly user: string
  readonly token: string
}

const MAX_REDIRECTS = 5
/**
 * GETs one object. Never rejects: whatever happens is an Outcome. Follows redirects, never from https to http; asks for
 * no content encoding and takes none.
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
    const answer = await getResuming(request, transport)
    if (answer.location === undefined || hop >= (options.redirects ?? MAX_REDIRECTS))
      return toOutcome(answer, start, transport.clock)
    const next = nextHop(target, answer.location, request.publicOnly || options.publicUpstream)
    const isRefused = next === undefined || (isConfined && (await transport.connections.leadsInside(next)))
    if (isRefused) return toOutcome({ ...answer, kind: 'redirect refused' }, start, transport.clock)
    target = next
  }
}

/** Where a redirect may lead; undefined when it may not. */
function nextHop(from: URL, location: string, publicUpstream: boolean): URL | undefined {
  if (!URL.canParse(location, from.href)) return undefined
  const to = new URL(location, from)
  if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:')) return undefined
  if (to.username !== '' || to.password !== '') return undefined
  // Whoever is reached at a private address may lead to other private ones; the public internet may not.
  if (publicUpstream && isPrivateHost(to.hostname) && !isPrivateHost(from.hostname)) return undefined
  return to
}

function toOutcome(answer: Answer, startMs: number, clock: Clock): Outcome {
  const end = clock.now()
  const { kind, status, bytes, reused, detail, retryAfter, connection, sentAtMs, headAtMs, failure } = answer
  const firstByteMs = headAtMs === null || sentAtMs === null ? null : headAtMs - sentAtMs
  return {
    kind,
    status,
    bytes,
    reused,
    detail,
    retryAfter,
    body: kind === 'found' ? Buffer.concat(answer.chunks) : Buffer.alloc(0),
    reason: describeOutcome(kind, status),
    resumed: answer.resumed ?? false,
    lostConnection: failure?.lostConnection,
    timings: { ...connection, firstByteMs, bodyMs: headAtMs === null ? null : end - headAtMs, totalMs: end - startMs },
  }
}
