import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import type { WindowPolicy } from '../../policy.ts'
import { type Congestion, give, type Load } from './congestion.ts'
import { forgetLimits, noteGood, shrink, smooth } from './growth.ts'
import { LONGEST_EMBARGO_MS, MAXIMUM_EMBARGO_MS } from './retry.ts'

/** What an answer says about an upstream's health. */
export type Health = 'good' | 'overloaded' | 'failed' | 'neutral'

export function loadOf({ kind }: ModuleRoute): Load {
  return kind === 'zip' ? 'zip' : 'small'
}

/** Whether requests to an upstream are ended in any case, or only where another upstream can be asked. */
export type Leaving = 'for good' | 'for others'

/** What the pool knows of one upstream. */
export interface UpstreamState {
  readonly candidate: Candidate
  readonly congestion: Congestion
  embargoedUntilMs: number
  /** The end of the last embargo so long that only an only upstream is waited for, and how many of them there were. */
  longUntilMs: number
  longEmbargoes: number
  /** Whether it may be asked now. */
  adopted: boolean
  /** URLs of its list that are not asked any more. */
  readonly excluded: Set<string>
  /** URLs of its list that have served something, and how many requests each has refused since. */
  readonly serving: Map<string, number>
  /** What ends each of its requests. */
  readonly leaving: Set<(how: Leaving) => void>
  readonly failuresInARow: { -readonly [Kind in Load]: number }
  /** Of its answers, smoothed: 0 to 1. */
  readonly failureShare: { -readonly [Kind in Load]: number }
}

/** After so many failures in a row, or at such a share of them, an upstream comes last, until it answers well again. */
const FAILING_AFTER = 3
const FAILING_SHARE = 0.25

export function newState(candidate: Candidate, congestion: Congestion): UpstreamState {
  return {
    candidate,
    congestion,
    embargoedUntilMs: 0,
    longUntilMs: 0,
    longEmbargoes: 0,
    adopted: true,
    excluded: new Set(),
    serving: new Map(),
    leaving: new Set(),
    failuresInARow: { small: 0, zip: 0 },
    failureShare: { small: 0, zip: 0 },
  }
}

export function leave({ leaving }: UpstreamState, how: Leaving): void {
  for (const end of [...leaving]) end(how)
}

export function isOut({ candidate, adopted, excluded }: UpstreamState): boolean {
  return !adopted || candidate.list.entries.every(({ url }) => excluded.has(url))
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
  state.congestion.maximum = policy.minimum
  state.congestion.window = Math.min(state.congestion.window, policy.minimum)
}

/** A request ended. @param begun whether its answer had begun, and counted as good until then */
export function settle(
  state: UpstreamState,
  { health, load, begun }: { readonly health: Health; readonly load: Load; readonly begun: boolean },
  policy: WindowPolicy,
): void {
  give(state.congestion, load, begun)
  if (health === 'overloaded') shrink(state.congestion, policy)
  if (health === 'overloaded' || health === 'failed') noteFailure(state, load)
  if (health !== 'good') return
  noteGood(state.congestion)
  // After an outage one good answer is enough.
  state.failureShare[load] = state.failuresInARow[load] < FAILING_AFTER ? smooth(state.failureShare[load], 0) : 0
  state.failuresInARow[load] = 0
}

/** So many refusals in a row, of one burst or more, are no limit. */
const MOST_REFUSED = 16

/**
 * Whether a refusal by one of its proxies, after which the next one is asked, is about a limit. Else it refuses everything,
 * and that must not hold up what the next one serves.
 */
export function isLimit({ congestion, serving }: UpstreamState, entry: string): boolean {
  const refused = (serving.get(entry) ?? MOST_REFUSED) + 1
  if (refused <= MOST_REFUSED) serving.set(entry, refused)
  else if (serving.delete(entry)) forgetLimits(congestion)
  return refused <= MOST_REFUSED
}

export function noteFailure({ failuresInARow, failureShare }: UpstreamState, load: Load): void {
  failuresInARow[load]++
  failureShare[load] = smooth(failureShare[load], 1)
}

/** When every fifth answer fails there are never three failures in a row, yet the window stays at its narrowest. */
export function isFailing({ failuresInARow, failureShare }: UpstreamState, load: Load): boolean {
  return failuresInARow[load] >= FAILING_AFTER || failureShare[load] > FAILING_SHARE
}
