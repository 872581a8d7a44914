import type { Clock, Log, Share } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { columnsOf, wrapWords } from '../text/columns.ts'
import { sanitizeLine, sanitizeLines } from '../text/sanitiser.ts'
import { type MaybeTerminal, painter, type Style, widthOf } from './paint.ts'
import { createRedactor, SECRET_TOO_SHORT } from './secrets.ts'

/** What the log needs of standard error. */
export interface Terminal extends MaybeTerminal {
  write(text: string): unknown
}

/** Without a terminal a progress line is printed no more often than this. */
const PROGRESS_EVERY_MS = 5_000

/**
 * In one piece: what the log's methods share.
 *
 * The log of a shell: everything goes to standard error, so that results on standard output stay alone.
 * Sanitised all the same: a job's runner may read it, or a terminal that obeys escape sequences.
 */
export function terminalLog(
  terminal: Terminal,
  clock: Clock,
  options: { readonly color: boolean; readonly dumb?: boolean; readonly debugging: boolean },
): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now()
  let drawn = false
  const paint = painter(options.color)
  const draws = terminal.isTTY === true && options.dumb !== true
  const clean = (text: string) => redactor.redact(sanitizeLine(redactor.redact(text)))
  const endProgress = () => {
    if (drawn) terminal.write(ERASE_LINE)
    drawn = false
  }
  const print = (text: string, style?: Style) => {
    endProgress()
    const columns = widthOf(terminal)
    for (const line of sanitizeLines(redactor.redact(text))) {
      const safeLine = redactor.redact(line)
      const shown = columns === undefined ? [safeLine] : wrapWords(safeLine.replaceAll('\t', TAB), columns)
      for (const safe of shown) terminal.write(`${style === undefined ? safe : paint(style, safe)}\n`)
    }
  }
  const tellNowAndThen = (parts: readonly string[]) => {
    if (clock.now() < nextProgressMs) return
    nextProgressMs = clock.now() + PROGRESS_EVERY_MS
    print(parts.join(', '))
  }
  const printProblem = (name: string, style: Style, { code, message, hint }: Problem) => {
    const [first = '', ...rest] = message.split('\n')
    print(`${name}: ${first} [${code}]`, style)
    for (const line of rest) print(line)
    if (hint !== '') print(hint)
  }
  return {
    debugging: options.debugging,
    get columns() {
      return widthOf(terminal)
    },
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
    progress: (parts, done) => {
      if (!draws) return tellNowAndThen(parts)
      // A line that wraps could not be drawn over.
      terminal.write(ERASE_LINE + drawProgress(parts.map(clean), done, (widthOf(terminal) ?? 0) - 1))
      drawn = true
    },
    endProgress,
    mask: secret => {
      if (redactor.add(secret).length === 0) printProblem('warning', 'yellow', SECRET_TOO_SHORT)
    },
    conceal: redactor.conceal,
    redact: redactor.redact,
  }
}

/** On a terminal: how wide its own would be depends on where it stands. */
const TAB = '    '

const ERASE_LINE = '\r\u001b[2K'

const BAR_CELLS = 20

function drawProgress(parts: readonly string[], done: Share | undefined, columns: number): string {
  const bar = done === undefined || columns < BAR_CELLS * 3 ? '' : `${drawBar(done)} `
  return bar + fitting(parts, columns - columnsOf(bar))
}

function drawBar({ of, total }: Share): string {
  const share = total > 0 ? Math.min(1, Math.max(0, of / total)) : 0
  const full = Math.floor(share * BAR_CELLS)
  return `${'█'.repeat(full)}${'·'.repeat(BAR_CELLS - full)}`
}

/** As many of the parts as fit, whole ones only. */
function fitting(parts: readonly string[], columns: number): string {
  let text = ''
  for (const part of parts) {
    const longer = text === '' ? part : `${text}, ${part}`
    if (columnsOf(longer) > columns) break
    text = longer
  }
  return text
}
