import { setMaxListeners } from 'node:events'
import { requestedModule } from '../go/escape.ts'
import { type Fetching, openFetching } from './fetching/fetching.ts'
import { openSumdbSources } from './fetching/sumdb-sources.ts'
import { openSpool } from './keeping/spool.ts'
import { databaseOf, type GatewayPlan, type GatewayWorld } from './plan.ts'
import { openResponder } from './serving/respond.ts'
import { type Server, serve } from './serving/serve.ts'
import { openSumdb } from './serving/sumdb.ts'
import { type SharedAddress, share } from './sharing/share.ts'
import { type Steered, type Steering, steer } from './steering.ts'
import { openJournal } from './telling/journal.ts'
import { type GatewayProgress, progressOf } from './telling/progress.ts'

/** A GOPROXY on loopback that fetches ahead, verifies and fails over. */
export interface Gateway extends Server, Steering, GatewayProgress {
  /** Where others than this job reach it; undefined: nowhere, as nobody asked for it. */
  readonly shared?: SharedAddress | undefined
}

export async function startGateway(plan: GatewayPlan, world: GatewayWorld): Promise<Gateway> {
  const { clock, random, publicity, transport } = world
  const stop = new AbortController()
  // One listener for each request under way: no leak.
  setMaxListeners(0, stop.signal)
  const { signal } = stop
  const steered: Steered = { database: databaseOf(plan.gosumdb), strict: plan.mends !== true }
  const journal = openJournal(clock, event => {
    if (event.kind === 'rejected') publicity?.noteWrong(event.upstream, requestedModule(event.target) ?? '')
    fetching.warming.note(event)
  })
  const spool = openSpool(world.temporaryDirectory, plan.policy.memoryBytes)
  const fetching: Fetching = openFetching(plan, world, { journal, spool, signal, isStrict: () => steered.strict })
  const { flights, pool, liveness, warming } = fetching
  const { cold } = plan
  if (cold !== undefined)
    warming.begin(() => plan.upstreams.filter(({ name }) => cold.names.includes(name)), cold.modules)
  const database = () => steered.database
  const sumdb = openSumdb(
    openSumdbSources({ plan, transport, clock, random, pool, liveness, journal, signal, database }),
  )
  const answer = openResponder(flights, sumdb, journal, clock)
  const server = await serve(random.hex(16), answer)
  const sharing = await share(plan, world, pool, answer)
  const close = async () => {
    stop.abort()
    world.hashing?.close()
    await server.close()
    await sharing?.close()
    await flights.settled()
    await warming.settled()
    spool.close()
  }
  let closing: Promise<void> | undefined
  return {
    url: server.url,
    shared: sharing?.address,
    ...steer(steered, fetching, journal),
    ...progressOf(fetching, journal, clock),
    close() {
      // For a server that is closed already Node makes an error, whose place in this large file takes it 10 ms to find.
      closing ??= close()
      return closing
    },
  }
}
