import { isAbsolute, join } from 'node:path'
import { parseEntryName } from '../build-cache/entry.ts'
import { type BuildKeys, buildKeys, ownInstructions } from '../build-cache/key.ts'
import { type BuildCacheMode, decideBuildCache, isKeptByEarlierUse } from '../build-cache/mode.ts'
import { type BuildRestored, startBuildRestore } from '../build-cache/restore.ts'
import { type BuildCacheStory, type BuildSavePlan, reachedBy, warningsOfBuildRestore } from '../build-cache/story.ts'
import { BACKDATED_MS } from '../build-cache/used.ts'
import { findSetupGo } from '../cache/find-setup-go.ts'
import { workflowPath } from '../cache/setup-go.ts'
import { hasForeignHead, isDefaultBranch, isForkPullRequest } from '../credentials/event.ts'
import { readPayload } from '../credentials/install.ts'
import type { Effects } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { goflagsOfCompiler } from '../go/goflags.ts'
import { readFilledIn } from '../inputs/filled-in.ts'
import type { Phases } from '../report/phases.ts'
import { notInShell } from './cache-contents.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** The build cache, restored while the job's other stages run. Its failures never fail the job. */
export interface BuildCache {
  /**
   * What was built since then is not the job's own, and is stored only if the job uses it later. @param sinceMs by the
   * calendar
   */
  disown(sinceMs: number): Promise<void>
  /** Waits for the restore, and plans what post needs. */
  finish(): Promise<BuildCacheStory>
  /** Ends a restore that still runs. */
  close(): Promise<void>
}

/** Begins to restore what earlier jobs built. */
export async function openBuildCache(job: Job, prepared: Prepared, beside: Beside): Promise<BuildCache> {
  try {
    return await open(job, prepared, beside)
  } catch (error) {
    return closed({ restore: 'no', save: false, why: reasonOf(error), notice: undefined })
  }
}

/** What goes on while the build cache is restored. */
export interface Beside {
  readonly phases: Phases
  /** See `ModuleCache.fetched`. */
  readonly modulesFetched: Promise<void> | undefined
}

async function open(job: Job, prepared: Prepared, { phases, modulesFetched }: Beside): Promise<BuildCache> {
  const { effects, inputs, program, policy } = job
  const { gocache } = prepared.settings
  const payload = await readPayload(effects.env, effects.files)
  const mode = await findMode(job, prepared, payload)
  sayMode(mode, effects)
  const beganMs = effects.clock.date().getTime()
  const stampMs = beganMs - BACKDATED_MS
  const disownAt = (timeMs: number) => (sinceMs: number) => backdate(gocache, sinceMs, timeMs, effects)
  // Older than the time that the earlier use gave to what it restored.
  if (isKeptByEarlierUse(gocache, effects.env)) return closed(mode, disownAt(stampMs - BACKDATED_MS))
  if (program === undefined || (mode.restore === 'no' && !mode.save)) return closed(mode)
  const keys = await findKeys(job, prepared)
  const temporaryDirectory = join(job.temporaryDirectory, 'build-cache')
  const turnFile = modulesFetched && join(job.temporaryDirectory, 'modules-fetched')
  // It fails only where the whole directory is gone.
  if (turnFile !== undefined) void modulesFetched?.then(() => effects.files.write(turnFile, '')).catch(() => {})
  const options = { mode, keys, gocache, stampMs, program, policy: policy.cache, temporaryDirectory, turnFile }
  const restore = mode.restore === 'no' ? undefined : startBuildRestore(options, effects)
  // Where a runner keeps GOCACHE, what lies there may be another repository's: it is stored only if this job uses it.
  const disowned = mode.save ? disownAt(stampMs)(stampMs + 2 * BACKDATED_TICK_MS) : undefined
  const planFor = (restored: BuildRestored | undefined): BuildSavePlan => ({
    keys,
    gocache,
    stampMs,
    beganMs,
    endedMs: effects.clock.date().getTime(),
    savedSeconds: restored?.figures?.savedSeconds ?? 0,
    reached: reachedBy(restored),
    isDefaultBranch: isDefaultBranch(effects.env, payload),
    summary: inputs.summary,
  })
  return {
    disown: mode.save ? disownAt(stampMs) : async () => {},
    async finish() {
      const restored = restore && (await phases.time('build cache', () => restore.settle()))
      await disowned
      const warnings = restored === undefined ? [] : warningsOfBuildRestore(restored)
      return { mode, restored, plan: mode.save ? planFor(restored) : undefined, warnings }
    },
    async close() {
      restore?.abandon('it is no longer needed')
      await restore?.settle()
    },
  }
}

/** Actions get the time of restored ones, which go renews for those that it uses. What cannot be set is stored. */
async function backdate(
  gocache: string,
  sinceMs: number,
  stampMs: number,
  { files, log }: Pick<Effects, 'files' | 'log'>,
): Promise<void> {
  try {
    for (const place of await placesIn(gocache, files)) {
      const entries = await files.list(join(gocache, place))
      const made = entries.filter(({ name, modifiedMs }) => {
        return modifiedMs >= sinceMs - BACKDATED_TICK_MS && parseEntryName(`${place}/${name}`)?.kind === 'action'
      })
      await files.setTimes(made.map(({ name }) => ({ path: join(gocache, place, name), timeMs: stampMs })))
    }
  } catch (error) {
    log.debug(`Build cache: ${reasonOf(error)}`)
  }
}

/** The directories that hold entries. A kept cache may have thousands in each, so they are looked at in turn. */
async function placesIn(gocache: string, files: Pick<Effects['files'], 'list'>): Promise<readonly string[]> {
  const inside = await files.list(gocache)
  return inside.flatMap(({ name, kind }) => (kind === 'directory' && /^[0-9a-f]{2}$/.test(name) ? [name] : []))
}

/** File systems may round times; this is the coarsest step to allow for. */
const BACKDATED_TICK_MS = 1_000

async function findMode(
  { effects, inputs, program }: Job,
  { settings, project }: Prepared,
  payload: unknown,
): Promise<BuildCacheMode> {
  const { env, files } = effects
  if (program === undefined) return notInShell('build-cache', inputs.buildCache)
  return decideBuildCache({
    input: inputs.buildCache,
    env,
    hasProject: project.directories.length > 0,
    gocache: settings.gocache,
    gocacheprog: settings.gocacheprog,
    keptByEarlierUse: isKeptByEarlierUse(settings.gocache, env),
    inUse: env['RUNNER_ENVIRONMENT'] === 'self-hosted' && (await isInUse(settings.gocache, effects)),
    isForeign: isForkPullRequest(env, payload) || hasForeignHead(env['GITHUB_EVENT_NAME'], payload),
    setupGoCaches: await findSetupGo(env, files),
  })
}

/**
 * Whether an earlier job has left entries there: some are older than the event, which the runner writes when a job
 * begins. A step of this job, too, makes GOCACHE by any command of go.
 */
async function isInUse(gocache: string, { env, files }: Pick<Effects, 'env' | 'files'>): Promise<boolean> {
  const [beganMs = Number.POSITIVE_INFINITY] = await files.modified([env['GITHUB_EVENT_PATH'] ?? ''])
  for (const place of await placesIn(gocache, files)) {
    // A cache that is kept has old entries in nearly every one.
    const entries = await files.list(join(gocache, place))
    const isOld = entries.some(({ name, modifiedMs }) => modifiedMs < beganMs && parseEntryName(`${place}/${name}`))
    if (isOld) return true
  }
  return false
}

/** Everything that changes every build result, and what tells jobs apart. */
async function findKeys(job: Job, { settings, project, toolchain }: Prepared): Promise<BuildKeys> {
  const { effects, inputs } = job
  const { env, platform } = effects
  const workflow = workflowPath(env['GITHUB_WORKFLOW_REF'] ?? '', env['GITHUB_REPOSITORY'] ?? '')
  return buildKeys({
    os: platform,
    arch: settings.goarch,
    goVersion: toolchain ?? settings.version,
    parts: {
      ...settings.build,
      image: await systemName(effects),
      processor: await findProcessor([settings.build['CC'] ?? '', ...C_FLAGS.map(name => env[name] ?? '')], effects),
      // Only main packages' link depends on the rest.
      GOFLAGS: goflagsOfCompiler(settings.GOFLAGS.value),
      gomodcache: settings.gomodcache,
      workspace: inputs.workingDirectory.base,
      workflow: workflow ?? env['GITHUB_WORKFLOW'] ?? '',
      job: env['GITHUB_JOB'] ?? '',
      matrix: readFilledIn('job-matrix', env),
      suffix: inputs.cacheSuffix,
    },
    sums: project.sums,
    compiler: await findCompiler(job, settings.build),
    commit: env['GITHUB_SHA'],
  })
}

/** Flags that go gives to the C compiler. */
const C_FLAGS = ['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_FFLAGS']

/** @param settings where flags for the C compiler may be  @returns what code for the processor at hand depends on */
export async function findProcessor(settings: readonly string[], { files }: Pick<Effects, 'files'>): Promise<string> {
  return ownInstructions(settings.join(' '), (await files.readText('/proc/cpuinfo').catch(() => undefined)) ?? '')
}

/**
 * The first line of what the C compiler says of itself, where cgo is on. It is asked in a directory of ours, as a name or
 * by an absolute path: nothing of the checkout is run.
 */
async function findCompiler(
  { effects, policy, temporaryDirectory }: Pick<Job, 'effects' | 'policy' | 'temporaryDirectory'>,
  { CGO_ENABLED: cgo, CC: compiler = '' }: Prepared['settings']['build'],
): Promise<string> {
  const [program = '', ...args] = compiler.split(' ').filter(part => part !== '')
  if (cgo !== '1' || program === '' || (/[\\/]/.test(program) && !isAbsolute(program))) return ''
  const { stdout } = await effects.commands.run(program, [...args, '--version'], {
    cwd: temporaryDirectory,
    env: { ...withoutSecrets(effects.env), LC_ALL: 'C' },
    timeoutMs: policy.goQueryMs,
  })
  return stdout.split('\n', 1)[0]?.trim() ?? ''
}

/** The runner's image; in containers and on self-hosted runners the system's name and version, which its C compiler comes with. */
export async function systemName({ env, files }: Pick<Effects, 'env' | 'files'>): Promise<string> {
  return env['ImageOS'] ?? env['IMAGEOS'] ?? systemOf((await files.readText('/etc/os-release')) ?? '')
}

function systemOf(osRelease: string): string {
  return osRelease
    .split('\n')
    .filter(line => /^(ID|VERSION_ID)=/.test(line))
    .sort()
    .join(' ')
}

function closed(mode: BuildCacheMode, disown: BuildCache['disown'] = async () => {}): BuildCache {
  const story: BuildCacheStory = { mode, restored: undefined, plan: undefined, warnings: [] }
  return { disown, finish: async () => story, close: async () => {} }
}

function sayMode({ why, notice }: BuildCacheMode, { log }: Pick<Effects, 'log'>): void {
  if (why !== undefined) log.debug(`Build cache: ${why}`)
  if (notice !== undefined) log.info(`The build cache is off: ${notice.message} ${notice.hint}`)
}
