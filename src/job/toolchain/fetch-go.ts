import { dirname, join } from 'node:path'
import { codeOf, failed, ok, type Problem, type Result, stoppedBefore, whyNotWritten } from '../../errors.ts'
import { openSpool } from '../../gateway/keeping/spool.ts'
import type { Gosumdb } from '../../go/gosumdb.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { openTree } from '../../runner/new-tree.ts'
import { makeStaging, openStagings } from '../../runner/temporary.ts'
import { type InstallWorld, installToolchain } from '../../toolchain/install.ts'
import type { InstalledGo } from '../../toolchain/installed.ts'
import { type ToolPlace, toolPaths } from '../../toolchain/places.ts'
import { type GoPlatform, toolchainModule } from '../../toolchain/resolve.ts'
import type { KeptGo } from '../../toolchain/story.ts'
import type { Job } from '../job.ts'
import { type GoProxies, REMEDY } from './ask.ts'
import type { GoFetchWorld } from './fetch.ts'
import type { GoPatience } from './patience.ts'
import { type ProvenHash, proveToolchain } from './proof.ts'
import type { GoSource } from './sources.ts'
import { type FetchedZip, fetchZip, type ZipWorld } from './zip.ts'

/** What is needed to fetch a Go. */
export interface FetchGoOptions extends GoFetchWorld {
  readonly job: Job
  readonly proxies: GoProxies
  readonly database: Extract<Gosumdb, { kind: 'database' }>
  /** The tree head of that database that go believed last on this machine. */
  readonly remembered: string | undefined
  readonly places: readonly ToolPlace[]
  readonly platform: GoPlatform
  /** Proxies of which none answers are asked again until then: the clock's reading. */
  readonly untilMs: number
  readonly patience: GoPatience
  /** Called when it fails because no proxy has the zip. */
  readonly onLacking: () => void
  /** Aborts when we are stopped, or patience is lost. */
  readonly signal: AbortSignal
}

/** A Go that was fetched and installed. */
export interface FetchedGo {
  readonly installed: InstalledGo
  readonly zip: FetchedZip
  readonly proof: ProvenHash
  /** Its zip, where the job keeps it. */
  readonly kept: KeptGo | undefined
}

/**
 * Fetches a Go while its hash is proven, and installs it where it matches. A proxy that sends anything else is not asked
 * again; where one place cannot take it, the next one does.
 */
export async function fetchGo(version: string, options: FetchGoOptions): Promise<Result<FetchedGo>> {
  if (options.places.length === 0) return failed(NO_PLACE)
  const beside = await makeRoom(version, options)
  const first = beside === undefined ? undefined : await fetchInto(beside, version, options)
  const isStored = first !== undefined && (first.ok || first.problems[0]?.code !== NOT_STORED)
  return isStored ? first : fetchInto(join(options.job.temporaryDirectory, 'toolchain'), version, options)
}

/** @param directory for the zip; it is removed */
async function fetchInto(directory: string, version: string, options: FetchGoOptions): Promise<Result<FetchedGo>> {
  const { job, transport, onRequest, proxies, database, platform, patience } = options
  const { clock, files } = job.effects
  const module = toolchainModule(version, platform)
  const spool = openSpool(directory, 0)
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, options.signal])
  const policy = job.policy.toolchain
  const proving = proveToolchain(module, database, proxies.order(), {
    ...{ transport, onRequest, clock, policy, signal },
    remembered: options.remembered,
    untilMs: clock.now() + policy.againForMs,
    keepsAnswers: job.keptGoZip !== undefined,
  })
  // What is not proven need not be fetched to its end.
  void proving.then(proof => proof.ok || over.abort())
  const progress = followZip(version, job)
  const flowMs = job.inputs.timeoutGiven ? job.inputs.timeoutMs : job.policy.gateway.flowMs
  const zips: ZipWorld = {
    ...{ transport, onRequest, clock, policy, signal, spool },
    untilMs: clock.now() + flowMs,
    onProgress(bytes, length) {
      progress.note(bytes, length)
      patience.note(bytes, length)
    },
  }
  try {
    await files.makeDirectory(directory, 0o700)
    return await fetchRight({ version, module, proving, zips, directory, lacking: new Set() }, options)
  } catch (error) {
    return failed(notStored(codeOf(error), directory))
  } finally {
    over.abort()
    progress.stop()
    // What is left goes with our temporary directory, or with the next Go that is installed there.
    await files.remove(directory).catch(() => undefined)
  }
}

/**
 * Where Go is to be there has to be room for its zip, too; a temporary directory may be small.
 * @returns a directory there; undefined where none can be made
 */
async function makeRoom(version: string, { job, places: [place] }: FetchGoOptions): Promise<string | undefined> {
  const { files } = job.effects
  if (place === undefined) return undefined
  const { parent } = toolPaths(place, version, process.arch)
  try {
    await files.makeDirectory(parent)
    return await makeStaging(parent, { files, processId: process.pid })
  } catch {
    return undefined
  }
}

interface GoFetching {
  readonly version: string
  readonly module: ModuleVersion
  readonly proving: Promise<Result<ProvenHash>>
  readonly zips: ZipWorld
  /** Those that say that they do not have it. */
  readonly lacking: Set<GoSource>
  /** Where the zip is kept: ours. */
  readonly directory: string
}

/** Asks one proxy after the other, and where none had it, all of them again with patience. */
async function fetchRight(fetching: GoFetching, options: FetchGoOptions): Promise<Result<FetchedGo>> {
  const { job, proxies, untilMs, signal } = options
  const { clock } = job.effects
  const { pauseMs } = job.policy.toolchain
  for (let round = 0; ; round++) {
    for (const source of proxies.order()) {
      const others = round === 0 && proxies.order().length > 1
      // A refusal may have closed the way to it.
      const tried = proxies.order().includes(source) ? await tryProxy(source, others, fetching, options) : undefined
      if (tried !== undefined) return tried
    }
    if (signal.aborted) return failed(STOPPED)
    const isWorthIt = round === 0 ? proxies.order().length > 0 : clock.now() + pauseMs < untilMs
    const mayAsk = isWorthIt && proxies.mayChange()
    if (!mayAsk) {
      if (areLacking(fetching, proxies)) options.onLacking()
      return failed(notFetched(fetching.version, proxies.reasons()))
    }
    await clock.sleep(pauseMs, signal)
  }
}

/** @returns undefined where another proxy may do better */
async function tryProxy(
  source: GoSource,
  others: boolean,
  fetching: GoFetching,
  options: FetchGoOptions,
): Promise<Result<FetchedGo> | undefined> {
  const { job, proxies, patience, signal } = options
  if (signal.aborted) return failed(STOPPED)
  patience.await(`its zip from ${source.name}`)
  const answer = await fetchZip(fetching.module, source, others, fetching.zips)
  if (answer.kind === 'not stored') return failed(notStored(answer.code, fetching.directory))
  if (answer.kind === 'failed' && !fetching.zips.signal.aborted) {
    if (answer.outcome.kind === 'absent') fetching.lacking.add(source)
    else fetching.lacking.delete(source)
    proxies.note(source, answer.outcome)
    return undefined
  }
  if (signal.aborted) return failed(STOPPED)
  patience.await('the proof of its hash')
  const proof = await fetching.proving
  if (!proof.ok) return proof
  if (answer.kind === 'failed') return undefined
  const installed = await patience.hold(() => installSomewhere(answer.zip, proof.value, fetching, options))
  const kept = installed.ok ? await keepZip(answer.zip, proof.value, fetching, options) : undefined
  answer.zip.drop()
  if (installed.ok) return ok({ installed: installed.value, zip: answer.zip, proof: proof.value, kept })
  const [fault] = installed.problems
  if (fault?.code !== 'TOOLCHAIN_WRONG' && fault?.code !== 'ZIP_INVALID') return installed
  proxies.exclude(
    source,
    fault.code === 'ZIP_INVALID'
      ? `what it sent is not a zip of ${fetching.version}; a login page or a filter may have answered in its place`
      : `what it sent is not ${fetching.version}, by the hash that the checksum database has`,
  )
  job.effects.log.info(`${source.name} sent a wrong zip of Go; it is not asked for it again.`)
  return undefined
}

async function installSomewhere(
  { path }: FetchedZip,
  { h1 }: ProvenHash,
  { version, module }: GoFetching,
  { job, places }: FetchGoOptions,
): Promise<Result<InstalledGo>> {
  const { files, clock } = job.effects
  const world: InstallWorld = {
    files,
    clock,
    openTree,
    inStaging: openStagings(job.effects, process.pid),
    arch: process.arch,
    signal: job.signal,
  }
  let last: Result<InstalledGo> = failed(NO_PLACE)
  for (const place of places) {
    last = await installToolchain({ path, module, version, h1 }, place, world)
    const [fault] = last.ok ? [] : last.problems
    if (fault?.code !== 'TOOLCHAIN_NOT_WRITTEN') return last
    if (place !== places.at(-1)) job.effects.log.info(`${fault.message} ${fault.hint} Trying the next place.`)
  }
  return last
}

/** @returns undefined where the job has no use for it */
async function keepZip(
  { path: from }: FetchedZip,
  { h1, answers }: ProvenHash,
  { version, module }: GoFetching,
  { job: { keptGoZip: path, effects }, database }: FetchGoOptions,
): Promise<KeptGo | undefined> {
  if (path === undefined) return undefined
  await effects.files.move(from, path)
  return { path, module, version, h1, proof: { database: database.name, answers } }
}

/** The live line, and a line now and then in a log. */
function followZip(version: string, { effects: { clock, log } }: Job) {
  const sinceMs = clock.now()
  let [moved, total]: [number, number | undefined] = [0, undefined]
  const stop = log.follow(() => ({
    what: `fetching Go ${version.slice(2)}`,
    phase: 'go',
    sinceMs,
    done: total === undefined ? undefined : { of: moved, total },
    bytes: { moved, left: total === undefined ? undefined : total - moved },
  }))
  return {
    stop,
    note(bytes: number, length: number | undefined) {
      moved = bytes
      total = length
    },
  }
}

export const STOPPED = stoppedBefore('Go was there')

const NO_PLACE: Problem = {
  code: 'TOOLCHAIN_NO_PLACE',
  message: 'There is no directory for Go: neither RUNNER_TOOL_CACHE nor the home directory is known.',
  hint: 'Set HOME, or RUNNER_TOOL_CACHE, to a directory that this user may write to.',
}

const NOT_STORED = 'TOOLCHAIN_NOT_STORED'

/** Nothing of it is there: half a zip is removed. */
function notStored(code: string, directory: string): Problem {
  return {
    code: NOT_STORED,
    message: `The zip of Go could not be stored in ${dirname(directory)}: ${whyNotWritten({ code })}.`,
    hint: 'A zip of Go has 60 to 90 MB, and Go itself some 300 MB: free some space there, or set RUNNER_TOOL_CACHE to another directory.',
  }
}

/** Every proxy has answered, and none has the zip; the host behind them may be out of reach. */
function areLacking({ lacking }: GoFetching, proxies: GoProxies): boolean {
  return lacking.size > 0 && proxies.order().every(source => source.isLast || lacking.has(source))
}

function notFetched(version: string, reasons: readonly string[]): Problem {
  return {
    code: 'TOOLCHAIN_UNREACHABLE',
    message: `Go ${version.slice(2)} could not be fetched: ${reasons.join('; ') || 'there is no proxy to ask'}.`,
    hint: REMEDY,
  }
}
