import type { Candidate } from '../candidates/candidate.ts'
import { estimateBytes, type Mode, predictSeconds } from './prediction.ts'
import type { ProbePlan } from './probe-plan.ts'
import type { MeasuredRequest } from './requests.ts'
import {
  connectMs,
  keptZipsBack,
  latencyMs,
  measuredSizes,
  median,
  outcomeOf,
  PLENTY,
  rateOf,
  type Sample,
} from './sample.ts'
import { isSlow, judge, type Verdict } from './verdict.ts'

/** What was learned of one candidate. Durations in milliseconds, each of its own phase, null when not measured. */
export interface Measurement {
  readonly candidate: Candidate
  readonly verdict: Verdict
  /** In our own words: nothing of it comes from the candidate. */
  readonly reason: string
  /** Whether it may be chosen: its content was right, and nothing speaks against it. */
  readonly usable: boolean
  /**
   * Whether it would give what is needed if it were asked to fetch it, and the user named it: an unnamed mirror that lacks
   * a module is as good as none.
   */
  readonly isCold?: boolean
  /** Its content is not what go.sum says, and nothing shows that go.sum is right. */
  readonly isDisputed?: boolean
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

export interface Ranking {
  /** By predicted seconds; then the cold ones, and last those that cannot be used, both in the order given. */
  readonly measurements: readonly Measurement[]
  /** Every request, of all candidates. */
  readonly requests: readonly MeasuredRequest[]
  /** The candidate that the download has begun with, if any. */
  readonly begun?: Candidate | undefined
  readonly seconds: number
  readonly bytes: number
  /** Why standby candidates joined, in plain words; undefined when they did not. */
  readonly joined: string | undefined
  /** The time limit was reached before every candidate answered. */
  readonly capped: boolean
  /** Measured with the built-in set of modules, since the project has none to ask for: the predictions are for that. */
  readonly pinned: boolean
  /** Bytes still to come for this project, as predicted; undefined when nothing is known. */
  readonly expectedBytes: number | undefined
}

/** One candidate with all that it answered. */
export interface Answered {
  readonly candidate: Candidate
  readonly samples: readonly Sample[]
  /** Others were good, so it did not get the time that an answer may take. */
  readonly cut?: boolean
}

export interface Ranked {
  readonly measurements: readonly Measurement[]
  /** Bytes of the whole download, zips as estimated from those measured. */
  readonly expectedBytes: number
}

/**
 * Judges the candidates and orders them by predicted seconds; then come the cold ones, and last those that cannot be
 * used, both in the order given.
 * @param begun the candidate that the download has begun with
 */
export function rank(measured: readonly Answered[], plan: ProbePlan, mode: Mode, begun?: Candidate): Ranked {
  const sizes = measuredSizes(
    measured.flatMap(({ samples }) => samples),
    plan,
  )
  const expectedBytes = estimateBytes(plan.work.modules, sizes) + plan.work.otherBytes
  const candidates = sparingDoubtful(withProvenRefusals(measured))
  const proven = provenIn(candidates)
  const rates = candidates.flatMap(({ samples }) => (judge(samples).verdict === 'ok' ? (rateOf(samples) ?? []) : []))
  const best = rates.length === 0 ? undefined : Math.max(...rates)
  // A candidate whose rate is unknown counts as a usual one of those measured, never as the best.
  const usualRate = median(rates) ?? USUAL_RATE
  const measurements = candidates.map(one =>
    measure(one, { plan, mode, expectedBytes, best, usualRate, begun, proven }),
  )
  const shown = new Set(candidates.filter(sentZips).map(({ candidate }) => candidate))
  return { measurements: order(behindShown(measurements, shown), shown), expectedBytes }
}

/** Whether something of a zip came. */
function sentZips({ samples }: Answered): boolean {
  return samples.some(({ purpose, bytes }) => purpose === 'rate' && bytes > 0)
}

/**
 * The race is over before zips are asked of a candidate that was late, or that others left behind. So it is predicted to be
 * no faster than the best of those that have shown how their zips come: it may have none.
 */
function behindShown(measurements: readonly Measurement[], shown: ReadonlySet<Candidate>): readonly Measurement[] {
  const least = Math.min(
    ...measurements.map(({ candidate, predictedSeconds }) =>
      predictedSeconds === null || !shown.has(candidate) ? Number.POSITIVE_INFINITY : predictedSeconds,
    ),
  )
  if (least === Number.POSITIVE_INFINITY) return measurements
  return measurements.map(one =>
    one.predictedSeconds === null ? one : { ...one, predictedSeconds: Math.max(one.predictedSeconds, least) },
  )
}

/** What another candidate served, and was right, is public: a candidate that refuses it fails. */
function withProvenRefusals(measured: readonly Answered[]): readonly Answered[] {
  const proven = provenIn(measured)
  return measured.map(one => ({
    ...one,
    samples: one.samples.map(sample => (proven.has(sample.object) ? { ...sample, aboutModule: false } : sample)),
  }))
}

/**
 * What several candidates send alike, and none sends as go.sum has it, speaks against the line of go.sum, or the author of
 * the module: it does not count against them.
 */
function sparingDoubtful(measured: readonly Answered[]): readonly Answered[] {
  const proven = provenIn(measured)
  const sendersOf = ({ object, digest }: Sample) =>
    measured.filter(({ samples }) => samples.some(other => other.object === object && other.digest === digest)).length
  const isDoubtful = (sample: Sample) => isUnproven(sample, proven) && sendersOf(sample) > 1
  return measured.map(one => ({
    ...one,
    samples: one.samples.map(sample => (isDoubtful(sample) ? { ...sample, aboutModule: true } : sample)),
  }))
}

/** Objects of which some candidate sent what go.sum has. */
function provenIn(measured: readonly Answered[]): ReadonlySet<string> {
  return new Set(
    measured.flatMap(({ samples }) => samples.flatMap(({ object, verified }) => (verified ? [object] : []))),
  )
}

/** A module's file that is not what go.sum says, where nothing shows that go.sum is right. */
function isUnproven({ object, digest }: Sample, proven: ReadonlySet<string>): boolean {
  return digest !== undefined && !proven.has(object)
}

function isGood({ verdict }: Pick<Measurement, 'verdict'>): boolean {
  return verdict === 'ok' || verdict === 'slow'
}

/** The order that was decided stays: candidates that turned out to be usable since then come behind. */
export function keepOrder(decided: readonly Measurement[], now: readonly Measurement[]): readonly Measurement[] {
  const placeOf = ({ candidate, usable, verdict }: Measurement) => {
    const place = decided.findIndex(one => one.usable && one.candidate === candidate)
    if (!usable) return decided.length + (verdict === 'cold' ? 1 : 2)
    return place < 0 ? decided.length : place
  }
  return [...now].sort((a, b) => placeOf(a) - placeOf(b))
}

/** Bytes a second, where no candidate's rate is known. */
const USUAL_RATE = 5_000_000

interface Context {
  readonly plan: ProbePlan
  readonly mode: Mode
  readonly expectedBytes: number
  readonly best: number | undefined
  readonly usualRate: number
  /** The candidate that the download has begun with. */
  readonly begun: Candidate | undefined
  readonly proven: ReadonlySet<string>
}

function measure({ candidate, samples, cut }: Answered, context: Context): Measurement {
  const judged = judge(samples, context.plan.pinned, cut)
  const rate = rateOf(samples)
  const plenty = candidate === context.begun && rate !== undefined && rate >= PLENTY
  const comparable = plenty ? Math.max(rate, context.best ?? 0) : rate
  const latency = latencyMs(samples)
  const connection = samples.find(sample => sample.timings.connectMs !== null)?.timings
  const slow = judged.verdict === 'ok' && isSlow(comparable, context.best)
  const gave = samples.some(({ purpose, bytes }) => (purpose === 'latency' || purpose === 'rate') && bytes > 0)
  const wrong = samples.filter(({ verified }) => verified === false)
  const usable = isGood(judged) && gave
  return {
    candidate,
    verdict: slow ? 'slow' : judged.verdict,
    usable,
    isDisputed:
      judged.verdict === 'tampered' && wrong.every(sample => isUnproven(sample, context.proven)) && wrong.length > 0,
    isCold: judged.verdict === 'cold' && candidate.from !== 'default',
    reason: slow ? 'its transfer rate is less than a tenth of the best one’s' : judged.reason,
    lookupMs: connection?.lookupMs ?? null,
    connectMs: connection?.connectMs ?? null,
    tlsMs: connection?.tlsMs ?? null,
    firstByteMs: latency ?? null,
    bytesPerSecond: rate ?? null,
    predictedSeconds: usable && latency !== undefined ? predict(samples, latency, comparable, context) : null,
    sumdb: judgeSumdb(samples, candidate),
    probes: samples.map(toProbe),
  }
}

/** null where nothing can be predicted: it was asked for zips and sent none. */
function predict(
  samples: readonly Sample[],
  latency: number,
  rate: number | undefined,
  context: Context,
): number | null {
  if (rate === undefined && keptZipsBack(samples, latency)) return null
  const slowest = partialRate(samples)
  const bytesPerSecond = rate ?? Math.min(context.usualRate, slowest ?? Number.POSITIVE_INFINITY)
  const speed = { connectMs: connectMs(samples), latencyMs: latency, bytesPerSecond, errorRate: 0 }
  return predictSeconds(speed, context.plan.work, context.expectedBytes, context.mode)
}

/** The rate that a body cut off by the cap shows, if it shows one. */
function partialRate(samples: readonly Sample[]): number | undefined {
  const cut = samples.filter(
    sample => sample.purpose === 'rate' && sample.censored && (sample.timings.bodyMs ?? 0) > 50,
  )
  return cut.length === 0 ? undefined : rateOf(cut, 0)
}

function judgeSumdb(samples: readonly Sample[], { trust }: Candidate): Measurement['sumdb'] {
  const asked = samples.filter(sample => sample.purpose === 'sumdb' && !sample.censored)
  const lookup = asked.find(sample => sample.object.includes('/lookup/'))
  // The user's own proxy may refuse what must stay private: that is about the module.
  if (trust === 'own' && (lookup?.kind === 'forbidden' || lookup?.kind === 'absent')) return 'unknown'
  if (lookup !== undefined) return lookup.verified ? 'works' : 'broken'
  const supported = asked[0]
  if (supported === undefined || supported.kind === 'found') return 'unknown'
  return supported.kind === 'absent' ? 'absent' : 'broken'
}

function toProbe(sample: Sample): Probe {
  const { object, purpose, timings, bytes } = sample
  return { object, purpose, outcome: outcomeOf(sample), ms: timings.totalMs, bytes }
}

/** @param shown of two that are predicted alike, such a one comes first */
function order(measurements: readonly Measurement[], shown: ReadonlySet<Candidate>): readonly Measurement[] {
  const seconds = ({ predictedSeconds }: Measurement) => predictedSeconds ?? Number.POSITIVE_INFINITY
  const isUnshown = ({ candidate }: Measurement) => (shown.has(candidate) ? 0 : 1)
  return [
    ...measurements
      .filter(({ usable }) => usable)
      .sort((a, b) => seconds(a) - seconds(b) || isUnshown(a) - isUnshown(b)),
    ...measurements.filter(({ verdict }) => verdict === 'cold'),
    ...measurements.filter(({ usable, verdict }) => !usable && verdict !== 'cold'),
  ]
}
