import type { Clock, Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { sanitizeLine, sanitizeLines } from './sanitiser.ts'
import { createRedactor } from './secrets.ts'

/** What the log needs of standard error. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Without a terminal a progress line is printed no more often than this. */
const PROGRESS_EVERY_MS = 5_000

/**
 * The log of a shell: everything goes to standard error, so that results on standard output stay alone. Coloured on
 * a terminal unless NO_COLOR is set (no-color.org). Sanitised all the same: another CI's runner may read it.
 */
export function terminalLog(
  terminal: Terminal,
  clock: Clock,
  options: { readonly color: boolean; readonly debugging: boolean },
): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now()
  let drawn = false
  const paint = (code: number, text: string) => (options.color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const erase = () => {
    if (drawn) terminal.write('\r\u001b[2K')
    drawn = false
  }
  const print = (text: string, dress: (line: string) => string = line => line) => {
    erase()
    for (const line of sanitizeLines(redactor.redact(text))) terminal.write(`${dress(line)}\n`)
  }
  const printProblem = (name: string, color: number, problem: Problem) => {
    print(`${name}: ${problem.message} [${problem.code}]`, line => paint(color, line))
    if (problem.hint !== '') print(problem.hint, line => `  ${line}`)
  }
  return {
    debugging: options.debugging,
    debug: text => {
      if (options.debugging) print(text, line => paint(2, line))
    },
    info: text => print(text),
    warning: problem => printProblem('warning', 33, problem),
    error: problem => printProblem('error', 31, problem),
    notice: (title, text) => print(`${title}: ${text}`, line => paint(1, line)),
    group: async (title, body) => {
      print(title, line => paint(1, line))
      return body()
    },
    progress: text => {
      const line = sanitizeLine(redactor.redact(text))
      if (terminal.isTTY) {
        terminal.write(`\r\u001b[2K${line.slice(0, (terminal.columns ?? 80) - 1)}`)
        drawn = true
      } else if (clock.now() >= nextProgressMs) {
        nextProgressMs = clock.now() + PROGRESS_EVERY_MS
        terminal.write(`${line}\n`)
      }
    },
    mask: secret => void redactor.add(secret),
  }
}
