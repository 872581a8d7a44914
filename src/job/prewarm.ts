import { join } from 'node:path'
import { joinPrivatePatterns } from '../choice/private.ts'
import { secretsOf } from '../credentials/admit.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { openHashing } from '../gateway/keeping/hashing.ts'
import { openSpool } from '../gateway/keeping/spool.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { parseGoVersion } from '../go/version.ts'
import { findTargets, type LeftOutProxy, mayHear, type WarmAudience, type WarmTarget } from '../prewarm/audience.ts'
import { openNeed, type ProxyNeed } from '../prewarm/need.ts'
import { describeRate, type WarmRules, type WarmRun, type WarmWorld, warmProxy } from '../prewarm/warm.ts'
import { toWarmth, type WarmResult } from '../prewarm/warmed.ts'
import { possible } from '../project/project.ts'
import { count } from '../text/count.ts'
import type { Transport } from '../upstream/fetch.ts'
import { openConnections } from './connect.ts'
import { installFor } from './credentials.ts'
import { withDefer } from './defer.ts'
import { readEarlier, withEarlier } from './earlier.ts'
import type { Job } from './job.ts'
import { withinOpenFiles } from './open-files.ts'
import { type Prepared, prepare } from './prepare.ts'

/** How the user wants the proxies asked. */
export interface PrewarmOptions extends Pick<WarmRules, 'rate' | 'atOnce'> {
  readonly withPublic: boolean
}

/** What is to be asked for, and whom. */
interface PrewarmPlan {
  readonly job: Job
  readonly prepared: Prepared
  readonly need: ProxyNeed
  readonly audience: WarmAudience
  readonly targets: readonly WarmTarget[]
  readonly leftOut: readonly LeftOutProxy[]
}

/**
 * Asks the user's own proxies for everything that the project needs, one proxy after the other, and throws it away. Writes
 * nothing but temporary files below our own directory.
 */
export async function prewarm(given: Job, options: PrewarmOptions): Promise<Result<WarmResult>> {
  const planned = await plan(given, options)
  if (!planned.ok) return planned
  const { job } = planned.value
  return withDefer(async defer => {
    const opening = openConnections(job)
    defer(async () => (await opening).connections.close())
    const installed = await installFor(job, planned.value.prepared, given.inputs.privateDomains)
    if (!installed.ok) return installed
    for (const warning of installed.value.warnings) job.effects.log.warning(warning)
    const logins = [...installed.value.known.logins, ...planned.value.prepared.logins]
    return ok(await warmAll(planned.value, { ...(await opening), logins }, options))
  })
}

/** Reads the project as go would see it with an empty module cache. No proxy is asked. */
async function plan(given: Job, { withPublic }: PrewarmOptions): Promise<Result<PrewarmPlan>> {
  const { env, log } = given.effects
  const earlier = readEarlier(env)
  const empty = join(given.temporaryDirectory, 'no-modules')
  const job = withinOpenFiles({
    ...given,
    effects: { ...given.effects, env: { ...env, GOMODCACHE: empty } },
    inputs: { ...withEarlier(given.inputs, earlier), download: false, export: false },
  })
  for (const secret of secretsOf(job.inputs)) log.mask(secret)
  const read = await prepare(job, earlier, () => {})
  if (!read.ok) return read
  const { project, candidates, settings, privacy } = read.value
  if (project.directories.length === 0) return failed(NO_MODULE)
  if (candidates.list.length === 0) return failed(NO_PROXY)
  const need = openNeed(project, toolchainOf(read.value))
  if (project.vendored || need.wanted().length === 0) return failed(NOTHING_NEEDED)
  const { targets, leftOut } = findTargets(candidates.list, withPublic)
  if (targets.length === 0) return failed(onlyOthers(leftOut))
  for (const warning of [...job.warnings, ...candidates.warnings, ...unsummed(read.value)]) log.warning(warning)
  const { goprivate, gonoproxy } = joinPrivatePatterns({ settings, inputs: job.inputs })
  const { isSheltered } = privacy
  const audience = { noProxy: gonoproxy ?? goprivate, isSheltered, sums: project.sums }
  if (targets.every(target => heardBy(target, need, audience) === 0)) return failed(NOTHING_NEEDED)
  return ok({ job, prepared: read.value, need, audience, targets, leftOut })
}

async function warmAll(planned: PrewarmPlan, transport: Transport, options: PrewarmOptions): Promise<WarmResult> {
  const { job, prepared, need, audience, targets, leftOut } = planned
  const { effects, inputs, policy, temporaryDirectory, signal } = job
  const { clock, files, log, random, threads } = effects
  const { timeoutMs, timeoutGiven, readTimeoutMs } = inputs
  const startMs = clock.now()
  log.info(
    `Asking ${targets.map(({ name }) => name).join(', ')} for ${describeWanted(planned)}: ${describeRate(options.rate)}, ${options.atOnce} at a time.`,
  )
  // As for a download: what the user set is final, and a default of ours ends nothing that moves.
  const totalMs = timeoutGiven ? timeoutMs : Math.max(timeoutMs, policy.download.longestMs)
  const late = new AbortController()
  const cancel = clock.after(totalMs, () => late.abort())
  const bodies = join(temporaryDirectory, 'bodies')
  await files.makeDirectory(bodies, 0o700)
  const spool = openSpool(bodies, policy.gateway.memoryBytes)
  const hashing = openHashing(threads, 1)
  const world: WarmWorld = {
    transport,
    clock,
    random,
    log,
    spool,
    hashing,
    need,
    audience,
    sums: prepared.project.sums,
    deadlines: { sendMs: readTimeoutMs, headMs: timeoutMs, stallMs: readTimeoutMs, totalMs },
    signal: AbortSignal.any([signal, late.signal]),
    rules: rulesOf(job, options),
  }
  const runs: WarmRun[] = []
  try {
    for (const target of targets) runs.push(await warmProxy(target, world))
  } finally {
    cancel()
    hashing.close()
    spool.close()
  }
  return {
    proxies: toWarmth(runs, leftOut, audience.isSheltered),
    leftOut,
    noProxy: possible(prepared.project).modules.filter(({ path }) => matchesPatterns(audience.noProxy, path)),
    stopped: signal.aborted ? 'by the user' : late.signal.aborted ? 'by timeout' : undefined,
    seconds: Number(((clock.now() - startMs) / 1000).toFixed(1)),
  }
}

function rulesOf({ inputs, policy }: Job, { rate, atOnce }: PrewarmOptions): WarmRules {
  return {
    rate,
    atOnce,
    retries: inputs.retries,
    retryDelayMs: inputs.retryDelayMs,
    maximumDelayMs: policy.download.maximumBackoffMs,
    patienceMs: inputs.timeoutMs,
  }
}

/** How many files each proxy is asked for, as far as that is known. */
function describeWanted({ prepared, need, audience, targets }: PrewarmPlan): string {
  const counts = targets.map(target => heardBy(target, need, audience))
  return `${prepared.project.openEnded ? 'at least ' : ''}${count(Math.max(...counts), 'file')}`
}

function heardBy(target: WarmTarget, need: ProxyNeed, audience: WarmAudience): number {
  return need.wanted().filter(object => mayHear(target, object, audience)).length
}

/** What go would fetch before anything else, on a machine with the Go of this one. */
function toolchainOf({ toolchain, settings: { goos, goarch } }: Prepared) {
  if (toolchain === undefined || parseGoVersion(toolchain) === undefined) return undefined
  return { path: 'golang.org/toolchain', version: `v0.0.1-${toolchain}.${goos}-${goarch}` }
}

/** What go.sum has no line of cannot be checked, so it is not asked for. */
function unsummed({ project }: Prepared): readonly Problem[] {
  const [first, ...others] = project.directories.flatMap(directory => directory.unsummed ?? [])
  if (first === undefined) return []
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return [
    {
      code: 'PREWARM_UNSUMMED',
      message: `go.sum has no line of the zip of ${first.path}@${first.version}${more}, so that is not asked for.`,
      hint: 'Run `go mod tidy` and commit go.sum.',
    },
  ]
}

const NO_MODULE: Problem = {
  code: 'PREWARM_NO_MODULE',
  message: 'There is no go.mod here, so it is not known which modules the proxies should fetch.',
  hint: 'Name the directory of a module: go-proxy-setup prewarm -C DIR',
}

const NO_PROXY: Problem = {
  code: 'PREWARM_NO_PROXY',
  message: 'GOPROXY names no proxy here.',
  hint: 'Name your own: go-proxy-setup prewarm --proxies https://goproxy.corp.example',
}

const NOTHING_NEEDED: Problem = {
  code: 'PREWARM_NOTHING_NEEDED',
  message:
    'go asks no proxy for this project: it needs no modules, has a vendor directory, all of its modules are private (GONOPROXY), or go.sum has no lines.',
  hint: 'Name the directory of a module that needs others: go-proxy-setup prewarm -C DIR',
}

function onlyOthers(leftOut: readonly LeftOutProxy[]): Problem {
  return {
    code: 'PREWARM_NO_OWN_PROXY',
    message: `No proxy of yours is named here, only ${leftOut.map(({ name, why }) => `${name} (${why})`).join(', ')}.`,
    hint: 'Name your own with --proxies. Public proxies need no warming; --also-public asks those that are named anyway.',
  }
}
