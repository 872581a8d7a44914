import type { Account } from '../../benchmark/account.ts'
import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock } from '../../effects.ts'
import type { WindowPolicy } from '../../policy.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import { type Congestion, give, type Load, newCongestion } from './congestion.ts'
import { heed, noteGood, widen } from './growth.ts'
import { isRefusal, type Limited, type RefusedAsk, refuse } from './refusals.ts'
import { parseRetryAfter } from './retry.ts'
import { take, whenToSend } from './sending.ts'

/**
 * What is under way to each upstream, and what it has shown to bear: one account for all gateways of a step and for the
 * benchmark, since the server counts them together. Time is a parameter.
 */
export interface Loads {
  of(upstream: Candidate): Congestion
  /** As `refuse` of one upstream; others of the user's own may have the same limits, and get little at first. */
  refuse(upstream: Candidate, refused: RefusedAsk, nowMs: number): Limited
  /** Another than the gateway's own request has ended. */
  noteEnd(): void
  /** @param listener called then, since there may be a place  @returns what ends that */
  watch(listener: () => void): () => void
}

export function openLoads(policy: WindowPolicy): Loads {
  const states = new Map<Candidate, Congestion>()
  const listeners = new Set<() => void>()
  const of = (upstream: Candidate) => {
    const state = states.get(upstream) ?? newCongestion(upstream, policy)
    states.set(upstream, state)
    return state
  }
  return {
    of,
    refuse(upstream, refused, nowMs) {
      const state = of(upstream)
      const refusal = refuse(state, refused, nowMs)
      for (const other of states.values()) if (other !== state) heed(other, state, nowMs)
      return refusal
    },
    noteEnd() {
      for (const listener of listeners) listener()
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** How soon the benchmark looks again whether there is a place. */
const LOOK_AGAIN_MS = 10

/**
 * The benchmark's entries. A few requests to each candidate are the least that measures anything, so only one that has
 * refused some is waited for.
 */
export function openAccount(loads: Loads, clock: Clock): Account {
  return {
    async begin(candidate, load, signal) {
      const state = loads.of(candidate)
      while (state.bursts > 0 && !signal.aborted) {
        const when = whenToSend(state, { load, urgent: true, yielding: false }, clock.now())
        if (when === 'now') break
        await clock.sleep(when === 'busy' ? LOOK_AGAIN_MS : when - clock.now(), signal)
      }
      take(state, load, clock.now())
    },
    end(candidate, load, outcome) {
      const limited = settle(candidate, load, outcome, { loads, clock })
      loads.noteEnd()
      return limited === 'number'
    },
  }
}

function settle(
  candidate: Candidate,
  load: Load,
  outcome: Outcome,
  { loads, clock }: { readonly loads: Loads; readonly clock: Clock },
): Limited | undefined {
  if (isRefusal(outcome)) {
    const asked = parseRetryAfter(outcome.retryAfter, clock.date()) !== undefined
    const nowMs = clock.now()
    return loads.refuse(candidate, { load, asked, sentMs: nowMs - outcome.timings.totalMs }, nowMs)
  }
  const state = loads.of(candidate)
  const { firstByteMs, bodyMs } = outcome.timings
  const begun = outcome.kind === 'found' && firstByteMs !== null
  if (begun) widen(state, firstByteMs, clock.now() - (bodyMs ?? 0))
  give(state, load, begun)
  if (begun) noteGood(state)
  return undefined
}
