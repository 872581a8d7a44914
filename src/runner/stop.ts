import type { Children } from './children.ts'

/** After the signal, so long may the work take to end by itself; the runner kills after 7.5 s. */
const GRACE_MS = 2_000
/**
 * The shell's convention: 128 and the signal's number. SIGHUP: the terminal was closed. Source: POSIX, kill.
 *
 * That nohup had SIGHUP ignored cannot be obeyed: before any script runs, Node gives each signal its default action again
 * (node.cc, ResetSignalHandlers), and leaves no trace of the one before. So nohup keeps no program of Node alive; `setsid`
 * does.
 */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

/**
 * Runs the work; SIGINT, SIGTERM and SIGHUP abort its signal, and whatever way it ends, no child outlives it.
 * @returns the work's exit code, or that of the first signal when it was stopped
 */
export async function untilStopped(
  process: NodeJS.Process,
  children: Children,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController()
  let stoppedBy: number | undefined
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]
  const stop = (signal: keyof typeof EXIT_CODES) => {
    stoppedBy ??= EXIT_CODES[signal]
    controller.abort()
  }
  process.on('exit', children.killAll)
  for (const name of names) process.on(name, stop)
  try {
    const code = await work(controller.signal)
    return stoppedBy ?? code
  } finally {
    for (const name of names) process.off(name, stop)
    await children.endAll(GRACE_MS)
  }
}
