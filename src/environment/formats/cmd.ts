import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { LINE_BREAK, obstructed } from './refusal.ts'

/**
 * Lines of a batch file for `call` in cmd.exe: `@set "NAME=value"`. Between the quotes `&`, `|`, `<`, `>` and `^` stand for
 * themselves. An empty value removes the variable: for go it is the same. Source: `set /?`, `cmd /?`.
 */
export function renderCmd(variables: readonly Variable[]): string {
  return variables.map(variable => `${lineOf(variable)}\r\n`).join('')
}

function lineOf({ name, value }: Variable): string {
  return `@set "${name}=${value}"`
}

/**
 * `%` is doubled in a batch file but not at the prompt, and `!` is read where delayed expansion is on. A batch file is read
 * in the console's code page, which is seldom UTF-8. Commands of cmd look for `/?` among their words, and whether quotes hide
 * it is documented nowhere. A line has at most 8191 characters, and its end may count. Source: Command prompt line
 * string limitation, support.microsoft.com.
 */
const OBSTACLES = [
  { ...LINE_BREAK, why: 'would end the line' },
  { found: /%/, what: 'a percent sign', why: 'cmd.exe reads as the beginning of a variable' },
  { found: /!/, what: 'an exclamation mark', why: 'cmd.exe may read as the beginning of a variable' },
  { found: /"/, what: 'a quotation mark', why: 'would end the quoted text' },
  { found: /\/\?/, what: '`/?`', why: 'cmd.exe may read as a call for the help of `set`' },
  { found: /[^ -~]/, what: 'a character that is not printable ASCII', why: 'depends on the console’s code page' },
]
const MOST_CHARACTERS = 8191

export function cmdObstacles(variables: readonly Variable[]): readonly Problem[] {
  const long = variables.filter(one => `${lineOf(one)}\r\n`.length > MOST_CHARACTERS)
  return [
    ...obstructed('cmd', variables, OBSTACLES, '--format powershell'),
    ...long.map(({ name }) => ({
      code: 'ENV_FORMAT_VALUE',
      message: `env --format cmd: ${name} makes a line of more than ${MOST_CHARACTERS} characters, the most that cmd.exe takes.`,
      hint: `Shorten ${name}, or use --format powershell.`,
    })),
  ]
}
