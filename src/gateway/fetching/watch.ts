import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock } from '../../effects.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { type GivenUp, TOO_LATE, TOO_SLOW } from './answer.ts'
import type { RetrievalWorld } from './world.ts'

/** When a request may be ended before its deadlines. */
export interface Stoppable {
  /** Whether another upstream could be asked instead. */
  readonly mayGiveUp: () => boolean
  /** Aborts with the reason, a `GivenUp`. */
  readonly signal?: AbortSignal
}

/** Ends a request early: another upstream may be faster, the gateway closes, or the answer is not needed any more. */
export interface Watch {
  /** Aborts when the request is to end. */
  readonly signal: AbortSignal
  /** Ends it if another upstream could be asked instead, or if it has been too slow for as long as an answer may take. */
  giveUp(why: GivenUp): void
  stop(): void
  /** The head of the answer arrived: its silence is over. */
  headArrived(): void
  /** The request has ended. */
  close(): void
  /** Why it was ended in favour of another; undefined when it was not. */
  gaveUp(): GivenUp | undefined
}

const NOT_WANTED: GivenUp = { kind: 'stopped', reason: 'another proxy turned out to be much faster' }

export function watchRequest(
  route: ModuleRoute,
  upstream: Candidate,
  { mayGiveUp, signal }: Stoppable,
  world: RetrievalWorld,
): Watch {
  const { clock, deadlines } = world
  const startMs = clock.now()
  const request = new AbortController()
  let gaveUp: GivenUp | undefined
  const stop = () => request.abort()
  const giveUp = (why: GivenUp) => {
    // The only upstream, too, may not send a trickle for longer than an answer may take.
    const isOver = why === TOO_SLOW && clock.now() - startMs >= deadlines.totalMs
    if (!isOver && !mayGiveUp()) return
    gaveUp = why
    stop()
  }
  const forgetLeave = world.pool.onLeave(upstream, how => {
    if (how === 'for others' && !mayGiveUp()) return
    gaveUp ??= NOT_WANTED
    stop()
  })
  world.signal.addEventListener('abort', stop)
  const callOff = () => {
    gaveUp ??= signal?.reason
    stop()
  }
  signal?.addEventListener('abort', callOff)
  const stopWaiting = waitForHead(patienceFor(route, upstream, world), () => giveUp(TOO_LATE), clock)
  return {
    signal: request.signal,
    giveUp,
    stop,
    headArrived: stopWaiting,
    close() {
      stopWaiting()
      forgetLeave()
      world.signal.removeEventListener('abort', stop)
      signal?.removeEventListener('abort', callOff)
    },
    gaveUp: () => gaveUp,
  }
}

/** An upstream that is slow for everything is not silent; four times what is usual is. */
const PATIENCE_FACTOR = 4
/** An upstream whose usual time is known is given less. */
const KNOWN_SHARE = 1 / 3

function patienceFor(route: ModuleRoute, upstream: Candidate, { policy, pool }: RetrievalWorld): number {
  const first = route.kind === 'zip' ? policy.zipPatienceMs : policy.patienceMs
  const usual = pool.usualFirstByteMs(upstream)
  return usual === undefined ? first : Math.max(KNOWN_SHARE * first, PATIENCE_FACTOR * usual)
}

/** Calls back whenever another `patienceMs` have passed. @returns what stops it */
function waitForHead(patienceMs: number, onSilence: () => void, clock: Clock): () => void {
  let cancel = () => {}
  const again = () => {
    // What arrived while this process was busy is read first.
    cancel = clock.after(patienceMs, () => {
      cancel = clock.after(0, () => {
        again()
        onSilence()
      })
    })
  }
  again()
  return () => cancel()
}
