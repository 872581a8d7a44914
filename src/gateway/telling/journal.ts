import type { Clock } from '../../effects.ts'
import type { GatewayEvent } from './events.ts'

/** A body under way. */
export interface Arriving {
  /** Path below the upstream's URL. */
  readonly target: string
  readonly received: number
  /** undefined: the upstream did not say. */
  readonly total: number | undefined
}

/** Records what happens in the gateway, with times since its start. */
export interface Journal {
  readonly events: readonly GatewayEvent[]
  /** The clock's reading that the events' times count from. */
  readonly startMs: number
  record(event: GatewayEvent): void
  /**
   * The body of an answer begins. @param total its bytes, where the head says so
   * @returns takes the bytes that arrive, and the end
   */
  openBody(target: string, total: number | undefined): { note(bytes: number): void; close(): void }
  /** The bodies that are arriving now. */
  arriving(): readonly Arriving[]
  /** All bytes that arrived from upstreams so far, those of unfinished transfers included. */
  receivedBytes(): number
  /** Milliseconds since the gateway's start. */
  nowMs(): number
  /** What the clock read, since the gateway's start. */
  at(clockMs: number): number
  /** When something began, and how long it took until now. @param fromMs of the clock */
  since(fromMs: number): { readonly atMs: number; readonly ms: number }
}

/** @param onRecord called with each event */
export function openJournal(clock: Clock, onRecord: (event: GatewayEvent) => void): Journal {
  const startMs = clock.now()
  const events: GatewayEvent[] = []
  const bodies = new Set<Arriving & { received: number }>()
  let receivedBytes = 0
  return {
    events,
    startMs,
    record(event) {
      events.push(event)
      onRecord(event)
    },
    openBody(target, total) {
      const body = { target, received: 0, total }
      bodies.add(body)
      return {
        note(bytes) {
          receivedBytes += bytes
          body.received += bytes
        },
        close: () => void bodies.delete(body),
      }
    },
    arriving: () => [...bodies],
    receivedBytes: () => receivedBytes,
    nowMs: () => clock.now() - startMs,
    at: clockMs => clockMs - startMs,
    since: fromMs => ({ atMs: fromMs - startMs, ms: clock.now() - fromMs }),
  }
}
