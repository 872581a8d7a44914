import { type Congestion, give, type Load } from './congestion.ts'

/** What an upstream refused: more requests at a time than it bears, or any request for some time. */
export type Limited = 'number' | 'time'

/** An upstream's answers to a burst have come by then, where no answer shows how long it takes. */
const USUAL_HOLD_MS = 500
const LEAST_HOLD_MS = 50
/** What plain go asks at a time, at least: a limit that it meets, too, is not ours to solve. */
const LEAST_CEILING = 2
/** Of the rate that an upstream bore from one refusal to the next. */
const SHARE_OF_RATE = 0.9

/**
 * A request was refused (429, 503), and has ended. With others under way it is their number, unless so many were borne
 * before: what is left when a burst's refusals are in is just what the upstream bears. With none under way, or with few,
 * it is what it bears in a time.
 * @param asked whether it named the time after which to come back
 */
export function refuse(state: Congestion, load: Load, asked: boolean, nowMs: number): Limited {
  const isBurst = state.heldUntilMs > nowMs
  give(state, load, false)
  const others = state.inFlight
  const borneBefore = state.ceiling === Number.POSITIVE_INFINITY ? state.proven : state.ceiling
  const isFew = !isBurst && 2 * (others + 1) <= borneBefore
  if (!isBurst) {
    state.answeredSince = false
    const usualMs = state.firstByteMs === undefined ? USUAL_HOLD_MS : 2 * state.firstByteMs
    if (state.unanswered > 0) state.heldUntilMs = nowMs + Math.max(LEAST_HOLD_MS, Math.min(usualMs, 4 * USUAL_HOLD_MS))
    if (state.ceiling !== Number.POSITIVE_INFINITY) state.retryAfterMs *= 2
  }
  state.retryAtMs = nowMs + state.retryAfterMs
  state.ceiling = Math.max(1, Math.min(state.ceiling, others, ceilingFor(state, isBurst, isFew)))
  state.onTrial = false
  const isNumber = isFew ? others > 0 && !asked : others > 0 || (isBurst && state.answeredSince)
  if (isFew || !isNumber) slowDown(state, nowMs)
  if (isNumber) return 'number'
  state.pauses++
  return 'time'
}

/** So many at a time are as fast as go is alone. */
const AS_FAST_AS_GO = 4

/**
 * Of those under way here some may have been answered already, so the first time it is what was proven. Once more, and it
 * may be what the upstream bears in a time: fewer at a time are fewer in a time, too.
 */
function ceilingFor({ ceiling, proven, inFlight, onTrial }: Congestion, isBurst: boolean, isFew: boolean): number {
  if (isFew) return LEAST_CEILING
  if (isBurst) return inFlight
  if (onTrial) return ceiling - 1
  if (ceiling === Number.POSITIVE_INFINITY) return proven === 0 ? inFlight : proven
  return ceiling > AS_FAST_AS_GO ? Math.min(AS_FAST_AS_GO, ceiling >> 1) : LEAST_CEILING
}

/** From one refusal by time to the next it bore just what it bears in a time. */
function slowDown(state: Congestion, nowMs: number): void {
  if (state.refusedMs !== undefined && state.answers > 1) {
    state.gapMs = (nowMs - state.refusedMs) / state.answers / SHARE_OF_RATE
  }
  state.refusedMs = nowMs
  state.answers = 0
}
