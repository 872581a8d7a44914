import type { Outcome } from '../../upstream/outcome.ts'
import { busyMsAt, type Congestion, countAnew, countUnanswerable, give, LEAST_WINDOW, type Load } from './congestion.ts'
import { beginSeeking, seekSlowly } from './sending.ts'

/** What an upstream refused: more requests than it bears, or any request for some time. */
export type Limited = 'number' | 'time'

/** A request that was refused. */
export interface RefusedAsk {
  readonly load: Load
  /** Whether the upstream named the time after which to come back. */
  readonly asked: boolean
  readonly sentMs: number
}

/** The upstream asks for fewer requests: at a time, or in a time. */
export function isRefusal({ kind, status }: Outcome): boolean {
  return status === 503 || (kind === 'limited' && status !== null)
}

/** An upstream's answers to a burst have come by then, where no answer shows how long it takes. */
const USUAL_HOLD_MS = 500
const LEAST_HOLD_MS = 50
/** Of the rate that an upstream bore from one refused burst to the next. */
const SHARE_OF_RATE = 0.8

/** With more refusals than this in one burst, the step was not merely too wide. */
const MANY_OF_BURST = 4

/**
 * A request was refused (429, 503), and has ended. The first burst with refusals sets the ceiling: the requests that
 * the upstream did not refuse are as many as it accepts at once. After a second such burst its limit may as well be a
 * rate, so we then send requests more slowly than the upstream accepted them between the two bursts. However late we
 * hear of a refusal, it is of the burst in which its request was sent.
 */
export function refuse(state: Congestion, { load, asked, sentMs }: RefusedAsk, nowMs: number): Limited {
  const isNew = sentMs > state.burstMs
  const answeredBefore = state.answeredSince
  give(state, load, false)
  if (state.alone) return pause(state, nowMs)
  const others = state.inFlight
  const isByChance = isNew && state.bursts >= MOST_BURSTS && state.sent > LEAST_SENT
  if (isByChance) return 'number'
  if (isNew) {
    beginBurst(state, nowMs)
    slowDown(state, nowMs)
  } else if (!state.isFew) lower(state, others)
  state.refusedOfBurst++
  if (state.refusedOfBurst > MANY_OF_BURST) seekSlowly(state)
  countAnew(state, nowMs)
  state.window = Math.max(LEAST_WINDOW, state.gentle ? 0 : state.ceiling >> 1)
  if (asked && state.isFew) return isNew ? pause(state, nowMs) : 'time'
  if (others > 0 || state.answeredSince) return 'number'
  // Once, the only one may just have come too soon after others.
  if (isNew && answeredBefore) {
    state.nextMs = Math.max(state.nextMs, nowMs + holdMs(state))
    return 'number'
  }
  state.alone = true
  state.ceiling = state.ceilingBefore
  return pause(state, nowMs)
}

function pause(state: Congestion, nowMs: number): Limited {
  state.pauses++
  state.pausedMs ??= nowMs
  return 'time'
}

/** A limit would have been found by then: one that refuses now and then, whatever it is sent, is not asked for less. */
const MOST_BURSTS = 6

function beginBurst(state: Congestion, nowMs: number): void {
  const others = state.inFlight
  const borne = state.ceiling === Number.POSITIVE_INFINITY ? state.proven : state.ceiling
  const borneNow = Math.min(others, countUnanswerable(state, nowMs) - 1)
  if (state.unanswered > 0) state.heldUntilMs = nowMs + holdMs(state)
  state.bursts++
  state.burstMs = nowMs
  state.refusedOfBurst = 0
  state.answeredSince = false
  state.ceilingBefore = state.ceiling
  // With fewer others than it has borne, their number is not what it refuses.
  state.isFew = 2 * (others + 1) <= borne
  state.isTrial = state.onTrial
  if (state.ceiling === Number.POSITIVE_INFINITY) lower(state, Math.max(borne, borneNow))
  else {
    state.retryAfterMs *= 2
    if (!state.isFew) lower(state, Math.min(state.ceiling, others + SPARE))
  }
  state.onTrial = false
  state.retryAtMs = nowMs + state.retryAfterMs
  // What was sent before shows nothing of how many are borne from now on.
  state.peak = 0
  state.peakMs = nowMs
}

/** What plain go asks at a time is tried some times, for a limit by time may have refused it. */
const BURSTS_AT_LEAST_WINDOW = 3

/** A server may count a request for a moment after its answer is here: with a few at a time, one less than it bears. */
const SPARE = 1

function lower(state: Congestion, borne: number): void {
  const least = state.bursts > BURSTS_AT_LEAST_WINDOW ? 1 : LEAST_WINDOW
  state.ceiling = Math.min(state.ceiling, Math.max(least, borne - SPARE))
}

function holdMs({ firstByteMs }: Congestion): number {
  const usualMs = firstByteMs === undefined ? USUAL_HOLD_MS : 2 * firstByteMs
  return Math.max(LEAST_HOLD_MS, Math.min(usualMs, 4 * USUAL_HOLD_MS))
}

/** From one refused burst to the next it bore just what it bears in a time, if that is what it refuses. */
function slowDown(state: Congestion, nowMs: number): void {
  const isFirst = state.bursts === 1 || state.warned
  state.warned = false
  if (isFirst) beginSeeking(state, nowMs)
  else if (!state.isTrial) keepRate(state, nowMs)
  state.nextMs = Math.max(state.nextMs, nowMs + Math.max(LEAST_PAUSE_MS, state.gapMs))
}

function keepRate(state: Congestion, nowMs: number): void {
  const { firstByteMs = USUAL_HOLD_MS, sent } = state
  const gapMs = busyMsAt(state, nowMs) / Math.max(1, sent - 1) / SHARE_OF_RATE
  // A few say little, and one at a time is no faster than go, whatever the limit is.
  const mostMs = sent <= LEAST_SENT ? Math.max(firstByteMs, state.gapMs * LONGER) : Number.POSITIVE_INFINITY
  state.seekMs = 0
  state.gapMs = Math.max(state.gapMs, Math.min(gapMs, mostMs))
}

/** What is sent after a refusal is not of its burst. */
const LEAST_PAUSE_MS = 1
/** Of fewer requests a rate says little. */
const LEAST_SENT = 4
/** Where a rate that seemed to be borne was refused. */
const LONGER = 1.5
