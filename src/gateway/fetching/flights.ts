import type { Candidate } from '../../candidates/candidate.ts'
import { objectPath } from '../../go/escape.ts'
import { sumKey } from '../../go/gosum.ts'
import { isPlainZip } from '../../go/zip.ts'
import type { ModuleRoute, VerifiedObject } from '../../objects/object.ts'
import type { WantedObject } from '../../objects/wanted.ts'
import type { Prefill } from '../keeping/prefill.ts'
import { type Stored, storedElsewhere } from '../keeping/spool.ts'
import { loadOf, type RetrievalWorld, type Retrieved } from './ask.ts'
import { retrieve } from './retrieve.ts'
import { newTicket, type Ticket, type Turns } from './turns.ts'

/** Objects on their way, or there: however many ask for one, it is fetched once. */
export interface Flights {
  /** Fetches these before go asks, in this order. */
  prefetch(objects: readonly WantedObject[]): void
  /** Takes over what was fetched and verified elsewhere. */
  accept(object: VerifiedObject): void
  /** A file that was verified elsewhere is at `path`: who waits for it gets it from there. */
  supply(target: string, path: string, bytes: number): void
  /** go waits for it. */
  ask(route: ModuleRoute): Promise<Delivery>
  /** The next who asks gets it from an upstream. */
  forget(target: string): void
  /** What these gave and nothing but their word speaks for is fetched again: to be called while no go runs. */
  forgetFrom(upstreams: readonly Candidate[]): void
  /** What waits, and no hash has shown to be right, is fetched again. */
  forgetUnproven(): void
  /** Resolves when nothing that is on its way now is so any more. */
  settled(): Promise<void>
}

export interface Delivery {
  readonly retrieved: Retrieved
  /** It was there, or under way, before go asked. */
  readonly ahead: boolean
  /** To be called once when go has it, or is gone without it. */
  readonly done: (delivered: boolean) => void
}

interface Flight {
  readonly ticket: Ticket
  readonly result: Promise<Retrieved>
  /** What came of it, once it is there. */
  came?: Retrieved
  readonly ahead: boolean
  /** Ends it with what came from elsewhere; undefined where nothing is under way. */
  readonly supply?: (content: Stored) => void
  users: number
}

export function openFlights(turns: Turns, prefill: Prefill | undefined, world: RetrievalWorld): Flights {
  const flights = new Map<string, Flight>()
  let launched = 0

  const launch = (route: ModuleRoute, ahead: boolean): Flight => {
    const ticket = newTicket(launched++, !ahead, loadOf(route))
    const elsewhere = new AbortController()
    const signal = AbortSignal.any([world.signal, elsewhere.signal])
    let supply: (content: Stored) => void = () => {}
    const supplied = new Promise<Retrieved>(resolve => {
      supply = content => {
        resolve({ kind: 'found', content, from: undefined, proof: 'go.sum' })
        elsewhere.abort()
      }
    })
    const retrieved = retrieve(route, ticket, turns, { ...world, signal })
    const result = Promise.race([supplied, retrieved])
    // What was under way when the other came is not needed.
    void Promise.all([result, retrieved]).then(([taken, late]) => {
      if (late !== taken && late.kind === 'found') late.content.drop()
    })
    const flight: Flight = { ticket, ahead, users: 0, result, supply }
    flights.set(route.target, flight)
    // What failed may come when it is asked for again; what is final is told to go first, without asking for it once more.
    void result.then(retrieved => {
      flight.came = retrieved
      const untold = ahead && flight.users === 0 && retrieved.kind === 'failed' && retrieved.final === true
      if (retrieved.kind !== 'found' && !untold) flights.delete(route.target)
      else if (retrieved.kind === 'found' && ahead) return placeModule(route, flight, retrieved).catch(unplaced)
    })
    return flight
  }

  /** What is freed meanwhile, for go has it or all is over, cannot be read any more. go gets it from here, or not at all. */
  const unplaced = (): void => {}

  /** What go has not asked for yet is put where go looks first. */
  const placeModule = async (route: ModuleRoute, flight: Flight, found: Extract<Retrieved, { kind: 'found' }>) => {
    if (prefill === undefined || found.from === undefined || !('module' in route)) return
    const isZip = route.kind === 'zip'
    if (isZip && found.proof !== 'go.sum') return
    const { path } = found.content
    const source = path === undefined ? await found.content.whole() : { path }
    // From here on nothing may come in between.
    if (flight.users > 0 || flights.get(route.target) !== flight || world.signal.aborted) return
    const placed = prefill.put(route.target, source, isZip ? world.sums.get(sumKey(route.module, 'zip')) : undefined)
    if (placed === undefined) return
    const content = storedElsewhere(placed, found.content.size)
    // go may have looked there just before.
    const came = { ...found, content }
    flights.set(route.target, { ...flight, came, result: Promise.resolve(came) })
    found.content.drop()
    world.emit({
      kind: 'placed',
      target: route.target,
      from: found.from,
      via: found.via,
      bytes: content.size,
      proof: found.proof,
      atMs: world.clock.now() - world.startMs,
    })
  }

  return {
    prefetch(objects) {
      for (const object of objects) if (!flights.has(object.target)) launch(object, true)
    },
    accept({ module, kind, bytes, from }) {
      const target = objectPath(module, kind)
      if (target === undefined || flights.has(target) || world.sums.get(sumKey(module, kind)) === undefined) return
      const writer = world.zipsToFiles && kind === 'zip' ? world.spool.openFile() : world.spool.open()
      writer.write(bytes)
      const found = { kind: 'found', content: writer.finish(), from, proof: 'go.sum' } as const
      const flight: Flight = {
        ticket: newTicket(launched++, false),
        ahead: true,
        users: 0,
        result: Promise.resolve<Retrieved>(found),
      }
      flights.set(target, flight)
      // A hash of ours spares go its own only where both must see the same files.
      const place = async () => {
        const plain = kind === 'mod' || (await isPlainZip(found.content))
        if (plain) await placeModule({ module, kind, target }, flight, found)
      }
      void place().catch(unplaced)
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
        // Others may be asked now.
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
        // What is on its way will be checked when it is there.
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
