import type { Candidate } from '../candidates/candidate.ts'
import type { Policy } from '../policy.ts'
import { latencyMs, MINIMUM_RATE_BYTES, rateOf, type Sample } from './sample.ts'
import { isSlow, judge } from './verdict.ts'

/** One candidate in the race, as the rules see it. Times are milliseconds since the race's start. */
export interface Racer {
  readonly candidate: Candidate
  /** `standby` not asked yet; `latency` small files; `ready` for zips; `rate` zips; `done` nothing more to ask; `out` failed. */
  readonly stage: 'standby' | 'latency' | 'ready' | 'rate' | 'done' | 'out'
  readonly startedMs: number
  /** When it left the latency stage. */
  readonly readyMs: number | undefined
  /** When it was sent to fetch zips. */
  readonly rateStartedMs: number | undefined
  readonly samples: readonly Sample[]
  /** The zip that is on its way. */
  readonly moving: { readonly bytes: number; readonly ms: number } | undefined
}

export interface RaceRules {
  readonly capMs: number
  readonly policy: Policy['benchmark']
}

/** What to do now. */
export type Step =
  | { readonly kind: 'join'; readonly reason: string }
  | { readonly kind: 'start rate'; readonly racers: readonly Racer[] }
  | { readonly kind: 'stop rate'; readonly racers: readonly Racer[] }
  | { readonly kind: 'finish'; readonly capped: boolean }
  /** Look again when something changed, or at this time. */
  | { readonly kind: 'wait'; readonly untilMs: number }

const FIRST_SURVIVORS = 4
const LAST_SURVIVORS = 2
/** This much of a zip, or this long a body, tells the rate. */
const ENOUGH_BYTES = 3 << 20
const ENOUGH_BODY_MS = 200
/** While zips move, nothing but time tells that enough of them came. */
const LOOK_AGAIN_MS = 25
/** A zip must have moved this long before it can be called hopeless beside another's. */
const HOPELESS_AFTER_MS = 150
/** A zip must have moved this long before its rate can count against the official proxy. */
const JUDGE_RATE_AFTER_MS = 300

/**
 * The rules of the race, without clock or network: two stages over all candidates at once, each ended as soon as the
 * answer is clear, and everything ended at the cap.
 */
export function nextStep(racers: readonly Racer[], nowMs: number, rules: RaceRules): Step {
  if (nowMs >= rules.capMs) return { kind: 'finish', capped: true }
  const standby = racers.some(racer => racer.stage === 'standby')
  const reason = standby ? findJoinReason(racers, nowMs, rules.policy) : undefined
  if (reason !== undefined) return { kind: 'join', reason }
  const rating = racers.filter(racer => racer.stage === 'rate')
  const rated = racers.filter(racer => racer.stage === 'done' && racer.rateStartedMs !== undefined)
  const step = rating.length > 0 ? duringRate(rating, rated, nowMs, rules) : betweenStages(racers, nowMs, rules)
  const headStart = rules.policy.officialHeadStartMs
  return standby && step.kind === 'wait' && nowMs < headStart
    ? { ...step, untilMs: Math.min(step.untilMs, headStart) }
    : step
}

/** Why the mirrors must join although nobody named them: the official proxy fails here. */
export function findJoinReason(
  racers: readonly Racer[],
  nowMs: number,
  policy: Policy['benchmark'],
): string | undefined {
  const official = racers.find(racer => racer.stage !== 'standby')
  if (official === undefined) return 'there is no official proxy'
  if (official.stage === 'out') return `the official proxy fails here: ${judge(official.samples).reason}`
  const verified = official.samples.some(sample => sample.verified === true)
  if (!verified && nowMs - official.startedMs >= policy.officialHeadStartMs) {
    return `the official proxy gave nothing within ${policy.officialHeadStartMs / 1000} s`
  }
  const rate = slowRate(official)
  return rate !== undefined && rate < policy.officialMinimumRate
    ? `the official proxy moves a zip at ${Math.round(rate / 1000)} kB/s only`
    : undefined
}

function slowRate(racer: Racer): number | undefined {
  if (racer.moving !== undefined) {
    return racer.moving.ms >= JUDGE_RATE_AFTER_MS ? (racer.moving.bytes * 1000) / racer.moving.ms : undefined
  }
  const long = racer.samples.filter(s => s.purpose === 'rate' && (s.timings.bodyMs ?? 0) >= JUDGE_RATE_AFTER_MS)
  return long.length === 0 ? undefined : rateOf(long, 0)
}

function betweenStages(racers: readonly Racer[], nowMs: number, { capMs, policy }: RaceRules): Step {
  const latency = racers.filter(racer => racer.stage === 'latency')
  const ready = racers.filter(racer => racer.stage === 'ready')
  const done = racers.filter(racer => racer.stage === 'done')
  const waiting = ready.length + done.length > 0 ? stillWorthWaiting(latency, ready, nowMs, policy) : latency
  if (waiting.length > 0) {
    const ends = Math.max(...waiting.map(racer => racer.startedMs)) + policy.latencyStageMs
    return {
      kind: 'wait',
      untilMs: ready.length + done.length > 0 ? Math.min(capMs, nextLook(latency, ready, ends, nowMs)) : capMs,
    }
  }
  // The rate is measured once for those who began together, and once more for mirrors that joined late.
  const unrated = ready.filter(racer => done.every(other => other.startedMs < racer.startedMs))
  if (unrated.length > 0) return { kind: 'start rate', racers: bySpeed(unrated).slice(0, FIRST_SURVIVORS) }
  return { kind: 'finish', capped: false }
}

/** Those in the latency stage that could still win: not over time, and not behind twice the slowest that is ready. */
function stillWorthWaiting(
  latency: readonly Racer[],
  ready: readonly Racer[],
  nowMs: number,
  policy: Policy['benchmark'],
): readonly Racer[] {
  const limit = patienceMs(ready)
  return latency.filter(
    racer =>
      nowMs - racer.startedMs < Math.min(policy.latencyStageMs, ready.length > 1 ? limit : policy.latencyStageMs),
  )
}

/** Twice what the slowest ready racer took, and never so little that noise decides. */
function patienceMs(ready: readonly Racer[]): number {
  return Math.max(150, 2 * Math.max(...ready.map(racer => (racer.readyMs ?? 0) - racer.startedMs)))
}

function nextLook(latency: readonly Racer[], ready: readonly Racer[], ends: number, nowMs: number): number {
  const patience = ready.length > 1 ? Math.min(...latency.map(racer => racer.startedMs)) + patienceMs(ready) : ends
  return Math.max(nowMs + 1, Math.min(ends, patience))
}

function bySpeed(racers: readonly Racer[]): readonly Racer[] {
  const worth = (racer: Racer) => latencyMs(racer.samples) ?? Number.POSITIVE_INFINITY
  return [...racers].sort((a, b) => worth(a) - worth(b))
}

/** @param rated those whose zips have all come */
function duringRate(
  rating: readonly Racer[],
  rated: readonly Racer[],
  nowMs: number,
  { capMs, policy }: RaceRules,
): Step {
  const began = Math.min(...rating.map(racer => racer.rateStartedMs ?? nowMs))
  const told = rated.length > 0 || rating.some(hasSome)
  const late = nowMs - began >= policy.rateStageMs
  if (rating.every(hasEnough) || (late && told)) return { kind: 'stop rate', racers: rating }
  const hopeless = findHopeless(rating, rated)
  if (hopeless.length > 0) return { kind: 'stop rate', racers: hopeless }
  if (nowMs - began >= policy.rateStageMs / 2 && rating.length > LAST_SURVIVORS) {
    const best = [...rating].sort((a, b) => (currentRate(b) ?? 0) - (currentRate(a) ?? 0))
    return { kind: 'stop rate', racers: best.slice(LAST_SURVIVORS) }
  }
  return { kind: 'wait', untilMs: Math.min(capMs, nowMs + LOOK_AGAIN_MS) }
}

/** Those whose zip has moved for a while, so slowly beside another's that waiting for its end would tell nothing new. */
function findHopeless(rating: readonly Racer[], rated: readonly Racer[]): readonly Racer[] {
  const best = Math.max(0, ...[...rating, ...rated].filter(hasRightZip).map(racer => currentRate(racer) ?? 0))
  return rating.filter(({ moving }) => {
    if (moving === undefined || moving.ms < HOPELESS_AFTER_MS) return false
    return isSlow((moving.bytes * 1000) / moving.ms, best)
  })
}

/** So much that more would not change the order. */
function hasEnough(racer: Racer): boolean {
  return hasRight(racer, ENOUGH_BYTES, ENOUGH_BODY_MS)
}

/** So much that a rate can be told at all. */
function hasSome(racer: Racer): boolean {
  return hasRight(racer, MINIMUM_RATE_BYTES, ENOUGH_BODY_MS)
}

/** Whether a zip was right, and so many bytes came or came for so long. */
/** Whether a zip was right, and so many bytes came or came for so long. */
function hasRight(racer: Racer, bytes: number, ms: number): boolean {
  const { moving } = racer
  const zips = racer.samples.filter(sample => sample.purpose === 'rate')
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return (
    hasRightZip(racer) &&
    (sum(zips.map(zip => zip.bytes)) + (moving?.bytes ?? 0) >= bytes ||
      sum(zips.map(zip => zip.timings.bodyMs ?? 0)) + (moving?.ms ?? 0) >= ms)
  )
}

function hasRightZip({ samples }: Racer): boolean {
  return samples.some(sample => sample.purpose === 'rate' && sample.verified)
}

function currentRate(racer: Racer): number | undefined {
  if (racer.moving !== undefined && racer.moving.ms > 50) return (racer.moving.bytes * 1000) / racer.moving.ms
  return rateOf(racer.samples, 0)
}
