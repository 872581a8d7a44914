import type { Clock, Fact, Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { safeJson } from '../text/json.ts'
import { sanitizeLine, sanitizeLines } from '../text/sanitiser.ts'
import { openFollowing } from './following.ts'
import type { Terminal } from './live-line.ts'
import { progressWording } from './progress-line.ts'
import { createRedactor, SECRET_TOO_SHORT } from './secrets.ts'
import { systemTicker, type Ticker } from './ticker.ts'

/** A store keeps every line, so there are few about how far something is. */
const PROGRESS_EVERY_MS = 5_000
/** The rate is that of late, so progress is looked at more often. */
const LOOK_EVERY_MS = 1_000

type Level = 'debug' | 'info' | 'warning' | 'error'

export interface JsonLogOptions {
  readonly debugging: boolean
  readonly ticker?: Ticker
}

/**
 * The log of a shell as records: one JSON object a line, for programs. Its keys are those of schema/log.schema.json. No
 * colours, no groups, no line that is drawn over. Texts are cleaned as those of the other logs are, and then escaped, so
 * that none of them ends a line, is obeyed by a terminal or a runner, or shows a secret.
 */
export function jsonLog({ write }: Pick<Terminal, 'write'>, clock: Clock, options: JsonLogOptions): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now()
  // Before, since cleaning may break a secret apart; and after, since it may put one together.
  const clean = (text: string) => sanitizeLines(redactor.redact(text)).map(redactor.redact).join('\n')
  const print = (level: Level, fields: Readonly<Record<string, unknown>>) => {
    const cleaned = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? clean(value) : value]],
    )
    write(`${safeJson({ time: clock.date().toISOString(), level, ...Object.fromEntries(cleaned) })}\n`)
  }
  const info = (message: string, fact: Fact = NOTE) => {
    const { event, ...more } = fact
    print('info', { event, message, ...more })
  }
  const problem = (level: Level, { code, message, hint, at }: Problem) =>
    print(level, { code, message, hint: hint || undefined, file: at?.file, line: at?.line })
  const warning = (one: Problem) => problem('warning', one)
  const wording = progressWording()
  const following = openFollowing({
    ticker: options.ticker ?? systemTicker,
    everyMs: LOOK_EVERY_MS,
    show: progress => {
      const { essential, more } = wording(progress, clock.now())
      if (clock.now() < nextProgressMs) return
      nextProgressMs = clock.now() + PROGRESS_EVERY_MS
      const { phase, done, bytes } = progress
      const counted = { done: done?.of ?? null, total: done?.total ?? null }
      const moved = { bytes: bytes?.moved ?? null, leftBytes: bytes?.left ?? null }
      info([...essential, ...more].join(', '), { event: 'progress', phase, ...counted, ...moved })
    },
    onEnd: () => {},
  })
  return {
    records: true,
    debugging: options.debugging,
    columns: undefined,
    debug: text => {
      if (options.debugging) print('debug', { event: NOTE.event, message: text })
    },
    info,
    lines: render => {
      for (const row of render((_, text) => text)) info(row.trim())
    },
    warning,
    warnings: problems => problems.forEach(warning),
    error: one => problem('error', one),
    notice: (title, text) => info(`${sanitizeLine(title)}: ${text}`),
    group: (_, body) => body(),
    follow: following.follow,
    endProgress: following.end,
    mask: secret => {
      if (redactor.add(secret).length === 0) warning(SECRET_TOO_SHORT)
    },
    conceal: redactor.conceal,
    redact: redactor.redact,
  }
}

const NOTE: Fact = { event: 'note' }
