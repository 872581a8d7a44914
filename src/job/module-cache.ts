import { join } from 'node:path'
import type { Ranking } from '../benchmark/ranking.ts'
import { type CacheStory, type Restore, type Restored, startRestore } from '../cache/cache.ts'
import { type CacheKeys, cacheKeys } from '../cache/key.ts'
import { type CacheMode, decideMode } from '../cache/mode.ts'
import { type CacheFile, selectFiles } from '../cache/select.ts'
import { cachesWithSetupGo, workflowPath } from '../cache/setup-go.ts'
import type { Choice } from '../choice/choice.ts'
import type { Download } from '../download/download.ts'
import type { Environment, Files } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { findDependencyFiles } from '../inputs/dependency-files.ts'
import type { Phases } from '../report/phases.ts'
import type { Transport } from '../upstream/fetch.ts'
import type { HeadStart } from './head-start.ts'
import type { Job } from './job.ts'
import { planSave, sizesIn } from './plan-save.ts'
import type { Prepared } from './prepare.ts'

/** The module cache around the story: nothing of it can fail the job. */
export interface ModuleCache {
  /** Waits for the restore where that is asked for. @returns what is still to be done */
  beforeBenchmark(prepared: Prepared): Promise<Prepared>
  /**
   * Runs the download with what is still to be done; under `race` beside the restore, which ends with it.
   * @param work tells of the gateway, if there is one: it knows how far the download is, and is told what was restored
   */
  beside<T>(
    prepared: Prepared,
    measured: Measured,
    work: (rest: Prepared, onGateway: (gateway: Gateway) => void) => Promise<T>,
  ): Promise<T>
  finish(download: Download | undefined): Promise<CacheStory>
  /** Ends what still runs. */
  close(): Promise<void>
}

/** What the benchmark found, from which follows how long the download will take. */
export interface Measured {
  readonly ranking: Ranking | undefined
  readonly choice: Choice
  readonly transport: Pick<Transport, 'logins'>
  readonly headStart: Pick<HeadStart, 'events'>
}

function predictSeconds({ ranking, choice }: Measured): number | undefined {
  return ranking?.measurements.find(({ candidate }) => candidate.name === choice.proxy)?.predictedSeconds ?? undefined
}

export async function openModuleCache(job: Job, prepared: Prepared, phases: Phases): Promise<ModuleCache> {
  try {
    return await open(job, prepared, phases)
  } catch (error) {
    return closedCache({ restore: 'no', save: false, why: reasonOf(error), notice: undefined })
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function open(job: Job, prepared: Prepared, phases: Phases): Promise<ModuleCache> {
  const { effects } = job
  const mode = await findMode(job, prepared)
  if (mode.why !== undefined) effects.log.debug(`Cache: ${mode.why}`)
  if (mode.notice !== undefined) effects.log.info(`The module cache is off: ${mode.notice.message} ${mode.notice.hint}`)
  if (mode.restore === 'no' && !mode.save) return closedCache(mode)

  const warnings: Problem[] = []
  const { keys, files, problems } = await describe(job, prepared)
  warnings.push(...problems)
  const { gomodcache } = prepared.settings
  const before = mode.save ? await sizesIn(gomodcache, files, effects.files) : new Map<string, number>()
  let gateway: Gateway | undefined
  let measured: Measured | undefined
  let restore: Restore | undefined
  let restored: Restored | undefined
  if (mode.restore !== 'no' && job.program !== undefined) {
    restore = startRestore(
      {
        mode,
        keys,
        files,
        gomodcache,
        program: job.program,
        policy: job.policy.cache,
        temporaryDirectory: job.temporaryDirectory,
      },
      effects,
    )
  }
  const note = async (settling: Promise<Restored>): Promise<Restored> => {
    const settled = await phases.time('cache', () => settling)
    restored = settled
    warnings.push(...warningsOf(settled))
    return settled
  }
  const settle = async (now: Prepared): Promise<Prepared> => {
    if (restore === undefined || restored !== undefined) return now
    return without(now, await note(restore.settle()), files)
  }
  return {
    beforeBenchmark: now => (mode.restore === 'wait' ? settle(now) : Promise.resolve(now)),
    beside: async (now, found, work) => {
      measured = found
      let bytesBefore = 0
      const onGateway = (opened: Gateway) => {
        gateway = opened
        bytesBefore = opened.receivedBytes()
      }
      if (restore === undefined || restored !== undefined || restore.hasEnded())
        return work(await settle(now), onGateway)
      const fromMs = effects.clock.now()
      const racing = note(
        restore.race({
          predictedSeconds: predictSeconds(found),
          now: () =>
            gateway && { elapsedMs: effects.clock.now() - fromMs, bytes: gateway.receivedBytes(), bytesBefore },
          onTaken: (target, path, bytes) => gateway?.supply(target, path, bytes),
        }),
      )
      try {
        return await work(now, onGateway)
      } finally {
        restore.abandon('the download finished first')
        await racing
      }
    },
    finish: async download => {
      const told = { mode, keys, restored, warnings }
      if (!mode.save) return { ...told, save: 'no', plan: undefined }
      try {
        const events = [...(measured?.headStart.events() ?? []), ...(gateway?.events ?? [])]
        const logins = measured?.transport.logins ?? []
        const known = { keys, files, before, restored, download, events, logins }
        return { ...told, ...(await planSave(job, prepared, known)) }
      } catch (error) {
        effects.log.debug(`Cache: ${reasonOf(error)}`)
        return { ...told, save: 'no', plan: undefined }
      }
    },
    close: async () => {
      if (restore === undefined || restored !== undefined) return
      restore.abandon('it is no longer needed')
      restored = await restore.settle()
    },
  }
}

/** What is in the module cache now needs no download. */
function without(now: Prepared, { taken }: Restored, files: readonly CacheFile[]): Prepared {
  const zips = files.filter(({ kind, target }) => kind === 'zip' && taken.has(target))
  const there = new Set(zips.map(({ module }) => `${module.path}@${module.version}`))
  const missing = now.project.missing.filter(({ path, version }) => !there.has(`${path}@${version}`))
  return { ...now, project: { ...now.project, missing } }
}

function closedCache(mode: CacheMode): ModuleCache {
  const story: CacheStory = { mode, keys: undefined, restored: undefined, save: 'no', plan: undefined, warnings: [] }
  return {
    beforeBenchmark: async now => now,
    beside: (now, _, work) => work(now, () => {}),
    finish: async () => story,
    close: async () => {},
  }
}

async function findMode({ effects, inputs, program }: Job, { project, settings }: Prepared): Promise<CacheMode> {
  const { env, files } = effects
  if (program === undefined)
    return { restore: 'no', save: false, why: 'this is not a GitHub Actions job', notice: undefined }
  return decideMode({
    input: inputs.cache,
    env,
    modules: project.modules.length,
    missing: project.missing.length,
    download: inputs.download,
    vendored: project.vendored,
    moduleCacheInUse: (await files.list(join(settings.gomodcache, 'cache', 'download'))).length > 0,
    setupGoCaches: await findSetupGo(env, files),
  })
}

async function findSetupGo(env: Environment, files: Files): Promise<boolean> {
  const path = workflowPath(env['GITHUB_WORKFLOW_REF'] ?? '', env['GITHUB_REPOSITORY'] ?? '')
  const workspace = env['GITHUB_WORKSPACE']
  if (path === undefined || !workspace) return false
  const text = await files.readText(join(workspace, path)).catch(() => undefined)
  return text !== undefined && cachesWithSetupGo(text, env['GITHUB_JOB'] ?? '')
}

interface Described {
  readonly keys: CacheKeys
  readonly files: readonly CacheFile[]
  readonly problems: readonly Problem[]
}

async function describe({ effects, inputs }: Job, { project, privacy }: Prepared): Promise<Described> {
  const { cacheDependencyPath: patterns, cachePrivate } = inputs
  const paths = await findDependencyFiles(patterns, inputs.workingDirectory, effects.files)
  const texts = await Promise.all(paths.map(path => effects.files.readText(path)))
  const sums = [...project.sums].map(([key, hash]) => `${key} ${hash}`)
  return {
    keys: cacheKeys({
      platform: effects.platform,
      lines: paths.length > 0 ? texts.map(text => text ?? '') : sums,
      withPrivate: cachePrivate,
    }),
    files: selectFiles({
      sums: project.sums,
      modules: project.modules,
      isLeftOut: cachePrivate ? () => false : privacy.isSheltered,
    }),
    problems: patterns.length > 0 && paths.length === 0 ? [NOTHING_MATCHES] : [],
  }
}

const NOTHING_MATCHES: Problem = {
  code: 'CACHE_DEPENDENCY_PATH',
  message: 'cache-dependency-path matches no file in the workspace; the go.sum files are used instead.',
  hint: 'Check the pattern; it is relative to the workspace.',
}

function warningsOf({ how, what, rejected }: Restored): readonly Problem[] {
  const bad = rejected.slice(0, 5).map(({ target, what }) => `${target} (${what})`)
  return [
    ...(how === 'failed'
      ? [
          {
            code: 'CACHE_NOT_RESTORED',
            message: `The module cache could not be restored: ${what ?? 'unknown reason'}.`,
            hint: 'The modules were downloaded instead.',
          },
        ]
      : []),
    ...(rejected.length > 0
      ? [
          {
            code: 'CACHE_WRONG_CONTENT',
            message: `${rejected.length} files of the cache entry did not match go.sum and were not used: ${bad.join(', ')}${rejected.length > 5 ? ', …' : ''}.`,
            hint: 'They were downloaded instead. The entry may have been tampered with: delete this repository’s caches.',
          },
        ]
      : []),
  ]
}
