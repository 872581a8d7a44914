import { findSetupGo } from '../cache/find-setup-go.ts'
import type { GoSettings } from '../settings/settings.ts'
import { placesOnWorkDrive } from '../settings/work-drive.ts'
import type { Job } from './job.ts'

/**
 * The settings with go's caches on the drive of RUNNER_TEMP, where that is better and the later steps are told. Caches
 * that hold something already, or that setup-go keeps, stay where they are.
 */
export async function withCachesOnWorkDrive(settings: GoSettings, job: CachesJob): Promise<GoSettings> {
  const { env, files, log, platform } = job.effects
  if (job.program === undefined || !job.inputs.export) return settings
  const { gomodcache, gocache } = settings
  const places = placesOnWorkDrive({ env, platform, gomodcache, gocache })
  if (Object.keys(places).length === 0 || (await findSetupGo(env, files))) return settings
  const isEmpty = async (path: string) => (await files.list(path)).length === 0
  const moved = {
    ...(places.GOMODCACHE !== undefined && (await isEmpty(gomodcache)) && { GOMODCACHE: places.GOMODCACHE }),
    ...(places.GOCACHE !== undefined && (await isEmpty(gocache)) && { GOCACHE: places.GOCACHE }),
  }
  for (const [name, path] of Object.entries(moved))
    log.info(
      `${name} is ${path} from here on: on RUNNER_TEMP’s drive, which is faster than this runner’s C:. Set it yourself to use another place.`,
    )
  return {
    ...settings,
    gomodcache: moved.GOMODCACHE ?? gomodcache,
    gocache: moved.GOCACHE ?? gocache,
    env: { ...settings.env, ...moved },
    moved,
  }
}

/** The part of a job that this needs. */
export interface CachesJob {
  readonly inputs: Pick<Job['inputs'], 'export'>
  readonly program?: Job['program']
  readonly effects: Pick<Job['effects'], 'env' | 'files' | 'log' | 'platform'>
}
