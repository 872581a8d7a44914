import type { Candidate } from '../../candidates/candidate.ts'
import type { WindowPolicy } from '../../policy.ts'

/** Zips may fail while small files do not: a redirect often leads to them, to another host. */
export type Load = 'small' | 'zip'

/**
 * Congestion control towards one upstream. The window grows with good answers. The first refusal sets a ceiling that is
 * remembered: what the upstream bore while it refused more. State without a clock: times are milliseconds, passed in.
 */
export interface Congestion {
  inFlight: number
  zipsInFlight: number
  /** Requests whose answer has not begun. */
  unanswered: number
  window: number
  /** How wide it was at first. */
  readonly initial: number
  /** How wide the window may become. */
  maximum: number
  /** Towards a proxy of the user's own: fewer at the start, in steps that a refusal can end early. */
  readonly gentle: boolean
  /** What it bears at a time, from the first refusal on; before: infinite. */
  ceiling: number
  /** When one more than the ceiling is tried, and how long after a refusal that is. */
  retryAtMs: number
  retryAfterMs: number
  /** The ceiling is one more than what is known to be borne. */
  onTrial: boolean
  /** A burst was refused: nothing is sent before all answers to it have begun, or until then. */
  heldUntilMs: number
  /** Bursts of which something was refused. */
  bursts: number
  /** So far another upstream alone has refused something, and this one may have the same limits. */
  warned: boolean
  /** When the last of them was first refused: what was sent before is of that burst. How many of it were refused. */
  burstMs: number
  refusedOfBurst: number
  /** Whether a request was answered well since the last burst was refused. */
  answeredSince: boolean
  /** Of the last of these: fewer were under way than it has borne; it was one more than the ceiling; the ceiling before it. */
  isFew: boolean
  isTrial: boolean
  ceilingBefore: number
  /** Nothing but refusals came to a whole burst: one at a time is sent until a good answer comes. */
  alone: boolean
  /** The most that was borne at a time, as far as answers showed. */
  proven: number
  /** The most that it had to do at a time since the window grew last, and when that was. */
  peak: number
  peakMs: number
  /** When requests were sent, as far back as none of them can have been answered yet. */
  readonly sentMs: number[]
  /** When the next request may be sent, and how far apart they are since too many in a time were refused. */
  nextMs: number
  gapMs: number
  /** While the rate that it bears is not known: in so long the interval shrinks to 1/e. 0: it stays. */
  seekMs: number
  /** Since the last refusal: requests that were sent, and how long that took, without longer pauses. */
  sent: number
  busyMs: number
  /** When the last of them was sent, or that refusal came. */
  sinceMs: number
  /** Refusals by time in a row, and when the first of them came. */
  pauses: number
  pausedMs: number | undefined
  /** Of the answers: the smoothed time to the first byte, and the shortest. */
  firstByteMs: number | undefined
  shortestMs: number
}

export function newCongestion(candidate: Candidate, policy: WindowPolicy): Congestion {
  const gentle = candidate.trust === 'own'
  const maximum = maximumOf(candidate, policy)
  const initial = Math.min(gentle ? policy.initialOwn : policy.initial, maximum)
  return {
    inFlight: 0,
    zipsInFlight: 0,
    unanswered: 0,
    window: initial,
    initial,
    maximum,
    gentle,
    ceiling: Number.POSITIVE_INFINITY,
    retryAtMs: 0,
    retryAfterMs: RETRY_AFTER_MS,
    onTrial: false,
    heldUntilMs: 0,
    bursts: 0,
    warned: false,
    burstMs: Number.NEGATIVE_INFINITY,
    refusedOfBurst: 0,
    answeredSince: false,
    isFew: false,
    isTrial: false,
    ceilingBefore: Number.POSITIVE_INFINITY,
    alone: false,
    proven: 0,
    peak: 0,
    peakMs: 0,
    sentMs: [],
    nextMs: 0,
    gapMs: 0,
    seekMs: 0,
    sent: 0,
    busyMs: 0,
    sinceMs: 0,
    pauses: 0,
    pausedMs: undefined,
    firstByteMs: undefined,
    shortestMs: Number.POSITIVE_INFINITY,
  }
}

function maximumOf(candidate: Candidate, policy: WindowPolicy): number {
  const named = candidate.trust !== 'mirror' || candidate.from === 'input'
  return named ? policy.maximumTrusted : policy.maximumMirror
}

/** What plain go asks at a time, at least: a limit that it meets, too, is not ours to solve. */
export const LEAST_WINDOW = 2
/** One more than the ceiling is tried after so long without a refusal; twice as long after each that was refused. */
const RETRY_AFTER_MS = 10_000
/** A longer pause than this between two requests says nothing of what the upstream bears in a time. */
export const PAUSE_MS = 250

export function busyMsAt({ busyMs, sinceMs }: Congestion, nowMs: number): number {
  return busyMs + Math.min(PAUSE_MS, nowMs - sinceMs)
}

/** From now on it counts anew what the upstream bears in a time. */
export function countAnew(state: Congestion, nowMs: number): void {
  state.sent = 0
  state.busyMs = 0
  state.sinceMs = nowMs
}

/** Requests that came to the upstream so long ago, in shortest times to a first byte, may have been answered. */
const STILL_THERE = 1.5

/** How many were sent so lately that none of them can have been answered well. */
export function countUnanswerable({ sentMs, shortestMs }: Congestion, nowMs: number): number {
  const first = sentMs.findIndex(ms => nowMs - ms <= shortestMs * STILL_THERE)
  sentMs.splice(0, first < 0 ? sentMs.length : first)
  return sentMs.length
}

/** The answer to a request began, or the request ended without one. */
export function noteBegun(state: Congestion): void {
  state.unanswered = Math.max(0, state.unanswered - 1)
  if (state.unanswered === 0) state.heldUntilMs = 0
}

/** @param begun whether its answer had begun, as `widen` was told */
export function give(state: Congestion, load: Load, begun: boolean): void {
  state.inFlight--
  if (load === 'zip') state.zipsInFlight--
  if (!begun) noteBegun(state)
}
