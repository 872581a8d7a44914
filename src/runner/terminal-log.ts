import type { Fold } from '../ci/system.ts'
import type { Clock, Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { wrapWords } from '../text/columns.ts'
import { sanitizeLine, sanitizeLines } from '../text/sanitiser.ts'
import { openFollowing } from './following.ts'
import { openLiveLine, type Terminal } from './live-line.ts'
import { collectStyles, painter, type Style, widthOf } from './paint.ts'
import { layOutProgress, type ProgressWords, progressWording } from './progress-line.ts'
import { createRedactor, SECRET_TOO_SHORT } from './secrets.ts'
import { systemTicker, type Ticker } from './ticker.ts'

/** A terminal's progress line is drawn no more often than this. */
const DRAW_EVERY_MS = 125
/** Elsewhere it is looked at so often, and printed no more often than that. */
const LOOK_EVERY_MS = 1_000
const PROGRESS_EVERY_MS = 5_000

export interface TerminalLogOptions {
  readonly color: boolean
  /** It obeys nothing but line ends, or what it shows is kept as a file. */
  readonly dumb?: boolean
  readonly debugging: boolean
  /** How the reader of the log folds groups; undefined: a group is a title. */
  readonly fold?: Fold | undefined
  readonly ticker?: Ticker
}

/**
 * In one piece: what the log's methods share.
 *
 * The log of a shell: everything goes to standard error, so that results on standard output stay alone.
 * Sanitised all the same: a job's runner may read it, or a terminal that obeys escape sequences.
 */
export function terminalLog(terminal: Terminal, clock: Clock, options: TerminalLogOptions): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now()
  let isFolded = false
  let groups = 0
  const paint = painter(options.color)
  const draws = terminal.isTTY === true && options.dumb !== true
  const clean = (text: string) => redactor.redact(sanitizeLine(redactor.redact(text)))
  const wording = progressWording()
  const line = openLiveLine(terminal)
  let shown: ProgressWords | undefined
  const draw = () => {
    if (shown !== undefined) line.draw(columns => layOutProgress(shown as ProgressWords, columns))
  }
  const rowsOf = (text: string): readonly string[] => {
    const columns = widthOf(terminal)
    const safe = sanitizeLines(redactor.redact(text)).map(redactor.redact)
    return columns === undefined ? safe : safe.flatMap(one => wrapWords(one.replaceAll('\t', TAB), columns))
  }
  const print = (text: string, style?: Style) => {
    line.erase()
    for (const row of rowsOf(text)) terminal.write(`${style === undefined ? row : paint(style, row)}\n`)
  }
  const tellNowAndThen = ({ essential, more }: ProgressWords) => {
    if (clock.now() < nextProgressMs) return
    nextProgressMs = clock.now() + PROGRESS_EVERY_MS
    print([...essential, ...more].join(', '))
  }
  const following = openFollowing({
    ticker: options.ticker ?? systemTicker,
    everyMs: draws ? DRAW_EVERY_MS : LOOK_EVERY_MS,
    show: progress => {
      const words = wording(progress, clock.now())
      if (!draws) return tellNowAndThen(words)
      if (shown === undefined) terminal.on?.('resize', draw)
      shown = { ...words, essential: words.essential.map(clean), more: words.more.map(clean) }
      draw()
    },
    onEnd: () => {
      if (shown !== undefined) terminal.off?.('resize', draw)
      shown = undefined
      line.erase()
    },
  })
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
    lines: render => {
      line.erase()
      const { collect, apply } = collectStyles(paint)
      // Styles come last: nothing that is shown can bring its own.
      for (const row of render(collect).flatMap(rowsOf)) terminal.write(`${apply(row)}\n`)
    },
    warning: problem => printProblem('warning', 'yellow', problem),
    warnings: problems => {
      for (const problem of problems) printProblem('warning', 'yellow', problem)
    },
    error: problem => printProblem('error', 'red', problem),
    notice: (title, text) => print(`${title}: ${text}`, 'bold'),
    group: async (title, body) => {
      // Most systems know one level: an inner group's end would close the outer one.
      const fold = isFolded ? undefined : options.fold
      if (fold === undefined) {
        print(title, 'bold')
        return body()
      }
      isFolded = true
      const number = ++groups
      const mark = (side: keyof Fold) => {
        const second = Math.floor(clock.date().getTime() / 1000)
        line.erase()
        terminal.write(`${fold[side]({ title: clean(title), number, second })}\n`)
      }
      mark('begin')
      try {
        return await body()
      } finally {
        mark('end')
        isFolded = false
      }
    },
    follow: following.follow,
    endProgress: following.end,
    mask: secret => {
      if (redactor.add(secret).length === 0) printProblem('warning', 'yellow', SECRET_TOO_SHORT)
    },
    conceal: redactor.conceal,
    redact: redactor.redact,
  }
}

/** On a terminal: how wide its own would be depends on where it stands. */
const TAB = '    '
