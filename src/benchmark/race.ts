import type { Candidate } from '../candidates/candidate.ts'
import type { Policy } from '../policy.ts'
import { latencyMs, MINIMUM_RATE_BYTES, rateOf, type Sample, type ZipFlow } from './sample.ts'
import { isHttpProxysFault, isSlow, judge } from './verdict.ts'

/** One candidate in the race, as the rules see it. Times are milliseconds since the race's start. */
export interface Racer {
  readonly candidate: Candidate
  /**
   * `standby` not asked yet; `latency` no right file yet; `ready` for zips; `rate` zips come; `done` enough of them;
   * `out` failed.
   */
  readonly stage: 'standby' | 'latency' | 'ready' | 'rate' | 'done' | 'out'
  readonly startedMs: number
  /** When its first right file came. */
  readonly readyMs: number | undefined
  /** When it was sent to fetch zips. */
  readonly rateStartedMs: number | undefined
  readonly samples: readonly Sample[]
  /** The download has begun with it, and goes on whatever becomes of the race. */
  readonly downloads: boolean
  /** The zip that is on its way. */
  readonly moving: ZipFlow | undefined
  /** There is a connection to it, or we cannot tell. */
  readonly isReached?: boolean
}

export interface RaceRules {
  readonly capMs: number
  /** Every candidate is measured to the end, and no zip beside another's; the cap alone ends the wait for one. */
  readonly thorough?: boolean
  readonly policy: Policy['benchmark']
  readonly forecast: (racers: readonly Racer[], nowMs: number) => Forecast
  /** How many times as long as through `other` the download through `one` may take, and `one` is still chosen. */
  readonly toleranceOver: (one: Candidate, other: Candidate) => number
}

/** Seconds of the whole download through a racer, as far as is known now. */
export type Forecast = (racer: Racer) => {
  /** At the rate that its zips showed; undefined before a right one came. */
  readonly expected: number | undefined
  /** The least it can take, however fast its zips come: its round trips alone. */
  readonly atBest: number
}

/** What to do now. */
export type RaceStep =
  | { readonly kind: 'join'; readonly reason: string }
  | { readonly kind: 'start rate'; readonly racers: readonly Racer[] }
  | { readonly kind: 'stop rate'; readonly racers: readonly Racer[] }
  | { readonly kind: 'finish'; readonly capped: boolean }
  /** Look again when something changed, or at this time. */
  | { readonly kind: 'wait'; readonly untilMs: number }

/** How many are asked for zips, and how many of them for longer than half of the stage. */
const SURVIVORS = 4
const LAST_SURVIVORS = 2
/** This much of a zip, or a body of this length, is enough to know the rate. */
const ENOUGH_BYTES = 3 << 20
const ENOUGH_BODY_MS = 200
/** How often the race looks even if nothing happens: time alone can show that enough came, or a racer is too late. */
const LOOK_AGAIN_MS = 25
/** A zip must have moved this long before it can be called hopeless beside another's. */
const HOPELESS_AFTER_MS = 150
/** A zip must have moved this long before its rate can count against the official proxy. */
const JUDGE_RATE_AFTER_MS = 300

/**
 * The rules of the race, without clock or network: each racer is asked for small files, from its first right one on for
 * zips, too, and no longer than it could still be chosen. The race ends when no racer could still beat the best, or at
 * the cap.
 */
export function nextStep(racers: readonly Racer[], nowMs: number, rules: RaceRules): RaceStep {
  if (nowMs >= rules.capMs) return { kind: 'finish', capped: true }
  const standby = racers.some(racer => racer.stage === 'standby')
  const reason = standby ? findJoinReason(racers, nowMs, rules.policy) : undefined
  if (reason !== undefined) return { kind: 'join', reason }
  const forecast = rules.forecast(racers, nowMs)
  const stops = findStops(racers, nowMs, rules, forecast)
  if (stops.length > 0) return { kind: 'stop rate', racers: stops }
  const starts = findStarts(racers, rules)
  if (starts.length > 0) return { kind: 'start rate', racers: starts }
  const contenders = findContenders(racers, nowMs, rules, forecast)
  // Where no other racer was rated and none stands by, the rate of the download need not be known.
  const isWon = contenders.length === 1 && contenders.every(isUnderWay) && !racers.some(isComparable)
  if (contenders.length === 0 || isWon) return { kind: 'finish', capped: false }
  return { kind: 'wait', untilMs: Math.min(rules.capMs, nowMs + LOOK_AGAIN_MS) }
}

function isUnderWay(racer: Racer): boolean {
  return racer.downloads && hasRightZip(racer)
}

function isComparable({ stage }: Racer): boolean {
  return stage === 'done' || stage === 'standby'
}

/** Why the standby mirrors must join although the user did not name them: the official proxy fails here. */
export function findJoinReason(
  racers: readonly Racer[],
  nowMs: number,
  policy: Policy['benchmark'],
): string | undefined {
  const official = racers.find(racer => racer.stage !== 'standby')
  if (official === undefined) return 'there is no official proxy'
  // They stand behind the same HTTP proxy.
  if (official.stage === 'out' && isHttpProxysFault(official.samples)) return undefined
  if (official.stage === 'out') {
    const { verdict, reason } = judge(official.samples)
    // Whose fault that is shows later.
    return verdict === 'tampered'
      ? 'what the official proxy sends does not match go.sum'
      : `the official proxy fails here: ${reason}`
  }
  if (official.stage !== 'done' && isLate(official, nowMs, policy)) {
    return `the official proxy sent nothing within ${policy.officialHeadStartMs / 1000} s`
  }
  const rate = slowRate(official)
  return rate !== undefined && rate < policy.officialMinimumRate
    ? `the official proxy sends a zip at only ${Math.round(rate / 1000)} kB/s`
    : undefined
}

/** Whether it sent nothing in its head start, and is not worth waiting for longer. */
function isLate(official: Racer, nowMs: number, policy: Policy['benchmark']): boolean {
  const { isReached, readyMs, samples, startedMs } = official
  const verified = samples.some(sample => sample.verified === true)
  if (verified && readyMs === undefined) return false
  // A refusal because the module may be private is an answer, too.
  const answeredMs = samples.reduce((ms, one) => ms + (one.aboutModule ? one.timings.totalMs : 0), 0)
  const silentMs = (verified && readyMs !== undefined ? readyMs : nowMs) - startedMs - answeredMs
  if (silentMs < policy.officialHeadStartMs) return false
  // A reachable one is worth waiting for: its answers show which modules may be private, and mirrors get no such names.
  const saysNothing = !samples.some(({ purpose, status }) => purpose !== 'control' && status !== null)
  return !(isReached && saysNothing && silentMs < policy.officialSilentMs)
}

function slowRate(racer: Racer): number | undefined {
  if (racer.moving !== undefined) {
    return racer.moving.ms >= JUDGE_RATE_AFTER_MS ? (racer.moving.bytes * 1000) / racer.moving.ms : undefined
  }
  const long = racer.samples.filter(s => s.purpose === 'rate' && (s.timings.bodyMs ?? 0) >= JUDGE_RATE_AFTER_MS)
  return long.length === 0 ? undefined : rateOf(long, 0)
}

/** Racers to stop asking for zips: more would change nothing, or there is no time for more. */
function findStops(racers: readonly Racer[], nowMs: number, rules: RaceRules, forecast: Forecast): readonly Racer[] {
  const { policy } = rules
  const rated = racers.filter(({ stage }) => stage === 'rate' || stage === 'done')
  const told = rated.some(hasSome)
  const bestRate = Math.max(0, ...rated.filter(hasRightZip).map(racer => currentRate(racer) ?? 0))
  return rated.filter(racer => {
    if (racer.stage !== 'rate') return false
    if (rules.thorough) return hasEnough(racer) || isThrough(racer, nowMs, policy)
    const group = rated.filter(({ startedMs }) => startedMs === racer.startedMs)
    const ratedMs = nowMs - (racer.rateStartedMs ?? nowMs)
    const groupMs = Math.max(...group.map(({ rateStartedMs }) => nowMs - (rateStartedMs ?? nowMs)))
    // A racer that came later has half of the time at least.
    const late = groupMs >= policy.rateStageMs && ratedMs >= policy.rateStageMs / 2
    const faster = rated.filter(other => (currentRate(other) ?? 0) > (currentRate(racer) ?? 0))
    const beaten = ratedMs >= policy.rateStageMs / 2 && faster.length >= LAST_SURVIVORS
    return (
      hasEnough(racer) ||
      (late && told) ||
      beaten ||
      isHopeless(racer, bestRate) ||
      !canWin(racer, racers, rules, forecast)
    )
  })
}

/** A racer that sends nothing keeps those behind it waiting; it has more time than one that sends something. */
const UNHEARD_STAGES = 4

function isThrough(racer: Racer, nowMs: number, { rateStageMs }: Policy['benchmark']): boolean {
  const ratedMs = nowMs - (racer.rateStartedMs ?? nowMs)
  const unheardMs = UNHEARD_STAGES * rateStageMs + 2 * (latencyMs(racer.samples) ?? 0)
  return ratedMs >= (hasSome(racer) ? rateStageMs : unheardMs)
}

/** Racers to ask for zips: those that are ready in time, and no more of a group than are worth the bytes. */
function findStarts(racers: readonly Racer[], { policy, thorough }: RaceRules): readonly Racer[] {
  const ready = bySpeed(racers.filter(({ stage }) => stage === 'ready'))
  if (thorough) return racers.some(({ stage }) => stage === 'rate') ? [] : ready.slice(0, 1)
  const started: Racer[] = []
  for (const racer of ready) {
    const rated = racers.filter(other => isRated(other) && other.startedMs === racer.startedMs).length
    const inTime = (racer.readyMs ?? 0) - racer.startedMs < policy.latencyStageMs || rated === 0
    if (inTime && rated + started.length < SURVIVORS) started.push(racer)
  }
  return started
}

/** Those worth waiting for: they are in time, and might turn out to be better than the best so far. */
function findContenders(
  racers: readonly Racer[],
  nowMs: number,
  rules: RaceRules,
  forecast: Forecast,
): readonly Racer[] {
  const { policy } = rules
  const through = racers.filter(racer => racer.stage === 'ready' || isRated(racer))
  const limitMs = through.length > 1 ? Math.min(policy.latencyStageMs, patienceMs(through)) : policy.latencyStageMs
  return racers.filter(racer => {
    if (racer.stage === 'rate') return true
    if (rules.thorough) return racer.stage === 'latency' || racer.stage === 'ready'
    if (racer.stage !== 'latency') return false
    const inTime = through.length === 0 || nowMs - racer.startedMs < limitMs
    return inTime && canWin(racer, racers, rules, forecast)
  })
}

/** Whether a racer could be chosen after all, should its zips come as fast as can be. */
function canWin(racer: Racer, racers: readonly Racer[], rules: RaceRules, forecast: Forecast): boolean {
  return racers.every(other => {
    const { expected } = forecast(other)
    if (other === racer || expected === undefined || !isRated(other)) return true
    return forecast(racer).atBest < expected * rules.toleranceOver(racer.candidate, other.candidate)
  })
}

function isRated({ stage }: Racer): boolean {
  return stage === 'rate' || stage === 'done'
}

/** Twice what the slowest of those that are through took, and never so little that noise decides. */
function patienceMs(through: readonly Racer[]): number {
  return Math.max(150, 2 * Math.max(...through.map(racer => (racer.readyMs ?? 0) - racer.startedMs)))
}

function bySpeed(racers: readonly Racer[]): readonly Racer[] {
  const worth = (racer: Racer) => latencyMs(racer.samples) ?? Number.POSITIVE_INFINITY
  return [...racers].sort((a, b) => worth(a) - worth(b))
}

/** Its zip is so slow beside another's that waiting for its end would tell nothing new. */
function isHopeless({ moving }: Racer, bestRate: number): boolean {
  if (moving === undefined || moving.ms < HOPELESS_AFTER_MS) return false
  return isSlow((moving.bytes * 1000) / moving.ms, bestRate)
}

/** So much that more would not change the order. */
function hasEnough(racer: Racer): boolean {
  return hasRight(racer, ENOUGH_BYTES, ENOUGH_BODY_MS)
}

/** Enough to tell a rate at all. */
function hasSome(racer: Racer): boolean {
  return hasRight(racer, MINIMUM_RATE_BYTES, ENOUGH_BODY_MS)
}

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

export function hasRightZip({ samples }: Racer): boolean {
  return samples.some(sample => sample.purpose === 'rate' && sample.verified)
}

function currentRate(racer: Racer): number | undefined {
  if (racer.moving !== undefined && racer.moving.ms > 50) return (racer.moving.bytes * 1000) / racer.moving.ms
  return rateOf(racer.samples, 0)
}
