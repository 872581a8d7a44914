import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock } from '../../effects.ts'
import type { Load } from './congestion.ts'
import type { PlaceRequest, Pool } from './pool.ts'

/** Queues requests for places at the upstreams. */
export interface Turns {
  /** Resolves with an upstream, at which the request then holds a place; `none`: none is left to ask. */
  next(
    ticket: Ticket,
    tried: ReadonlySet<Candidate>,
    allowed: (upstream: Candidate) => boolean,
  ): Promise<Candidate | 'none'>
  /** go waits for it now. */
  hurry(ticket: Ticket): void
  /** A place became free, or something else changed. */
  wake(): void
}

/** One object, from the moment it is wanted until it is there. */
export interface Ticket {
  /** Its place in the order in which go will ask, from 0. */
  readonly order: number
  readonly load: Load
  /** Whether go waits for it. */
  readonly isUrgent: () => boolean
  /** Aborts when go begins to wait for it. */
  readonly urgent: AbortSignal
  readonly hurry: () => void
  /** It has had a turn. */
  begun: boolean
  /** Whether it is better not to ask this upstream for it before go does; undefined: never. */
  readonly isHeld?: ((upstream: Candidate) => boolean) | undefined
}

export function newTicket(
  order: number,
  urgent: boolean,
  load: Load = 'small',
  isHeld?: (upstream: Candidate) => boolean,
): Ticket {
  const controller = new AbortController()
  // Asked for all waiting tickets whenever a thread can take another zip: `aborted` would take five times as long.
  let isUrgent = false
  const hurry = () => {
    isUrgent = true
    controller.abort()
  }
  if (urgent) hurry()
  return { order, load, isUrgent: () => isUrgent, urgent: controller.signal, hurry, begun: false, isHeld }
}

interface Waiter extends Pick<PlaceRequest, 'tried' | 'allowed'> {
  readonly resolve: (upstream: Candidate | 'none') => void
}

/**
 * First come, first served, but what go waits for comes before what is fetched ahead. A request holds its place from
 * the moment its promise resolves. In one piece: every function here moves requests between the same queues.
 */
export function openTurns(pool: Pool, clock: Clock, signal: AbortSignal): Turns {
  const urgent = new Map<Ticket, Waiter>()
  const small = new Map<Ticket, Waiter>()
  const zips = new Map<Ticket, Waiter>()
  /** Fetched ahead, too, but with upstreams tried: those that are left may have places while the others are busy. */
  const again = new Map<Ticket, Waiter>()
  /** Fetched ahead, too, but not from the upstream whose turn it is. */
  const held = new Map<Ticket, Waiter>()
  const queues = [urgent, again, held, small, zips]
  let cancelTimer = () => {}
  let isDue = false

  /** @returns when to try again, if that is a matter of time; `held`: those behind it go before it */
  const serve = (ticket: Ticket, { allowed, tried, resolve }: Waiter): 'served' | 'busy' | 'held' | number => {
    const { load } = ticket
    const request = { allowed, tried, load, urgent: ticket.isUrgent(), yielding: small.size > 0 }
    const turn = pool.turn(request, clock.now())
    if (turn.kind === 'busy') return 'busy'
    if (turn.kind === 'embargoed' || turn.kind === 'later') return turn.untilMs
    if (turn.kind === 'ask' && !ticket.isUrgent() && ticket.isHeld?.(turn.upstream)) return 'held'
    for (const queue of queues) queue.delete(ticket)
    ticket.begun ||= turn.kind === 'ask'
    if (turn.kind === 'ask') pool.begin(turn.upstream, clock.now(), load)
    resolve(turn.kind === 'ask' ? turn.upstream : 'none')
    return 'served'
  }
  const serveAll = () => {
    isDue = false
    cancelTimer()
    let nextMs = Number.POSITIVE_INFINITY
    // Zips have a share of the places while small files wait, and all that is left when none does.
    for (const queue of [urgent, again, zips, held, small, zips]) {
      for (const [ticket, waiter] of queue) {
        const result = serve(ticket, waiter)
        if (typeof result === 'number') nextMs = Math.min(nextMs, result)
        if (result === 'held' && queue !== held) {
          queue.delete(ticket)
          held.set(ticket, waiter)
        }
        // Those behind want the same places.
        if (result !== 'served' && result !== 'held' && (queue === small || queue === zips)) break
      }
    }
    if (Number.isFinite(nextMs)) cancelTimer = clock.after(Math.max(1, nextMs - clock.now()), wake)
  }
  // Refusals may have come while this process was busy: nothing is sent before they are known.
  const wake = () => {
    if (!isDue) clock.soon(serveAll)
    isDue = true
  }
  const enqueue = (ticket: Ticket, waiter: Waiter) => {
    const ahead = waiter.tried.size > 0 ? again : ticket.load === 'zip' ? zips : small
    const queue = ticket.isUrgent() ? urgent : ahead
    queue.set(ticket, waiter)
    // In the other queues one that stands behind others waits for them.
    if (queue.size === 1 || queue === urgent || queue === again) wake()
  }
  const close = () => {
    cancelTimer()
    for (const queue of queues) {
      for (const waiter of queue.values()) waiter.resolve('none')
      queue.clear()
    }
  }
  signal.addEventListener('abort', close)
  return {
    next(ticket, tried, allowed) {
      if (signal.aborted) return Promise.resolve('none')
      return new Promise(resolve => enqueue(ticket, { tried, allowed, resolve }))
    },
    hurry(ticket) {
      const queue = [small, zips, again, held].find(one => one.has(ticket))
      const waiter = queue?.get(ticket)
      ticket.hurry()
      if (waiter === undefined) return
      queue?.delete(ticket)
      urgent.set(ticket, waiter)
      wake()
    },
    wake,
  }
}
