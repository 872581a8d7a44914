import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { describeOutcome } from '../../upstream/outcome.ts'
import { type Answer, type Ask, askOnce, type GivenUp, loadOf, type RetrievalWorld } from './ask.ts'
import { isUrgent, type Ticket } from './turns.ts'

/** A request that took twice as long as the slowest so far is taken for one that hangs. */
const HANGS_FACTOR = 2
/** An upstream is asked at least so long, even when it should have been given up before. */
const LEAST_MS = 1_000

const NOT_NEEDED: GivenUp = { kind: 'stopped', reason: 'another request for the same was answered first' }
const UNHEARD: GivenUp = { kind: 'silent', reason: describeOutcome('silent', null) }

/**
 * Asks the only upstream that could have an object. It may have to fetch it first, so the request stays open; go has no
 * deadline here either. As a request can hang, another one begins beside it after a while, if go waits for the object,
 * and the first answer counts. Only an upstream that never answered anything is given up. Never rejects.
 */
export function askOnly(
  route: ModuleRoute,
  upstream: Candidate,
  ask: Ask & { readonly nextAttempt: () => number },
  ticket: Ticket,
  world: RetrievalWorld,
): Promise<Answer> {
  const { clock, hearing, pool } = world
  const startMs = clock.now()
  hearing.noteAsked(upstream, startMs)
  return new Promise(resolve => {
    const open = new Set<AbortController>()
    let [settled, answering, unheard] = [false, false, false]
    /** By which the next one is measured. */
    let begunMs = startMs
    let failure: Answer | undefined
    const cancels = { hedge: () => {}, unheard: () => {} }
    const endWait = hearing.beginWait(upstream)
    const endOthers = (own: AbortController | undefined, why: GivenUp) => {
      for (const other of open) if (other !== own) other.abort(why)
    }

    const settle = (answer: Answer) => {
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
      if (settled || answering || !isUrgent(ticket)) return
      cancels.hedge = clock.after(Math.max(0, dueMs() - clock.now()), () => {
        // Another object took longer meanwhile.
        if (clock.now() < dueMs()) return watch()
        if (!hearing.isAlive(upstream) && hearing.takeProbe(upstream)) void probe(upstream, world)
        pool.begin(upstream, loadOf(route))
        void begin(ask.nextAttempt(), true)
        watch()
      })
    }
    /** When the next one begins: the second may hang, too, and each further one is waited for twice as long. */
    const dueMs = () => {
      const hangsMs = Math.max(world.deadlines.headMs, HANGS_FACTOR * (hearing.slowestFirstByteMs(upstream) ?? 0))
      return begunMs + hangsMs * 2 ** (open.size - 1)
    }

    const giveUpMs = Math.max(LEAST_MS, hearing.giveUpMs(upstream) - startMs)
    cancels.unheard = clock.after(giveUpMs, () => {
      if (hearing.isAlive(upstream)) return
      unheard = true
      endOthers(undefined, UNHEARD)
    })
    ticket.urgent.addEventListener('abort', watch)
    void begin(ask.attempt, false)
    watch()
  })
}

/** Asks for its root, which it need not fetch: any answer, an error too, tells that it is alive. */
async function probe(upstream: Candidate, world: RetrievalWorld): Promise<void> {
  const { clock, deadlines, emit, fetch, hearing, signal, startMs } = world
  const sentMs = clock.now()
  const { kind, status, bytes, timings } = await fetch(upstream, '', {
    deadlines: {
      ...deadlines,
      sendMs: deadlines.headMs,
      headMs: Math.max(LEAST_MS, hearing.giveUpMs(upstream) - sentMs),
    },
    maxBytes: PROBE_BYTES,
    publicUpstream: upstream.trust !== 'own',
    redirects: 0,
    fresh: true,
    signal,
  })
  if (status !== null) hearing.noteAnswer(upstream, timings.firstByteMs)
  const ms = clock.now() - sentMs
  emit({ kind: 'asked', target: '/', upstream, outcome: kind, status, bytes, atMs: sentMs - startMs, ms, attempt: 0 })
}

/** A page that tells nothing more. */
const PROBE_BYTES = 64 << 10
