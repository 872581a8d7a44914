import type { Candidate } from '../../candidates/candidate.ts'
import type { GoproxyList } from '../../go/goproxy.ts'
import { LONGEST_EMBARGO_MS, MAXIMUM_EMBARGO_MS } from './retry.ts'

/** How many requests may be under way to one upstream, and how that changes. */
export interface WindowPolicy {
  readonly initial: number
  /** For the official proxy and those that the user named or owns. */
  readonly maximumTrusted: number
  readonly maximumMirror: number
  readonly minimum: number
}

/** What an answer tells of an upstream's health. */
export type Health = 'good' | 'overloaded' | 'failed' | 'neutral'

/** What may fail apart: zips often come from another place than the small files, by a redirect. */
export type Load = 'small' | 'zip'

/** An upstream is left for good, or where somebody else may be asked. */
export type Leaving = 'for good' | 'for others'

/** What to do with a request that waits. */
export type Turn =
  | { readonly kind: 'ask'; readonly upstream: Candidate }
  /** The upstream to ask is busy: an answer will free a place. */
  | { readonly kind: 'busy' }
  /** All that are left want to be left alone until then. */
  | { readonly kind: 'embargoed'; readonly untilMs: number }
  /** Nobody is left to ask. */
  | { readonly kind: 'nobody' }

interface State {
  readonly candidate: Candidate
  inFlight: number
  zipsInFlight: number
  window: number
  /** How wide it may become. */
  maximum: number
  embargoedUntilMs: number
  /** Of these, one that only an only upstream is waited for; and how many there were. */
  longUntilMs: number
  longEmbargoes: number
  /** Whether it is one of those that are asked now. */
  adopted: boolean
  /** URLs of its list that are asked no more. */
  readonly excluded: Set<string>
  /** Ends what is on its way. */
  readonly leaving: Set<(how: Leaving) => void>
  readonly failuresInARow: { -readonly [Kind in Load]: number }
  /** Of its answers, the newest counting an eighth: 0 to 1. */
  readonly failureShare: { -readonly [Kind in Load]: number }
  firstByteMs: number | undefined
}

/**
 * The upstreams as a gateway sees them: who comes first, who has a free place, who is to be left alone. Holds state,
 * but neither clock nor network: time is a parameter.
 */
export interface Pool {
  /**
   * From now on these are asked in this order, and nobody else: what is on its way from others is ended.
   * @param behind from whom nothing is waited for any more either, for others of these are so much faster
   */
  adopt(order: readonly Candidate[], behind?: readonly Candidate[]): void
  /** @param end what to do when this upstream is left  @returns what forgets it */
  onLeave(upstream: Candidate, end: (how: Leaving) => void): () => void
  /**
   * @param tried asked already in this round  @param urgent go waits for it: the window is no limit then
   * @param yielding small files wait, which go needs first: zips take a part of the window alone
   */
  turn(
    allowed: (upstream: Candidate) => boolean,
    tried: ReadonlySet<Candidate>,
    urgent: boolean,
    nowMs: number,
    load?: Load,
    yielding?: boolean,
  ): Turn
  begin(upstream: Candidate, load?: Load): void
  /** A good answer begins: there is room for one more. @param firstByteMs how long it took to begin */
  noteAnswer(upstream: Candidate, firstByteMs: number): void
  end(upstream: Candidate, health: Health, load?: Load): void
  /** Whether this is the first to tell of the loss of a connection: however many shared it, it was lost once. */
  isNewLoss(connection: number): boolean
  /** A good answer turned out to be none. */
  blame(upstream: Candidate, load: Load): void
  embargo(upstream: Candidate, untilMs: number, nowMs: number): void
  /** Whether all who may still be asked want to be left alone now, so that nothing can move. */
  isAtRest(nowMs: number): boolean
  /** Never again in this job; with the last of its list, what is on its way is ended. @param entry the URL of its list that is meant; undefined: all of them */
  exclude(upstream: Candidate, entry?: string): void
  isOut(upstream: Candidate): boolean
  /** Out, or to be left alone for longer than it is waited for. */
  isAway(upstream: Candidate, nowMs: number): boolean
  /** Whom of its list to ask. */
  listOf(upstream: Candidate): GoproxyList
  /** How long its good answers take to begin, smoothed (RFC 6298); undefined before the first. */
  usualFirstByteMs(upstream: Candidate): number | undefined
  readonly upstreams: readonly Candidate[]
}

/** After so many failures in a row, or at such a share of them, an upstream comes last, until it answers well again. */
const TIRED_AFTER = 3
const TIRED_SHARE = 0.25

export function createPool(candidates: readonly Candidate[], policy: WindowPolicy): Pool {
  let states = candidates.map(candidate => newState(candidate, policy))
  const lost = new Set<number>()
  const stateOf = (candidate: Candidate) => states.find(state => state.candidate === candidate)
  const isAway = (state: State, nowMs: number) => {
    const longestMs = nowMs + MAXIMUM_EMBARGO_MS
    if (isOut(state) || state.embargoedUntilMs <= longestMs) return isOut(state)
    const others = states.some(one => one !== state && !isOut(one) && one.embargoedUntilMs <= longestMs)
    return others || state.longEmbargoes > 1 || state.embargoedUntilMs > nowMs + LONGEST_EMBARGO_MS
  }
  return {
    get upstreams() {
      return states.map(({ candidate }) => candidate)
    },
    adopt(order, behind = []) {
      const known = order.map(candidate => stateOf(candidate) ?? newState(candidate, policy))
      const gone = states.filter(({ candidate }) => !order.includes(candidate))
      states = [...known, ...gone]
      for (const state of states) {
        state.adopted = order.includes(state.candidate)
        if (!state.adopted) leave(state, 'for good')
      }
      for (const candidate of behind) {
        const state = stateOf(candidate)
        if (state?.adopted) leave(state, 'for others')
      }
    },
    onLeave(upstream, end) {
      const leaving = stateOf(upstream)?.leaving
      leaving?.add(end)
      return () => void leaving?.delete(end)
    },
    turn(allowed, tried, urgent, nowMs, load = 'small', yielding = false) {
      const left = states.filter(
        state => !isAway(state, nowMs) && !tried.has(state.candidate) && allowed(state.candidate),
      )
      const free = left.filter(({ embargoedUntilMs }) => embargoedUntilMs <= nowMs)
      const first = free.find(state => !isTired(state, load)) ?? free[0]
      if (first !== undefined) {
        return urgent || hasPlace(first, load, yielding) ? { kind: 'ask', upstream: first.candidate } : { kind: 'busy' }
      }
      if (left.length === 0) return { kind: 'nobody' }
      return { kind: 'embargoed', untilMs: Math.min(...left.map(({ embargoedUntilMs }) => embargoedUntilMs)) }
    },
    begin(upstream, load = 'small') {
      const state = stateOf(upstream)
      if (state === undefined) return
      state.inFlight++
      if (load === 'zip') state.zipsInFlight++
    },
    noteAnswer(upstream, firstByteMs) {
      const state = stateOf(upstream)
      if (state !== undefined) widen(state, firstByteMs)
    },
    end(upstream, health, load = 'small') {
      const state = stateOf(upstream)
      if (state !== undefined) settle(state, health, load, policy)
    },
    isNewLoss(connection) {
      const isNew = !lost.has(connection)
      lost.add(connection)
      return isNew
    },
    blame(upstream, load) {
      const state = stateOf(upstream)
      if (state !== undefined) noteFailure(state, load)
    },
    embargo(upstream, untilMs, nowMs) {
      const state = stateOf(upstream)
      if (state === undefined) return
      state.embargoedUntilMs = Math.max(state.embargoedUntilMs, untilMs)
      if (untilMs <= nowMs + MAXIMUM_EMBARGO_MS) return
      if (state.longUntilMs <= nowMs) state.longEmbargoes++
      state.longUntilMs = Math.max(state.longUntilMs, untilMs)
      // Whose limits cost so much are not tried a second time.
      state.maximum = policy.minimum
      state.window = Math.min(state.window, state.maximum)
    },
    isAtRest(nowMs) {
      const left = states.filter(state => !isAway(state, nowMs))
      return left.length > 0 && left.every(({ embargoedUntilMs }) => embargoedUntilMs > nowMs)
    },
    exclude(upstream, entry) {
      for (const { url } of upstream.list.entries) {
        if (entry === undefined || url === entry) stateOf(upstream)?.excluded.add(url)
      }
      const state = stateOf(upstream)
      if (state !== undefined && isOut(state)) leave(state, 'for good')
    },
    isOut: upstream => {
      const state = stateOf(upstream)
      return state !== undefined && isOut(state)
    },
    isAway: (upstream, nowMs) => {
      const state = stateOf(upstream)
      return state !== undefined && isAway(state, nowMs)
    },
    listOf: upstream => {
      const { list } = upstream
      const excluded = stateOf(upstream)?.excluded
      return { ...list, entries: list.entries.filter(({ url }) => !excluded?.has(url)) }
    },
    usualFirstByteMs: upstream => stateOf(upstream)?.firstByteMs,
  }
}

function newState(candidate: Candidate, policy: WindowPolicy): State {
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

function leave({ leaving }: State, how: Leaving): void {
  for (const end of [...leaving]) end(how)
}

function isOut({ candidate, adopted, excluded }: State): boolean {
  return !adopted || candidate.list.entries.every(({ url }) => excluded.has(url))
}

/** Of the window, while small files wait: enough for zips to be hashed meanwhile, too few to be in the way. */
const SHARE_OF_ZIPS = 1 / 2

function hasPlace({ inFlight, zipsInFlight, window }: State, load: Load, yielding: boolean): boolean {
  return inFlight < window && (load === 'small' || !yielding || zipsInFlight < window * SHARE_OF_ZIPS)
}

function maximumOf(candidate: Candidate, policy: WindowPolicy): number {
  const named = candidate.trust !== 'mirror' || candidate.from === 'input'
  return named ? policy.maximumTrusted : policy.maximumMirror
}

/** A full window serves so many requests a second: what a near upstream cannot use is only connections to it. */
const ENOUGH_PER_MS = 3

/** RFC 6298: the newest counts an eighth. */
function smooth(before: number | undefined, newest: number): number {
  return before === undefined ? newest : before + (newest - before) / 8
}

/**
 * Good answers widen the window, one sign of too much halves it (slow start, RFC 5681). One more for each: it doubles
 * with every round trip, for which a zip's end would be too late.
 */
function widen(state: State, firstByteMs: number): void {
  state.firstByteMs = smooth(state.firstByteMs, firstByteMs)
  if (state.window < firstByteMs * ENOUGH_PER_MS) state.window = Math.min(state.maximum, state.window + 1)
}

function settle(state: State, health: Health, load: Load, policy: WindowPolicy): void {
  state.inFlight--
  if (load === 'zip') state.zipsInFlight--
  if (health === 'overloaded') {
    state.window = Math.max(policy.minimum, Math.floor(state.window / 2))
  }
  if (health === 'overloaded' || health === 'failed') noteFailure(state, load)
  if (health !== 'good') return
  // After an outage one good answer is enough.
  state.failureShare[load] = state.failuresInARow[load] < TIRED_AFTER ? smooth(state.failureShare[load], 0) : 0
  state.failuresInARow[load] = 0
}

function noteFailure({ failuresInARow, failureShare }: State, load: Load): void {
  failuresInARow[load]++
  failureShare[load] = smooth(failureShare[load], 1)
}

/** Every fifth answer that fails is never three in a row, and yet keeps the window at its narrowest. */
function isTired({ failuresInARow, failureShare }: State, load: Load): boolean {
  return failuresInARow[load] >= TIRED_AFTER || failureShare[load] > TIRED_SHARE
}
