import type { Credentials } from '../credentials/install.ts'
import type { Phases } from '../report/phases.ts'
import type { Transport } from '../upstream/fetch.ts'
import type { BuildCache } from './build-cache.ts'
import type { Job } from './job.ts'
import type { ModuleCache } from './module-cache.ts'
import type { Prepared } from './prepare.ts'

/** What this run fetches with. */
export interface Means {
  /** With the logins of the inputs and of the user's netrc file. */
  readonly transport: Transport
  readonly credentials: Credentials
}

/** Everything that is known and open before the candidates are measured. */
export interface Ready {
  readonly job: Job
  readonly prepared: Prepared
  readonly means: Means
  readonly cache: ModuleCache
  readonly buildCache: BuildCache
  readonly phases: Phases
}
