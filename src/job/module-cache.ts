import type { CacheStory, DownloadProgress } from '../cache/cache.ts'
import type { CacheMode } from '../cache/mode.ts'
import { warningsOfRestore } from '../cache/restore-warnings.ts'
import { type Restoring, startRestoring } from '../cache/restoring.ts'
import { sizesIn } from '../cache/sizes.ts'
import type { Download } from '../download/download.ts'
import type { Clock, Log } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { GatewayEvent } from '../gateway/telling/events.ts'
import type { Place } from '../places/place.ts'
import { readNeeds } from '../project/read.ts'
import type { Phases } from '../report/phases.ts'
import { type CacheContents, findContents, findMode } from './cache-contents.ts'
import type { Job } from './job.ts'
import { planCacheSave } from './plan-cache-save.ts'
import { type Prepared, privacyOf } from './prepare.ts'

/** The module cache, restored and saved around the job's other stages. Its failures never fail the job. */
export interface ModuleCache {
  /** Waits for the restore where the inputs ask for that. @returns what is still to be done */
  beforeBenchmark(prepared: Prepared): Promise<Prepared>
  /**
   * Runs the download with what is still to be done; under `race` beside the restore, which ends with it.
   * @param predictedSeconds how long the download will take, as far as the benchmark knows
   * @param work reports the gateway, if there is one: it counts the download's bytes, and takes what was restored
   */
  beside<T>(
    prepared: Prepared,
    predictedSeconds: number | undefined,
    work: (rest: Prepared, onGateway: (gateway: Gateway) => void) => Promise<T>,
  ): Promise<T>
  /** Plans what post saves. */
  finish(end: DownloadEnd): Promise<CacheStory>
  /** If the job waits for the restore: resolves when it no longer needs the link. */
  readonly fetched: Promise<void> | undefined
  /** Ends a restore that still runs. */
  close(): Promise<void>
}

/** What the cache has to know of the job's end. */
export interface DownloadEnd {
  readonly download: Download | undefined
  /** What the head start's gateway did. */
  readonly headStart: readonly GatewayEvent[]
  /** Places that this job has a secret for. */
  readonly logins: readonly Place[]
}

export async function openModuleCache(job: Job, prepared: Prepared, phases: Phases): Promise<ModuleCache> {
  try {
    return await open(job, prepared, phases)
  } catch (error) {
    return closedCache({ restore: 'no', save: false, why: reasonOf(error), notice: undefined })
  }
}

async function open(job: Job, prepared: Prepared, phases: Phases): Promise<ModuleCache> {
  const { effects } = job
  const mode = await findMode(job, prepared)
  sayMode(mode, effects.log)
  if (mode.restore === 'no' && !mode.save) return closedCache(mode)
  const contents = await findContents(job, prepared)
  const { keys, files, problems } = contents
  const before = mode.save
    ? await sizesIn(prepared.settings.gomodcache, files, effects.files)
    : new Map<string, number>()
  const restoring = startIfWanted(job, prepared, { ...contents, mode }, phases)
  const progress = followDownload(effects.clock)
  const settle = async (now: Prepared) => {
    const restored = await restoring?.settle()
    return restored === undefined ? now : afterRestore(now, job)
  }
  return {
    fetched: mode.restore === 'wait' ? restoring?.fetched() : undefined,
    beforeBenchmark: async now => (mode.restore === 'wait' ? settle(now) : now),
    async beside(now, predictedSeconds, work) {
      if (!restoring?.isRunning()) return work(await settle(now), progress.onGateway)
      return restoring.beside(progress.of(predictedSeconds), () => work(now, progress.onGateway))
    },
    async finish({ download, headStart, logins }) {
      const restored = restoring?.restored()
      const warnings = [...problems, ...(restored === undefined ? [] : warningsOfRestore(restored))]
      const told = { mode, keys, restored, warnings }
      if (!mode.save) return { ...told, save: 'no', plan: undefined }
      try {
        const events = [...headStart, ...progress.events()]
        const known = { keys, files, before, restored, download, events, logins }
        return { ...told, ...(await planCacheSave(job, prepared, known)) }
      } catch (error) {
        effects.log.debug(`Cache: ${reasonOf(error)}`)
        return { ...told, save: 'no', plan: undefined }
      }
    },
    close: async () => restoring?.close(),
  }
}

function startIfWanted(
  { program, policy, temporaryDirectory, effects }: Job,
  { settings: { gomodcache } }: Prepared,
  { mode, keys, files }: CacheContents & { readonly mode: CacheMode },
  phases: Phases,
): Restoring | undefined {
  if (mode.restore === 'no' || program === undefined) return undefined
  const options = { mode, keys, files, gomodcache, program, policy: policy.cache, temporaryDirectory }
  return startRestoring(options, wait => phases.time('cache', wait), effects)
}

/** How far the download is, as its gateway counts. */
function followDownload(clock: Clock): {
  readonly onGateway: (gateway: Gateway) => void
  readonly of: (predictedSeconds: number | undefined) => DownloadProgress
  readonly events: () => readonly GatewayEvent[]
} {
  let gateway: Gateway | undefined
  let bytesBefore = 0
  return {
    onGateway: opened => {
      gateway = opened
      bytesBefore = opened.receivedBytes()
    },
    of: predictedSeconds => {
      const fromMs = clock.now()
      return {
        predictedSeconds,
        now: () => gateway && { elapsedMs: clock.now() - fromMs, bytes: gateway.receivedBytes(), bytesBefore },
        onTaken: (target, path, bytes) => gateway?.supply(target, path, bytes),
      }
    },
    events: () => gateway?.events ?? [],
  }
}

/** Restored zips need no download, and restored go.mod files tell what is needed. */
async function afterRestore(now: Prepared, { inputs, effects }: Job): Promise<Prepared> {
  const project = await readNeeds(now.project, now.settings, effects.files)
  return { ...now, project, privacy: privacyOf(project, now.settings, inputs) }
}

function closedCache(mode: CacheMode): ModuleCache {
  const story: CacheStory = { mode, keys: undefined, restored: undefined, save: 'no', plan: undefined, warnings: [] }
  return {
    fetched: undefined,
    beforeBenchmark: async now => now,
    beside: (now, _, work) => work(now, () => {}),
    finish: async () => story,
    close: async () => {},
  }
}

function sayMode({ why, notice }: CacheMode, log: Log): void {
  if (why !== undefined) log.debug(`Cache: ${why}`)
  if (notice !== undefined) log.info(`The module cache is off: ${notice.message} ${notice.hint}`)
}
