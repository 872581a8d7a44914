import { join } from 'node:path'
import type { Choice } from '../choice/choice.ts'
import type { Clock, Commands, Environment, Files, Log, Random } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { objectPath } from '../go/escape.ts'
import type { GoFailure } from '../go/failure.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Policy } from '../policy.ts'
import type { ModuleDirectory, Project } from '../project/project.ts'
import { type Ahead, nameAhead, watchAhead } from './ahead.ts'
import { findArrivals } from './arrivals.ts'
import { type AttemptEnd, runAttempt } from './attempt.ts'
import { NOBODY, proxiesOf, removeWrong } from './culprits.ts'
import type { Download } from './download.ts'
import { failureOf, toProblem } from './failure.ts'
import { watchMovement } from './movement.ts'
import { newRecord, type Record, summarize } from './record.ts'
import {
  type Decision,
  decide,
  firstRound,
  lastTryAfter,
  type RoundEnd,
  type RoundRules,
  type Rounds,
} from './rounds.ts'
import { keepSums, type SumKeeper } from './sums.ts'
import { type UnpackingWatch, watchUnpacking } from './unpacking.ts'
import type { Waiting } from './waiting.ts'

export interface DownloadOptions {
  readonly project: Project
  readonly choice: Choice
  readonly inputs: Pick<Inputs, 'timeoutMs' | 'timeoutGiven' | 'retries' | 'retryDelayMs'>
  readonly policy: Policy['download']
  readonly gomodcache: string
  /** The go command's environment without GOPROXY. */
  readonly env: Environment
  /** Ours, for copies of go.mod and go.sum; removed by the caller. */
  readonly temporaryDirectory: string
  readonly signal: AbortSignal
  /** What fetches ahead of go, if anything does. */
  readonly ahead?: Ahead | undefined
  /**
   * Knows better than go what failed; asked when there is no way on, and when the network fails for long.
   * @param words all that go said  @param waiting what it waited for, where it was ended
   * @returns a problem that trying again does not mend
   */
  readonly diagnose?: (failure: GoFailure, words: string, waiting: Waiting) => Promise<Problem | undefined>
  /** Asked while go runs and nothing arrives. @returns whom it waits for in vain, as a problem; undefined: nobody */
  readonly findSilentHost?: (waiting: Waiting) => Promise<Problem | undefined>
}

export interface DownloadWorld {
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  readonly commands: Commands
  readonly log: Log
  /** Told before any go.sum of a workspace may change: what `restoreSums` takes, to put them back. */
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
  const deadlines = deadlinesFrom(startMs, options)
  const before = keysBefore(options.project)
  const unpacking = watchUnpacking(options.project.modules, options.gomodcache, world.files)
  await unpacking.look()
  let failure: Problem | undefined
  const backups = join(options.temporaryDirectory, 'sums')
  if (directories.some(directory => directory.kind === 'workspace')) world.onBackup(backups)
  for (const [i, directory] of directories.entries()) {
    const run = { directory, ...deadlines, before, record, unpacking }
    failure = await withSumsKept(run, join(backups, String(i)), world, modfile =>
      downloadDirectory({ ...run, modfile }, options, world),
    )
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

/** What the user set is final; a default of ours must not end what plain go would bring to its end. */
function deadlinesFrom(
  startMs: number,
  { inputs: { timeoutMs, timeoutGiven }, policy }: DownloadOptions,
): Pick<Run, 'deadlineMs' | 'softDeadlineMs'> {
  if (timeoutGiven) return { deadlineMs: startMs + timeoutMs, softDeadlineMs: Number.POSITIVE_INFINITY }
  return { deadlineMs: startMs + Math.max(timeoutMs, policy.longestMs), softDeadlineMs: startMs + timeoutMs }
}

/** Zips that were in the module cache when the project was read: what was fetched ahead of go since then is an arrival, too. */
function keysBefore({ modules, missing }: Project): ReadonlySet<string> {
  const keyOf = (module: ModuleVersion) => objectPath(module, 'zip') ?? ''
  const away = new Set(missing.map(keyOf))
  return new Set(modules.map(keyOf).filter(key => !away.has(key)))
}

/** Runs `work` while go.sum is safe; without copies go is not started at all. */
async function withSumsKept(
  { directory, record }: Pick<Run, 'directory' | 'record'>,
  own: string,
  { files }: DownloadWorld,
  work: (modfile: string | undefined) => Promise<Problem | undefined>,
): Promise<Problem | undefined> {
  let keeper: SumKeeper
  try {
    await files.makeDirectory(own, 0o700)
    keeper = await keepSums(directory, own, files)
  } catch (error) {
    return sumsProblem('DOWNLOAD_UNPREPARED', `The sum files of ${directory.name} could not be copied`, error)
  }
  try {
    return await work(keeper.modfile)
  } finally {
    try {
      record.wantedSums.push(...(await keeper.release()))
    } catch (error) {
      record.warnings.push(sumsProblem('GO_SUM_NOT_RESTORED', `${directory.name}: go.sum may have lines more`, error))
    }
  }
}

function sumsProblem(code: string, what: string, error: unknown): Problem {
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
  return { code, message: `${what} (${reason}).`, hint: 'Is there room on the disk, and may this user write there?' }
}

interface Run {
  readonly directory: ModuleDirectory
  readonly modfile: string | undefined
  /** Final, and the one past which go is waited for only while something arrives. */
  readonly deadlineMs: number
  readonly softDeadlineMs: number
  readonly before: ReadonlySet<string>
  readonly record: Record
  readonly unpacking: UnpackingWatch
}

async function downloadDirectory(
  run: Run,
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<Problem | undefined> {
  const { choice, inputs, policy } = options
  const rules: RoundRules = {
    // What fetched ahead was ended for the last try in another directory.
    chains: run.record.aheadEnded ? [] : choice.rounds,
    lastTry: choice.lastTry,
    retries: inputs.retries,
    retryDelayMs: inputs.retryDelayMs,
    maximumBackoffMs: policy.maximumBackoffMs,
  }
  // Kept for the last try, where what comes before it brings nothing.
  const reserveMs = Math.min(policy.lastTryMs, inputs.timeoutMs / 4)
  const seen = new Set<string>()
  const startMs = world.clock.now()
  for (let rounds = firstRound(rules, [...run.record.quarantined]); ; ) {
    const gaveUpBefore = options.ahead?.gaveUp() ?? 0
    const hasLastTry = lastTryAfter(rounds, rules) !== undefined
    const end = await oneRound(run, { ...rounds, reserveMs: hasLastTry ? reserveMs : 0 }, options, world)
    if (end.how === 'done') return undefined
    if (end.problem !== undefined) return end.problem
    const spent = (options.ahead?.gaveUp() ?? 0) > gaveUpBefore
    const failure = failureOf(end, options.ahead)
    const arrived = [...end.trace.answered.keys()].filter(key => !seen.has(key))
    for (const key of arrived) seen.add(key)
    // What has arrived speaks for going on, past a default of ours too, and one last try is always left there.
    const endMs = arrived.length > 0 && end.how !== 'timed out' ? run.deadlineMs : dueMs(run)
    const leftMs = endMs - world.clock.now()
    const isOver = hasLastTry ? world.clock.now() >= run.deadlineMs : leftMs <= 0
    if (end.how === 'cancelled' || isOver) return toProblem(failure, run.directory)
    const blame = failure.retry === 'without proxy' ? await removeWrong(failure, end, rounds, options, world) : NOBODY
    const roundEnd: RoundEnd = { failure, progress: arrived.length > 0, ...blame, spent, late: false }
    const decision = decideInTime(rounds, roundEnd, rules, { leftMs, reserveMs }, world.random.next)
    const excluded = decision.kind === 'again' ? decision.rounds.excluded : blame.culprits
    for (const proxy of excluded) if (proxy !== options.ahead?.url) run.record.quarantined.add(proxy)
    const long = failure.retry === 'rounds' && world.clock.now() - startMs >= policy.hostMs
    if (decision.kind === 'give up' || long) {
      const better = await options.diagnose?.(failure, end.words, end.waiting)
      if (better !== undefined) return better
    }
    if (decision.kind === 'give up') return toProblem(failure, run.directory)
    sayAgain(failure, rounds, decision, options.ahead, world.log)
    if (decision.rounds.goproxy !== rounds.goproxy) run.record.failovers++
    if (decision.rounds.lastTry && options.ahead !== undefined) {
      // The last try is go's alone: what still goes on elsewhere would take the proxies and the line from it.
      run.record.aheadEnded = true
      await options.ahead.close()
    }
    await world.clock.sleep(Math.min(decision.delayMs, run.deadlineMs - world.clock.now()), options.signal)
    rounds = decision.rounds
  }
}

/** When the inputs' time is up. */
function dueMs({ deadlineMs, softDeadlineMs }: Pick<Run, 'deadlineMs' | 'softDeadlineMs'>): number {
  return Math.min(deadlineMs, softDeadlineMs)
}

/** As `decide` has it, and the last try at once where the time is up for others. */
function decideInTime(
  rounds: Rounds,
  end: RoundEnd,
  rules: RoundRules,
  { leftMs, reserveMs }: { readonly leftMs: number; readonly reserveMs: number },
  random: () => number,
): Decision {
  const decision = decide(rounds, end, rules, random)
  // A round that brings nothing takes as long as is kept for the last try until that is noticed.
  const late = decision.kind === 'again' && leftMs - decision.delayMs <= 2 * reserveMs
  return late && !decision.rounds.lastTry ? decide(rounds, { ...end, late }, rules, random) : decision
}

async function oneRound(
  run: Run,
  rounds: Rounds & { readonly reserveMs: number },
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<AttemptEnd> {
  const { record } = run
  const { clock } = world
  const { policy } = options
  const startMs = clock.now()
  const stallMs = rounds.lastTry ? policy.lastTryMs : policy.stallMs
  const end = await runAttempt(
    {
      directory: run.directory.path,
      modfile: run.modfile,
      env: { ...options.env, GOPROXY: rounds.goproxy },
      proxies: proxiesOf(rounds.goproxy),
      deadlineMs: run.deadlineMs,
      // Where a last try is left, there must be time for it, unless this one still brings something.
      softDeadlineMs: Math.min(run.softDeadlineMs, dueMs(run) - rounds.reserveMs),
      // Where none is left, this end is the download's: silence has the time that it always has.
      quietMs: rounds.reserveMs > 0 ? Math.min(policy.hostMs, rounds.reserveMs) : stallMs,
      stallMs,
      hostMs: policy.hostMs,
      graceMs: policy.graceMs,
      signal: options.signal,
    },
    {
      ...world,
      movement: watchAhead(
        watchMovement({ modules: options.project.modules, gomodcache: options.gomodcache }, run.unpacking, world.files),
        options.ahead,
      ),
      findSilentHost: options.findSilentHost ?? (async () => undefined),
      onTick: trace => void showProgress(trace.requests, startMs, run, options, world),
    },
  )
  for (const [key, { proxy, startedAt }] of end.trace.answered) {
    if (proxy !== options.ahead?.url) record.answered.set(key, proxy)
    if (key.endsWith('.zip') && !record.zipStarted.has(key)) record.zipStarted.set(key, startedAt)
  }
  record.requests += end.trace.requests
  if (record.attempts.some(attempt => attempt.directory === run.directory.name)) record.retries += end.trace.requests
  record.toolchain ??= end.trace.toolchain
  const failure = end.how === 'done' ? undefined : failureOf(end, options.ahead)
  record.attempts.push({
    directory: run.directory.name,
    goproxy: redactGoproxy(nameAhead(rounds.goproxy, options.ahead)),
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
  const all = await findArrivals(options.project.modules, options.gomodcache, world.files)
  const seconds = Math.round((world.clock.now() - startMs) / 1000)
  const { done, total: toUnpack } = run.unpacking.read()
  // With the last zip nothing more comes over the network, and what is left may be most of the time.
  if (all.length === options.project.modules.length && done < toUnpack) {
    return world.log.progress(`unpacking ${done} of ${toUnpack} modules, ${seconds} s`, { of: done, total: toUnpack })
  }
  const arrivals = all.filter(({ key }) => !run.before.has(key))
  const bytes = arrivals.reduce((sum, arrival) => sum + arrival.bytes, 0)
  const total = options.project.modules.length - run.before.size
  world.log.progress(
    `${arrivals.length} of ${total} modules, ${(bytes / 1e6).toFixed(1)} MB, ${requests} requests, ${seconds} s`,
    { of: arrivals.length, total },
  )
}

function sayAgain(
  failure: GoFailure,
  before: Rounds,
  { rounds: after, delayMs }: Extract<Decision, { kind: 'again' }>,
  ahead: Ahead | undefined,
  log: Log,
): void {
  const where = after.goproxy === before.goproxy ? 'the same proxies' : redactGoproxy(nameAhead(after.goproxy, ahead))
  const when = delayMs > 0 ? ` in ${(delayMs / 1000).toFixed(1)} s` : ''
  log.info(`${failure.message}${failure.text === '' ? '' : ` go says: ${failure.text}`}`)
  log.info(`Trying again${when} from ${where}${after.lastTry ? ' (the last try)' : ''}.`)
}
