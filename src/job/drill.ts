import { join } from 'node:path'
import { chainOf, type DrillChain } from '../drill/chain.ts'
import type { Scheduled } from '../drill/plan.ts'
import type { RunEnd, RunTask } from '../drill/play.ts'
import { type ModuleStore, openStore, type StoredProject } from '../drill/store.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { NO_TOOLS } from '../inputs/tools.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { holdBack } from '../runner/quiet-log.ts'
import type { GoSettings } from '../settings/settings.ts'
import { readEarlier, withEarlier } from './earlier.ts'
import type { Job } from './job.ts'
import { prepare } from './prepare.ts'
import { runJob } from './run.ts'

/** The project of a drill: one module, some of whose modules come through proxies. */
export interface DrillProject extends StoredProject {
  readonly settings: GoSettings
  readonly module: ModuleDirectory
  readonly chain: DrillChain
  /** Modules that fronts are asked for. */
  readonly proxied: number
}

/** Reads the project and its proxies; no proxy is asked. */
export async function readDrillProject(given: Job): Promise<Result<DrillProject>> {
  const earlier = readEarlier(given.effects.env)
  const job = { ...given, inputs: withEarlier(given.inputs, earlier) }
  const read = await prepare(job, earlier, () => {})
  if (!read.ok) return read
  const { settings, project, candidates, privacy, toolchain } = read.value
  const { patterns } = privacy
  const [module, ...others] = project.directories
  const proxied = project.modules.filter(({ path }) => !matchesPatterns(patterns, path)).length
  if (module === undefined) return failed(NO_MODULE)
  if (others.length > 0 || module.kind === 'workspace') return failed(ONE_MODULE)
  if (module.vendored || proxied === 0) return failed(nothingToFetch(whyNothing(module, project.modules.length)))
  if (toolchain !== undefined) return failed(wantsGo(toolchain, settings.version))
  if (candidates.list.length === 0) return failed(NO_PROXY)
  return ok({ settings, project, module, privatePatterns: patterns, chain: chainOf(candidates), proxied })
}

/** @returns lines that name a front which is not there */
export function misplacedLines(lines: readonly Scheduled[], { names }: DrillChain): readonly Problem[] {
  return lines.flatMap(({ kind, on }) =>
    on === 'all' || on <= names.length
      ? []
      : [
          {
            code: 'DRILL_PLAN_PROXY',
            message: `The plan has \`${kind} on=${on}\`, but ${names.length === 1 ? 'only one proxy is' : `only ${names.length} proxies are`} used here.`,
            hint: `In their order: ${names.join(', ')}. Write on=first, on=all or a lower number.`,
          },
        ],
  )
}

/**
 * The modules as the user's proxies have them: from the module cache where it has all of them, else fetched once, as one
 * job would, into a module cache below our temporary directory.
 */
export async function fillStore(job: Job, project: DrillProject): Promise<Result<ModuleStore>> {
  const { effects, temporaryDirectory } = job
  const there = await openStore(project.settings.gomodcache, project, 'all', effects.files)
  if (there !== undefined) return ok(there)
  effects.log.info('The module cache lacks some of the modules: they are fetched once.')
  const own = (name: string) => join(temporaryDirectory, name)
  const env = {
    ...effects.env,
    GOMODCACHE: own('store'),
    GOPATH: own('gopath'),
    GOCACHE: own('gocache'),
    GOFLAGS: [project.settings.GOFLAGS.value, '-modcacherw'].join(' ').trim(),
  }
  const inputs = withoutCaches(job.inputs)
  const calm = quiet(job)
  const temporary = own('filling')
  await effects.files.makeDirectory(temporary, 0o700)
  const { failure } = await runJob({
    ...calm,
    effects: { ...calm.effects, env },
    inputs,
    temporaryDirectory: temporary,
  })
  if (failure !== undefined) return failed(notFetched(failure))
  const filled = await openStore(own('store'), project, 'modules', effects.files)
  return filled === undefined ? failed(INCOMPLETE) : ok(filled)
}

/** Downloads through fronts, with the user's inputs but for those that name proxies, logins, caches and reports. */
export async function runThroughFronts(job: Job, task: RunTask, { isPolicy }: DrillChain): Promise<RunEnd> {
  const { env, fronts, directory, limitMs, signal } = task
  const { clock, files } = job.effects
  const startMs = clock.now()
  const temporaryDirectory = join(directory, 'temporary')
  await files.makeDirectory(temporaryDirectory, 0o700)
  const late = new AbortController()
  const cancel = clock.after(limitMs + OVERTIME_MS, () => late.abort())
  const calm = quiet(job)
  try {
    const { failure } = await runJob({
      ...calm,
      effects: { ...calm.effects, env },
      inputs: inputsForFronts(job.inputs, isPolicy ? [] : fronts, limitMs),
      temporaryDirectory,
      startMs,
      signal: AbortSignal.any([signal, late.signal]),
    })
    if (failure === undefined) return { outcome: 'done', why: undefined }
    return { outcome: clock.now() - startMs >= limitMs ? 'not done in time' : 'failed', why: failure.message }
  } finally {
    cancel()
  }
}

/** The limit is the job's `timeout`. A job that does not obey it is stopped. */
const OVERTIME_MS = 3_000

/** The log of a run within the drill is not the user's. */
function quiet(job: Job): Job {
  return { ...job, effects: { ...job.effects, log: holdBack(job.effects.log).log }, warnings: [] }
}

function withoutCaches(inputs: Inputs): Inputs {
  return {
    ...inputs,
    cache: 'false',
    buildCache: 'false',
    tools: NO_TOOLS,
    export: false,
    download: true,
    summary: false,
    reportFile: undefined,
    traceFile: undefined,
    htmlFile: undefined,
    metricsFile: undefined,
    metricsPushUrl: undefined,
    moduleStore: undefined,
    auditLog: undefined,
    slowAfterMs: undefined,
    goVersion: undefined,
    goVersionFile: undefined,
  }
}

function inputsForFronts(inputs: Inputs, fronts: readonly string[], limitMs: number): Inputs {
  return {
    ...withoutCaches(inputs),
    proxies: fronts.map(url => ({ kind: 'url', url, preset: undefined })),
    privateProxy: undefined,
    privateDomains: [],
    credentials: [],
    sshKeys: [],
    sshKnownHosts: [],
    sumdb: 'auto',
    fallback: 'off',
    allowInsecure: true,
    timeoutMs: inputs.timeoutGiven ? Math.min(inputs.timeoutMs, limitMs) : limitMs,
    timeoutGiven: true,
  }
}

const NO_MODULE: Problem = {
  code: 'DRILL_NO_MODULE',
  message: 'There is no go.mod here, so there is nothing to download.',
  hint: 'Name the directory of a module: go-proxy-setup drill -C DIR',
}

const ONE_MODULE: Problem = {
  code: 'DRILL_ONE_MODULE',
  message: 'A drill plays one module at a time, and this is a workspace or several directories.',
  hint: 'Name the directory of one module, and set GOWORK=off where it belongs to a workspace: GOWORK=off go-proxy-setup drill -C DIR',
}

function whyNothing({ vendored }: ModuleDirectory, modules: number): string {
  if (vendored) return 'its modules are in its vendor directory'
  return modules === 0 ? 'it needs no modules' : 'all of its modules are private'
}

function nothingToFetch(why: string): Problem {
  return {
    code: 'DRILL_NOTHING_TO_FETCH',
    message: `No proxy is asked for this project: ${why}.`,
    hint: 'Name a module that needs others: go-proxy-setup drill -C DIR',
  }
}

const NO_PROXY: Problem = {
  code: 'DRILL_NO_PROXY',
  message: 'GOPROXY names no proxy here, so there is none to imitate.',
  hint: 'Name proxies: go-proxy-setup drill --proxies public',
}

function wantsGo(wanted: string, installed: string): Problem {
  return {
    code: 'DRILL_TOOLCHAIN',
    message: `go.mod asks for ${wanted}, and ${installed} is installed: each run would fetch that toolchain.`,
    hint: `Install ${wanted} and put it first in PATH.`,
  }
}

/** The drill itself is not at fault if the modules cannot be fetched for it. */
function notFetched({ code, message, hint }: Problem): Problem {
  return { code, message: `The modules could not be fetched for the drill. ${message}`, hint }
}

const INCOMPLETE: Problem = {
  code: 'DRILL_INCOMPLETE',
  message: 'go.sum lacks lines of modules that are needed, so what proxies send could not be judged.',
  hint: 'Run `go mod tidy` and commit go.sum.',
}
