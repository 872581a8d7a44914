import { CommanderError } from 'commander'
import type { Log } from '../effects.ts'
import { DONE, FAILED, ownFailureCode, WRONG_USAGE } from './exit-code.ts'
import { VERB_NAMES } from './help.ts'
import { describeProgram } from './program.ts'
import { sayAsRecords } from './usage-records.ts'

/**
 * The command line. Results go to standard output, everything else to standard error.
 * @param log where commander's own words go if it is one of records  @returns the exit code
 */
export async function cli(args: readonly string[], log: Log): Promise<number> {
  let exitCode = DONE
  const program = describeProgram(code => {
    exitCode = code
  }, process.stdout.columns)
  if (log.records) sayAsRecords(program, log)
  try {
    await program.parseAsync(withVerbsHelp(args), { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // commander has printed what is wrong, or the help that the user asked for.
    return error.exitCode === 0 ? DONE : ownFailureCode(args, VERB_NAMES, WRONG_USAGE)
  }
}

/** commander's own `help` takes one name, and would print the help of `report` for `help report compare`. */
function withVerbsHelp(args: readonly string[]): string[] {
  const [first, ...names] = args
  return first === 'help' && names.length > 1 ? [...names, '--help'] : [...args]
}

/** The exit code of an error that is not foreseen. */
export function unexpectedCode(args: readonly string[]): number {
  return ownFailureCode(args, VERB_NAMES, FAILED)
}
