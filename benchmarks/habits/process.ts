import { spawn } from 'node:child_process'

/** Between SIGTERM and SIGKILL: the product ends its own children first. */
const GRACE_MS = 3_000
const MOST_WORDS = 4_000

export interface Ended {
  /** null: a signal ended it. */
  readonly code: number | null
  readonly seconds: number
  /** It was ended at its deadline. */
  readonly late: boolean
  /** The end of what it wrote to standard error. */
  readonly words: string
}

/** Starts programs in process groups of their own, and ends what is left of them. */
export interface Processes {
  run(command: readonly string[], options: RunOptions): Promise<Ended>
  /** At once: for the end of this process. */
  killAll(): void
}

interface RunOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly deadlineSeconds: number
}

export function createProcesses(): Processes {
  const groups = new Set<number>()
  const signal = (group: number, name: NodeJS.Signals) => {
    try {
      process.kill(-group, name)
    } catch {
      // It is gone.
    }
  }
  return {
    run: ([file = '', ...args], { cwd, env, deadlineSeconds }) =>
      new Promise((resolve, reject) => {
        const start = performance.now()
        const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
        const { pid } = child
        let [words, late] = ['', false]
        child.stderr.on('data', (data: Buffer) => {
          words = (words + data).slice(-MOST_WORDS)
        })
        child.once('error', reject)
        if (pid === undefined) return
        groups.add(pid)
        const timers = [
          setTimeout(() => {
            late = true
            process.kill(pid, 'SIGTERM')
          }, deadlineSeconds * 1000),
          setTimeout(() => signal(pid, 'SIGKILL'), deadlineSeconds * 1000 + GRACE_MS),
        ]
        child.once('exit', code => {
          for (const timer of timers) clearTimeout(timer)
          const seconds = (performance.now() - start) / 1000
          // What it left behind holds the pipe open.
          signal(pid, 'SIGKILL')
          groups.delete(pid)
          child.once('close', () => resolve({ code, seconds, late, words }))
        })
      }),
    killAll: () => {
      for (const group of groups) signal(group, 'SIGKILL')
    },
  }
}
