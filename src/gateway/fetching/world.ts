import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock, Random } from '../../effects.ts'
import type { ModuleVersion } from '../../go/module.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import type { Policy } from '../../policy.ts'
import type { Deadlines, FetchOptions } from '../../upstream/fetch.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import type { Hashing } from '../keeping/hashing.ts'
import type { Spool } from '../keeping/spool.ts'
import type { Journal } from '../telling/journal.ts'
import type { Flows } from './flow.ts'
import type { Liveness } from './liveness.ts'
import type { Outage } from './outage.ts'
import type { Paces } from './pace.ts'
import type { Pool } from './pool.ts'

/** What fetching needs: the plan's limits, the world's effects, and what the gateway has learned so far. */
export interface RetrievalWorld {
  readonly policy: Policy['gateway']
  readonly deadlines: Deadlines

  readonly clock: Clock
  readonly random: Random
  /** Aborts when the gateway closes, or the object is not needed any more. */
  readonly signal: AbortSignal
  /** Asks one upstream for one object. */
  readonly fetch: (upstream: Candidate, target: string, options: FetchOptions) => Promise<Outcome>

  /** Whether this upstream may be asked for this object, and is believed about it. */
  readonly mayAsk: (upstream: Candidate, route: ModuleRoute) => boolean
  readonly checks: Checks
  readonly spool: Spool
  /** Told what the go.mod of a module says, as soon as it is there. */
  readonly onGoMod?: ((module: ModuleVersion, text: string) => void) | undefined
  readonly journal: Journal

  readonly pool: Pool
  readonly outage: Outage
  readonly liveness: Liveness
  readonly flows: Flows
  readonly paces: Paces
}

/** What content is verified with. */
export interface Checks {
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
  /** Whether zips of this upstream are unpacked and hashed before go gets them. */
  readonly unpack: (upstream: Candidate) => boolean
  /** Hashes zips in a thread; undefined: there is none. Zips are then kept in files that the thread can read. */
  readonly hashing: Hashing | undefined
}
