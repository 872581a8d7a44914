import type { WarmedFigures } from '../gateway/telling/events.ts'
import { columnsOf, padTo } from '../text/columns.ts'
import { renderTable } from './candidates.ts'
import { shortName } from './headline.ts'
import { type CacheReport, type Report, SHOWN_PHASE_MS } from './report.ts'
import { plainScreen, type Screen } from './screen.ts'
import { count, formatBytes, formatMs, formatSeconds } from './units.ts'

/** What the benchmark measures with where the project has no module that may be asked for. */
export const PINNED_SET = 'a built-in set of modules, each checked against its known hash'

/** The candidates as a table, for logs and terminals. */
export function renderCandidates(report: Report, screen: Screen = plainScreen(undefined)): readonly string[] {
  if (report.candidates.length === 0)
    return report.benchmark.skipped === null ? [] : [`No benchmark: ${report.benchmark.skipped}.`]
  return [
    ...renderTable(report, screen),
    measuredWith(report),
    ...(report.benchmark.joined === null ? [] : [`Mirrors joined because ${report.benchmark.joined}.`]),
    ...renderWarmed(report.warmed),
  ]
}

/** What the candidates were measured with, in one sentence. */
export function measuredWith({ benchmark: { seconds, bytes, pinned } }: Report): string {
  if (bytes === 0) return `Measured in ${formatSeconds(seconds)}; no content came.`
  const what = pinned ? ` of ${PINNED_SET}` : ', all content checked against go.sum'
  return `Measured in ${formatSeconds(seconds)} with ${formatBytes(bytes)}${what}.`
}

/** What cold proxies were made to fetch, one sentence each. */
export function renderWarmed(warmed: readonly WarmedFigures[]): readonly string[] {
  return warmed.map(({ name, modules, left }) => {
    const rest = left === 0 ? 'It lacks none now.' : `It still lacks ${left}.`
    return `${shortName(name)} was cold, and was asked to fetch modules that came from elsewhere: ${modules} so far. ${rest}`
  })
}

/** A longer value would push its reason off the screen. */
const SHORT_SETTING = 60

/**
 * Each of go's settings with its origin and its reason, which goes below a long value, and below all of them where the
 * lines would be too long. @param columns the width, where there is one
 */
export function renderSettings(report: Report, columns = Number.POSITIVE_INFINITY): readonly string[] {
  const rows = report.settings.map(({ name, value, changed, from, why, scope }) => ({
    setting: `${name}=${value}`,
    reason: [changed ? (scope === 'job' ? 'set' : 'set for this download') : from, why] as const,
  }))
  const isShort = ({ setting }: { readonly setting: string }) => setting.length <= SHORT_SETTING
  const aligned = alignColumns(rows.filter(isShort).map(({ setting, reason }) => [setting, ...reason]))
  const stacked = (list: typeof rows) => list.flatMap(({ setting, reason }) => [setting, `  ${reason.join(': ')}`])
  if (aligned.some(line => columnsOf(line) > columns)) return stacked(rows)
  return [...stacked(rows.filter(row => !isShort(row))), ...aligned]
}

export function renderPhases(report: Report): readonly string[] {
  const shown = report.phases.filter(({ ms }) => ms >= SHOWN_PHASE_MS)
  return alignColumns(shown.map(({ name, startMs, ms }) => [name, formatMs(ms), `began at ${formatMs(startMs)}`]))
}

/** What happened to the module cache, in one line; undefined when nothing did. */
export function renderCache({ cache }: Report): string | undefined {
  if (cache === null || (cache.restore === 'off' && cache.save === 'no')) return undefined
  return `Module cache: ${renderRestore(cache)}; ${renderSave(cache)}.`
}

function renderRestore({ restore, files, bytes, seconds, reason, rejected }: CacheReport): string {
  const time = formatSeconds(seconds)
  const wrong = rejected.length === 0 ? '' : `, ${count(rejected.length, 'file')} refused`
  switch (restore) {
    case 'off':
      return reason ?? 'nothing to restore'
    case 'none':
      return `no entry for these modules (${time})`
    case 'failed':
      return `not restored after ${time}: ${reason}`
    case 'abandoned':
      return `given up after ${time}, ${reason}`
    default:
      return `${count(files, 'file')} (${formatBytes(bytes)}${restore === 'partial' ? ' of an older entry' : ''}) restored in ${time}${wrong}`
  }
}

function renderSave({ save, saveBytes }: CacheReport): string {
  switch (save) {
    case 'planned':
      return `${formatBytes(saveBytes)} will be saved after the job`
    case 'unchanged':
      return 'nothing new to save'
    case 'incomplete':
      return 'not saved, since the download is not complete'
    case 'needless':
      return 'not saved, since restoring would hardly be faster than this download (`cache: true` saves anyway)'
    case 'no':
      return 'nothing is saved'
  }
}

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(cells => columnsOf(cells[column] ?? ''))))
  return rows.map(cells =>
    cells
      .map((cell, i) => padTo(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
