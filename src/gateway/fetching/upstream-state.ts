import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { LONGEST_EMBARGO_MS, MAXIMUM_EMBARGO_MS } from './retry.ts'

/** How many requests may be under way to one upstream, and how that changes. */
export interface WindowPolicy {
  readonly initial: number
  /** For the official proxy and those that the user named or owns. */
  readonly maximumTrusted: number
  readonly maximumMirror: number
  readonly minimum: number
}

/** What an answer says about an upstream's health. */
export type Health = 'good' | 'overloaded' | 'failed' | 'neutral'

/** Zips may fail while small files do not: a redirect often leads to them, to another host. */
export type Load = 'small' | 'zip'

export function loadOf({ kind }: ModuleRoute): Load {
  return kind === 'zip' ? 'zip' : 'small'
}

/** Whether requests to an upstream are ended in any case, or only where another upstream can be asked. */
export type Leaving = 'for good' | 'for others'

/** What the pool knows of one upstream. */
export interface UpstreamState {
  readonly candidate: Candidate
  inFlight: number
  zipsInFlight: number
  window: number
  /** How wide the window may become. */
  maximum: number
  embargoedUntilMs: number
  /** The end of the last embargo so long that only an only upstream is waited for, and how many of them there were. */
  longUntilMs: number
  longEmbargoes: number
  /** Whether it may be asked now. */
  adopted: boolean
  /** URLs of its list that are not asked any more. */
  readonly excluded: Set<string>
  /** What ends each of its requests. */
  readonly leaving: Set<(how: Leaving) => void>
  readonly failuresInARow: { -readonly [Kind in Load]: number }
  /** Of its answers, smoothed: 0 to 1. */
  readonly failureShare: { -readonly [Kind in Load]: number }
  firstByteMs: number | undefined
}

/** After so many failures in a row, or at such a share of them, an upstream comes last, until it answers well again. */
const FAILING_AFTER = 3
const FAILING_SHARE = 0.25

export function newState(candidate: Candidate, policy: WindowPolicy): UpstreamState {
  return {
    candidate,
    inFlight: 0,
    zipsInFlight: 0,
    window: Math.min(policy.initial, maximumOf(candidate, policy)),
    maximum: maximumOf(candidate, policy),
    embargoedUntilMs: 0,
    longUntilMs: 0,
    longEmbargoes: 0,
    adopted: true,
    excluded: new Set(),
    leaving: new Set(),
    failuresInARow: { small: 0, zip: 0 },
    failureShare: { small: 0, zip: 0 },
    firstByteMs: undefined,
  }
}

export function take(state: UpstreamState, load: Load): void {
  state.inFlight++
  if (load === 'zip') state.zipsInFlight++
}

export function leave({ leaving }: UpstreamState, how: Leaving): void {
  for (const end of [...leaving]) end(how)
}

export function isOut({ candidate, adopted, excluded }: UpstreamState): boolean {
  return !adopted || candidate.list.entries.every(({ url }) => excluded.has(url))
}

/** The zips' share of the window while small files wait: enough to keep hashing, too few to be in the way. */
const SHARE_OF_ZIPS = 1 / 2

export function hasPlace({ inFlight, zipsInFlight, window }: UpstreamState, load: Load, yielding: boolean): boolean {
  return inFlight < window && (load === 'small' || !yielding || zipsInFlight < window * SHARE_OF_ZIPS)
}

/** Out, or under an embargo that is not waited for: a long one is only where no other upstream may be asked sooner. */
export function isAway(state: UpstreamState, states: readonly UpstreamState[], nowMs: number): boolean {
  const longestMs = nowMs + MAXIMUM_EMBARGO_MS
  if (isOut(state) || state.embargoedUntilMs <= longestMs) return isOut(state)
  const others = states.some(one => one !== state && !isOut(one) && one.embargoedUntilMs <= longestMs)
  return others || state.longEmbargoes > 1 || state.embargoedUntilMs > nowMs + LONGEST_EMBARGO_MS
}

export function embargo(state: UpstreamState, untilMs: number, nowMs: number, policy: WindowPolicy): void {
  state.embargoedUntilMs = Math.max(state.embargoedUntilMs, untilMs)
  if (untilMs <= nowMs + MAXIMUM_EMBARGO_MS) return
  if (state.longUntilMs <= nowMs) state.longEmbargoes++
  state.longUntilMs = Math.max(state.longUntilMs, untilMs)
  // An upstream whose limits cost so much time is not brought near them again.
  state.maximum = policy.minimum
  state.window = Math.min(state.window, state.maximum)
}

function maximumOf(candidate: Candidate, policy: WindowPolicy): number {
  const named = candidate.trust !== 'mirror' || candidate.from === 'input'
  return named ? policy.maximumTrusted : policy.maximumMirror
}

/** Places for each millisecond until the first byte: to a near upstream, more would only be idle connections. */
const ENOUGH_PER_MS = 3

/** RFC 6298: the newest counts an eighth. */
function smooth(before: number | undefined, newest: number): number {
  return before === undefined ? newest : before + (newest - before) / 8
}

/**
 * Good answers widen the window, one sign of overload halves it (slow start, RFC 5681). Each answer adds one when it
 * begins, so the window doubles with every round trip; the end of a zip would be too late.
 */
export function widen(state: UpstreamState, firstByteMs: number): void {
  state.firstByteMs = smooth(state.firstByteMs, firstByteMs)
  if (state.window < firstByteMs * ENOUGH_PER_MS) state.window = Math.min(state.maximum, state.window + 1)
}

export function settle(state: UpstreamState, health: Health, load: Load, policy: WindowPolicy): void {
  state.inFlight--
  if (load === 'zip') state.zipsInFlight--
  if (health === 'overloaded') {
    state.window = Math.max(policy.minimum, Math.floor(state.window / 2))
  }
  if (health === 'overloaded' || health === 'failed') noteFailure(state, load)
  if (health !== 'good') return
  // After an outage one good answer is enough.
  state.failureShare[load] = state.failuresInARow[load] < FAILING_AFTER ? smooth(state.failureShare[load], 0) : 0
  state.failuresInARow[load] = 0
}

export function noteFailure({ failuresInARow, failureShare }: UpstreamState, load: Load): void {
  failuresInARow[load]++
  failureShare[load] = smooth(failureShare[load], 1)
}

/** When every fifth answer fails there are never three failures in a row, yet the window stays at its narrowest. */
export function isFailing({ failuresInARow, failureShare }: UpstreamState, load: Load): boolean {
  return failuresInARow[load] >= FAILING_AFTER || failureShare[load] > FAILING_SHARE
}
