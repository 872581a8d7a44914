import type { Candidate } from '../../candidates/candidate.ts'
import type { GoproxyList } from '../../go/goproxy.ts'
import type { WindowPolicy } from '../../policy.ts'
import type { Load } from './congestion.ts'
import { widen } from './growth.ts'
import { type Loads, openLoads } from './loads.ts'
import type { Limited, RefusedAsk } from './refusals.ts'
import { take, whenToSend } from './sending.ts'
import {
  embargo,
  type Health,
  isAway,
  isFailing,
  isLimit,
  isOut,
  type Leaving,
  leave,
  newState,
  noteFailure,
  settle,
  type UpstreamState,
} from './upstream-state.ts'

/** A request that waits for a place at an upstream. */
export interface PlaceRequest {
  readonly allowed: (upstream: Candidate) => boolean
  /** Asked already in this round. */
  readonly tried: ReadonlySet<Candidate>
  /** Default: `small`. */
  readonly load?: Load
  /** go waits for it. */
  readonly urgent: boolean
  /** Small files wait, which go needs first: zips may take only a part of the window. */
  readonly yielding?: boolean
}

/** What to do with a request that waits. */
export type Turn =
  | { readonly kind: 'ask'; readonly upstream: Candidate }
  /** The upstream to ask is busy: an answer will free a place. */
  | { readonly kind: 'busy' }
  /** The upstream to ask is not to get another request before then. */
  | { readonly kind: 'later'; readonly untilMs: number }
  /** All upstreams that are left are under an embargo, the first of them until then. */
  | { readonly kind: 'embargoed'; readonly untilMs: number }
  /** No upstream is left to ask. */
  | { readonly kind: 'none' }

/**
 * The upstreams as a gateway sees them: which comes first, which has a free place, which may not be asked now. Holds
 * state, but neither clock nor network: time is a parameter.
 */
export interface Pool {
  /**
   * From now on only these are asked, in this order; requests to others are ended.
   * @param behind those so much slower than others of these that requests to them are ended, too
   */
  adopt(order: readonly Candidate[], behind?: readonly Candidate[]): void
  /** @param end called when this upstream is no longer to be waited for  @returns what forgets `end` */
  onLeave(upstream: Candidate, end: (how: Leaving) => void): () => void
  turn(request: PlaceRequest, nowMs: number): Turn
  begin(upstream: Candidate, nowMs: number, load?: Load): void
  /** A good answer begins: there may be room for more. @param firstByteMs how long it took to begin */
  noteAnswer(upstream: Candidate, firstByteMs: number, nowMs: number): void
  /** @param begun whether `noteAnswer` was told of it */
  end(upstream: Candidate, health: Health, load?: Load, begun?: boolean): void
  /** A request ended with a refusal (429, 503). */
  refuse(upstream: Candidate, refused: RefusedAsk, nowMs: number): Limited
  /** @param entry the URL of its list that served something */
  noteServed(upstream: Candidate, entry: string | undefined): void
  /**
   * One of its list refused a request, and the next one is asked. Whether that is about a limit: not where it has served
   * nothing, or refused everything since.
   */
  isLimit(upstream: Candidate, entry: string | undefined): boolean
  /** Refusals by time since its last good answer. */
  pausesOf(upstream: Candidate): number
  /** For so long it has given no good answer since it began to refuse any request. */
  refusesForMs(upstream: Candidate, nowMs: number): number
  /** Whether this is the first report that a connection was lost: requests that shared it all report it. */
  isNewLoss(connection: number): boolean
  /** The content of an answer that counted as good turned out to be invalid. */
  blame(upstream: Candidate, load: Load): void
  embargo(upstream: Candidate, untilMs: number, nowMs: number): void
  /** Whether all upstreams that may still be asked are under an embargo now, so that nothing can move. */
  isAtRest(nowMs: number): boolean
  /**
   * Never asks it again in this job. With the last URL of its list, requests to it are ended.
   * @param entry the URL of its list that is meant; undefined: all of them
   */
  exclude(upstream: Candidate, entry?: string): void
  isOut(upstream: Candidate): boolean
  /** Out, or under an embargo that is longer than it is waited for. */
  isAway(upstream: Candidate, nowMs: number): boolean
  /** Its list without the URLs that are excluded. */
  listOf(upstream: Candidate): GoproxyList
  /** How long its good answers take to begin, smoothed (RFC 6298); undefined before the first. */
  usualFirstByteMs(upstream: Candidate): number | undefined
  readonly upstreams: readonly Candidate[]
}

/** In one piece: a table of the pool's methods, each a line or two on the state of one upstream. */
export function createPool(
  candidates: readonly Candidate[],
  policy: WindowPolicy,
  loads: Loads = openLoads(policy),
): Pool {
  const open = (candidate: Candidate) => newState(candidate, loads.of(candidate))
  let states = candidates.map(open)
  const lost = new Set<number>()
  const stateOf = (candidate: Candidate) => states.find(state => state.candidate === candidate)
  /** Upstreams that the pool does not know have no state to change. */
  const change = (candidate: Candidate, act: (state: UpstreamState) => void) => {
    const state = stateOf(candidate)
    if (state !== undefined) act(state)
  }
  const has = (candidate: Candidate, property: (state: UpstreamState) => boolean) => {
    const state = stateOf(candidate)
    return state !== undefined && property(state)
  }
  const isFull = () => states.reduce((sum, { congestion }) => sum + congestion.inFlight, 0) >= policy.ceiling
  return {
    get upstreams() {
      return states.map(({ candidate }) => candidate)
    },
    adopt(order, behind = []) {
      const known = order.map(candidate => stateOf(candidate) ?? open(candidate))
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
    turn: (request, nowMs) => {
      const turn = chooseTurn(states, request, nowMs)
      return turn.kind === 'ask' && isFull() ? { kind: 'busy' } : turn
    },
    begin: (upstream, nowMs, load = 'small') => change(upstream, state => take(state.congestion, load, nowMs)),
    noteAnswer: (upstream, firstByteMs, nowMs) =>
      change(upstream, state => widen(state.congestion, firstByteMs, nowMs)),
    end: (upstream, health, load = 'small', begun = false) =>
      change(upstream, state => settle(state, { health, load, begun }, policy)),
    refuse(upstream, refused, nowMs) {
      const state = stateOf(upstream)
      if (state === undefined) return 'time'
      const limited = loads.refuse(upstream, refused, nowMs)
      // That too many were under way is no failure.
      if (limited === 'time') noteFailure(state, refused.load)
      return limited
    },
    noteServed: (upstream, entry) =>
      change(upstream, ({ serving }) => void (entry !== undefined && serving.set(entry, 0))),
    isLimit: (upstream, entry) => entry !== undefined && has(upstream, state => isLimit(state, entry)),
    pausesOf: upstream => stateOf(upstream)?.congestion.pauses ?? 0,
    refusesForMs: (upstream, nowMs) => nowMs - (stateOf(upstream)?.congestion.pausedMs ?? nowMs),
    isNewLoss(connection) {
      const isNew = !lost.has(connection)
      lost.add(connection)
      return isNew
    },
    blame: (upstream, load) => change(upstream, state => noteFailure(state, load)),
    embargo: (upstream, untilMs, nowMs) => change(upstream, state => embargo(state, untilMs, nowMs, policy)),
    isAtRest(nowMs) {
      const left = states.filter(state => !isAway(state, states, nowMs))
      return left.length > 0 && left.every(({ embargoedUntilMs }) => embargoedUntilMs > nowMs)
    },
    exclude: (upstream, entry) =>
      change(upstream, state => {
        for (const { url } of upstream.list.entries) if (entry === undefined || url === entry) state.excluded.add(url)
        if (isOut(state)) leave(state, 'for good')
      }),
    isOut: upstream => has(upstream, isOut),
    isAway: (upstream, nowMs) => has(upstream, state => isAway(state, states, nowMs)),
    listOf: upstream => {
      const { list } = upstream
      const excluded = stateOf(upstream)?.excluded
      return { ...list, entries: list.entries.filter(({ url }) => !excluded?.has(url)) }
    },
    usualFirstByteMs: upstream => stateOf(upstream)?.congestion.firstByteMs,
  }
}

/** The first upstream that answers well and may be asked now; one that keeps failing only when there is no other. */
function chooseTurn(
  states: readonly UpstreamState[],
  { allowed, tried, load = 'small', urgent, yielding = false }: PlaceRequest,
  nowMs: number,
): Turn {
  const left = states.filter(
    state => !isAway(state, states, nowMs) && !tried.has(state.candidate) && allowed(state.candidate),
  )
  const free = left.filter(({ embargoedUntilMs }) => embargoedUntilMs <= nowMs)
  const first = free.find(state => !isFailing(state, load)) ?? free[0]
  if (first !== undefined) {
    const when = whenToSend(first.congestion, { load, urgent, yielding }, nowMs)
    if (typeof when === 'number') return { kind: 'later', untilMs: when }
    return when === 'now' ? { kind: 'ask', upstream: first.candidate } : { kind: 'busy' }
  }
  if (left.length === 0) return { kind: 'none' }
  return { kind: 'embargoed', untilMs: Math.min(...left.map(({ embargoedUntilMs }) => embargoedUntilMs)) }
}
