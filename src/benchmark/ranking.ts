import type { Candidate } from '../candidates/candidate.ts'
import type { VerifiedObject } from '../objects/object.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'

export type Verdict = 'ok' | 'slow' | 'missing' | 'blocked' | 'unhealthy' | 'bogus' | 'tampered' | 'unreachable'

/** What was learned of one candidate. Durations in milliseconds, each of its own phase, null when not measured. */
export interface Measurement {
  readonly candidate: Candidate
  readonly verdict: Verdict
  /** Plain words, no foreign text. */
  readonly reason: string
  /** Whether it may be chosen: it gave right content and no reason against it. */
  readonly usable: boolean
  readonly lookupMs: number | null
  readonly connectMs: number | null
  /** null behind an HTTPS_PROXY, and for http. */
  readonly tlsMs: number | null
  /** Median from request sent to first byte, on a warm connection. */
  readonly firstByteMs: number | null
  readonly bytesPerSecond: number | null
  /** This project's whole download through this candidate alone; null when it cannot do it, or nothing of a zip came. */
  readonly predictedSeconds: number | null
  /** Whether its checksum-database mirror answered a real lookup rightly. */
  readonly sumdb: 'works' | 'absent' | 'broken' | 'unknown'
  readonly probes: readonly Probe[]
}

export interface Probe {
  /** Path below the proxy's base URL; `download`: the zips of the download that began meanwhile. */
  readonly object: string
  readonly purpose: 'latency' | 'rate' | 'control' | 'sumdb'
  readonly outcome: string
  readonly ms: number
  readonly bytes: number
}

/** Best first; those that cannot do it last, in the order given. */
export interface Ranking {
  readonly measurements: readonly Measurement[]
  readonly seconds: number
  readonly bytes: number
  /** Why standby candidates were asked, in plain words; undefined when they were not. */
  readonly joined: string | undefined
  /** The cap came before every candidate had an answer. */
  readonly capped: boolean
  /** Measured with a built-in set of modules, since the project has none that can be asked for: predictions are of that. */
  readonly pinned: boolean
  /** Bytes still to come for this project, as predicted; undefined when nothing is known. */
  readonly expectedBytes: number | undefined
}

/** A download that has begun from one candidate. */
export interface Begun {
  /** What came of its zips so far: bytes, and milliseconds in which any were coming. */
  zips(): { readonly bytes: number; readonly ms: number }
  /** How its zips fail, where not one came and so many were asked for in vain. */
  failure(least: number): OutcomeKind | undefined
  /** Resolves when nothing of it is on its way any more. */
  settled(): Promise<void>
}

/** `all`: everybody is waited for; `enough`: until two are known to be good, with what is asked of them beside files. */
export type HeardOut = 'all' | 'enough'

/** The benchmark under way. Nothing of it rejects. */
export interface Benchmark {
  /** As they are verified; ends with the ranking. */
  readonly objects: AsyncIterable<VerifiedObject>
  /** As soon as it is clear who is best. */
  readonly ranking: Promise<Ranking>
  /**
   * The same winner, and what the others have said since; they have the time of a stage in all. Small files alone are
   * asked for after the ranking. To be called once nothing more is to be asked, whatever came of the job.
   */
  complete(what: HeardOut): Promise<Ranking>
}
