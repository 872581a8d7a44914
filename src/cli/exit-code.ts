import type { Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Story } from '../report/story.ts'

// Scripts may rely on these.
export const DONE = 0
export const FAILED = 1
export const WRONG_USAGE = 2
/** `exec` failed before the command ran; 125 as for `timeout` and `docker run`, since a command seldom uses it. */
export const EXEC_FAILED = 125

/** What each means to who started this program, as `help` and docs/reference.md print it. */
export const EXIT_CODES: readonly (readonly [codes: string, meaning: string])[] = [
  ['0', 'done'],
  ['1', 'the work failed; doctor: a fault; drill: plain go fared better'],
  ['2', 'wrong usage'],
  ['125', 'exec: this program failed, or was used wrongly'],
  ['126', 'exec: the command cannot be executed'],
  ['127', 'exec: there is no such command'],
  ['130, 143', 'ended by Ctrl-C or SIGTERM'],
]

/**
 * The code for a failure of ours before any verb runs: where a command of the user's is to be run, its own codes must not
 * be taken for ours. @param verbs the names of all verbs
 */
export function ownFailureCode(args: readonly string[], verbs: readonly string[], otherwise: number): number {
  return args.find(arg => verbs.includes(arg)) === 'exec' ? EXEC_FAILED : otherwise
}

/** Some inputs turn out to be wrong only when the project's files are read. */
export function exitCodeOf({ failure }: Story): number {
  if (failure === undefined) return DONE
  return failure.code.startsWith('INPUT_') ? WRONG_USAGE : FAILED
}

/** Prints why there is nothing to do. @returns the exit code */
export function refuse(problems: readonly Problem[], log: Log, exitCode = WRONG_USAGE): number {
  for (const problem of problems) log.error(problem)
  return exitCode
}
