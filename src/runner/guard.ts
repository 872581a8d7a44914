import type { Log } from '../effects.ts'
import type { Problem } from '../errors.ts'

/**
 * Nothing that went wrong unforeseen ends in a stack trace, which would be printed raw: it becomes a problem like any
 * other. @param exitCode for that; with 0 it is only a warning
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
  // Where nobody waits for what failed, such as a stream that breaks.
  process.once('uncaughtException', error => process.exit(end(error)))
  try {
    return await work()
  } catch (error) {
    return end(error)
  }
}

function toProblem(error: unknown): Problem {
  const what = error instanceof Error ? error.message : String(error)
  return {
    code: 'UNEXPECTED',
    message: `This should not have happened: ${what}`,
    hint: 'Please report it, with what RUNNER_DEBUG=1 shows beside it; SECURITY.md says how where it must stay secret.',
  }
}
