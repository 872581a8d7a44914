import type { Candidate } from '../../candidates/candidate.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import { wordsOfProxy } from '../telling/words.ts'
import type { Failed } from './answer.ts'
import { consequenceOf, embargoMs, isFinal, MINIMUM_EMBARGO_MS, natureOf, roundDelayMs } from './retry.ts'
import type { Health } from './upstream-state.ts'
import type { RetrievalWorld } from './world.ts'

/** What an answer says about the health of its upstream. */
export function healthOf({ kind }: Outcome): Health {
  switch (consequenceOf(kind)) {
    case 'serve':
    case 'absent':
      return 'good'
    case 'embargo':
      return 'overloaded'
    case 'stopped':
      return 'neutral'
    default:
      // Some servers reset connections when they are overloaded, and some networks drop new ones.
      return kind === 'cut' || kind === 'unreachable' ? 'overloaded' : 'failed'
  }
}

/** A request that the upstream would have answered with fewer others beside it: nothing is wrong with either. */
export function judgeNumber(outcome: Outcome): Failed {
  return { kind: 'failed', reason: reasonOf(outcome), final: false, nature: 'one too many' }
}

/** What an answer without content means for the next request, for this upstream and others. */
export function judge(
  outcome: Outcome,
  upstream: Candidate,
  world: Pick<RetrievalWorld, 'pool' | 'clock' | 'random' | 'policy'>,
): Failed | { readonly kind: 'absent' } {
  const { pool, clock } = world
  const consequence = consequenceOf(outcome.kind)
  if (consequence === 'absent') return { kind: 'absent' }
  if (consequence === 'out') pool.exclude(upstream, outcome.via)
  const isPaused = outcome.status === 503 && pool.pausesOf(upstream) > 0
  if (consequence === 'embargo' || isPaused)
    pool.embargo(upstream, clock.now() + pauseMs(outcome, upstream, world), clock.now())
  return {
    kind: consequence === 'absent for now' ? 'absent for now' : 'failed',
    reason: reasonOf(outcome),
    final: isFinal(outcome.kind),
    nature: natureOf(outcome.kind),
  }
}

/** Longer than any job: it is not asked again. */
const GIVEN_UP_MS = 3_600_000

/**
 * How long not to ask an upstream that refuses for some time. One that answers 503 and names no time may be back soon:
 * it is asked for one object after the other, and given up when it has refused everything for longer than one object
 * may wait.
 */
function pauseMs(
  { kind, retryAfter }: Outcome,
  upstream: Candidate,
  { pool, clock, random, policy }: Pick<RetrievalWorld, 'pool' | 'clock' | 'random' | 'policy'>,
): number {
  const pauses = pool.pausesOf(upstream)
  if (consequenceOf(kind) === 'embargo' || retryAfter !== undefined)
    return embargoMs(retryAfter, clock.date(), random.next, pauses)
  return pool.refusesForMs(upstream, clock.now()) >= policy.flappingMs
    ? GIVEN_UP_MS
    : roundDelayMs(pauses, policy.roundDelayMs, MINIMUM_EMBARGO_MS, random.next)
}

const DETAIL_BYTES = 200

/** With what the upstream wrote about its failure, as go would show it: one harmless line. */
function reasonOf({ reason, detail = '' }: Outcome): string {
  const said = sanitizeLine(wordsOfProxy(detail).join(' ').trim(), DETAIL_BYTES)
  return said === '' ? reason : `${reason}: ${said}`
}
