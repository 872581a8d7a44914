import type { Candidate } from '../candidates/candidate.ts'
import { objectPath } from '../go/escape.ts'
import type { VerifiedObject } from '../objects/object.ts'
import type { WantedObject } from '../objects/wanted.ts'
import type { Fetching } from './fetching/fetching.ts'
import type { Database } from './plan.ts'
import type { Journal } from './telling/journal.ts'

/** What a gateway is told while it runs. */
export interface Steering {
  /**
   * From now on only these upstreams are asked, in this order, and go asks this checksum database. What came from
   * others and no hash has proved is fetched again: to be called while no go runs.
   * @param behind those so much slower than the first that it is asked for what is on its way from them
   */
  adopt(order: readonly Candidate[], database: Database | undefined, behind?: readonly Candidate[]): void
  /** Takes over what was fetched and verified elsewhere. */
  accept(object: VerifiedObject): void
  /**
   * A file that was verified elsewhere is at `path`: requests that wait for it are answered with it, and no upstream is
   * asked for it any more. It must stay there until the gateway is closed.
   */
  supply(target: string, path: string, bytes: number): void
  /** From now on the cold proxies are asked for what comes from elsewhere. @param cold those known to be cold by now */
  warm(cold: () => readonly Candidate[]): void
  /** Fetches these before go asks, in this order. */
  prefetch(objects: readonly WantedObject[]): void
  /**
   * go found that a zip of this module does not match go.sum: the upstream that sent it is excluded, from now on every
   * zip is hashed before go gets it, and what waits unproved is fetched again.
   * @param module `path@version`  @param what go found, in plain words
   * @returns whether a retry can help
   */
  distrust(module: string, what: string): boolean
}

/** What steering changes while the gateway runs. */
export interface Steered {
  /** The checksum database that go asks; undefined: none. */
  database: Database | undefined
  /** Whether the zips of all upstreams are hashed before go gets them, or those of mirrors only. */
  strict: boolean
}

export function steer(steered: Steered, { flights, pool, turns, warming }: Fetching, journal: Journal): Steering {
  return {
    adopt(order, database, behind) {
      steered.database = database
      const gone = pool.upstreams.filter(one => !order.includes(one))
      pool.adopt(order, behind)
      flights.forgetFrom(gone)
      turns.wake()
    },
    accept: flights.accept,
    supply: flights.supply,
    prefetch: flights.prefetch,
    warm: cold => warming.begin(cold),
    distrust(module, what) {
      const target = zipTarget(module)
      const wrong = journal.events.findLast(
        event => (event.kind === 'served' || event.kind === 'placed') && event.target === target,
      )
      if (target !== undefined) flights.forget(target)
      if (steered.strict || target === undefined || wrong === undefined || !('from' in wrong) || !wrong.from)
        return false
      steered.strict = true
      const { from: upstream, via } = wrong
      pool.exclude(upstream, via)
      journal.record({ kind: 'rejected', target, upstream, via, fault: 'wrong', what, atMs: journal.nowMs() })
      flights.forgetUnproven()
      return true
    },
  }
}

/** @param module `path@version`, as go names it */
function zipTarget(module: string): string | undefined {
  const [path = '', version = ''] = module.split('@')
  return objectPath({ path, version }, 'zip')
}
