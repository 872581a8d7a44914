import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Clock, RunningCommand, StartOptions } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import type { Child, Children } from './children.ts'
import { isAllZombies, processorTime } from './processor-time.ts'

type Ended = Awaited<RunningCommand['ended']>
type Process = ChildProcessByStdio<null, Readable, Readable>

/** What starting and ending a group needs of the world. */
export interface GroupEffects {
  readonly clock: Clock
  readonly platform: NodeJS.Platform
  readonly children: Children
}

/** A process that left its output pipes to a stray descendant: they are given up this long after its end. */
const PIPE_GRACE_MS = 2_000
/** How often it is looked whether a group that was asked to end is gone. */
const POLL_MS = 20

/** Starts a program whose descendants (go's git and ssh) end with it. `path` is absolute. */
export function startGroup(
  path: string,
  args: readonly string[],
  options: StartOptions & { readonly env: Record<string, string> },
  { clock, platform, children }: GroupEffects,
): RunningCommand {
  const windows = platform === 'win32'
  const started = trySpawn(path, args, options, windows)
  if (typeof started === 'string') {
    return neverStarted(started)
  }
  started.stdout.on('data', options.onStdout)
  started.stderr.on('data', options.onStderr)
  const group = windows ? windowsTree(started) : processGroup(started, platform)
  const child: Child = { end, kill: group.kill }
  children.add(child)
  const ended = whenEnded(started, clock)
  started.once('exit', forgetWhenGone)
  started.on('error', forgetWhenGone)
  const processorMs = async () => (started.pid === undefined ? undefined : processorTime(started.pid, platform))
  return { ended, end, processorMs }

  function forgetWhenGone(): void {
    if (!group.alive()) children.delete(child)
  }

  async function end(graceMs: number): Promise<void> {
    group.ask()
    const deadline = clock.now() + graceMs
    while (group.alive() && clock.now() < deadline) await clock.sleep(POLL_MS)
    group.kill()
    // A process that not even this ends (it waits for a dead disk) must not hold us.
    const settled = new AbortController()
    await Promise.race([ended.finally(() => settled.abort()), clock.sleep(2 * PIPE_GRACE_MS, settled.signal)])
    children.delete(child)
  }
}

/** @param startError why */
export function neverStarted(startError: string): RunningCommand {
  return {
    ended: Promise.resolve(failedStart(startError)),
    end: async () => undefined,
    processorMs: async () => undefined,
  }
}

/** The process, or why there is none: some failures are thrown, others come as an event. */
function trySpawn(
  path: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Record<string, string> },
  windows: boolean,
): Process | string {
  try {
    // Detached, it leads a group of its own, and a Ctrl-C for us is ours to pass on.
    const child = spawn(path, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      windowsHide: true,
    })
    if (child.stdout !== undefined) return child
    // No descriptor was free for its pipes: then there are none, whatever the types say, and an event follows.
    child.once('error', () => {})
    return NO_DESCRIPTOR
  } catch (error) {
    return reasonOf(error)
  }
}

const NO_DESCRIPTOR = 'spawn EMFILE'

function failedStart(startError: string): Ended {
  return { exitCode: null, signal: null, startError }
}

function whenEnded(started: Process, clock: Clock): Promise<Ended> {
  return new Promise(resolve => {
    let stopWaiting = () => {}
    started.once('exit', () => {
      stopWaiting = clock.after(PIPE_GRACE_MS, () => {
        started.stdout.destroy()
        started.stderr.destroy()
      })
    })
    started.once('error', error => resolve(failedStart(error.message)))
    started.once('close', (exitCode, signal) => {
      stopWaiting()
      resolve({ exitCode, signal })
    })
  })
}

interface Group {
  alive(): boolean
  ask(): void
  kill(): void
}

function processGroup(started: Process, platform: NodeJS.Platform): Group {
  let gone = started.pid === undefined
  // A group's number is free for others once its last process is gone, so nothing is sent after that.
  const send = (signal: NodeJS.Signals | 0): boolean => {
    if (gone || started.pid === undefined) return false
    try {
      return process.kill(-started.pid, signal)
    } catch (error) {
      // EPERM: what remains of it is not ours any more (macOS answers so for processes that have ended).
      gone =
        (error as NodeJS.ErrnoException).code === 'ESRCH' || started.exitCode !== null || started.signalCode !== null
      return false
    }
  }
  const alive = () => send(0) && !isAllZombies(started.pid ?? 0, platform)
  return { alive, ask: () => void send('SIGTERM'), kill: () => void send('SIGKILL') }
}

/** Windows has no signals: the tree is ended by force at once, found by its root. */
function windowsTree(started: Process): Group {
  const alive = () => started.pid !== undefined && started.exitCode === null && started.signalCode === null
  const kill = () => {
    // By its full path: a bare name would be looked for in the repository first.
    const taskkill = `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\taskkill.exe`
    if (alive()) spawnSync(taskkill, ['/pid', String(started.pid), '/T', '/F'], { windowsHide: true, timeout: 5_000 })
  }
  return { alive, ask: kill, kill }
}
