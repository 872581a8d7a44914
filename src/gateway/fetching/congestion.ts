import type { Candidate } from '../../candidates/candidate.ts'

/** How many requests may be under way to one upstream, and how that changes. */
export interface WindowPolicy {
  readonly initial: number
  /** The same towards a proxy of the user's own: such proxies limit their clients more often, and to less. */
  readonly initialOwn: number
  /** For the official proxy and those that the user named or owns. */
  readonly maximumTrusted: number
  readonly maximumMirror: number
  readonly minimum: number
  /** Of all upstreams together, go's own requests included: each may need a connection and a file. */
  readonly ceiling: number
}

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
  /** Whether a request was answered well since the last burst was refused. */
  answeredSince: boolean
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
  /** Since the last refusal by time: good answers, and when it was. */
  answers: number
  refusedMs: number | undefined
  /** Refusals by time in a row. */
  pauses: number
  /** Of the answers: the smoothed time to the first byte, and the shortest. */
  firstByteMs: number | undefined
  shortestMs: number
}

export function newCongestion(candidate: Candidate, policy: WindowPolicy): Congestion {
  const gentle = candidate.trust === 'own'
  const maximum = maximumOf(candidate, policy)
  return {
    inFlight: 0,
    zipsInFlight: 0,
    unanswered: 0,
    window: Math.min(gentle ? policy.initialOwn : policy.initial, maximum),
    maximum,
    gentle,
    ceiling: Number.POSITIVE_INFINITY,
    retryAtMs: 0,
    retryAfterMs: RETRY_AFTER_MS,
    onTrial: false,
    heldUntilMs: 0,
    answeredSince: false,
    proven: 0,
    peak: 0,
    peakMs: 0,
    sentMs: [],
    nextMs: 0,
    gapMs: 0,
    answers: 0,
    refusedMs: undefined,
    pauses: 0,
    firstByteMs: undefined,
    shortestMs: Number.POSITIVE_INFINITY,
  }
}

function maximumOf(candidate: Candidate, policy: WindowPolicy): number {
  const named = candidate.trust !== 'mirror' || candidate.from === 'input'
  return named ? policy.maximumTrusted : policy.maximumMirror
}

/** One more than the ceiling is tried after so long without a refusal; twice as long after each that was refused. */
const RETRY_AFTER_MS = 10_000
/** And as much closer together, where they are sent at intervals. */
const GROWN_GAP = 0.8
/** Places that zips which go does not wait for leave free, so that a file which go waits for never waits for their bodies. */
const KEPT_PLACES = 4
/** The zips' share of the window while small files wait: enough to keep hashing, too few to be in the way. */
const SHARE_OF_ZIPS = 1 / 2

interface Wish {
  readonly load: Load
  readonly urgent: boolean
  readonly yielding: boolean
}

/** When a request may be sent: now, when another one ends (`busy`), or at this time. */
export function whenToSend(state: Congestion, wish: Wish, nowMs: number): 'now' | 'busy' | number {
  // Only a public proxy that has refused nothing has so much room that what go waits for need not wait.
  if (wish.urgent && !state.gentle && state.ceiling === Number.POSITIVE_INFINITY) return 'now'
  if (state.heldUntilMs > nowMs) return state.heldUntilMs
  if (!hasPlace(state, wish, nowMs)) return 'busy'
  return state.nextMs > nowMs ? state.nextMs : 'now'
}

function limitOf({ window, ceiling, retryAtMs }: Congestion, nowMs: number): number {
  if (ceiling === Number.POSITIVE_INFINITY) return window
  return Math.min(window, nowMs >= retryAtMs ? ceiling + 1 : ceiling)
}

function hasPlace(state: Congestion, { load, urgent, yielding }: Wish, nowMs: number): boolean {
  const limit = limitOf(state, nowMs)
  if (state.inFlight >= limit) return false
  if (load === 'small' || urgent) return true
  return state.zipsInFlight < (yielding ? limit * SHARE_OF_ZIPS : limit - keptPlaces(state, limit))
}

function keptPlaces({ gentle, ceiling }: Congestion, limit: number): number {
  if (ceiling !== Number.POSITIVE_INFINITY) return limit > 2 ? 1 : 0
  return gentle ? Math.min(KEPT_PLACES, limit >> 2) : 0
}

/**
 * A proxy of the user's own, and each that has refused once, gets what the window has room for one by one, over half of
 * a round trip: a near one refuses at once, which ends the burst, and one far away never has the whole burst to do.
 */
const SPREAD_OVER = 1 / 2
const LONGEST_SPREAD_MS = 2
/** Before the first answer. */
const UNKNOWN_MS = 100
/** So many that this process was too busy to send in time may follow at once. */
const CATCH_UP = 4

export function take(state: Congestion, load: Load, nowMs: number): void {
  state.inFlight++
  state.unanswered++
  if (load === 'zip') state.zipsInFlight++
  const atOnce = countAtOnce(state, nowMs)
  if (atOnce > state.peak) {
    state.peak = atOnce
    state.peakMs = nowMs
  }
  if (state.ceiling !== Number.POSITIVE_INFINITY && state.inFlight > state.ceiling && nowMs >= state.retryAtMs) {
    state.ceiling++
    state.onTrial = true
    state.gapMs *= GROWN_GAP
    state.retryAtMs = nowMs + state.retryAfterMs
  }
  const apartMs = spreadMs(state)
  state.nextMs = Math.max(state.nextMs, nowMs - (CATCH_UP - 1) * apartMs) + apartMs
  if (state.gapMs > 0) state.nextMs = Math.max(state.nextMs, nowMs + state.gapMs)
}

/** Requests that came to the upstream so long ago, in shortest times to a first byte, may have been answered. */
const STILL_THERE = 1.5

/**
 * How many the upstream has to do at a time, at least: what was sent a moment ago cannot be answered yet. Others that
 * are under way here may have been answered long ago, where this process is busy.
 */
function countAtOnce({ sentMs, shortestMs, inFlight }: Congestion, nowMs: number): number {
  sentMs.push(nowMs)
  sentMs.splice(
    0,
    sentMs.findIndex(ms => nowMs - ms <= shortestMs * STILL_THERE),
  )
  return Math.min(inFlight, sentMs.length)
}

function spreadMs({ gentle, ceiling, window, firstByteMs = UNKNOWN_MS }: Congestion): number {
  if (!gentle && ceiling === Number.POSITIVE_INFINITY) return 0
  return Math.min(LONGEST_SPREAD_MS, (firstByteMs * SPREAD_OVER) / Math.min(window, ceiling))
}

/** Places for each millisecond until the first byte: to a near upstream, more would only be idle connections. */
const ENOUGH_PER_MS = 3
/** The most that a step may be too wide, until so many are known to be borne; from there on it is a share of them. */
const STEP = 4
const STEPS_UP_TO = 22
const GROWTH = 1.5
/** First bytes that take so much longer than the quickest are the upstream's own queue: more would only wait there. */
const SLOWER = { factor: 2, ms: 100 }
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
  const usualMs = smooth(state.firstByteMs, firstByteMs)
  state.firstByteMs = usualMs
  state.shortestMs = Math.min(state.shortestMs, firstByteMs)
  noteBegun(state)
  const isSlower = ({ factor, ms }: typeof SLOWER) => usualMs > state.shortestMs * factor + ms
  if (state.gentle && isSlower(MUCH_SLOWER))
    state.window = Math.max(Math.min(LEAST_WHEN_SLOW, state.window), state.window - 1)
  const isProof = nowMs - firstByteMs >= state.peakMs
  if (isProof) state.proven = Math.max(state.proven, state.peak)
  if (state.window < firstByteMs * ENOUGH_PER_MS && !(state.gentle && isSlower(SLOWER))) {
    const wider = state.gentle ? (isProof ? stepFrom(state.peak) : 0) : state.window + 1
    state.window = Math.min(state.maximum, Math.max(state.window, wider))
  }
  if (!isProof) return
  state.peak = 0
  state.peakMs = nowMs
}

function stepFrom(peak: number): number {
  return peak <= STEPS_UP_TO ? peak + STEP : Math.floor(peak * GROWTH)
}

/** The answer to a request began, or the request ended without one. */
function noteBegun(state: Congestion): void {
  state.unanswered = Math.max(0, state.unanswered - 1)
  if (state.unanswered === 0) state.heldUntilMs = 0
}

/** @param begun whether its answer had begun, as `widen` was told */
export function give(state: Congestion, load: Load, begun: boolean): void {
  state.inFlight--
  if (load === 'zip') state.zipsInFlight--
  if (!begun) noteBegun(state)
}

export function noteGood(state: Congestion): void {
  state.answers++
  state.answeredSince = true
  state.pauses = 0
}

/** A connection was lost or refused: a sign of too much. */
export function shrink(state: Congestion, policy: WindowPolicy): void {
  state.window = Math.max(Math.min(policy.minimum, state.window), Math.floor(state.window / 2))
}
