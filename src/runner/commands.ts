import { getExecOutput } from '@actions/exec'
import type { Clock, CommandOptions, CommandResult, Commands, Environment, RunningCommand } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import { runAttached } from './attached.ts'
import type { Children } from './children.ts'
import { findExecutable, whyNotExecutable } from './executable.ts'
import { isFullText, pauseForDescriptor, TRIES } from './open-files.ts'
import { neverStarted, startGroup } from './process-group.ts'
import { isRunning, startResident } from './resident.ts'

/**
 * Running other programs: short silent queries through the toolkit, the long ones in a group that can be ended.
 * @param children where a face finds the started processes, to end them
 */
export function systemCommands(clock: Clock, platform: NodeJS.Platform, children: Children): Commands {
  const start: Commands['start'] = (file, args, options) => {
    const path = findExecutable(file, options, platform)
    if (path === undefined) return neverStarted(notFound(file))
    const group = { ...options, env: definedOf(options.env) }
    return startWhenFree(() => startGroup(path, args, group, { clock, platform, children }))
  }
  return {
    run: async (file, args, options) => {
      const path = findExecutable(file, options, platform)
      if (path === undefined) return { ...NOTHING, startError: notFound(file) }
      // The toolkit offers no way to end a child: past the deadline the answer is given up, not the process.
      return new Promise(resolve => {
        const stopTimer = clock.after(options.timeoutMs, () => resolve({ ...NOTHING, timedOut: true }))
        void queryWhenFree(path, args, options).then(result => {
          stopTimer()
          resolve(result)
        })
      })
    },
    runOrEnd: async (file, args, { timeoutMs, graceMs, signal, ...options }) => {
      const [stdout, stderr] = [keepText(), keepText()]
      const running = start(file, args, { ...options, onStdout: stdout.add, onStderr: stderr.add })
      const over = new AbortController()
      const ended = running.ended.finally(() => over.abort())
      const signals = signal === undefined ? [over.signal] : [over.signal, signal]
      await clock.sleep(timeoutMs, AbortSignal.any(signals))
      const timedOut = !over.signal.aborted
      if (timedOut) await running.end(graceMs)
      const { exitCode, startError } = await ended
      const result = { exitCode, stdout: stdout.text(), stderr: stderr.text(), timedOut }
      return startError === undefined ? result : { ...result, startError }
    },
    start,
    attach: (file, args, options) => {
      const path = findExecutable(file, options, platform)
      return path === undefined
        ? Promise.resolve({ exitCode: null, signal: null, startError: whyNotExecutable(file, options) })
        : endWhenFree(() => runAttached(path, args, { ...options, env: definedOf(options.env) }))
    },
    startResident: (args, options) => startResident(args, { ...options, env: definedOf(options.env) }, clock),
    isRunning,
  }
}

const NOTHING: CommandResult = { exitCode: null, stdout: '', stderr: '', timedOut: false }

const MOST_BYTES = 1 << 20

function keepText(): { readonly add: (chunk: Buffer) => void; readonly text: () => string } {
  const chunks: Buffer[] = []
  let bytes = 0
  return {
    add: chunk => {
      const kept = chunk.subarray(0, MOST_BYTES - bytes)
      bytes += kept.length
      chunks.push(kept)
    },
    text: () => Buffer.concat(chunks).toString(),
  }
}

/** After the process's end its output is waited for this long, where a child of its own still holds the pipe. */
const PIPE_GRACE_MS = 500

function notFound(file: string): string {
  return `there is no program ${file} on PATH`
}

type CommandEnded = Awaited<RunningCommand['ended']>

/** Starts it again while no descriptor is free for its pipes. @param isOver whether it is no longer wanted */
async function endWhenFree(start: () => Promise<CommandEnded>, isOver = () => false): Promise<CommandEnded> {
  for (let tries = 1; ; tries++) {
    const ended = await start()
    if (!isFullText(ended.startError ?? '') || tries >= TRIES) return ended
    await pauseForDescriptor()
    if (isOver()) return ended
  }
}

function startWhenFree(start: () => RunningCommand): RunningCommand {
  let running: RunningCommand | undefined
  let over = false
  const startOnce = () => {
    running = start()
    return running.ended
  }
  return {
    ended: endWhenFree(startOnce, () => over),
    end: async graceMs => {
      over = true
      await running?.end(graceMs)
    },
    processorMs: async () => running?.processorMs(),
  }
}

async function queryWhenFree(...args: Parameters<typeof query>): Promise<CommandResult> {
  for (let tries = 1; ; tries++) {
    const result = await query(...args)
    if (!isFullText(result.startError ?? '') || tries >= TRIES) return result
    await pauseForDescriptor()
  }
}

async function query(path: string, args: readonly string[], { cwd, env }: CommandOptions): Promise<CommandResult> {
  try {
    const { exitCode, stdout, stderr } = await getExecOutput(quoteForToolkit(path), [...args], {
      cwd,
      env: definedOf(env),
      silent: true,
      ignoreReturnCode: true,
      // No `input`: the toolkit writes it without listening for errors, so a program that ends first would end us.
      delay: PIPE_GRACE_MS,
    })
    return { ...NOTHING, exitCode, stdout, stderr }
  } catch (error) {
    return { ...NOTHING, startError: reasonOf(error) }
  }
}

/** The toolkit splits its first argument like a command line. */
function quoteForToolkit(path: string): string {
  return `"${path.replaceAll('"', '\\"')}"`
}

function definedOf(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined))
}
