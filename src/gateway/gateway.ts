import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity } from '../candidates/publicity.ts'
import type { Clock, Random } from '../effects.ts'
import { objectPath, requestedModule } from '../go/escape.ts'
import type { Gosumdb } from '../go/gosumdb.ts'
import type { ModuleRoute, VerifiedObject } from '../objects/object.ts'
import type { WantedObject } from '../objects/wanted.ts'
import type { Policy } from '../policy.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import { fetchFromList } from '../upstream/list.ts'
import { askSumdb, mayAsk, sumdbAudience } from './fetching/audience.ts'
import { openFlights } from './fetching/flights.ts'
import { type Flow, openFlows } from './fetching/flow.ts'
import { type Awaited, openHearing, UNHEARD_FACTOR } from './fetching/hearing.ts'
import { watchOutage } from './fetching/outage.ts'
import { createPool } from './fetching/pool.ts'
import { wordsFor } from './fetching/retrieve.ts'
import { roundDelayMs } from './fetching/retry.ts'
import { openTurns } from './fetching/turns.ts'
import type { Hashing } from './keeping/hashing.ts'
import type { Prefill } from './keeping/prefill.ts'
import { openSpool } from './keeping/spool.ts'
import { type Reply, serve } from './serving/serve.ts'
import { openSumdb } from './serving/sumdb.ts'
import { type GatewayEvent, type GatewayFigures, senderOf, sumUp } from './telling/events.ts'

export interface GatewayOptions {
  /** Those that may be upstreams, in the order to ask before a ranking is adopted. */
  readonly upstreams: readonly Candidate[]
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
  /** Modules that no upstream shall hear of from us: go finds them behind the gateway, by the user's own GOPROXY. */
  readonly isSheltered: (modulePath: string) => boolean
  /** Which modules mirrors may hear of, and what is learned of that; undefined: of all that are not sheltered. */
  readonly publicity?: Publicity | undefined
  readonly sumdb: Extract<Gosumdb, { kind: 'database' }> | undefined
  /** Base URLs of the checksum database's own hosts. */
  readonly sumdbHosts: readonly string[]
  readonly policy: Policy['gateway']
  readonly deadlines: Deadlines
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  /** Ours, existing; removed by the caller. */
  readonly temporaryDirectory: string
  /** Where what was fetched ahead is put, so that go need not ask; undefined: go asks for everything. */
  readonly prefill?: Prefill | undefined
  /** Closed with the gateway. */
  readonly hashing?: Hashing | undefined
  /** Whether somebody runs go once more when it finds a zip to be wrong; else each is hashed before go gets it. */
  readonly mends?: boolean
}

/** A GOPROXY on loopback that fetches ahead, verifies and fails over. */
export interface Gateway {
  /** What to put first into GOPROXY. Holds a secret. */
  readonly url: string
  /**
   * From now on these are asked, in this order, and go asks this database. What came from others and nothing but their
   * word speaks for is fetched again: to be called while no go runs.
   * @param behind those of them from whom what is on its way would better come from the first
   */
  adopt(order: readonly Candidate[], sumdb: GatewayOptions['sumdb'], behind?: readonly Candidate[]): void
  /** Takes over what was fetched and verified elsewhere. */
  accept(object: VerifiedObject): void
  /**
   * A file that was verified elsewhere is at `path`: who waits for it gets it from there, and no upstream is asked for
   * it any more. It must stay there until the gateway is closed.
   */
  supply(target: string, path: string, bytes: number): void
  /** Fetches these before go asks, in this order. */
  prefetch(objects: readonly WantedObject[]): void
  /**
   * go found that a zip of this module is not what go.sum says: whoever sent it is out, nobody is taken at their word
   * any more, and what waits unchecked is fetched again.
   * @param module `path@version`  @param what go found, in plain words
   * @returns whether asking again can help
   */
  distrust(module: string, what: string): boolean
  readonly events: readonly GatewayEvent[]
  /** Bytes that came from upstreams so far, those on their way included. */
  receivedBytes(): number
  /** How fast zips come from this one. */
  flowFrom(upstream: Candidate): Flow
  /** Resolves when nothing that is on its way now is so any more. */
  settled(): Promise<void>
  /** Grows with every byte that comes from an upstream, and with every event. */
  activity(): number
  /** For whom it waits, within bounds of its own, longer than a silence may last elsewhere: that is no standstill. */
  awaited(): Awaited
  /** Requests of go's that no upstream could answer, so far. */
  gaveUp(): number
  figures(): GatewayFigures
  /** Names of those that sent wrong content. */
  quarantined(): readonly string[]
  close(): Promise<void>
}

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, random, policy, publicity, transport } = options
  const startMs = clock.now()
  const stop = new AbortController()
  // One listener a request under way: no leak.
  setMaxListeners(0, stop.signal)
  const events: GatewayEvent[] = []
  const pool = createPool(options.upstreams, policy.window)
  const spool = openSpool(options.temporaryDirectory, policy.memoryBytes)
  const turns = openTurns(pool, clock, stop.signal)
  let receivedBytes = 0
  const flows = openFlows(clock)
  let sumdb = options.sumdb
  let strict = options.mends !== true
  const hearing = openHearing(UNHEARD_FACTOR * options.deadlines.headMs)
  const world = {
    pool,
    outage: watchOutage(policy.objectMs, policy.probeMs),
    spool,
    clock,
    random,
    policy,
    startMs,
    sums: options.sums,
    deadlines: options.deadlines,
    signal: stop.signal,
    emit: (event: GatewayEvent) => {
      events.push(event)
      if (event.kind === 'rejected') publicity?.noteWrong(event.upstream, requestedModule(event.target) ?? '')
    },
    onReceived: (bytes: number) => {
      receivedBytes += bytes
    },
    flows,
    fetch: async (upstream: Candidate, target: string, how: Parameters<typeof fetchFromList>[2]) => {
      const outcome = await fetchFromList(pool.listOf(upstream), target, how, transport)
      publicity?.note(upstream, requestedModule(target) ?? '', outcome)
      return outcome
    },
    hearing,
    unpack: (upstream: Candidate) => strict || upstream.trust === 'mirror',
    hashing: options.hashing,
    zipsToFiles: options.hashing !== undefined,
    mayAsk: (upstream: Candidate, route: ModuleRoute) => {
      const canBeAsked = (one: Candidate) =>
        one.trust === 'official' && pool.turn(other => other === one, new Set(), true, clock.now()).kind === 'ask'
      // Only of mirrors it matters.
      return mayAsk(upstream, route, upstream.trust === 'mirror' && !pool.upstreams.some(canBeAsked), options)
    },
  }
  const flights = openFlights(turns, options.prefill, world)
  const answerSumdb = openSumdb({
    database: () => sumdb,
    ...sumdbAudience(options, () => pool.upstreams.filter(one => !pool.isOut(one))),
    fetch: async (source, request, patient) => {
      const sentMs = clock.now()
      const endWait = patient && source.kind !== 'host' ? hearing.beginWait(source.upstream) : () => {}
      const outcome = await askSumdb(source, request, sumdb?.name ?? '', patient, options, stop.signal)
      endWait()
      const { kind, status, bytes } = outcome
      world.emit({
        kind: 'asked',
        target: `sumdb/${sumdb?.name}/${request}`,
        upstream: source.kind === 'host' ? { name: source.url } : source.upstream,
        outcome: kind,
        status,
        bytes,
        atMs: sentMs - startMs,
        ms: clock.now() - sentMs,
        attempt: 0,
      })
      return outcome
    },
    sleepBetweenRounds: round =>
      clock.sleep(roundDelayMs(round, policy.roundDelayMs, policy.maximumDelayMs, random.next), stop.signal),
  })
  const answerModule = async (route: ModuleRoute): Promise<Reply> => {
    const askedMs = clock.now()
    const { retrieved, ahead, done } = await flights.ask(route)
    const found = retrieved.kind === 'found' ? retrieved : undefined
    const status = found !== undefined ? 200 : retrieved.kind === 'absent' ? 404 : 502
    world.emit({
      kind: 'served',
      target: route.target,
      status,
      bytes: found?.content.size ?? 0,
      atMs: askedMs - startMs,
      ms: clock.now() - askedMs,
      from: found?.from,
      via: found?.via,
      proof: found?.proof,
      ahead,
    })
    if (found !== undefined) return { status: 200, size: found.content.size, stream: found.content.stream, done }
    done(false)
    return { status: status === 404 ? 404 : 502, text: wordsFor(retrieved) }
  }
  const server = await serve(random.hex(16), async route => {
    if (route.kind !== 'sumdb') return answerModule(route)
    const askedMs = clock.now()
    const answer = await answerSumdb(route)
    world.emit({
      kind: 'served',
      target: route.target,
      status: answer.status,
      bytes: 'body' in answer ? answer.body.length : 0,
      atMs: askedMs - startMs,
      ms: clock.now() - askedMs,
      from: undefined,
      proof: undefined,
      ahead: false,
    })
    if ('body' in answer) return replyWith(answer.body)
    return { status: answer.status, text: answer.words ?? 'the checksum database' }
  })
  return {
    url: server.url,
    events,
    adopt(order, adopted, behind) {
      sumdb = adopted
      const gone = pool.upstreams.filter(one => !order.includes(one))
      pool.adopt(order, behind)
      flights.forgetFrom(gone)
      turns.wake()
    },
    accept: flights.accept,
    supply: flights.supply,
    prefetch: flights.prefetch,
    distrust(module, what) {
      const target = zipTarget(module)
      const wrong = events.findLast(
        event => (event.kind === 'served' || event.kind === 'placed') && event.target === target,
      )
      if (target !== undefined) flights.forget(target)
      if (strict || target === undefined || wrong === undefined || !('from' in wrong) || !wrong.from) return false
      strict = true
      const { from: upstream, via } = wrong
      pool.exclude(upstream, via)
      world.emit({ kind: 'rejected', target, upstream, via, fault: 'wrong', what, atMs: clock.now() - startMs })
      flights.forgetUnproven()
      return true
    },
    receivedBytes: () => receivedBytes,
    flowFrom: flows.of,
    settled: flights.settled,
    activity: () => receivedBytes + events.length,
    awaited: () => (pool.isAtRest(clock.now()) ? 'alive' : hearing.awaited()),
    gaveUp: () => events.filter(event => event.kind === 'served' && event.status === 502).length,
    figures: () => sumUp(events),
    quarantined: () => [
      ...new Set(
        events.flatMap(event => (event.kind === 'rejected' && event.fault === 'wrong' ? [senderOf(event)] : [])),
      ),
    ],
    async close() {
      stop.abort()
      options.hashing?.close()
      await server.close()
      await flights.settled()
      spool.close()
    },
  }
}

/** @param module `path@version`, as go names it */
function zipTarget(module: string): string | undefined {
  const [path = '', version = ''] = module.split('@')
  return objectPath({ path, version }, 'zip')
}

function replyWith(body: Buffer): Reply {
  return { status: 200, size: body.length, stream: () => Readable.from([body]), done: () => {} }
}
