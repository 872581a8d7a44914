import { renderAccount } from './account.ts'
import { codeSpan, escapeMarkdown, figure, table, tableRow } from './escape.ts'
import { addressOfModule } from './modules.ts'
import type { Report } from './report.ts'
import { drawSpans, legendOf, type TimelineRow, timelineOf } from './timeline.ts'
import { formatBytes, formatMs } from './units.ts'

/**
 * In Markdown: where the time went, in sentences; and each phase, and the slowest modules, as bars on one time line.
 */
export function renderTimes(report: Report): string {
  const account = renderAccount(report).map(sentence => escapeMarkdown(sentence, 600))
  const parts = [account.join(' '), renderTimeline(report)].filter(part => part !== '')
  return parts.length === 0 ? '' : ['#### Where the time went', ...parts].join('\n\n')
}

function renderTimeline(report: Report): string {
  const timeline = timelineOf(report)
  if (timeline === undefined) return ''
  const { rows, endMs } = timeline
  const legend = legendOf(report)
  return [
    table(['', 'time', 'size', `0 to ${formatMs(endMs)}`], ':rr:'),
    ...rows.map(row => {
      const bar = drawSpans(row, endMs)
      const { ms, bytes } = row
      return tableRow([
        nameOf(row),
        figure(formatMs(ms)),
        bytes === null ? '' : figure(formatBytes(bytes)),
        bar === '' ? '' : `\`${bar}\``,
      ])
    }),
    ...(legend === undefined ? [] : ['', legend]),
  ].join('\n')
}

function nameOf({ what }: TimelineRow): string {
  return what.kind === 'module' ? nameModule(what.module) : escapeMarkdown(what.name)
}

/** A link to its documentation where it is public; the name of a private one is told to no other site. */
function nameModule({ path, version, isPublic }: Report['slowest'][number]): string {
  const name = codeSpan(`${path}@${version}`)
  const address = isPublic ? addressOfModule(path, version) : undefined
  return address === undefined ? name : `[${name}](${address})`
}
