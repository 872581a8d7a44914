import type { Clock, Random } from '../../effects.ts'
import { fetchObject, type Transport } from '../../upstream/fetch.ts'
import { fetchFromList } from '../../upstream/list.ts'
import { headMs, type Outcome } from '../../upstream/outcome.ts'
import type { Database, GatewayPlan } from '../plan.ts'
import type { SumdbSource, SumdbWorld } from '../serving/sumdb.ts'
import type { Journal } from '../telling/journal.ts'
import { type Liveness, UNANSWERED_FACTOR } from './liveness.ts'
import type { Pool } from './pool.ts'
import { roundDelayMs } from './retry.ts'

export interface SumdbSources {
  readonly plan: Pick<GatewayPlan, 'sumdbHosts' | 'deadlines' | 'policy'>
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly pool: Pool
  readonly liveness: Liveness
  readonly journal: Journal
  readonly signal: AbortSignal
  /** What go asks now. */
  readonly database: () => Database | undefined
}

/** Where the checksum database can be asked, as the upstreams are now, and how each request is made and recorded. */
export function openSumdbSources(sources: SumdbSources): SumdbWorld {
  const { plan, clock, random, pool, liveness, journal, signal, database } = sources
  const { policy } = plan
  const upstreams = () => pool.upstreams.filter(one => !pool.isOut(one))
  return {
    database,
    proxies: () =>
      upstreams()
        .filter(({ trust, configured }) => trust === 'own' || configured)
        .flatMap(upstream => upstream.list.entries.map(entry => ({ kind: 'proxy', upstream, entry }) as const)),
    sources: () => [
      ...plan.sumdbHosts.map((url): SumdbSource => ({ kind: 'host', url })),
      ...upstreams()
        .filter(({ trust, configured }) => trust === 'official' && !configured)
        .map((upstream): SumdbSource => ({ kind: 'upstream', upstream })),
    ],
    // A user with only proxies of their own has not said that the world may learn the names of their modules.
    mayPassOn: () => upstreams().some(({ trust }) => trust !== 'own'),
    async fetch(source, request, patient) {
      const sentMs = clock.now()
      const target = `sumdb/${database()?.name ?? ''}/${request}`
      const endWait = patient && source.kind !== 'host' ? liveness.beginWait(source.upstream) : () => {}
      const outcome = await askSumdb(source, { request, target, patient }, sources)
      endWait()
      journal.record({
        kind: 'asked',
        target,
        upstream: source.kind === 'host' ? { name: source.url } : source.upstream,
        outcome: outcome.kind,
        status: outcome.status,
        bytes: outcome.bytes,
        ...journal.since(sentMs),
        firstByteMs: headMs(outcome.timings),
        attempt: 0,
      })
      return outcome
    },
    sleepBetweenRounds: round =>
      clock.sleep(roundDelayMs(round, policy.roundDelayMs, policy.maximumDelayMs, random.next), signal),
  }
}

/** That a proxy has the database is only a claim: a proxy of the input that is silent is not waited for. */
const SUPPORTED_MS = 3_000

interface SumdbRequest {
  readonly request: string
  /** The file's path below a proxy. */
  readonly target: string
  /** Wait for as long as an only upstream may be silent. */
  readonly patient: boolean
}

/** Asks one source for one file of the database. */
function askSumdb(
  source: SumdbSource,
  { request, target, patient }: SumdbRequest,
  { plan: { deadlines }, transport, signal }: SumdbSources,
): Promise<Outcome> {
  const how = { deadlines, maxBytes: 1 << 20, publicUpstream: true, signal }
  if (source.kind === 'host') return fetchObject(`${source.url}/${request}`, how, transport)
  const { upstream } = source
  const list = source.kind === 'proxy' ? { entries: [source.entry], ending: undefined } : upstream.list
  const publicUpstream = upstream.trust !== 'own'
  const isAside = request === 'supported' && !upstream.configured
  const sendMs = isAside ? Math.min(SUPPORTED_MS, deadlines.headMs) : deadlines.headMs
  const headMs = patient ? UNANSWERED_FACTOR * deadlines.headMs : sendMs
  const options = { ...how, deadlines: { ...deadlines, sendMs, headMs }, publicUpstream }
  return fetchFromList(list, target, options, transport)
}
