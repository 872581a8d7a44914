import type { WarmedFigures } from '../gateway/telling/events.ts'
import { columnsOf, padTo } from '../text/columns.ts'
import { renderAccount } from './account.ts'
import { renderTable } from './candidates.ts'
import { shortName } from './headline.ts'
import type { CacheReport } from './module-cache.ts'
import { explainGuesses } from './predicted.ts'
import type { Report } from './report.ts'
import { plainScreen, type Screen } from './screen.ts'
import { drawSpans, legendOf, type TimelineRow, timelineOf } from './timeline.ts'
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

/** What the candidates were measured with, and what that is worth; one sentence each. */
export function measuredWith(report: Report): string {
  const { seconds, bytes, pinned } = report.benchmark
  if (bytes === 0) return `Measured in ${formatSeconds(seconds)}; no content arrived.`
  const what = pinned ? ` of ${PINNED_SET}` : ', all content checked against go.sum'
  const guesses = explainGuesses(report)
  return `Measured in ${formatSeconds(seconds)} with ${formatBytes(bytes)}${what}.${guesses === undefined ? '' : ` ${guesses}`}`
}

/** What cold proxies were made to fetch, one sentence each. */
export function renderWarmed(warmed: readonly WarmedFigures[]): readonly string[] {
  return warmed.map(({ name, modules, left }) => {
    const rest = left === 0 ? 'It now has them all.' : `It still lacks ${left}.`
    return `${shortName(name)} was cold, so it was asked to fetch the modules that other proxies sent: ${modules} so far. ${rest}`
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

/**
 * Where the time went, as the job summary says it: for logs, since a runner may show no summary. Bars stand where they
 * fit. @param columns the width, where there is one
 */
export function renderTimesText(report: Report, columns = Number.POSITIVE_INFINITY): readonly string[] {
  const timeline = timelineOf(report)
  const rows = (timeline?.rows ?? []).map(row => ({ row, cells: [nameRow(row), formatMs(row.ms), sizeOf(row)] }))
  const plain = alignColumns(rows.map(({ cells }) => cells))
  const drawn = alignColumns(rows.map(({ row, cells }) => [...cells, drawSpans(row, timeline?.endMs ?? 1)]))
  const legend = legendOf(report)?.replaceAll('`', '')
  return [
    ...renderAccount(report),
    ...(drawn.some(line => columnsOf(line) > columns) ? plain : drawn),
    ...(legend === undefined || timeline === undefined ? [] : [legend]),
    ...renderSources(report),
  ]
}

function nameRow({ what }: TimelineRow): string {
  return what.kind === 'module' ? `${what.module.path}@${what.module.version}` : what.name
}

function sizeOf({ bytes }: TimelineRow): string {
  return bytes === null ? '' : formatBytes(bytes)
}

/** So many are told of. */
const SHOWN_SOURCES = 20

/** Where modules came from, where there were several sources, or one failed. */
function renderSources({ upstreams }: Report): readonly string[] {
  if (upstreams.length < 2 && upstreams.every(({ failures, rejected }) => failures + rejected === 0)) return []
  return upstreams.slice(0, SHOWN_SOURCES).map(({ name, requests, bytes, failures, rejected, reasons = [] }) => {
    const whys = reasons.map(({ what, count: times }) => `${times} x ${what}`).join(', ')
    const parts = [
      `${count(requests, 'request')}, ${formatBytes(bytes)}`,
      rejected === 0 ? '' : `${count(rejected, 'wrong answer')}`,
      failures === 0 ? '' : `${failures} failed${whys === '' ? '' : ` (${whys})`}`,
    ]
    return `From ${shortName(name)}: ${parts.filter(part => part !== '').join(', ')}.`
  })
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
