import type { Clock } from '../../effects.ts'
import type { GatewayEvent } from './events.ts'

/** Records what happens in the gateway, with times since its start. */
export interface Journal {
  readonly events: readonly GatewayEvent[]
  /** The clock's reading that the events' times count from. */
  readonly startMs: number
  record(event: GatewayEvent): void
  /** Bytes of a body arrived from an upstream. */
  recordBytes(bytes: number): void
  /** All bytes that arrived from upstreams so far, those of unfinished transfers included. */
  receivedBytes(): number
  /** Milliseconds since the gateway's start. */
  nowMs(): number
  /** When something began, and how long it took until now. @param fromMs of the clock */
  since(fromMs: number): { readonly atMs: number; readonly ms: number }
}

/** @param onRecord called with each event */
export function openJournal(clock: Clock, onRecord: (event: GatewayEvent) => void): Journal {
  const startMs = clock.now()
  const events: GatewayEvent[] = []
  let receivedBytes = 0
  return {
    events,
    startMs,
    record(event) {
      events.push(event)
      onRecord(event)
    },
    recordBytes(bytes) {
      receivedBytes += bytes
    },
    receivedBytes: () => receivedBytes,
    nowMs: () => clock.now() - startMs,
    since: fromMs => ({ atMs: fromMs - startMs, ms: clock.now() - fromMs }),
  }
}
