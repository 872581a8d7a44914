import type { Log } from '../effects.ts'
import { type Problem, reasonOf } from '../errors.ts'

/**
 * Turns an unexpected error into a Problem; Node would print a raw stack trace.
 * @param exitCode for that; with 0 it is only a warning
 */
export async function guard(
  process: Pick<NodeJS.Process, 'once' | 'exit'>,
  work: () => Promise<number>,
  log: Log,
  exitCode: number,
): Promise<number> {
  const end = (error: unknown) => {
    if (error instanceof Error) log.debug(error.stack ?? '')
    const problem = toProblem(error)
    if (exitCode === 0) log.warning(problem)
    else log.error(problem)
    return exitCode
  }
  // For failures that no caller awaits, such as a stream that breaks.
  process.once('uncaughtException', error => process.exit(end(error)))
  try {
    return await work()
  } catch (error) {
    return end(error)
  }
}

/** Node's own warnings go to the log; Node would print them as they are. */
export function tellNodeWarnings(process: Pick<NodeJS.Process, 'on' | 'removeAllListeners'>, log: Log): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) =>
    log.warning({ code: 'NODE_WARNING', message: `${name}: ${message}`, hint: '' }),
  )
}

function toProblem(error: unknown): Problem {
  return {
    code: 'UNEXPECTED',
    message: `This should not have happened: ${reasonOf(error)}`,
    hint: 'Please report it with the log of a run with RUNNER_DEBUG=1. If it must stay secret, follow SECURITY.md.',
  }
}
