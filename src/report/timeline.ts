import { shownPhases } from './duration.ts'
import { millisecondsOf, partsOf } from './parts.ts'
import type { Report } from './report.ts'
import { type TimeSpan, without } from './spans.ts'

/** One line of the time line. Times count from the process's first work. */
export interface TimelineRow {
  readonly what: TimelineSubject
  readonly ms: number
  readonly bytes: number | null
  /** Later ones are drawn over earlier ones. */
  readonly spans: readonly MarkedSpan[]
}

type TimelineSubject =
  | { readonly kind: 'phase' | 'part'; readonly name: string }
  | { readonly kind: 'module'; readonly module: Report['slowest'][number] }

interface MarkedSpan extends TimeSpan {
  readonly mark: '█' | '░'
}

export interface Timeline {
  readonly rows: readonly TimelineRow[]
  readonly endMs: number
}

const SHOWN_MODULES = 5
/** A job that had nothing to do and was quick about it has nothing to explain. */
const LONG_MS = 3_000
/** What is shorter than this has no bar of its own. */
const SHOWN_PART = 0.05

/** Each phase, what the download consisted of, and the slowest modules; undefined where they would say nothing. */
export function timelineOf(report: Report): Timeline | undefined {
  const { download, failure, slowest } = report
  const shown = shownPhases(report)
  const endMs = Math.max(...shown.map(phase => phase.startMs + phase.ms), 1)
  const isIdle = failure === null && download !== null && download.modules === 0 && endMs < LONG_MS
  if (shown.length === 0 || isIdle) return undefined
  return {
    endMs,
    rows: [
      ...shown.map(
        ({ name, startMs, ms }): TimelineRow => ({
          what: { kind: 'phase', name },
          ms,
          bytes: null,
          spans: [{ startMs, ms, mark: '█' }],
        }),
      ),
      ...partRows(report),
      ...slowest.slice(0, SHOWN_MODULES).map(
        (module): TimelineRow => ({
          what: { kind: 'module', module },
          ms: module.seconds * 1000,
          bytes: module.bytes,
          spans: spansOf(module, report),
        }),
      ),
    ],
  }
}

/** What the marks mean; undefined where there are no modules. */
export function legendOf({ slowest }: Report): string | undefined {
  if (slowest.length === 0) return undefined
  const which = slowest.length > SHOWN_MODULES ? `The ${SHOWN_MODULES} slowest modules` : 'Modules'
  return `${which}: \`░\` until the first byte, \`█\` until the last.`
}

const PAUSES = 'pauses before retries'

/** Network and unpacking apart, where both have a share worth a bar. */
function partRows(report: Report): readonly TimelineRow[] {
  const parts = partsOf(report)
  if (parts === undefined) return []
  const rows = [
    // Of modules that arrived; proxies may have sent much where none did.
    { name: 'network', spans: parts.network, bytes: report.download?.bytes || null },
    { name: PAUSES, spans: parts.pauses, bytes: null },
    { name: 'go alone: unpacking', spans: parts.unpacking, bytes: null },
  ].map(row => ({ ...row, ms: millisecondsOf(row.spans) }))
  const whole = rows.reduce((sum, { ms }) => sum + ms, 0)
  const shown = rows.filter(({ ms }) => ms >= SHOWN_PART * whole)
  // One alone says what the download's own row says, unless it was spent waiting.
  if (shown.length < 2 && shown[0]?.name !== PAUSES) return []
  return shown.map(({ name, spans, ms, bytes }) => ({
    what: { kind: 'part', name },
    ms,
    bytes,
    spans: spans.map(span => ({ ...span, mark: '█' })),
  }))
}

/** While its zip was asked for, and while it came. */
function spansOf({ path, version }: Report['slowest'][number], { requests = [] }: Report): readonly MarkedSpan[] {
  return requests
    .filter(({ module, version: of, file }) => file === 'zip' && module === path && of === version)
    .flatMap(({ startMs, ms, firstByteMs }) => {
      const waited = Math.min(firstByteMs ?? ms, ms)
      return [
        { startMs, ms: waited, mark: '░' as const },
        ...(waited < ms ? [{ startMs: startMs + waited, ms: ms - waited, mark: '█' as const }] : []),
      ]
    })
}

const BAR_CELLS = 30

/** A row's spans as a bar; '' for none. Each span has a cell at least, of many small ones the cells they mostly fill. */
export function drawSpans({ what, spans }: TimelineRow, endMs: number): string {
  if (spans.length === 0) return ''
  const cells = Array<string>(BAR_CELLS).fill('·')
  if (what.kind === 'part') fillMostly(cells, spans, endMs)
  else
    for (const { startMs, ms, mark } of spans) {
      const from = Math.max(0, Math.min(BAR_CELLS - 1, Math.floor((startMs / endMs) * BAR_CELLS)))
      const length = Math.max(1, Math.min(BAR_CELLS - from, Math.round((ms / endMs) * BAR_CELLS)))
      cells.fill(mark, from, from + length)
    }
  return cells.join('')
}

function fillMostly(cells: string[], spans: readonly MarkedSpan[], endMs: number): void {
  const cellMs = endMs / BAR_CELLS
  const covered = cells.map((_, i) => {
    const cell = { startMs: i * cellMs, ms: cellMs }
    return cellMs - millisecondsOf(without([cell], spans))
  })
  const most = Math.max(...covered)
  for (const [i, ms] of covered.entries()) if (ms >= Math.min(most, cellMs / 2) && ms > 0) cells[i] = '█'
}
