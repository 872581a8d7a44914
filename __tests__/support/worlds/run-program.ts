import { type ChildProcess, execFile } from 'node:child_process'

/** How a program ended, and what it printed. */
export interface RanProgram {
  /** -1 where a signal ended it. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Both, one behind the other. */
  readonly words: string
}

interface ProgramWorld {
  /** undefined: that of the test. */
  readonly env?: NodeJS.ProcessEnv
  /** undefined: that of the test. */
  readonly cwd?: string
  /** Of the user and group that runs it; only root can be another. */
  readonly uid?: number
  readonly gid?: number
  /** What takes longer is killed; undefined: a minute. That is no assertion. */
  readonly timeoutMs?: number
  /** Written to its standard input, which ends then; undefined: it stays open. */
  readonly input?: string
  /** Told of it while it runs. */
  readonly onStarted?: ((child: ChildProcess) => void) | undefined
}

const MOST_BYTES = 16 << 20

/** Runs a program to its end, however it ends. Servers in this process can answer it meanwhile. */
export function runProgram(file: string, args: readonly string[], world: ProgramWorld = {}): Promise<RanProgram> {
  const { timeoutMs = 60_000, input, onStarted, ...options } = world
  return new Promise(resolve => {
    const child = execFile(
      file,
      args,
      { ...options, timeout: timeoutMs, maxBuffer: MOST_BYTES },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr, words: stdout + stderr })
      },
    )
    if (input !== undefined) child.stdin?.end(input)
    onStarted?.(child)
  })
}
