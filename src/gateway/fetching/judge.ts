import type { Candidate } from '../../candidates/candidate.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import { wordsOfProxy } from '../telling/words.ts'
import type { Failed } from './answer.ts'
import { consequenceOf, embargoMs, isFinal, natureOf } from './retry.ts'
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

/** The upstream asks for fewer requests: at a time, or in a time. */
export function isRefusal({ kind, status }: Outcome): boolean {
  return status === 503 || (kind === 'limited' && status !== null)
}

/** A request that the upstream would have answered with fewer others beside it: nothing is wrong with either. */
export function judgeNumber(outcome: Outcome): Failed {
  return { kind: 'failed', reason: reasonOf(outcome), final: false, nature: 'one too many' }
}

/** What an answer without content means for the next request, for this upstream and others. */
export function judge(
  outcome: Outcome,
  upstream: Candidate,
  { pool, clock, random }: Pick<RetrievalWorld, 'pool' | 'clock' | 'random'>,
): Failed | { readonly kind: 'absent' } {
  const consequence = consequenceOf(outcome.kind)
  if (consequence === 'absent') return { kind: 'absent' }
  if (consequence === 'out') pool.exclude(upstream, outcome.via)
  if (consequence === 'embargo' || outcome.status === 503) {
    const ms = embargoMs(outcome.retryAfter, clock.date(), random.next, pool.pausesOf(upstream))
    if (consequence === 'embargo' || outcome.retryAfter !== undefined)
      pool.embargo(upstream, clock.now() + ms, clock.now())
  }
  return {
    kind: consequence === 'absent for now' ? 'absent for now' : 'failed',
    reason: reasonOf(outcome),
    final: isFinal(outcome.kind),
    nature: natureOf(outcome.kind),
  }
}

const DETAIL_BYTES = 200

/** With what the upstream wrote about its failure, as go would show it: one harmless line. */
function reasonOf({ reason, detail = '' }: Outcome): string {
  const said = sanitizeLine(wordsOfProxy(detail).join(' ').trim(), DETAIL_BYTES)
  return said === '' ? reason : `${reason}: ${said}`
}
