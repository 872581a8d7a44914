import { spawn } from 'node:child_process'
import type { RunningCommand } from '../effects.ts'

interface AttachedOptions {
  readonly cwd: string
  readonly env: Record<string, string>
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program in the foreground as a shell would: it has our input and outputs, and gets the signals that we get.
 * A Ctrl-C reaches it by itself, for it is of the terminal's group like us. `path` is absolute.
 */
export function runAttached(
  path: string,
  args: readonly string[],
  { cwd, env }: AttachedOptions,
): RunningCommand['ended'] {
  const child = spawn(path, args, { cwd, env, stdio: 'inherit' })
  const passOn = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal)
  }
  for (const signal of PASSED_ON) process.on(signal, passOn)
  return new Promise(resolve => {
    const settle = (ended: Awaited<RunningCommand['ended']>) => {
      for (const signal of PASSED_ON) process.off(signal, passOn)
      resolve(ended)
    }
    child.once('error', error => settle({ exitCode: null, signal: null, startError: error.message }))
    child.once('exit', (exitCode, signal) => settle({ exitCode, signal }))
  })
}
