import { styleText } from 'node:util'
import type { Clock, Log, Share } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { sanitizeLine, sanitizeLines } from '../text/sanitiser.ts'
import { createRedactor, SECRET_TOO_SHORT } from './secrets.ts'

/** What the log needs of standard error. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

type Style = Parameters<typeof styleText>[0]

/** Without a terminal a progress line is printed no more often than this. */
const PROGRESS_EVERY_MS = 5_000

/**
 * The log of a shell: everything goes to standard error, so that results on standard output stay alone.
 * Sanitised all the same: a job's runner may read it, or a terminal that obeys escape sequences.
 */
export function terminalLog(
  terminal: Terminal,
  clock: Clock,
  options: { readonly color: boolean; readonly debugging: boolean },
): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now()
  let drawn = false
  const paint = (style: Style, text: string) => (options.color ? styleText(style, text, OWN_DECISION) : text)
  const clean = (text: string) => redactor.redact(sanitizeLine(redactor.redact(text)))
  const print = (text: string, style?: Style) => {
    if (drawn) terminal.write(ERASE_LINE)
    drawn = false
    for (const line of sanitizeLines(redactor.redact(text))) {
      const safe = redactor.redact(line)
      terminal.write(`${style === undefined ? safe : paint(style, safe)}\n`)
    }
  }
  const printProblem = (name: string, style: Style, { code, message, hint }: Problem) => {
    print(`${name}: ${message} [${code}]`, style)
    if (hint !== '') print(hint)
  }
  return {
    debugging: options.debugging,
    debug: text => {
      if (options.debugging) print(text, 'dim')
    },
    info: text => print(text),
    warning: problem => printProblem('warning', 'yellow', problem),
    warnings: problems => {
      for (const problem of problems) printProblem('warning', 'yellow', problem)
    },
    error: problem => printProblem('error', 'red', problem),
    notice: (title, text) => print(`${title}: ${text}`, 'bold'),
    group: async (title, body) => {
      print(title, 'bold')
      return body()
    },
    progress: (text, done) => {
      if (terminal.isTTY) {
        const columns = (terminal.columns ?? 80) - 1
        const bar = done === undefined || columns < BAR_CELLS * 3 ? '' : `${drawBar(done)} `
        terminal.write(ERASE_LINE + firstColumns(bar + clean(text), columns))
        drawn = true
      } else if (clock.now() >= nextProgressMs) {
        nextProgressMs = clock.now() + PROGRESS_EVERY_MS
        print(text)
      }
    },
    mask: secret => {
      if (redactor.add(secret).length === 0) printProblem('warning', 'yellow', SECRET_TOO_SHORT)
    },
    redact: redactor.redact,
  }
}

/** Newer Nodes would look at standard output, which is not where this goes. */
const OWN_DECISION = { validateStream: false }
const ERASE_LINE = '\r\u001b[2K'

const BAR_CELLS = 20

function drawBar({ of, total }: Share): string {
  const share = total > 0 ? Math.min(1, Math.max(0, of / total)) : 0
  const full = Math.floor(share * BAR_CELLS)
  return `${'█'.repeat(full)}${'·'.repeat(BAR_CELLS - full)}`
}

/** A line that wraps could not be drawn over. */
function firstColumns(line: string, columns: number): string {
  return [...line].slice(0, Math.max(0, columns)).join('')
}
