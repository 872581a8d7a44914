import type { WindowPolicy } from '../../policy.ts'
import { type Congestion, countAnew, LEAST_WINDOW, noteBegun } from './congestion.ts'
import { beginWarned } from './sending.ts'

/** Places for each millisecond until the first byte: to a near upstream, more would only be idle connections. */
const ENOUGH_PER_MS = 3
/** The most that a step may be too wide, until so many are known to be borne; from there on it is a share of them. */
const STEP = 4
const STEPS_UP_TO = 22
const GROWTH = 1.5
const MOST_DOUBLED = 8
/** First bytes that take so much longer than the quickest are the upstream's own queue: more would only wait there. */
const SLOWER = { factor: 2, ms: 40 }
const MUCH_SLOWER = { factor: 4, ms: 400 }
const LEAST_WHEN_SLOW = 8

/** RFC 6298: the newest counts an eighth. */
export function smooth(before: number | undefined, newest: number): number {
  return before === undefined ? newest : before + (newest - before) / 8
}

/**
 * A good answer begins. To a public proxy each one widens the window by one, so that it doubles with every round trip
 * (slow start, RFC 5681). To a proxy of the user's own it grows in steps: a step follows when a request was answered
 * that was sent at the width so far. The end of a zip would be too late for either.
 */
export function widen(state: Congestion, firstByteMs: number, nowMs: number): void {
  if (state.alone) endAlone(state)
  const usualMs = smooth(state.firstByteMs, firstByteMs)
  state.firstByteMs = usualMs
  state.shortestMs = Math.min(state.shortestMs, firstByteMs)
  noteBegun(state)
  const isSlower = ({ factor, ms }: typeof SLOWER) => usualMs > state.shortestMs * factor + ms
  if (state.gentle && isSlower(MUCH_SLOWER))
    state.window = Math.max(Math.min(LEAST_WHEN_SLOW, state.window), state.window - 1)
  const isProof = nowMs - firstByteMs >= state.peakMs
  if (isProof) state.proven = Math.max(state.proven, state.peak)
  const inSteps = state.gentle || state.bursts > 0
  if (state.window < firstByteMs * ENOUGH_PER_MS && !(inSteps && isSlower(SLOWER))) {
    const wider = inSteps ? (isProof ? stepFrom(state) : 0) : state.window + 1
    state.window = Math.min(state.maximum, Math.max(state.window, wider))
  }
  if (!isProof) return
  state.peak = 0
  state.peakMs = nowMs
}

/** Once it has refused, so slowly in the end that it can refuse at most one more when a limit by time is met. */
function stepFrom({ bursts, ceiling, peak }: Congestion): number {
  if (bursts > 0) return peak < Math.min(MOST_DOUBLED, ceiling / 4) ? 2 * peak : peak + 1
  return peak <= STEPS_UP_TO ? peak + STEP : Math.floor(peak * GROWTH)
}

/** It was unwell. Where it has never been well before, that says nothing of how much it bears. */
function endAlone(state: Congestion): void {
  state.alone = false
  if (state.firstByteMs === undefined) forgetLimits(state)
}

/** What it refused says nothing of how much it bears. */
export function forgetLimits(state: Congestion): void {
  state.alone = false
  state.bursts = 0
  state.ceiling = Number.POSITIVE_INFINITY
  state.ceilingBefore = Number.POSITIVE_INFINITY
  state.warned = false
  state.gapMs = 0
  state.seekMs = 0
  state.heldUntilMs = 0
  state.window = state.initial
}

/**
 * Another upstream of the user's own has refused something, and this one may have the same limits: it is asked for little
 * at a time at first, too.
 */
export function heed(state: Congestion, { gentle, alone, ceiling }: Congestion, nowMs: number): void {
  if (!gentle || !state.gentle || alone || state.bursts > 0) return
  state.bursts = 1
  state.warned = true
  beginWarned(state, nowMs)
  countAnew(state, nowMs)
  state.peak = 0
  state.window = Math.max(LEAST_WINDOW, Math.min(state.window, ceiling >> 1))
}

export function noteGood(state: Congestion): void {
  state.answeredSince = true
  state.pauses = 0
  state.pausedMs = undefined
}

/** A connection was lost or refused: a sign of too much. */
export function shrink(state: Congestion, policy: WindowPolicy): void {
  state.window = Math.max(Math.min(policy.minimum, state.window), Math.floor(state.window / 2))
}
