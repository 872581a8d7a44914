import { columnsOf, padStartTo, padTo } from '../text/columns.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { ComparedFigure, ComparedProxy, Comparison, Regression, Threshold } from './compare.ts'
import { codeSpan, escapeMarkdown, tableRow } from './escape.ts'
import { shortName } from './headline.ts'
import { count, formatBytes, formatMs, formatRate, UNKNOWN } from './units.ts'

/** A comparison as tables of plain text. */
export function renderComparison(comparison: Comparison): string {
  const { proxies, notes, regressions } = comparison
  const plain = (text: string) => sanitizeLine(text)
  const blocks = [
    alignRows(figureRows(comparison, plain, plain)),
    ...(proxies.length === 0 ? [] : [alignRows(proxyRows(comparison, plain))]),
    ...(notes.length === 0 ? [] : [notes.map(plain)]),
    ...(regressions.length === 0 ? [] : [regressions.map(one => plain(describeRegression(one)))]),
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** The same for GitHub. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { proxies, notes, regressions } = comparison
  const blocks = [
    markdownTable(figureRows(comparison, codeSpan, escapeMarkdown)),
    ...(proxies.length === 0 ? [] : [`#### Round trip and rate\n\n${markdownTable(proxyRows(comparison, codeSpan))}`]),
    ...(notes.length === 0 ? [] : [notes.map(one => escapeMarkdown(one)).join('\n')]),
    ...(regressions.length === 0
      ? []
      : [regressions.map(one => `- ${escapeMarkdown(describeRegression(one))}`).join('\n')]),
  ]
  return `${blocks.join('\n\n')}\n`
}

type Rows = readonly (readonly string[])[]

/** Head and rows; without those that no report has anything of. */
function figureRows(
  { reports, figures }: Comparison,
  write: (text: string) => string,
  label: (text: string) => string,
): Rows {
  const [first = '', ...others] = reports.map(name => write(name))
  const told = figures.filter(({ values }) => values.some(value => value !== null && value !== 0))
  return [
    ['', first, ...others.flatMap(name => [name, 'change'])],
    ...told.map(one => {
      const [before = UNKNOWN, ...rest] = one.values.map(value => formatValue(value, one.unit, write))
      return [label(one.name), before, ...rest.flatMap((value, i) => [value, changeIn(one, i + 1)])]
    }),
  ]
}

function formatValue(
  value: number | string | null,
  unit: ComparedFigure['unit'],
  write: (text: string) => string,
): string {
  if (value === null) return UNKNOWN
  if (typeof value === 'string') return write(shortName(value))
  switch (unit) {
    case 'ms':
      return formatMs(value)
    case 'bytes':
      return formatBytes(value)
    case 'bytes per second':
      return formatRate(value)
    default:
      return String(value)
  }
}

function changeIn({ unit, values, changes }: ComparedFigure, at: number): string {
  const [before, now] = [values[0], values[at]]
  if (unit === 'text') return before === now ? '' : 'other'
  const change = changes[at]
  if (change === null || change === undefined) return ''
  // Of a few, a share says little.
  if (unit === 'count') return now === before ? '' : signed(Number(now) - Number(before))
  const percent = Math.round(change)
  return percent === 0 ? '' : `${signed(percent)} %`
}

function signed(number: number): string {
  return number > 0 ? `+${number}` : String(number).replace('-', '−')
}

function proxyRows({ reports, proxies }: Comparison, write: (text: string) => string): Rows {
  return [
    ['proxy', ...reports.map(name => write(name))],
    ...proxies.map(({ proxy, measured }) => [write(shortName(proxy)), ...measured.map(formatMeasured)]),
  ]
}

function formatMeasured(measured: ComparedProxy['measured'][number]): string {
  if (measured === null) return UNKNOWN
  const { verdict, firstByteMs, bytesPerSecond } = measured
  const figures = `${formatMs(firstByteMs)}, ${formatRate(bytesPerSecond)}`
  return verdict === 'ok' ? figures : firstByteMs === null ? verdict : `${verdict}: ${figures}`
}

function describeRegression({ report, figure, change }: Regression): string {
  if (change === null)
    return figure === 'outcome' ? `${report} failed.` : `${report}: ${figure} takes time that it did not.`
  return `${report}: ${figure} takes ${Math.round(change)} % longer.`
}

/** What a check that fails says. */
export function summariseRegressions(regressions: readonly Regression[], threshold: Threshold): string {
  const much = 'ms' in threshold ? formatMs(threshold.ms) : `${threshold.percent} %`
  return `${count(regressions.length, 'figure')} became worse by more than ${much}: ${regressions.map(describeRegression).join(' ')}`
}

/** Texts stand on the left of the first column, figures on the right of theirs. */
function alignRows(rows: Rows): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(cells => columnsOf(cells[i] ?? ''))))
  return rows.map(cells =>
    cells
      .map((cell, i) => (i === 0 ? padTo : padStartTo)(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function markdownTable([head = [], ...rows]: Rows): string {
  return [head, head.map((_, i) => (i === 0 ? ':--' : '--:')), ...rows].map(tableRow).join('\n')
}
