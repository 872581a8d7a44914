import { join } from 'node:path'
import type { Clock, Commands, Environment, Files, Log, Random } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import { lineSplitter } from '../go/trace.ts'
import type { Policy } from '../policy.ts'
import { type CacheMessage, readMessage, readTransferred, readWarning, type TransferTask } from './messages.ts'
import { ownTarScript } from './own-tar.ts'
import { archivesDirectory, childEnvironment, storedDirectory } from './places.ts'
import {
  atRest,
  moved,
  phaseOf,
  type Seen,
  type TransferMovement,
  type TransferPhase,
  type TransferProgress,
  whyEnd,
} from './progress.ts'

/** The first argument that makes a run of this program the child that carries a task out. */
export const CACHE_CHILD = 'cache-child'

/** A task as its room gives it; the rest is said by the transfer. */
export type GivenTask<T extends TransferTask> = T extends unknown ? Omit<T, 'mark' | 'directory'> : never

export interface TransferOptions<T extends TransferTask = TransferTask> {
  readonly task: GivenTask<T>
  /** Counts the bytes that are unpacked there by now; undefined: the child's messages tell. */
  readonly countUnpacked?: (directory: string) => Promise<number>
  /** Starts this program: the runtime, and the file that it runs. */
  readonly program: readonly [string, string]
  readonly env: Environment
  readonly platform: NodeJS.Platform
  readonly policy: Policy['cache']
  /** Ours; what is in its `cache` belongs to this transfer, and so does `storedDirectory`, until it has ended. */
  readonly temporaryDirectory: string
}

export interface TransferWorld {
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  readonly commands: Commands
  readonly log: Log
}

export interface TransferEnd {
  readonly how: 'done' | 'missed' | 'failed' | 'abandoned'
  /** Why it failed, was abandoned, or nothing had to be stored. Foreign text. */
  readonly what: string | undefined
  readonly key: string | undefined
  /** The archive was none of ours, or damaged: nothing of it was used. `unwritten`: this machine could not write it. */
  readonly refused: boolean
  readonly unwritten?: boolean
  /** Files that are what go.sum says, with their sizes, by target. */
  readonly verified: ReadonlyMap<string, number>
  /** What was put where it belongs. */
  readonly placed: { readonly files: number; readonly bytes: number }
  readonly rejected: readonly { readonly target: string; readonly what: string }[]
  /** The clock's reading when its child was started. */
  readonly startedMs: number
  readonly seconds: number
}

export interface Transfer {
  readonly startMs: number
  progress(): TransferProgress
  /** What it does now. */
  phase(): TransferPhase
  readonly ended: Promise<TransferEnd>
  /** Ends the child; `ended` then says so. Harmless after the end. */
  abandon(what: string): void
}

const TICK_MS = 50

/**
 * Carries a task out in a child of ours, because the library can neither be stopped nor be silenced. The child is
 * ended when the transfer stalls or is too slow.
 */
export function startTransfer<T extends TransferTask>(options: TransferOptions<T>, world: TransferWorld): Transfer {
  const startMs = world.clock.now()
  const state = createState(startMs, options.task.kind)
  const stop = new AbortController()
  return {
    startMs,
    progress: () => state.movement.progress,
    phase: () => phaseOf(state.movement, options.task.kind),
    ended: run(options, world, state, stop.signal).then(end => ({
      ...end,
      key: state.movement.progress.key,
      refused: state.cause === 'refused',
      unwritten: state.cause === 'unwritten',
      verified: state.verified,
      placed: state.placed,
      rejected: state.rejected,
      startedMs: startMs,
      seconds: (world.clock.now() - startMs) / 1000,
    })),
    abandon: what => stop.abort(what),
  }
}

type How = Pick<TransferEnd, 'how' | 'what'>

interface TransferState {
  movement: TransferMovement
  /** When we last looked at what is unpacked. */
  lookedMs: number
  readonly verified: Map<string, number>
  placed: TransferEnd['placed']
  readonly rejected: { readonly target: string; readonly what: string }[]
  end: How | undefined
  warning: string | undefined
  /** Why nothing of the archive is used, as our own reader says: what the library says follows from it. */
  cause: 'refused' | 'unwritten' | undefined
}

function createState(startMs: number, task: TransferTask['kind']): TransferState {
  return {
    movement: atRest(startMs, task === 'restore'),
    lookedMs: startMs,
    verified: new Map(),
    placed: { files: 0, bytes: 0 },
    rejected: [],
    end: undefined,
    warning: undefined,
    cause: undefined,
  }
}

async function run(
  options: TransferOptions,
  world: TransferWorld,
  state: TransferState,
  signal: AbortSignal,
): Promise<How> {
  const { policy, program } = options
  const { clock, commands, files } = world
  const work = join(options.temporaryDirectory, 'cache')
  const archives = archivesDirectory(options.temporaryDirectory)
  const directory = storedDirectory(options.temporaryDirectory)
  try {
    for (const path of [work, directory]) await files.remove(path)
    for (const path of [archives, directory]) await files.makeDirectory(path, 0o700)
    const taskFile = await writeTask(options, work, world)
    const output: ChildOutput = { mark: taskFile.mark, kind: options.task.kind, state, ...world }
    const lines = lineSplitter(line => readLine(line, output))
    const child = commands.start(program[0], [program[1], CACHE_CHILD, taskFile.path], {
      cwd: directory,
      env: childEnvironment(options, work),
      onStdout: chunk => lines.push(chunk.toString('utf8')),
      onStderr: chunk => world.log.debug(chunk.toString('utf8')),
    })
    let gone = false
    const ended = child.ended.then(end => {
      gone = true
      return end
    })
    let verdict: How | undefined
    while (!gone && verdict === undefined) {
      await Promise.race([ended, clock.sleep(TICK_MS, signal)])
      if (gone) break
      await lookAtArchive(archives, options, state, world)
      await lookAtUnpacked(options, state, world)
      const why = whyEnd(state.movement, policy, clock.now())
      if (signal.aborted) verdict = { how: 'abandoned', what: String(signal.reason) }
      else if (why !== undefined) verdict = { how: 'failed', what: why }
    }
    if (verdict !== undefined) await child.end(policy.graceMs)
    const { startError, exitCode } = await ended
    return verdict ?? endOf(state, startError ?? `its process exited with code ${exitCode}`)
  } catch (error) {
    return { how: 'failed', what: reasonOf(error) }
  } finally {
    await files.remove(work).catch(() => undefined)
  }
}

/** The library gives its reason as a warning, which says more than our own words. */
function endOf({ end, warning, cause }: TransferState, otherwise: string): How {
  if (cause !== undefined && end !== undefined) return end
  if (end === undefined || end.how === 'failed') return { how: 'failed', what: warning ?? end?.what ?? otherwise }
  return end.how === 'missed' && warning !== undefined ? { how: 'failed', what: warning } : end
}

/** What a line of the child's output is read with. */
interface ChildOutput extends Pick<TransferWorld, 'clock' | 'log'> {
  readonly mark: string
  readonly kind: TransferTask['kind']
  readonly state: TransferState
}

function readLine(line: string, { mark, kind, state, clock, log }: ChildOutput): void {
  const message = readMessage(mark, line)
  if (message !== undefined) {
    note(message, state, clock.now())
    return
  }
  const [, secret] = /^::add-mask::(.*)$/.exec(line) ?? []
  if (secret) log.mask(secret)
  else log.debug(line)
  state.warning = readWarning(line) ?? state.warning
  const transferred = readTransferred(line)
  if (transferred !== undefined)
    move(state, { phase: kind === 'save' ? 'sending' : 'fetching', ...transferred }, clock.now())
}

function note(message: CacheMessage, state: TransferState, now: number): void {
  const { progress } = state.movement
  const update = (more: Partial<TransferProgress>) => {
    state.movement = { ...state.movement, progress: { ...progress, ...more, movedMs: now } }
  }
  switch (message.kind) {
    case 'found':
      update({ key: message.key })
      return
    case 'unpacked':
      update({ unpacked: true })
      return
    case 'placed':
      state.placed = { files: message.files, bytes: message.bytes }
      // What is unpacked already waits for no service.
      update({ placedBytes: message.bytes })
      state.movement = { ...state.movement, counted: { ...state.movement.counted, unpacking: message.bytes } }
      return
    case 'verified':
      state.verified.set(message.target, message.bytes)
      update({ verifiedBytes: progress.verifiedBytes + message.bytes })
      return
    case 'rejected':
      state.rejected.push({ target: message.target, what: message.what })
      update({})
      return
    case 'missed':
      state.end = { how: 'missed', what: message.what }
      return
    case 'finished':
      state.end = { how: 'done', what: undefined }
      return
    case 'refused':
    case 'unwritten':
      state.cause = message.kind
      state.end = { how: 'failed', what: message.what }
      return
    case 'failed':
      // The first one is the cause: what comes later follows from it.
      state.end ??= { how: 'failed', what: message.what }
  }
}

function move(state: TransferState, seen: Pick<Seen, 'phase' | 'bytes' | 'of'>, nowMs: number): void {
  state.movement = moved(state.movement, { ...seen, nowMs, beganMs: nowMs - TICK_MS })
}

/** The archive grows where the library keeps it; of large pieces it reports in its output. */
async function lookAtArchive(
  directory: string,
  { task }: TransferOptions,
  state: TransferState,
  { clock, files }: TransferWorld,
): Promise<void> {
  const inner = await files.list(directory)
  const lists = await Promise.all(inner.map(({ name }) => files.list(join(directory, name))))
  const bytes = lists.flat().reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.bytes : 0), 0)
  move(state, { phase: task.kind === 'save' ? 'building' : 'fetching', bytes }, clock.now())
}

/** The library does not report how far unpacking is, so we look at the files when nothing else moves. */
async function lookAtUnpacked(
  { task, policy, temporaryDirectory, countUnpacked }: TransferOptions,
  state: TransferState,
  { clock }: Pick<TransferWorld, 'clock'>,
): Promise<void> {
  const { counted, progress } = state.movement
  if (countUnpacked === undefined || task.kind !== 'restore' || counted.fetching === 0 || progress.unpacked) return
  if (clock.now() - Math.max(progress.movedMs, state.lookedMs) < policy.stallMs / 8) return
  const bytes = await countUnpacked(storedDirectory(temporaryDirectory))
  state.lookedMs = clock.now()
  move(state, { phase: 'unpacking', bytes }, clock.now())
}

async function writeTask(
  { task, program, platform, temporaryDirectory }: TransferOptions,
  work: string,
  { files, random }: TransferWorld,
): Promise<{ readonly path: string; readonly mark: string }> {
  const mark = `${random.hex(16)} `
  const path = join(work, 'task.json')
  await files.write(path, JSON.stringify({ ...task, directory: storedDirectory(temporaryDirectory), mark }), 0o600)
  if (platform !== 'win32') {
    await files.makeDirectory(join(work, 'bin'), 0o700)
    const script = ownTarScript([...program, CACHE_CHILD, path, 'extract'])
    // On macOS the library prefers a `gtar`.
    for (const name of platform === 'darwin' ? ['tar', 'gtar'] : ['tar']) {
      await files.write(join(work, 'bin', name), script, 0o700)
    }
  }
  return { path, mark }
}
