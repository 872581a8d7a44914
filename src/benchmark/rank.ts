import type { Candidate } from '../candidates/candidate.ts'
import { estimateBytes, type Mode, predictSeconds } from './prediction.ts'
import type { ProbePlan } from './probe-plan.ts'
import type { Measurement, Probe } from './ranking.ts'
import { connectMs, keptZipsBack, latencyMs, measuredSizes, median, PLENTY, rateOf, type Sample } from './sample.ts'
import { isSlow, judge } from './verdict.ts'

/** One candidate with all that it answered. */
export interface Measured {
  readonly candidate: Candidate
  readonly samples: readonly Sample[]
  /** It was not given the time that an answer may take, since others were good. */
  readonly cut?: boolean
}

/** Within this share two predictions are equal: the measurement is no more exact. */
export const EQUAL_SHARE = 0.1

export interface Ranked {
  readonly measurements: readonly Measurement[]
  /** Bytes of the whole download, zips as estimated from those measured. */
  readonly expectedBytes: number
}

/**
 * Judges and orders the candidates: by predicted seconds, where within 10 % of the best, among equals in trust, the
 * incumbent comes first, then the official proxy, then the one that the download has begun with. Those that cannot do
 * it come last, in the order given.
 */
export function rank(measured: readonly Measured[], plan: ProbePlan, mode: Mode, begun?: Candidate): Ranked {
  const sizes = measuredSizes(
    measured.flatMap(({ samples }) => samples),
    plan,
  )
  const expectedBytes = estimateBytes(plan.work.modules, sizes) + plan.work.otherBytes
  const candidates = withProvenRefusals(measured)
  const rates = candidates.flatMap(({ samples }) => (judge(samples).verdict === 'ok' ? (rateOf(samples) ?? []) : []))
  const best = rates.length === 0 ? undefined : Math.max(...rates)
  // Without a rate of its own a candidate is thought of as a usual one among those measured, and never as the best.
  const usualRate = median(rates) ?? USUAL_RATE
  const measurements = candidates.map(one => measure(one, { plan, mode, expectedBytes, best, usualRate, begun }))
  return { measurements: order(measurements, begun), expectedBytes }
}

/** What another gave, and was right, is public: whoever refuses that fails. */
function withProvenRefusals(measured: readonly Measured[]): readonly Measured[] {
  const proven = new Set(
    measured.flatMap(({ samples }) => samples.flatMap(({ object, verified }) => (verified ? [object] : []))),
  )
  return measured.map(one => ({
    ...one,
    samples: one.samples.map(sample => (proven.has(sample.object) ? { ...sample, aboutModule: false } : sample)),
  }))
}

/** What was decided stays: whoever turned out to be usable since comes behind. */
export function keepOrder(decided: readonly Measurement[], now: readonly Measurement[]): readonly Measurement[] {
  const placeOf = ({ candidate, usable }: Measurement) => {
    const place = decided.findIndex(one => one.usable && one.candidate === candidate)
    return !usable ? decided.length + 1 : place < 0 ? decided.length : place
  }
  return [...now].sort((a, b) => placeOf(a) - placeOf(b))
}

/** Bytes a second when nobody's rate is known. */
const USUAL_RATE = 5_000_000

interface Context {
  readonly plan: ProbePlan
  readonly mode: Mode
  readonly expectedBytes: number
  readonly best: number | undefined
  readonly usualRate: number
  /** Whom the download has begun with. */
  readonly begun: Candidate | undefined
}

function measure({ candidate, samples, cut }: Measured, context: Context): Measurement {
  const judged = judge(samples, context.plan.pinned, cut)
  const rate = rateOf(samples)
  const plenty = candidate === context.begun && rate !== undefined && rate >= PLENTY
  const comparable = plenty ? Math.max(rate, context.best ?? 0) : rate
  const latency = latencyMs(samples)
  const connection = samples.find(sample => sample.timings.connectMs !== null)?.timings
  const slow = judged.verdict === 'ok' && isSlow(comparable, context.best)
  const gave = samples.some(({ purpose, bytes }) => (purpose === 'latency' || purpose === 'rate') && bytes > 0)
  const usable = (judged.verdict === 'ok' || judged.verdict === 'slow') && gave
  return {
    candidate,
    verdict: slow ? 'slow' : judged.verdict,
    usable,
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

/** null for whom nothing can be said: it owes zips. */
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

/** What a body cut by the cap shows of the rate, if it shows anything. */
function partialRate(samples: readonly Sample[]): number | undefined {
  const cut = samples.filter(
    sample => sample.purpose === 'rate' && sample.censored && (sample.timings.bodyMs ?? 0) > 50,
  )
  return cut.length === 0 ? undefined : rateOf(cut, 0)
}

function judgeSumdb(samples: readonly Sample[], { trust }: Candidate): Measurement['sumdb'] {
  const asked = samples.filter(sample => sample.purpose === 'sumdb' && !sample.censored)
  const lookup = asked.find(sample => sample.object.includes('/lookup/'))
  // The user's own proxy may refuse what the world is not to hear of, and that is about the module.
  if (trust === 'own' && (lookup?.kind === 'forbidden' || lookup?.kind === 'absent')) return 'unknown'
  if (lookup !== undefined) return lookup.verified ? 'works' : 'broken'
  const supported = asked[0]
  if (supported === undefined || supported.kind === 'found') return 'unknown'
  return supported.kind === 'absent' ? 'absent' : 'broken'
}

function toProbe({ object, purpose, kind, verified, timings, bytes, censored }: Sample): Probe {
  const outcome = verified === false ? 'wrong content' : censored ? 'stopped by the benchmark' : kind
  return { object, purpose, outcome, ms: timings.totalMs, bytes }
}

function order(measurements: readonly Measurement[], begun: Candidate | undefined): readonly Measurement[] {
  const usable = measurements.filter(measurement => measurement.usable).sort((a, b) => seconds(a) - seconds(b))
  const winner = usable[0] && preferKnown(usable[0], usable, begun)
  const rest = usable.filter(measurement => measurement !== winner)
  return [...(winner ? [winner] : []), ...rest, ...measurements.filter(measurement => !measurement.usable)]
}

function seconds(measurement: Measurement): number {
  return measurement.predictedSeconds ?? Number.POSITIVE_INFINITY
}

/** Among those as fast and as trusted as the fastest: what GOPROXY says today, else the official proxy, else whoever need not be left. */
function preferKnown(fastest: Measurement, usable: readonly Measurement[], begun: Candidate | undefined): Measurement {
  const equals = usable.filter(
    other =>
      seconds(other) <= seconds(fastest) * (1 + EQUAL_SHARE) &&
      isTrusted(other.candidate) === isTrusted(fastest.candidate),
  )
  return (
    equals.find(other => other.candidate.incumbent) ??
    equals.find(other => other.candidate.trust === 'official') ??
    equals.find(other => other.candidate === begun) ??
    fastest
  )
}

/** Whether one is chosen before another that is as fast. */
export function isPreferred(one: Candidate, other: Candidate): boolean {
  if (isTrusted(one) !== isTrusted(other)) return isTrusted(one)
  return (one.incumbent && !other.incumbent) || (one.trust === 'official' && other.trust !== 'official')
}

function isTrusted(candidate: Candidate): boolean {
  return candidate.trust !== 'mirror'
}
