import { busyMsAt, type Congestion, countUnanswerable, LEAST_WINDOW, type Load, PAUSE_MS } from './congestion.ts'

/** When one more than the ceiling is tried they come so much closer together, where they are sent at intervals. */
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
  seek(state, nowMs)
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

function spreadMs(state: Congestion): number {
  const { gentle, bursts, ceiling, window, firstByteMs = UNKNOWN_MS, shortestMs } = state
  if (!gentle && bursts === 0) return 0
  const { over, longestMs } = bursts === 0 ? SPREAD : SPREAD_ONCE_REFUSED
  const lateMs = bearsMany(state) ? 0 : Math.max(0, firstByteMs - shortestMs)
  return Math.min(longestMs, Math.max((firstByteMs * over) / Math.min(window, ceiling), lateMs / WHILE_LATE))
}

/** The interval at first: as from plain go; shorter where answers take long, for that would hold the search up. */
const FIRST_GAP_MS = { longest: 50, unknown: 20 }
const SEEK_MS = { few: 400, many: 2_000 }
/** Requests that are closer together are not sent at intervals. */
const LEAST_GAP_MS = 1

/**
 * Something was refused for the first time, and whether it was for the number at a time or in a time is not known. In the
 * latter case nothing is left of what was saved up, so that the rate itself is met soon: from plain go's rate on the
 * requests come ever closer together, and few are too many when it is met.
 */
export function beginSeeking(state: Congestion, nowMs: number, seekMs = SEEK_MS.few): void {
  const { firstByteMs = FIRST_GAP_MS.unknown * LEAST_WINDOW, gentle } = state
  if (!gentle) return
  state.retryAtMs = nowMs + state.retryAfterMs
  state.gapMs = Math.min(FIRST_GAP_MS.longest, firstByteMs / LEAST_WINDOW)
  state.seekMs = seekMs
}

/** Nothing was refused yet: all that it has saved up is used before its rate is met, which would then be exceeded by far. */
export function beginWarned(state: Congestion, nowMs: number): void {
  beginSeeking(state, nowMs, SEEK_MS.many)
}

/** Many were refused at once, by an upstream of which no great number at a time was borne: the next must not come soon. */
export function seekSlowly(state: Congestion): void {
  if (state.seekMs > 0 && state.ceiling <= USUAL_LIMIT) state.seekMs = SEEK_MS.many
}

function seek(state: Congestion, nowMs: number): void {
  if (state.seekMs === 0) return
  // What it saves up meanwhile says nothing of its rate.
  const passedMs = Math.min(PAUSE_MS, nowMs - state.sinceMs)
  state.gapMs *= Math.exp(-passedMs / state.seekMs)
  if (state.gapMs > LEAST_GAP_MS && nowMs < state.retryAtMs) return
  state.gapMs = 0
  state.seekMs = 0
}

/**
 * How many the upstream has to do at a time, at least: what was sent a moment ago cannot be answered yet. Others that
 * are under way here may have been answered long ago, where this process is busy.
 */
function countAtOnce(state: Congestion, nowMs: number): number {
  state.sentMs.push(nowMs)
  return Math.min(state.inFlight, countUnanswerable(state, nowMs))
}
