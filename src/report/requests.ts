import type { MeasuredRequest } from '../benchmark/requests.ts'
import type { Asked, GatewayEvent, HashedZip, Warmed } from '../gateway/telling/events.ts'
import { parseObjectPath, requestedModule, unescapeModulePath, unescapeVersion } from '../go/escape.ts'
import { redactGoproxy } from '../go/goproxy.ts'

/** One request to an upstream: for trace, page and comparison. Times in milliseconds. */
export interface RequestReport {
  /** Path and version of the module; null where the request is for none, or for all of its versions. */
  readonly module: string | null
  readonly version: string | null
  readonly file: RequestedFile
  /** The upstream's name, as in `upstreams` and `candidates`. */
  readonly proxy: string
  readonly why: RequestReason
  /** 0 for the first request for this object. */
  readonly attempt: number
  /** When it began, since the process's first work. */
  readonly startMs: number
  readonly ms: number
  /** When the first byte of the answer came, since `startMs`; null: none came. */
  readonly firstByteMs: number | null
  readonly bytes: number
  /** HTTP status; null without an answer. */
  readonly status: number | null
  readonly outcome: string
  /** When a thread began to hash what came, since the process's first work; absent: none did. */
  readonly hashStartMs?: number
  /** How long the thread took. */
  readonly hashMs?: number
}

/** `sumdb`: of the checksum database; `other`: none of these. */
export type RequestedFile = 'mod' | 'zip' | 'info' | 'list' | 'latest' | 'sumdb' | 'other'

/**
 * `latency`, `rate`, `control`, `sumdb`: the benchmark's probes; `download`: the first request for an object; `retry`: a
 * later one; `hedge`: one beside another that seems to hang; `alive`: whether the upstream answers at all; `warming`: so
 * that a cold proxy has the module next time; `go`, `tool`: for Go itself and for tools, and not of the download.
 */
export type RequestReason =
  | MeasuredRequest['purpose']
  | ('download' | 'retry' | 'hedge' | 'alive' | 'warming')
  | ('go' | 'tool')

/** A job of 5,000 modules sends some 10,000. */
const MOST_REQUESTS = 20_000

/** What the report has of all requests. */
export interface BoundedRequests {
  /** In the order in which they began. */
  readonly requests: readonly RequestReport[]
  /** How many more there were: the shortest. */
  readonly requestsLeftOut: number
}

/** At most so many as a file may hold: of more, those that took longest. */
export function boundRequests(all: readonly RequestReport[], most: number = MOST_REQUESTS): BoundedRequests {
  const kept = all.length <= most ? all : [...all].sort((a, b) => b.ms - a.ms).slice(0, most)
  return {
    requests: [...kept].sort((a, b) => a.startMs - b.startMs),
    requestsLeftOut: all.length - kept.length,
  }
}

/** What the benchmark asked. @param zeroMs the clock's reading that the report's times count from */
export function requestsOfBenchmark(measured: readonly MeasuredRequest[], zeroMs: number): readonly RequestReport[] {
  return measured.map(({ upstream, object, purpose, sentMs, ...took }) => ({
    ...objectOf(object),
    ...timesOf({ ...took, startMs: sentMs - zeroMs }),
    proxy: nameOf(upstream),
    why: purpose,
    attempt: took.attempt,
    bytes: took.bytes,
    status: took.status,
    outcome: took.outcome,
  }))
}

/** One request for Go itself, or for its proof. */
export interface GoRequest {
  /** The upstream's name. */
  readonly upstream: string
  /** Path below a proxy's URL. */
  readonly object: string
  /** The clock's reading when it was sent. */
  readonly sentMs: number
  readonly ms: number
  /** Since it was sent; null: none came. */
  readonly firstByteMs: number | null
  readonly bytes: number
  readonly status: number | null
  readonly outcome: string
}

/** What was asked for Go's sake. @param zeroMs the clock's reading that the report's times count from */
export function requestsForGo(asked: readonly GoRequest[], zeroMs: number): readonly RequestReport[] {
  const before = new Map<string, number>()
  return asked.map(({ upstream, object, sentMs, ms, firstByteMs, bytes, status, outcome }) => {
    const attempt = before.get(object) ?? 0
    before.set(object, attempt + 1)
    return {
      ...objectOf(object),
      ...timesOf({ startMs: sentMs - zeroMs, ms, firstByteMs }),
      ...{ proxy: nameOf(upstream), why: 'go', attempt, bytes, status, outcome },
    }
  })
}

/** What a gateway asked for tools. @param atMs when it began, since the process's first work */
export function requestsForTools(events: readonly GatewayEvent[], atMs: number): readonly RequestReport[] {
  return requestsOfGateway(events, atMs).map(request => ({ ...request, why: 'tool' }))
}

/** What a gateway asked. @param atMs when it began, since the process's first work */
export function requestsOfGateway(events: readonly GatewayEvent[], atMs: number): readonly RequestReport[] {
  const rejected = new Set<Asked>()
  const hashed = new Map<Asked, HashedZip>()
  const brought = new Map<string, Asked>()
  for (const event of events) {
    const key = `${event.target}\n${'upstream' in event ? event.upstream.name : ''}`
    if (event.kind === 'asked' && event.outcome === 'found') brought.set(key, event)
    const asked = event.kind === 'rejected' || event.kind === 'hashed' ? brought.get(key) : undefined
    if (asked === undefined) continue
    if (event.kind === 'rejected') rejected.add(asked)
    if (event.kind === 'hashed') hashed.set(asked, event)
  }
  return events.flatMap(event => {
    if (event.kind !== 'asked' && event.kind !== 'warmed') return []
    const { target, upstream, bytes, status } = event
    return {
      ...objectOf(target),
      ...timesOf({ ...event, startMs: event.atMs + atMs }),
      proxy: nameOf(upstream.name),
      why: reasonOf(event),
      attempt: event.kind === 'asked' ? event.attempt : 0,
      bytes,
      status,
      outcome: event.kind === 'asked' && rejected.has(event) ? 'wrong content' : event.outcome,
      ...(event.kind === 'asked' ? hashOf(hashed.get(event), atMs) : {}),
    }
  })
}

function hashOf(event: HashedZip | undefined, zeroMs: number): Pick<RequestReport, 'hashStartMs' | 'hashMs'> {
  if (event === undefined) return {}
  const startMs = Math.max(0, event.atMs + zeroMs)
  const [from, to] = [startMs, startMs + Math.max(0, event.ms)].map(microseconds) as [number, number]
  return { hashStartMs: from / 1000, hashMs: (to - from) / 1000 }
}

/** One thread hashes one zip after the other: beginning and end are rounded, so that none comes to overlap. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000)
}

function reasonOf(event: Asked | Warmed): RequestReason {
  if (event.kind === 'warmed') return 'warming'
  if (event.target === '/') return 'alive'
  if (event.hedge) return 'hedge'
  return event.attempt > 0 ? 'retry' : 'download'
}

interface Times {
  readonly startMs: number
  readonly ms: number
  readonly firstByteMs?: number | null
}

/** Tenths of a millisecond: more would only make the file larger. */
function timesOf({ startMs, ms, firstByteMs = null }: Times): Pick<RequestReport, 'startMs' | 'ms' | 'firstByteMs'> {
  const start = tenths(Math.max(0, startMs))
  const whole = tenths(Math.max(0, ms))
  return { startMs: start, ms: whole, firstByteMs: firstByteMs === null ? null : Math.min(whole, tenths(firstByteMs)) }
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10
}

function nameOf(upstream: string): string {
  return redactGoproxy(upstream)
}

type RequestedObject = Pick<RequestReport, 'module' | 'version' | 'file'>

/** @param target path below an upstream's URL */
function objectOf(target: string): RequestedObject {
  if (target.startsWith('sumdb/')) return { ...lookedUpIn(target), file: 'sumdb' }
  const one = parseObjectPath(target)
  if (one !== undefined) return { module: one.path, version: one.version, file: extensionOf(target) }
  const file = target.endsWith('/@v/list') ? 'list' : target.endsWith('/@latest') ? 'latest' : 'other'
  return { module: file === 'other' ? null : (requestedModule(target) ?? null), version: null, file }
}

function extensionOf(target: string): RequestedFile {
  return target.endsWith('.zip') ? 'zip' : target.endsWith('.mod') ? 'mod' : 'info'
}

function lookedUpIn(target: string): Pick<RequestReport, 'module' | 'version'> {
  const [, path = '', version = ''] = /\/lookup\/(.+)@([^@/]+)$/.exec(target) ?? []
  return { module: unescapeModulePath(path) ?? null, version: unescapeVersion(version) ?? null }
}
