import type { Children } from './children.ts'

/** After the signal, so long may the work take to end by itself; the runner kills after 7.5 s. */
const GRACE_MS = 2_000
/** The shell's convention: 128 + SIGINT. */
const INTERRUPTED = 130

/**
 * Runs the work; SIGINT, SIGTERM and SIGHUP abort its signal, and whatever way it ends, no child outlives it.
 * @returns the work's exit code, or 130 when it was stopped.
 */
export async function untilStopped(
  process: NodeJS.Process,
  children: Children,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  process.on('exit', children.killAll)
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // The terminal was closed.
  process.on('SIGHUP', stop)
  try {
    const code = await work(controller.signal)
    return controller.signal.aborted ? INTERRUPTED : code
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    process.off('SIGHUP', stop)
    await children.endAll(GRACE_MS)
  }
}
