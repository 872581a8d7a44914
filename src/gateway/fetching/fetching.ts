import type { Candidate } from '../../candidates/candidate.ts'
import { requestedModule } from '../../go/escape.ts'
import { fetchFromList } from '../../upstream/list.ts'
import type { Spool } from '../keeping/spool.ts'
import { type GatewayPlan, type GatewayWorld, shelterOf } from '../plan.ts'
import type { Journal } from '../telling/journal.ts'
import { openAudience } from './audience.ts'
import { type Flights, openFlights } from './flights.ts'
import { type Flows, openFlows } from './flow.ts'
import { type Liveness, openLiveness, UNANSWERED_FACTOR } from './liveness.ts'
import { openLoads } from './loads.ts'
import { watchOutage } from './outage.ts'
import { openPaces } from './pace.ts'
import { createPool, type Pool } from './pool.ts'
import { openTurns, type Turns } from './turns.ts'
import { openWarming, type Warming } from './warming.ts'
import type { RetrievalWorld } from './world.ts'

/** The upstreams with what is known of them, the queue before them, and the objects on their way. */
export interface Fetching {
  readonly pool: Pool
  readonly liveness: Liveness
  readonly flows: Flows
  readonly turns: Turns
  readonly flights: Flights
  readonly warming: Warming
}

export interface FetchingParts {
  readonly journal: Journal
  readonly spool: Spool
  /** Aborts when the gateway closes. */
  readonly signal: AbortSignal
  /** Whether the zips of all upstreams are hashed before go gets them, or those of mirrors only. */
  readonly isStrict: () => boolean
}

export function openFetching(plan: GatewayPlan, world: GatewayWorld, parts: FetchingParts): Fetching {
  const { policy, deadlines } = plan
  const { clock, random, publicity, transport, hashing } = world
  const { signal, isStrict } = parts
  const sums = new Map(plan.sums)
  const loads = world.loads ?? openLoads(policy.window)
  const pool = createPool(plan.upstreams, policy.window, loads)
  const liveness = openLiveness(UNANSWERED_FACTOR * deadlines.headMs)
  const flows = openFlows(clock)
  const turns = openTurns(pool, clock, signal)
  signal.addEventListener('abort', loads.watch(turns.wake))
  const retrieval: RetrievalWorld = {
    policy,
    deadlines,
    clock,
    random,
    signal,
    async fetch(upstream, target, how) {
      const outcome = await fetchFromList(pool.listOf(upstream), target, how, transport)
      publicity?.note(upstream, requestedModule(target) ?? '', outcome)
      return outcome
    },
    mayAsk: openAudience({ sums, isSheltered: shelterOf(plan, world.env), publicity, pool, clock }),
    checks: { sums, hashing, unpack: (upstream: Candidate) => isStrict() || upstream.trust === 'mirror' },
    spool: parts.spool,
    onGoMod: world.onGoMod,
    journal: parts.journal,
    pool,
    outage: watchOutage(policy.objectMs, policy.probeMs),
    liveness,
    flows,
    paces: openPaces(),
  }
  const flights = openFlights(turns, world.prefill, retrieval)
  return { pool, liveness, flows, turns, flights, warming: openWarming(retrieval) }
}
