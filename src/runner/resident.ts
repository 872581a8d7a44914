import { spawn } from 'node:child_process'
import type { Clock } from '../effects.ts'

interface ResidentOptions {
  readonly cwd: string
  readonly env: Record<string, string>
  readonly input: string
  readonly timeoutMs: number
}

/** Longer than any first line of ours. */
const MAX_LINE = 4 << 10

/** This program, once more, in a group and session of its own, so that it stays when our step ends. */
export function startResident(
  args: readonly string[],
  { cwd, env, input, timeoutMs }: ResidentOptions,
  clock: Clock,
): Promise<string | undefined> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    windowsHide: true,
  })
  return new Promise(resolve => {
    let said = ''
    const settle = (line: string | undefined) => {
      stopWaiting()
      child.removeAllListeners()
      child.on('error', () => {})
      child.stdin.destroy()
      child.stdout.destroy()
      if (line === undefined) child.kill('SIGKILL')
      child.unref()
      resolve(line)
    }
    const stopWaiting = clock.after(timeoutMs, () => settle(undefined))
    child.once('error', () => settle(undefined))
    child.once('exit', () => settle(undefined))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const end = said.indexOf('\n')
      if (end >= 0) settle(said.slice(0, end))
      else if (said.length > MAX_LINE) settle(undefined)
    })
  })
}

/** Whether a process with this number runs; one that is not ours runs too. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
