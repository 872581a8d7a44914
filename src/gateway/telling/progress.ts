import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock } from '../../effects.ts'
import type { ModuleVersion } from '../../go/module.ts'
import type { Fetching } from '../fetching/fetching.ts'
import type { Flow } from '../fetching/flow.ts'
import type { Awaited } from '../fetching/liveness.ts'
import { answersFor, type PlaceAnswer } from './answers.ts'
import { type GatewayEvent, type GatewayFigures, senderOf, sumUp } from './events.ts'
import type { Arriving, Journal } from './journal.ts'

/** What a gateway is doing and has done. */
export interface GatewayProgress {
  readonly events: readonly GatewayEvent[]
  /** The clock's reading that their times count from. */
  readonly startMs: number
  /** All bytes that arrived from upstreams so far, those of unfinished transfers included. */
  receivedBytes(): number
  /** The bodies that are arriving now. */
  arriving(): readonly Arriving[]
  /** Requests to upstreams so far, as in the figures. */
  requests(): number
  /** How fast zips arrive from this upstream. */
  flowFrom(upstream: Candidate): Flow
  /** Resolves when everything that is on its way now has arrived or failed. */
  settled(): Promise<void>
  /** Grows with every byte that arrives from an upstream for go, and with every event of that. */
  activity(): number
  /** What it waits for, within bounds of its own, longer than a silence may last elsewhere: that is not a stall. */
  awaited(): Awaited
  /** Requests of go that no upstream could answer, so far. */
  gaveUp(): number
  /** What each upstream said that was asked for a file of this module in vain. */
  answersFor(module: ModuleVersion): readonly PlaceAnswer[]
  figures(): GatewayFigures
  /** Modules that came from elsewhere and that some cold proxy still lacks. */
  leftCold(): readonly ModuleVersion[]
  /** Names of the upstreams that sent wrong content. */
  quarantined(): readonly string[]
}

export function progressOf(
  { flights, flows, liveness, pool, warming }: Fetching,
  { events, startMs, receivedBytes, arriving }: Journal,
  clock: Clock,
): GatewayProgress {
  return {
    events,
    startMs,
    receivedBytes,
    arriving,
    requests: () => events.filter(({ kind }) => kind === 'asked').length,
    flowFrom: flows.of,
    settled: flights.settled,
    activity: () => receivedBytes() + events.filter(({ kind }) => kind !== 'warmed').length,
    awaited: () => (pool.isAtRest(clock.now()) ? 'alive' : liveness.awaited()),
    gaveUp: () => events.filter(event => event.kind === 'served' && event.status === 502).length,
    answersFor: module => answersFor(module, events),
    figures: () => sumUp(events, warming.figures()),
    leftCold: warming.left,
    quarantined: () => [
      ...new Set(
        events.flatMap(event => (event.kind === 'rejected' && event.fault === 'wrong' ? [senderOf(event)] : [])),
      ),
    ],
  }
}
