import type { Candidate } from '../../candidates/candidate.ts'
import { objectPath } from '../../go/escape.ts'
import { sumKey } from '../../go/gosum.ts'
import { isPlainZip } from '../../go/zip.ts'
import type { ModuleRoute, ObjectKind, VerifiedObject } from '../../objects/object.ts'
import type { WantedObject } from '../../objects/wanted.ts'
import type { Prefill } from '../keeping/prefill.ts'
import { type Stored, storedElsewhere } from '../keeping/spool.ts'
import type { Retrieved } from './answer.ts'
import { retrieve } from './retrieve.ts'
import { newTicket, type Ticket, type Turns } from './turns.ts'
import { loadOf } from './upstream-state.ts'
import type { RetrievalWorld } from './world.ts'

/** Objects on their way, or there: however many requests ask for one, it is fetched once. */
export interface Flights {
  /** Fetches these before go asks, in this order; what is planned again as needed is not held back any more. */
  prefetch(objects: readonly WantedObject[]): void
  /** Takes over what was fetched and verified elsewhere. */
  accept(object: VerifiedObject): void
  /** A file that was verified elsewhere is at `path`: requests that wait for it are answered with it. */
  supply(target: string, path: string, bytes: number): void
  /** go waits for it. */
  ask(route: ModuleRoute): Promise<Handover>
  /** The next request for it goes to an upstream. */
  forget(target: string): void
  /** Fetches again what came from these and no hash has proved: to be called while no go runs. */
  forgetFrom(upstreams: readonly Candidate[]): void
  /** Fetches again what waits and no hash has proved. */
  forgetUnproven(): void
  /** Resolves when everything that is on its way now has arrived or failed. */
  settled(): Promise<void>
}

export interface Handover {
  readonly retrieved: Retrieved
  /** It was there, or under way, before go asked. */
  readonly ahead: boolean
  /** To be called once when go has it, or has gone away without it. */
  readonly done: (delivered: boolean) => void
}

interface ObjectFlight extends Retrieval {
  readonly ticket: Ticket
  /** Its result, once it is there. */
  came?: Retrieved
  readonly ahead: boolean
  /** Requests of go that it answers now. */
  users: number
}

interface Retrieval {
  readonly result: Promise<Retrieved>
  /** Ends it with content from elsewhere; undefined where nothing is under way. */
  readonly supply?: (content: Stored) => void
}

const KINDS: readonly ObjectKind[] = ['info', 'mod', 'zip']

type Found = Extract<Retrieved, { kind: 'found' }>

/** A go.mod that is larger lists nothing that is needed so soon. */
const MAX_TOLD_BYTES = 1 << 20

/** In one piece: a table of flights, and all that changes it. */
export function openFlights(turns: Turns, prefill: Prefill | undefined, world: RetrievalWorld): Flights {
  const flights = new Map<string, ObjectFlight>()
  const { sums, hashing } = world.checks
  let launched = 0
  /** Targets that go will certainly ask for. */
  const needed = new Set<string>()
  const closing = { ...world, ends: endTogether(world.signal) }

  /** A proxy that fetches whole modules does so only for what go needs, and once for all files of a module. */
  const holdOf = ({ module, target }: WantedObject) => {
    return (upstream: Candidate): boolean => {
      const pace = world.paces.of(upstream)
      if (pace === 'quick') return false
      if (!needed.has(target)) return true
      const isBegun = (kind: ObjectKind) => flights.get(objectPath(module, kind) ?? '')?.ticket.begun
      return pace === 'fetches' && KINDS.some(isBegun) && !world.paces.has(upstream, module)
    }
  }

  const launch = (route: ModuleRoute, ahead: boolean, isHeld?: Ticket['isHeld']): ObjectFlight => {
    const ticket = newTicket(launched++, !ahead, loadOf(route), isHeld)
    const flight: ObjectFlight = { ticket, ahead, users: 0, ...beginRetrieval(route, ticket, turns, closing) }
    flights.set(route.target, flight)
    void flight.result.then(retrieved => {
      flight.came = retrieved
      if (retrieved.kind === 'found') tell(route, retrieved)
      // What failed may succeed later. A final failure is kept, and go gets it without another request.
      const untold = ahead && flight.users === 0 && retrieved.kind === 'failed' && retrieved.final === true
      if (retrieved.kind !== 'found' && !untold) flights.delete(route.target)
      else if (retrieved.kind === 'found' && ahead) return place(route, flight, retrieved).catch(unplaced)
    })
    return flight
  }

  /** Before go has it, and it may be freed. */
  const tell = (route: ModuleRoute, { content }: Found): void => {
    if (route.kind !== 'mod' || world.onGoMod === undefined || content.size > MAX_TOLD_BYTES) return
    void content.whole().then(bytes => world.onGoMod?.(route.module, bytes.toString('utf8')), unplaced)
  }

  /** Content that is freed meanwhile, because go has it or the gateway closes, cannot be read: go is not in need of it. */
  const unplaced = (): void => {}

  /** Puts what go has not asked for yet where go looks first. */
  const place = async (route: ModuleRoute, flight: ObjectFlight, found: Found) => {
    if (prefill === undefined || found.from === undefined || !('module' in route)) return
    if (route.kind === 'zip' && found.proof !== 'go.sum') return
    const { path } = found.content
    const source = path === undefined ? await found.content.whole() : { path }
    // From here on nothing may come in between.
    if (flight.users > 0 || flights.get(route.target) !== flight || world.signal.aborted) return
    const h1 = route.kind === 'zip' ? sums.get(sumKey(route.module, 'zip')) : undefined
    const placed = prefill.put(route.target, source, h1)
    if (placed === undefined) return
    const { from, via, proof } = found
    const content = storedElsewhere(placed, found.content.size)
    // go may have looked there just before, and ask for it all the same.
    const came = { ...found, content }
    flights.set(route.target, { ...flight, came, result: Promise.resolve(came) })
    found.content.drop()
    const { journal } = world
    journal.record({
      kind: 'placed',
      target: route.target,
      from,
      via,
      bytes: content.size,
      proof,
      atMs: journal.nowMs(),
    })
  }

  return {
    prefetch(objects) {
      for (const object of objects) {
        if (!object.mayBeUnneeded) needed.add(object.target)
        if (!flights.has(object.target)) launch(object, true, holdOf(object))
      }
      turns.wake()
    },
    accept({ module, kind, bytes, from }) {
      const target = objectPath(module, kind)
      if (target === undefined || flights.has(target) || sums.get(sumKey(module, kind)) === undefined) return
      if (world.signal.aborted) return
      const writer = hashing !== undefined && kind === 'zip' ? world.spool.openFile() : world.spool.open()
      writer.write(bytes)
      const found = { kind: 'found', content: writer.finish(), from, proof: 'go.sum' } as const
      const result = Promise.resolve<Retrieved>(found)
      const flight: ObjectFlight = { ticket: newTicket(launched++, false), ahead: true, users: 0, result }
      flights.set(target, flight)
      tell({ module, kind, target }, found)
      // A hash of ours spares go its own only where both must see the same files.
      const placePlain = async () => {
        const plain = kind === 'mod' || (await isPlainZip(found.content))
        if (plain) await place({ module, kind, target }, flight, found)
      }
      void placePlain().catch(unplaced)
    },
    supply(target, path, bytes) {
      flights.get(target)?.supply?.(storedElsewhere(path, bytes))
    },
    async ask(route) {
      const known = flights.get(route.target)
      if (known !== undefined) turns.hurry(known.ticket)
      const flight = known ?? launch(route, false)
      flight.users++
      const retrieved = await flight.result
      if (retrieved.kind !== 'found' && flights.get(route.target) === flight) flights.delete(route.target)
      return {
        retrieved,
        ahead: flight.ahead,
        done: delivered => {
          flight.users--
          // go asks for a file once and keeps it; one that was stopped on the way asks again.
          if (retrieved.kind !== 'found' || flight.users > 0 || !delivered) return
          flights.delete(route.target)
          retrieved.content.drop()
        },
      }
    },
    forget: target => void flights.delete(target),
    forgetFrom(upstreams) {
      for (const [target, { came }] of flights) {
        // Other upstreams may be asked now.
        if (came?.kind === 'failed') flights.delete(target)
        if (came?.kind !== 'found' || came.proof === 'go.sum') continue
        if (came.from === undefined || !upstreams.includes(came.from)) continue
        flights.delete(target)
        prefill?.remove(target)
        came.content.drop()
      }
    },
    forgetUnproven() {
      for (const [target, flight] of flights) {
        // What is on its way will be verified when it arrives.
        void flight.result.then(result => {
          if (result.kind !== 'found' || result.proof === 'go.sum' || flight.users > 0) return
          flights.delete(target)
          result.content.drop()
        })
      }
    },
    settled: async () => void (await Promise.allSettled([...flights.values()].map(({ result }) => result))),
  }
}

interface Closing extends RetrievalWorld {
  /** Called when the gateway closes. */
  readonly ends: Set<() => void>
}

/** One listener for all: a signal compares each new one with all it has, a million times for the files of 500 modules. */
function endTogether(signal: AbortSignal): Closing['ends'] {
  const ends = new Set<() => void>()
  signal.addEventListener('abort', () => {
    for (const end of ends) end()
  })
  return ends
}

/** Gets an object from the upstreams, or from elsewhere when that is sooner. */
function beginRetrieval(route: ModuleRoute, ticket: Ticket, turns: Turns, world: Closing): Required<Retrieval> {
  const over = new AbortController()
  const { signal } = over
  const end = () => over.abort()
  // As AbortSignal.any, which takes a hundred times as long.
  if (world.signal.aborted) end()
  else world.ends.add(end)
  let supply: (content: Stored) => void = () => {}
  const supplied = new Promise<Retrieved>(resolve => {
    supply = content => {
      resolve({ kind: 'found', content, from: undefined, proof: 'go.sum' })
      end()
    }
  })
  const retrieved = retrieve(route, ticket, turns, { ...world, signal })
  const result = Promise.race([supplied, retrieved])
  // What was still under way is not needed.
  void Promise.all([result, retrieved]).then(([taken, late]) => {
    world.ends.delete(end)
    if (late !== taken && late.kind === 'found') late.content.drop()
  })
  return { result, supply }
}
