import { basename, join } from 'node:path'
import { codeOf, type Problem } from '../errors.ts'
import { type ModuleDirectory, possible } from '../project/project.ts'
import { watchAhead } from './ahead.ts'
import { findArrivals, keysBefore } from './arrivals.ts'
import { type AttemptEnd, runAttempt } from './attempt.ts'
import { NO_BLAME, removeWrong } from './culprits.ts'
import { type Dispute, settleDispute } from './dispute.ts'
import type { Download, DownloadOptions, DownloadWorld } from './download.ts'
import { explain, locate } from './explain.ts'
import { failureOf } from './failure.ts'
import { mendCache } from './mend.ts'
import { watchMovement } from './movement.ts'
import { followRound, logRetry, sayToolchain } from './progress.ts'
import { type DownloadRecord, newRecord, noteRound, summarize } from './record.ts'
import { type Decision, decide, firstRound, lastTryAfter, proxiesOf, type RoundRules, type Rounds } from './rounds.ts'
import { keepSums, type SumKeeper, withZipLines } from './sums.ts'
import { type UnpackingWatch, watchUnpacking } from './unpacking.ts'

/**
 * `go mod download` in every directory, in rounds: after a failure of the network it retries from the next proxy; what no
 * retry can solve fails at once. go.sum stays as it was. Never rejects for what go does.
 */
export async function runDownload(options: DownloadOptions, world: DownloadWorld): Promise<Download> {
  const startMs = world.clock.now()
  const directories = options.project.directories.filter(directory => !directory.vendored)
  const record = newRecord()
  const deadlines = deadlinesFrom(startMs, options)
  const { modules, missing } = possible(options.project)
  const before = keysBefore(modules, missing)
  const unpacking = watchUnpacking(modules, options.gomodcache, world.files)
  await unpacking.look()
  let failure: Problem | undefined
  const backups = join(options.temporaryDirectory, 'sums')
  if (directories.some(directory => directory.kind === 'workspace')) world.onBackup(backups)
  for (const [i, directory] of directories.entries()) {
    const run = { directory, ...deadlines, before, record, unpacking, gomodcache: options.gomodcache }
    failure = await withSumsKept(run, join(backups, String(i)), world, modfile =>
      downloadDirectory({ ...run, modfile }, options, world),
    )
    if (failure !== undefined) break
  }
  const arrivals = await findArrivals(modules, options.gomodcache, world.files)
  return summarize(record, arrivals, {
    directories,
    before,
    failure,
    seconds: (world.clock.now() - startMs) / 1000,
    nothing: directories.length === 0 || options.project.modules.length === 0,
  })
}

/** A `timeout` of the user's is final; our default must not end a download that plain go would finish. */
function deadlinesFrom(
  startMs: number,
  { inputs: { timeoutMs, timeoutGiven }, policy }: DownloadOptions,
): Pick<Run, 'deadlineMs' | 'softDeadlineMs'> {
  if (timeoutGiven) return { deadlineMs: startMs + timeoutMs, softDeadlineMs: Number.POSITIVE_INFINITY }
  return { deadlineMs: startMs + Math.max(timeoutMs, policy.longestMs), softDeadlineMs: startMs + timeoutMs }
}

/** Runs `work` while go.sum is safe; without copies go is not started at all. */
async function withSumsKept(
  { directory, record, gomodcache }: Pick<Run, 'directory' | 'record' | 'gomodcache'>,
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
      record.wantedSums.push(...(await withZipLines(await keeper.release(), directory, gomodcache, files)))
    } catch (error) {
      record.warnings.push(
        sumsProblem(
          'GO_SUM_NOT_RESTORED',
          `${directory.name}: ${sumNames(directory)} may have additional lines`,
          error,
        ),
      )
    }
  }
}

function sumNames({ sumFiles }: ModuleDirectory): string {
  return [...new Set(sumFiles.map(file => basename(file)))].join(' or ')
}

function sumsProblem(code: string, what: string, error: unknown): Problem {
  return {
    code,
    message: `${what} (${codeOf(error)}).`,
    hint: 'Check that the disk has space and that this user may write there.',
  }
}

interface Run {
  readonly directory: ModuleDirectory
  readonly modfile: string | undefined
  /** The final deadline, and the one past which a round goes on only while something arrives. */
  readonly deadlineMs: number
  readonly softDeadlineMs: number
  /** Without the damaged ones, which were removed. */
  readonly before: Set<string>
  readonly record: DownloadRecord
  readonly unpacking: UnpackingWatch
  readonly gomodcache: string
}

async function downloadDirectory(
  run: Run,
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<Problem | undefined> {
  const { inputs, policy } = options
  const rules = rulesOf(run.record, options)
  // Kept for the last try, where the rounds before it bring nothing.
  const reserveMs = Math.min(policy.lastTryMs, inputs.timeoutMs / 4)
  const seen = new Set<string>()
  const startMs = world.clock.now()
  let dispute: Dispute | undefined
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
    // While modules arrive, the download goes on past our default, and one last try is always left there.
    const endMs = arrived.length > 0 && end.how !== 'timed out' ? run.deadlineMs : dueMs(run)
    const leftMs = endMs - world.clock.now()
    const isOver = hasLastTry ? world.clock.now() >= run.deadlineMs : leftMs <= 0
    if (end.how === 'cancelled' || isOver) return explain(failure, { ...run, end }, options, world.files)
    const mended = await mendCache({ ...run, end, failure }, options, world)
    if (mended === 'mended') continue
    if (mended !== undefined) return mended
    dispute = (await settleDispute({ ...run, words: end.words }, options, world)) ?? dispute
    if (dispute?.settled) return dispute.problem
    const blame =
      failure.retry === 'without proxy'
        ? await removeWrong(failure, end, rounds, { ...options, files: world.files })
        : NO_BLAME
    const roundEnd = { failure, progress: arrived.length > 0, ...blame, spent }
    const decision = decideInTime({ leftMs, reserveMs }, late =>
      decide(rounds, { ...roundEnd, late }, rules, world.random.next),
    )
    const excluded = decision.kind === 'again' ? decision.rounds.excluded : blame.culprits
    for (const proxy of excluded) if (proxy !== options.ahead?.url) run.record.quarantined.add(proxy)
    const long = failure.retry === 'rounds' && world.clock.now() - startMs >= policy.hostMs
    if (decision.kind === 'give up' || long) {
      const better = await options.diagnose?.(failure, end.words, end.waiting)
      if (better !== undefined) return locate(better, failure, run.directory, world.files)
    }
    if (decision.kind === 'give up') return dispute?.problem ?? explain(failure, { ...run, end }, options, world.files)
    logRetry(failure, rounds, decision, { ahead: options.ahead, log: world.log })
    if (movesOn(rounds.goproxy, decision.rounds.goproxy, options.ahead)) run.record.failovers++
    if (decision.rounds.lastTry && options.ahead !== undefined) {
      // In the last try go is alone: fetching ahead would compete for the proxies and for the network.
      run.record.aheadEnded = true
      await options.ahead.close()
    }
    await world.clock.sleep(Math.min(decision.delayMs, run.deadlineMs - world.clock.now()), options.signal)
    rounds = decision.rounds
  }
}

/** Whether other proxies are asked than before. The gateway asked all: from it to go alone is no move to another one. */
function movesOn(from: string, to: string, ahead: DownloadOptions['ahead']): boolean {
  return from !== to && (ahead === undefined || !from.startsWith(ahead.url))
}

function rulesOf({ aheadEnded }: DownloadRecord, { choice, inputs, policy }: DownloadOptions): RoundRules {
  return {
    // The gateway was closed for the last try in another directory.
    chains: aheadEnded ? [] : choice.rounds,
    lastTry: choice.lastTry,
    retries: inputs.retries,
    retryDelayMs: inputs.retryDelayMs,
    maximumBackoffMs: policy.maximumBackoffMs,
  }
}

/** When the time that the inputs allow is over. */
function dueMs({ deadlineMs, softDeadlineMs }: Pick<Run, 'deadlineMs' | 'softDeadlineMs'>): number {
  return Math.min(deadlineMs, softDeadlineMs)
}

/** As `decide` says, but the last try at once where the others have no time left. @param late see `RoundEnd` */
function decideInTime(
  { leftMs, reserveMs }: { readonly leftMs: number; readonly reserveMs: number },
  decideWhen: (late: boolean) => Decision,
): Decision {
  const decision = decideWhen(false)
  // To notice that a round brings nothing takes as long as the time kept for the last try.
  const late = decision.kind === 'again' && leftMs - decision.delayMs <= 2 * reserveMs
  return late && !decision.rounds.lastTry ? decideWhen(true) : decision
}

async function oneRound(
  run: Run,
  rounds: Rounds & { readonly reserveMs: number },
  options: DownloadOptions,
  world: DownloadWorld,
): Promise<AttemptEnd> {
  const { record } = run
  const { policy, project, gomodcache, ahead } = options
  const { modules } = possible(project)
  const stallMs = rounds.lastTry ? policy.lastTryMs : policy.stallMs
  const progress = followRound({ ...run, modules, gomodcache, ahead, requestsBefore: record.requests }, world)
  const end = await runAttempt(
    {
      directory: run.directory.path,
      modfile: run.modfile,
      env: { ...options.env, GOPROXY: rounds.goproxy },
      proxies: proxiesOf(rounds.goproxy),
      aheadUrl: options.ahead?.url,
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
      movement: watchAhead(watchMovement({ modules, gomodcache }, run.unpacking, world.files), options.ahead),
      findSilentHost: options.findSilentHost ?? (async () => undefined),
      onTick: progress.note,
      onToolchain: toolchain => sayToolchain(toolchain, world.log),
    },
  ).finally(progress.stop)
  noteRound(record, { directory: run.directory, goproxy: rounds.goproxy, end }, options.ahead)
  return end
}
