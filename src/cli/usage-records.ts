import type { Command } from 'commander'
import type { Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { explainUsage } from './help.ts'

/** What commander itself would print to standard error is logged as records: wrong usage, and the help that was not asked for. */
export function sayAsRecords(program: Command, log: Log): void {
  program.configureOutput({
    writeErr: text => log.info(text.trim(), { event: 'usage' }),
    outputError: text => log.error(problemIn(explainUsage(text, program))),
  })
  for (const verb of program.commands) sayAsRecords(verb, log)
}

/** @param text `error: ` and what is wrong; behind a line's end what to do */
function problemIn(text: string): Problem {
  const [message = '', ...rest] = text.trim().split('\n')
  return { code: 'USAGE', message: message.replace(/^error: /, ''), hint: rest.join('\n') }
}
