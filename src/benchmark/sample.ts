import type { OutcomeKind, Timings } from '../upstream/outcome.ts'
import type { ProbePlan } from './probe-plan.ts'

/** Bytes of zips, and the milliseconds in which they came. */
export interface ZipFlow {
  readonly bytes: number
  readonly ms: number
}

/** One answer of one candidate to one probe, checked. */
export interface Sample {
  /** Path below the proxy's URL. */
  readonly object: string
  readonly purpose: 'latency' | 'rate' | 'control' | 'sumdb'
  readonly kind: OutcomeKind
  readonly status: number | null
  readonly timings: Timings
  readonly bytes: number
  readonly reused: boolean
  /** Whether the content is what go.sum says; undefined when there was none to check (control, failures, cut at the cap). */
  readonly verified: boolean | undefined
  /** The h1 of content that is not what go.sum says, where it is a module's at all. */
  readonly digest?: string
  /** The benchmark's own end cut it short: no fault of the candidate. */
  readonly censored: boolean
  /** A refusal that is about the module, which may be private: no fault of the candidate, unless another has it. */
  readonly aboutModule?: boolean
  /** Plain words on how it ended; undefined: the usual ones of its kind. */
  readonly reason?: string
  /** The clock's reading when it was sent; undefined of what was no request of the benchmark's own. */
  readonly sentMs?: number
  /** The same request before, each time refused because it was only one too many. */
  readonly refused?: readonly RefusedProbe[]
}

export interface RefusedProbe extends Pick<Sample, 'kind' | 'status' | 'timings' | 'bytes'> {
  readonly sentMs: number
}

/** The outcome of a probe whose content is not what go.sum says. */
export const WRONG_CONTENT = 'wrong content'
export const STOPPED_BY_BENCHMARK = 'stopped by the benchmark'

/** How it ended, as the report says it. */
export function outcomeOf({ kind, verified, censored }: Sample): string {
  return verified === false ? WRONG_CONTENT : censored ? STOPPED_BY_BENCHMARK : kind
}

/** Median; undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return undefined
  return sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/**
 * A candidate's round trip, in milliseconds: the median of its first-byte times; an unanswered request counts as long
 * as we waited.
 */
export function latencyMs(samples: readonly Sample[]): number | undefined {
  const answered = samples.filter(s => s.purpose === 'latency' && s.timings.firstByteMs !== null)
  return median(answered.map(sample => sample.timings.firstByteMs as number))
}

/** A transfer of fewer bytes measures round trips, not a rate. */
export const MINIMUM_RATE_BYTES = 200_000

/** Bytes a second of the zips, bodies alone; undefined when too little came to tell. */
export function rateOf(samples: readonly Sample[], minimumBytes = MINIMUM_RATE_BYTES): number | undefined {
  const bodies = samples.filter(s => s.purpose === 'rate' && s.timings.bodyMs !== null && s.bytes > 0)
  const bytes = bodies.reduce((sum, sample) => sum + sample.bytes, 0)
  const ms = bodies.reduce((sum, sample) => sum + (sample.timings.bodyMs as number), 0)
  if (bytes === 0 || (bytes < minimumBytes && ms < 100)) return undefined
  return (bytes * 1000) / Math.max(ms, 1)
}

/** Setting up a connection, in milliseconds: name, TCP, TLS; the longest that was needed. */
export function connectMs(samples: readonly Sample[]): number {
  const all = samples.map(({ timings }) => (timings.lookupMs ?? 0) + (timings.connectMs ?? 0) + (timings.tlsMs ?? 0))
  return Math.max(0, ...all)
}

/** Bytes of the zips that came whole and right, by module path. */
export function measuredSizes(samples: readonly Sample[], plan: ProbePlan): ReadonlyMap<string, number> {
  const paths = new Map(plan.zips.map(zip => [zip.path, zip.module.path]))
  return new Map(
    samples.flatMap(({ object, verified, bytes }) => {
      const path = paths.get(object)
      return path !== undefined && verified ? [[path, bytes] as const] : []
    }),
  )
}

/**
 * Bytes a second. A download that comes at this rate is not moved to a proxy with a higher one: in so short a time,
 * higher rates measure this machine's buffers and processors, not a proxy.
 */
export const PLENTY = 20_000_000

/** Stands for the path where zips came by the download, and not by a request of the benchmark's own. */
export const DOWNLOAD = 'download'

/** Zips that came without a request of the benchmark's own. */
export function sampleOfBody({ bytes, ms }: ZipFlow): Sample {
  return { ...OF_DOWNLOAD, kind: 'found', timings: { ...NO_TIMINGS, bodyMs: ms, totalMs: ms }, bytes }
}

/** No byte of a zip came for so long. */
export function sampleOfSilence(ms: number): Sample {
  return { ...OF_DOWNLOAD, kind: 'stopped', timings: { ...NO_TIMINGS, totalMs: ms }, bytes: 0, censored: true }
}

/** None of the download's zips came: how they fail. */
export function sampleOfFailure(kind: OutcomeKind, ms: number): Sample {
  return { ...OF_DOWNLOAD, kind, timings: { ...NO_TIMINGS, totalMs: ms }, bytes: 0 }
}

const NO_TIMINGS = { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: null, bodyMs: null }
const OF_DOWNLOAD = {
  object: DOWNLOAD,
  purpose: 'rate',
  status: null,
  reused: true,
  verified: undefined,
  censored: false,
} as const

/** Silence for so much longer than is usual for a candidate's small files is no round trip any more. */
const SILENT_MS = 150

/** Whether it was asked for zips and gave nothing of one, for longer than its distance explains. */
export function keptZipsBack(samples: readonly Sample[], latencyMs: number): boolean {
  return samples.some(
    ({ purpose, censored, bytes, timings }) =>
      purpose === 'rate' && censored && bytes === 0 && timings.totalMs > 2 * latencyMs + SILENT_MS,
  )
}
