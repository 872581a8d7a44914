import { renderAccount } from './account.ts'
import { codeSpan, escapeMarkdown, table, tableRow } from './escape.ts'
import { type Report, SHOWN_PHASE_MS } from './report.ts'
import { formatBytes, formatMs, formatSeconds } from './units.ts'

const BAR_CELLS = 30
const SHOWN_MODULES = 5
/** A job that had nothing to do and was quick about it has nothing to explain. */
const LONG_MS = 3_000

/**
 * In Markdown: where the time went, in sentences; and each phase, and the slowest modules, as bars on one time line.
 */
export function renderTimes(report: Report): string {
  const account = renderAccount(report).map(sentence => escapeMarkdown(sentence, 600))
  const parts = [account.join(' '), renderTimeline(report)].filter(part => part !== '')
  return parts.length === 0 ? '' : ['#### Where the time went', ...parts].join('\n\n')
}

function renderTimeline(report: Report): string {
  const { download } = report
  const shown = report.phases.filter(phase => phase.ms >= SHOWN_PHASE_MS)
  const end = Math.max(...shown.map(phase => phase.startMs + phase.ms), 1)
  const isIdle = report.failure === null && download !== null && download.modules === 0 && end < LONG_MS
  if (shown.length === 0 || isIdle) return ''
  const phases = shown.map(({ name, startMs, ms }) =>
    tableRow([escapeMarkdown(name), formatMs(ms), '', drawSpans([{ startMs, ms, mark: '█' }], end)]),
  )
  const modules = report.slowest
    .slice(0, SHOWN_MODULES)
    .map(module =>
      tableRow([
        nameModule(module),
        formatSeconds(module.seconds),
        formatBytes(module.bytes),
        drawSpans(spansOf(module, report), end),
      ]),
    )
  return [
    table(['', 'time', 'size', `0 to ${formatMs(end)}`], ':rr:'),
    ...phases,
    ...modules,
    ...(modules.length === 0 ? [] : ['', renderLegend(report)]),
  ].join('\n')
}

type SlowModuleReport = Report['slowest'][number]

function renderLegend({ slowest }: Report): string {
  const which = slowest.length > SHOWN_MODULES ? `The ${SHOWN_MODULES} slowest modules` : 'Modules'
  return `${which}: \`░\` until the first byte, \`█\` until the last.`
}

/** A link to its documentation where it is public; the name of a private one is told to no other site. */
function nameModule({ path, version, isPublic }: SlowModuleReport): string {
  const name = codeSpan(`${path}@${version}`)
  return isPublic && PLAIN.test(path + version) ? `[${name}](https://pkg.go.dev/${path}@${version})` : name
}

/** What needs no escaping in a link's address. */
const PLAIN = /^[\w./~+-]+$/

interface BarSpan {
  readonly startMs: number
  readonly ms: number
  readonly mark: '█' | '░'
}

/** While its zip was asked for, and while it came. */
function spansOf({ path, version }: SlowModuleReport, { requests = [] }: Report): readonly BarSpan[] {
  return requests
    .filter(({ module, version: of, file }) => module === path && of === version && file === 'zip')
    .flatMap(({ startMs, ms, firstByteMs }) => {
      const waited = Math.min(firstByteMs ?? ms, ms)
      return [
        { startMs, ms: waited, mark: '░' as const },
        ...(waited < ms ? [{ startMs: startMs + waited, ms: ms - waited, mark: '█' as const }] : []),
      ]
    })
}

/** Later spans over earlier ones; each at least one cell. '' for none. */
function drawSpans(spans: readonly BarSpan[], endMs: number): string {
  if (spans.length === 0) return ''
  const cells = Array<string>(BAR_CELLS).fill('·')
  for (const { startMs, ms, mark } of spans) {
    const from = Math.max(0, Math.min(BAR_CELLS - 1, Math.floor((startMs / endMs) * BAR_CELLS)))
    const length = Math.max(1, Math.min(BAR_CELLS - from, Math.round((ms / endMs) * BAR_CELLS)))
    cells.fill(mark, from, from + length)
  }
  return `\`${cells.join('')}\``
}
