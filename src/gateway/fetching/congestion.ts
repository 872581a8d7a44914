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
/** And as much closer together, where they are sent at intervals. */
const GROWN_GAP = 0.8
/** Places that zips which go does not wait for leave free, so that a file which go waits for never waits for their bodies. */
const KEPT_PLACES = 4
/** The zips' share of what is under way while small files wait: enough to keep hashing, too few to be in the way. */
const SHARE_OF_ZIPS = 1 / 2

interface Wish {
  readonly load: Load
  readonly urgent: boolean
  readonly yielding: boolean
}

/** When a request may be sent: now, when another one ends (`busy`), or at this time. */
export function whenToSend(state: Congestion, wish: Wish, nowMs: number): 'now' | 'busy' | number {
  // Only a public proxy that has refused nothing has so much room that what go waits for need not wait.
  if (wish.urgent && !state.gentle && state.bursts === 0) return 'now'
  if (state.heldUntilMs > nowMs) return state.heldUntilMs
  if (!hasPlace(state, wish, nowMs)) return 'busy'
  return state.nextMs > nowMs ? state.nextMs + (countTogether(state) - 1) * spreadMs(state) : 'now'
}

function limitOf({ alone, window, ceiling, retryAtMs }: Congestion, nowMs: number): number {
  if (alone) return 1
  if (ceiling === Number.POSITIVE_INFINITY) return window
  return Math.min(window, nowMs >= retryAtMs ? ceiling + 1 : ceiling)
}

function hasPlace(state: Congestion, { load, urgent, yielding }: Wish, nowMs: number): boolean {
  const limit = limitOf(state, nowMs)
  if (state.inFlight >= limit) return false
  if (load === 'small' || urgent) return true
  const most = yielding ? Math.min(limit, state.inFlight + 1) * SHARE_OF_ZIPS : limit - keptPlaces(state, limit)
  return state.zipsInFlight < most
}

function keptPlaces({ gentle, ceiling }: Congestion, limit: number): number {
  if (ceiling !== Number.POSITIVE_INFINITY) return limit > 2 ? 1 : 0
  return gentle ? Math.min(KEPT_PLACES, limit >> 2) : 0
}

/**
 * A proxy of the user's own gets what the window has room for one by one, over a round trip: a near one refuses
 * at once, which ends the burst, and one far away never has the whole burst to do. Once one has refused, over half of one.
 */
const SPREAD = { over: 1, longestMs: 2 }
const SPREAD_ONCE_REFUSED = { over: 1 / 2, longestMs: 10 }
/** While the upstream or this process is busy, a refusal comes as late as an answer: meanwhile no more than so many are sent. */
const WHILE_LATE = 4
/** Before the first answer. */
const UNKNOWN_MS = 100
/** So many that this process was too busy to send in time may follow at once. */
const CATCH_UP = 3
/**
 * Where more were borne at a time than proxies usually allow, a busy process is no reason to send less, and so many are
 * sent together: each request that is sent for itself costs a timer and a packet.
 */
const USUAL_LIMIT = 22
const TOGETHER = 4

function bearsMany({ bursts, proven }: Congestion): boolean {
  return bursts === 0 && proven > USUAL_LIMIT
}

function countTogether(state: Congestion): number {
  return bearsMany(state) ? TOGETHER : 1
}

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
  state.sent++
  state.busyMs = busyMsAt(state, nowMs)
  state.sinceMs = nowMs
  const apartMs = spreadMs(state)
  const catchUp = state.bursts === 0 ? Math.max(CATCH_UP, countTogether(state)) : 1
  state.nextMs = Math.max(state.nextMs, nowMs - (catchUp - 1) * apartMs) + apartMs
  if (state.gapMs > 0) state.nextMs = Math.max(state.nextMs, nowMs + state.gapMs)
}

/** A longer pause than this between two requests says nothing of what the upstream bears in a time. */
const PAUSE_MS = 250

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

/**
 * How many the upstream has to do at a time, at least: what was sent a moment ago cannot be answered yet. Others that
 * are under way here may have been answered long ago, where this process is busy.
 */
function countAtOnce(state: Congestion, nowMs: number): number {
  state.sentMs.push(nowMs)
  return Math.min(state.inFlight, countUnanswerable(state, nowMs))
}

/** How many were sent so lately that none of them can have been answered well. */
export function countUnanswerable({ sentMs, shortestMs }: Congestion, nowMs: number): number {
  const first = sentMs.findIndex(ms => nowMs - ms <= shortestMs * STILL_THERE)
  sentMs.splice(0, first < 0 ? sentMs.length : first)
  return sentMs.length
}

function spreadMs(state: Congestion): number {
  const { gentle, bursts, ceiling, window, firstByteMs = UNKNOWN_MS, shortestMs } = state
  if (!gentle && bursts === 0) return 0
  const { over, longestMs } = bursts === 0 ? SPREAD : SPREAD_ONCE_REFUSED
  const lateMs = bearsMany(state) ? 0 : Math.max(0, firstByteMs - shortestMs)
  return Math.min(longestMs, Math.max((firstByteMs * over) / Math.min(window, ceiling), lateMs / WHILE_LATE))
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
