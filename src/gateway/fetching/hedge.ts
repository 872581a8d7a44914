import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { describeOutcome, headMs } from '../../upstream/outcome.ts'
import type { GivenUp, UpstreamAnswer } from './answer.ts'
import { type Ask, askOnce } from './ask.ts'
import type { Ticket } from './turns.ts'
import { loadOf } from './upstream-state.ts'
import type { RetrievalWorld } from './world.ts'

/** A request that takes twice as long as the slowest answer so far seems to hang. */
const HANGS_FACTOR = 2
/** An upstream is asked at least so long, even when it should have been given up before. */
const LEAST_MS = 1_000

const NOT_NEEDED: GivenUp = { kind: 'stopped', reason: 'another request for the same was answered first' }
const UNHEARD: GivenUp = { kind: 'silent', reason: describeOutcome('silent', null) }

export interface AskOnly extends Ask {
  readonly ticket: Ticket
  readonly nextAttempt: () => number
}

/**
 * Asks the only upstream that could have an object. It may have to fetch it first, so the request stays open; go has no
 * deadline here either. As a request can hang, another one begins beside it after a while, if go waits for the object,
 * and the first answer counts. Only an upstream that never answered anything is given up. Never rejects.
 *
 * In one piece: its requests, two timers and one promise, each of which ends the others.
 */
export function askOnly(
  route: ModuleRoute,
  upstream: Candidate,
  ask: AskOnly,
  world: RetrievalWorld,
): Promise<UpstreamAnswer> {
  const { clock, liveness, pool } = world
  const { ticket } = ask
  const startMs = clock.now()
  liveness.noteAsked(upstream, startMs)
  // In one piece: see above.
  return new Promise(resolve => {
    const open = new Set<AbortController>()
    let [settled, answering, unheard] = [false, false, false]
    /** When the newest request began. */
    let begunMs = startMs
    let failure: UpstreamAnswer | undefined
    const cancels = { hedge: () => {}, unheard: () => {} }
    const endWait = liveness.beginWait(upstream)
    const endOthers = (own: AbortController | undefined, why: GivenUp) => {
      for (const other of open) if (other !== own) other.abort(why)
    }

    const settle = (answer: UpstreamAnswer) => {
      settled = true
      cancels.hedge()
      cancels.unheard()
      ticket.urgent.removeEventListener('abort', watch)
      endWait()
      resolve(unheard && answer.kind === 'failed' ? { ...answer, final: true } : answer)
      endOthers(undefined, NOT_NEEDED)
    }

    const begin = async (attempt: number, fresh: boolean) => {
      const own = new AbortController()
      open.add(own)
      begunMs = clock.now()
      const onAnswer = () => {
        answering = true
        cancels.hedge()
        endWait()
        endOthers(own, NOT_NEEDED)
        ask.onAnswer()
      }
      const answer = await askOnce(route, upstream, { ...ask, attempt, fresh, onAnswer, signal: own.signal }, world)
      open.delete(own)
      if (settled) return void ('content' in answer && answer.content.drop())
      const failed = answer.kind === 'failed' || answer.kind === 'absent for now'
      if (failed && own.signal.reason !== NOT_NEEDED) failure = answer
      if (!failed || open.size === 0) settle(failed ? (failure ?? answer) : answer)
      else watch()
    }

    const watch = () => {
      cancels.hedge()
      if (settled || answering || !ticket.isUrgent()) return
      cancels.hedge = clock.after(Math.max(0, dueMs() - clock.now()), () => {
        // Another object took longer meanwhile.
        if (clock.now() < dueMs()) return watch()
        if (!liveness.isAlive(upstream) && liveness.takeProbe(upstream)) void probe(upstream, world)
        pool.begin(upstream, clock.now(), loadOf(route))
        void begin(ask.nextAttempt(), true)
        watch()
      })
    }
    /** When the next one begins: the second may hang, too, and each further one is waited for twice as long. */
    const dueMs = () => {
      const hangsMs = Math.max(world.deadlines.headMs, HANGS_FACTOR * (liveness.slowestFirstByteMs(upstream) ?? 0))
      return begunMs + hangsMs * 2 ** (open.size - 1)
    }

    const giveUpMs = Math.max(LEAST_MS, liveness.giveUpMs(upstream) - startMs)
    cancels.unheard = clock.after(giveUpMs, () => {
      if (liveness.isAlive(upstream)) return
      unheard = true
      endOthers(undefined, UNHEARD)
    })
    ticket.urgent.addEventListener('abort', watch)
    void begin(ask.attempt, false)
    watch()
  })
}

/** Asks for its root, which it need not fetch: any answer, an error too, shows that it is alive. */
async function probe(upstream: Candidate, world: RetrievalWorld): Promise<void> {
  const { clock, deadlines, fetch, liveness, journal, signal } = world
  const sentMs = clock.now()
  const { kind, status, bytes, timings } = await fetch(upstream, '', {
    deadlines: {
      ...deadlines,
      sendMs: deadlines.headMs,
      headMs: Math.max(LEAST_MS, liveness.giveUpMs(upstream) - sentMs),
    },
    maxBytes: PROBE_BYTES,
    publicUpstream: upstream.trust !== 'own',
    redirects: 0,
    fresh: true,
    signal,
  })
  if (status !== null) liveness.noteAnswer(upstream, timings.firstByteMs)
  const asked = { target: '/', upstream, outcome: kind, status, bytes, firstByteMs: headMs(timings), attempt: 0 }
  journal.record({ kind: 'asked', ...asked, ...journal.since(sentMs) })
}

/** The rest of a page would say nothing more. */
const PROBE_BYTES = 64 << 10
