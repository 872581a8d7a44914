import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock } from '../../effects.ts'
import type { Load, Pool } from './pool.ts'

/** Lets a request wait for a free place, which it then holds. */
export interface Turns {
  next(
    ticket: Ticket,
    tried: ReadonlySet<Candidate>,
    allowed: (upstream: Candidate) => boolean,
  ): Promise<Candidate | 'nobody'>
  /** go waits for it now. */
  hurry(ticket: Ticket): void
  /** A place became free, or something else changed. */
  wake(): void
}

/** One object, from when it is wanted until it is there. */
export interface Ticket {
  /** Its place in what go will ask for, from 0. */
  readonly order: number
  readonly load: Load
  /** Aborts when go waits for it. */
  readonly urgent: AbortSignal
  readonly hurry: () => void
}

export function newTicket(order: number, urgent: boolean, load: Load = 'small'): Ticket {
  const controller = new AbortController()
  if (urgent) controller.abort()
  return { order, load, urgent: controller.signal, hurry: () => controller.abort() }
}

export function isUrgent({ urgent }: Ticket): boolean {
  return urgent.aborted
}

interface Waiter {
  readonly tried: ReadonlySet<Candidate>
  readonly allowed: (upstream: Candidate) => boolean
  readonly resolve: (upstream: Candidate | 'nobody') => void
}

/**
 * The queue for places at the upstreams: first come, first served, but whoever go waits for comes before those that
 * are fetched ahead. Whoever is served holds its place from the moment it is told.
 */
export function openTurns(pool: Pool, clock: Clock, signal: AbortSignal): Turns {
  const urgent = new Map<Ticket, Waiter>()
  const small = new Map<Ticket, Waiter>()
  const zips = new Map<Ticket, Waiter>()
  /** Fetched ahead too, but not from everyone: whoever they may still ask may be another than the others wait for. */
  const again = new Map<Ticket, Waiter>()
  const queues = [urgent, again, small, zips]
  let cancelTimer = () => {}

  /** @returns when to try again, if that is a matter of time */
  const serve = (ticket: Ticket, waiter: Waiter): 'served' | 'busy' | number => {
    const yielding = small.size > 0
    const turn = pool.turn(waiter.allowed, waiter.tried, isUrgent(ticket), clock.now(), ticket.load, yielding)
    if (turn.kind === 'busy') return 'busy'
    if (turn.kind === 'embargoed') return turn.untilMs
    for (const queue of queues) queue.delete(ticket)
    if (turn.kind === 'ask') pool.begin(turn.upstream, ticket.load)
    waiter.resolve(turn.kind === 'ask' ? turn.upstream : 'nobody')
    return 'served'
  }
  const wake = () => {
    cancelTimer()
    let nextMs = Number.POSITIVE_INFINITY
    // Zips have a share of the places while small files wait, and all that is left when none does.
    for (const queue of [urgent, again, zips, small, zips]) {
      for (const [ticket, waiter] of queue) {
        const result = serve(ticket, waiter)
        if (typeof result === 'number') nextMs = Math.min(nextMs, result)
        // Those behind want the same places.
        if (result !== 'served' && (queue === small || queue === zips)) break
      }
    }
    if (Number.isFinite(nextMs)) cancelTimer = clock.after(Math.max(1, nextMs - clock.now()), wake)
  }
  signal.addEventListener('abort', () => {
    cancelTimer()
    for (const queue of queues) {
      for (const waiter of queue.values()) waiter.resolve('nobody')
      queue.clear()
    }
  })
  return {
    next(ticket, tried, allowed) {
      if (signal.aborted) return Promise.resolve('nobody')
      return new Promise(resolve => {
        const waiter = { tried, allowed, resolve }
        const queue = isUrgent(ticket) ? urgent : tried.size > 0 ? again : ticket.load === 'zip' ? zips : small
        queue.set(ticket, waiter)
        // Whoever stands behind others waits for them.
        if (queue.size === 1 || queue === urgent || queue === again) wake()
      })
    },
    hurry(ticket) {
      const waiter = small.get(ticket) ?? zips.get(ticket) ?? again.get(ticket)
      ticket.hurry()
      if (waiter === undefined) return
      for (const queue of [small, zips, again]) queue.delete(ticket)
      urgent.set(ticket, waiter)
      wake()
    },
    wake,
  }
}
