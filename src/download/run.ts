import { join } from 'node:path'
import type { Choice } from '../choice/choice.ts'
import type { Clock, Commands, Environment, Files, Log, Random } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { parseGoproxy, redactUrl } from '../go/goproxy.ts'
import { classifyGoError, type GoFailure } from '../go/messages.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Policy } from '../policy.ts'
import type { ModuleDirectory, Project } from '../project/project.ts'
import { type Arrival, findArrivals, removeCached } from './arrivals.ts'
import { type AttemptEnd, runAttempt } from './attempt.ts'
import type { Attempt, Download } from './download.ts'
import { watchMovement } from './movement.ts'
import { decide, firstRound, type RoundRules, type Rounds } from './rounds.ts'
import { keepSums } from './sums.ts'

export interface DownloadOptions {
  readonly project: Project
  readonly choice: Choice
  readonly inputs: Pick<Inputs, 'timeoutMs' | 'retries' | 'retryDelayMs'>
  readonly policy: Policy['download']
  readonly gomodcache: string
  /** The go command's environment without GOPROXY. */
  readonly env: Environment
  /** Ours, for copies of go.mod and go.sum; removed by the caller. */
  readonly temporaryDirectory: string
  readonly signal: AbortSignal
}

export interface DownloadWorld {
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  readonly commands: Commands
  readonly log: Log
  /** Told before go.sum files of a workspace may change: where their copies are. */
  readonly onBackup: (directory: string) => void
}

/**
 * `go mod download` in every directory, with rounds: what failed by the network's fault is tried again from the next
 * proxy, what no retry can mend fails at once. go.sum stays as it was. Never rejects for what go does.
 */
export async function runDownload(options: DownloadOptions, world: DownloadWorld): Promise<Download> {
  const startMs = world.clock.now()
  const directories = options.project.directories.filter(directory => !directory.vendored)
  const record = newRecord()
  const deadlineMs = startMs + options.inputs.timeoutMs
  const before = new Set(
    (await findArrivals(options.project.modules, options.gomodcache, world.files)).map(({ key }) => key),
  )
  let failure: Problem | undefined
  for (const [i, directory] of directories.entries()) {
    const own = join(options.temporaryDirectory, `sums-${i}`)
    await world.files.makeDirectory(own, 0o700)
    if (directory.kind === 'workspace') world.onBackup(own)
    const keeper = await keepSums(directory, own, world.files)
    try {
      failure = await downloadDirectory(
        { directory, modfile: keeper.modfile, deadlineMs, before, record },
        options,
        world,
      )
    } finally {
      record.wantedSums.push(...(await keeper.release()))
    }
    if (failure !== undefined) break
  }
  const arrivals = await findArrivals(options.project.modules, options.gomodcache, world.files)
  return summarize(record, arrivals, {
    before,
    failure,
    seconds: (world.clock.now() - startMs) / 1000,
    nothing: directories.length === 0 || options.project.modules.length === 0,
  })
}

/** What is written down while the rounds go on. */
interface Record {
  readonly attempts: Attempt[]
  readonly quarantined: Set<string>
  readonly wantedSums: { readonly file: string; readonly lines: readonly string[] }[]
  /** When each zip was first asked for, by object path. */
  readonly zipStarted: Map<string, Date>
  requests: number
  retries: number
  failovers: number
  toolchain: Download['toolchain']
}

function newRecord(): Record {
  return {
    attempts: [],
    quarantined: new Set(),
    wantedSums: [],
    zipStarted: new Map(),
    requests: 0,
    retries: 0,
    failovers: 0,
    toolchain: undefined,
  }
}

interface Run {
  readonly directory: ModuleDirectory
  readonly modfile: string | undefined
  readonly deadlineMs: number
  readonly before: ReadonlySet<string>
  readonly record: Record
}

async function downloadDirectory(
  run: Run,
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<Problem | undefined> {
  const { choice, inputs, policy } = options
  const rules: RoundRules = {
    chains: choice.rounds,
    lastTry: choice.lastTry,
    retries: inputs.retries,
    retryDelayMs: inputs.retryDelayMs,
    maximumBackoffMs: policy.maximumBackoffMs,
  }
  const seen = new Set<string>()
  for (let rounds = firstRound(rules); ; ) {
    const end = await oneRound(run, rounds, options, world)
    if (end.how === 'done') return undefined
    const failure = failureOf(end)
    const arrived = [...end.trace.answered.keys()].filter(key => !seen.has(key))
    for (const key of arrived) seen.add(key)
    if (end.how === 'cancelled' || end.how === 'timed out') return toProblem(failure, run.directory)
    const culprits =
      failure.retry === 'without proxy' ? await quarantine(failure, end, rounds, run, options, world) : []
    const decision = decide(rounds, { failure, progress: arrived.length > 0, culprits }, rules, world.random.next)
    if (decision.kind === 'give up') return toProblem(failure, run.directory)
    sayAgain(failure, rounds, decision.rounds, decision.delayMs, world.log)
    if (decision.rounds.goproxy !== rounds.goproxy) run.record.failovers++
    await world.clock.sleep(Math.min(decision.delayMs, run.deadlineMs - world.clock.now()), options.signal)
    rounds = decision.rounds
  }
}

async function oneRound(run: Run, rounds: Rounds, options: DownloadOptions, world: DownloadWorld): Promise<AttemptEnd> {
  const { record } = run
  const { clock } = world
  const lastTryEnd = rounds.lastTry ? clock.now() + options.policy.lastTryMs : Number.POSITIVE_INFINITY
  const startMs = clock.now()
  const end = await runAttempt(
    {
      directory: run.directory.path,
      modfile: run.modfile,
      env: { ...options.env, GOPROXY: rounds.goproxy },
      proxies: proxiesOf(rounds.goproxy),
      deadlineMs: Math.min(run.deadlineMs, lastTryEnd),
      stallMs: options.policy.stallMs,
      graceMs: options.policy.graceMs,
      signal: options.signal,
    },
    {
      ...world,
      movement: watchMovement(options.gomodcache, world.files),
      onTick: trace => void showProgress(trace.requests, startMs, run, options, world),
    },
  )
  for (const [key, { startedAt }] of end.trace.answered) {
    if (key.endsWith('.zip') && !record.zipStarted.has(key)) record.zipStarted.set(key, startedAt)
  }
  record.requests += end.trace.requests
  if (record.attempts.some(attempt => attempt.directory === run.directory.name)) record.retries += end.trace.requests
  record.toolchain ??= end.trace.toolchain
  const failure = end.how === 'done' ? undefined : failureOf(end)
  record.attempts.push({
    directory: run.directory.name,
    goproxy: redactUrl(rounds.goproxy),
    seconds: end.seconds,
    outcome: end.how,
    failure: failure && { code: failure.code, text: failure.text },
    arrived: [...end.trace.answered.keys()].filter(key => key.endsWith('.zip')).length,
    requests: end.trace.requests,
  })
  return end
}

async function showProgress(
  requests: number,
  startMs: number,
  run: Run,
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<void> {
  const arrivals = (await findArrivals(options.project.modules, options.gomodcache, world.files)).filter(
    ({ key }) => !run.before.has(key),
  )
  const bytes = arrivals.reduce((sum, arrival) => sum + arrival.bytes, 0)
  const total = options.project.modules.length - run.before.size
  const seconds = Math.round((world.clock.now() - startMs) / 1000)
  world.log.progress(
    `${arrivals.length} of ${total} modules, ${(bytes / 1e6).toFixed(1)} MB, ${requests} requests, ${seconds} s`,
  )
}

/** A stop of ours has no words of go's. */
function failureOf(end: AttemptEnd): GoFailure {
  const base = { module: undefined, text: '' }
  switch (end.how) {
    case 'stalled':
      return {
        ...base,
        code: 'DOWNLOAD_STALLED',
        retry: 'rounds',
        message: 'Nothing moved any more.',
        hint: 'A proxy accepted the connection and then kept silent; another candidate helps.',
      }
    case 'timed out':
      return {
        ...base,
        code: 'DOWNLOAD_TIMEOUT',
        retry: 'never',
        message: 'The download did not end in time.',
        hint: 'Raise `timeout`, or look in the table of candidates for a faster one.',
      }
    case 'cancelled':
      return { ...base, code: 'DOWNLOAD_CANCELLED', retry: 'never', message: 'The download was cancelled.', hint: '' }
    default:
      return classifyGoError(end.words)
  }
}

/** Which proxies sent the wrong content, by what go asked last; what is wrong in the module cache goes with them. */
async function quarantine(
  failure: GoFailure,
  end: AttemptEnd,
  rounds: Rounds,
  run: Run,
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<readonly string[]> {
  const answered = [...end.trace.answered].filter(([key]) => failure.module === undefined || isOf(key, failure.module))
  await removeCached(
    answered.map(([key]) => key),
    options.gomodcache,
    world.files,
  )
  const asked = proxiesOf(rounds.goproxy)
  const culprits = [...new Set(answered.map(([, { proxy }]) => proxy))]
  // With one proxy in the list it can be no other.
  const found = failure.module !== undefined && culprits.length > 0 ? culprits : asked.length === 1 ? asked : []
  for (const proxy of found) run.record.quarantined.add(proxy)
  return found
}

function isOf(key: string, module: string): boolean {
  const [path, version] = module.split('@')
  const unescaped = key.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return unescaped.startsWith(`${path}/@v/${version?.replace(/\/go\.mod$/, '')}.`)
}

function sayAgain(failure: GoFailure, before: Rounds, after: Rounds, delayMs: number, log: Log): void {
  const where = after.goproxy === before.goproxy ? 'the same proxies' : redactUrl(after.goproxy)
  const when = delayMs > 0 ? ` in ${(delayMs / 1000).toFixed(1)} s` : ''
  log.info(`${failure.message}${failure.text === '' ? '' : ` go says: ${failure.text}`}`)
  log.info(`Trying again${when} from ${where}${after.lastTry ? ' (the last try)' : ''}.`)
}

function toProblem(failure: GoFailure, directory: ModuleDirectory): Problem {
  const words = failure.text === '' ? '' : ` go says: ${failure.text}`
  const where = directory.name === '.' ? '' : ` (in ${directory.name})`
  return {
    code: failure.code,
    message: `go mod download failed${where}. ${failure.message}${words}`,
    hint: failure.hint,
  }
}

function proxiesOf(goproxy: string): readonly string[] {
  const parsed = parseGoproxy(goproxy)
  return parsed.ok ? parsed.value.entries.map(entry => entry.url) : []
}

const SLOWEST = 10

function summarize(
  record: Record,
  arrivals: readonly Arrival[],
  end: {
    readonly before: ReadonlySet<string>
    readonly failure: Problem | undefined
    readonly seconds: number
    readonly nothing: boolean
  },
): Download {
  const fresh = arrivals.filter(({ key }) => !end.before.has(key))
  const timed = fresh.flatMap(({ module, key, bytes, modifiedMs }) => {
    const started = record.zipStarted.get(key)
    return started === undefined
      ? []
      : [{ ...module, bytes, seconds: Math.max(0, (modifiedMs - started.getTime()) / 1000) }]
  })
  return {
    outcome: end.failure !== undefined ? 'failed' : end.nothing ? 'nothing to do' : 'done',
    seconds: end.seconds,
    modules: fresh.length,
    bytes: fresh.reduce((sum, arrival) => sum + arrival.bytes, 0),
    attempts: record.attempts,
    requests: record.requests,
    retries: record.retries,
    failovers: record.failovers,
    slowest: timed.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST),
    quarantined: [...record.quarantined],
    toolchain: record.toolchain,
    wantedSums: record.wantedSums,
    failure: end.failure,
    warnings: warningsOf(record),
  }
}

function warningsOf(record: Record): readonly Problem[] {
  const bad = [...record.quarantined].map(redactUrl)
  const tampered: Problem[] = bad.map(proxy => ({
    code: 'PROXY_SENT_WRONG_CONTENT',
    message: `${proxy} sent content that is not what go.sum says; it was not used, and it is not exported.`,
    hint: 'Take it out of the candidates, and tell whoever runs it.',
  }))
  const wanted: Problem[] = record.wantedSums.map(({ file, lines }) => ({
    code: 'GO_SUM_INCOMPLETE',
    message: `go wanted to add ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} to ${file}; it stays as it was.`,
    hint: 'Run `go mod tidy` and commit go.sum, so that every build checks the same content.',
  }))
  return [...tampered, ...wanted]
}
