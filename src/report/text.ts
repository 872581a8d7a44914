import { headline, nameOf, shortName } from './headline.ts'
import type { Report } from './model.ts'
import { formatBytes, formatMs, formatRate, formatSeconds } from './units.ts'

/** The candidates as a table of plain text, for logs and terminals. */
export function renderCandidates(report: Report): readonly string[] {
  if (report.candidates.length === 0)
    return report.benchmark.skipped === null ? [] : [`No benchmark: ${report.benchmark.skipped}.`]
  const rows = report.candidates.map(candidate => [
    report.choice?.proxy === nameOf(candidate) ? '>' : '',
    shortName(nameOf(candidate)),
    candidate.trust,
    candidate.verdict,
    formatMs(candidate.firstByteMs),
    formatRate(candidate.bytesPerSecond),
    formatSeconds(candidate.predictedSeconds),
    candidate.verdict === 'ok' ? '' : candidate.reason,
  ])
  return [
    ...alignColumns([['', 'proxy', 'trust', 'verdict', 'first byte', 'rate', 'predicted', ''], ...rows]),
    `Measured in ${formatSeconds(report.benchmark.seconds)} with ${formatBytes(report.benchmark.bytes)}, all content checked against go.sum.`,
    ...(report.benchmark.joined === null ? [] : [`Mirrors joined because ${report.benchmark.joined}.`]),
  ]
}

/** Each value for go with where it comes from and why. */
export function renderSettings(report: Report): readonly string[] {
  return alignColumns(
    report.settings.map(({ name, value, changed, from, why }) => [`${name}=${value}`, changed ? 'set' : from, why]),
  )
}

export function renderPhases(report: Report): readonly string[] {
  return alignColumns(report.phases.map(({ name, startMs, ms }) => [name, formatMs(ms), `from ${formatMs(startMs)}`]))
}

export function renderHeadline(report: Report): string {
  return headline(report)
}

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(cells => [...(cells[column] ?? '')].length)))
  return rows.map(cells =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
