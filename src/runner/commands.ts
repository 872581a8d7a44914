import { spawn } from 'node:child_process'
import { getExecOutput } from '@actions/exec'
import type { Clock, CommandResult, Commands, Environment, RunningCommand, StartOptions } from '../effects.ts'

/** Running other programs: short silent queries through the toolkit, the long one in a group that can be ended. */
export function systemCommands(clock: Clock, platform: NodeJS.Platform): Commands {
  return {
    run: async (file, args, { cwd, env, timeoutMs }) => {
      const answered = new AbortController()
      // The toolkit offers no way to end a child: past the deadline the answer is given up, not the process.
      const late = clock
        .sleep(timeoutMs, answered.signal)
        .then((): CommandResult => ({ exitCode: null, stdout: '', stderr: '', timedOut: true }))
      const answer = query(file, args, cwd, env).finally(() => answered.abort())
      return Promise.race([answer, late])
    },
    start: (file, args, options) => startGroup(file, args, options, clock, platform),
  }
}

async function query(file: string, args: readonly string[], cwd: string, env: Environment): Promise<CommandResult> {
  try {
    const { exitCode, stdout, stderr } = await getExecOutput(quoteForToolkit(file), [...args], {
      cwd,
      env: defined(env),
      silent: true,
      ignoreReturnCode: true,
      delay: 500,
    })
    return { exitCode, stdout, stderr, timedOut: false }
  } catch (error) {
    return {
      exitCode: null,
      stdout: '',
      stderr: '',
      timedOut: false,
      startError: error instanceof Error ? error.message : String(error),
    }
  }
}

/** The toolkit splits its first argument like a command line. */
function quoteForToolkit(file: string): string {
  return `"${file}"`
}

function defined(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined))
}

function startGroup(
  file: string,
  args: readonly string[],
  options: StartOptions,
  clock: Clock,
  platform: NodeJS.Platform,
): RunningCommand {
  const windows = platform === 'win32'
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: defined(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: go's children (git, ssh) end with it, and a Ctrl-C for us is ours to pass on.
    detached: !windows,
    windowsHide: true,
  })
  child.stdout.on('data', options.onStdout)
  child.stderr.on('data', options.onStderr)
  const ended = new Promise<Awaited<RunningCommand['ended']>>(resolve => {
    child.once('error', error => resolve({ exitCode: null, signal: null, startError: error.message }))
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }))
  })
  const signalGroup = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return
    if (windows)
      void spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
        stdio: 'ignore',
        windowsHide: true,
      }).on('error', () => child.kill(signal))
    else signalProcessGroup(child.pid, signal)
  }
  return {
    ended,
    async end(graceMs) {
      signalGroup('SIGTERM')
      const waiting = new AbortController()
      await Promise.race([ended, clock.sleep(graceMs, waiting.signal)])
      waiting.abort()
      // Also after a good end: a grandchild may have outlived its parent.
      signalGroup('SIGKILL')
      // A pipe that a stray process still holds must not hold us.
      await Promise.race([ended, clock.sleep(graceMs)])
      child.stdout.destroy()
      child.stderr.destroy()
    },
  }
}

function signalProcessGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: the group has no process left, which is what was wanted.
  }
}
