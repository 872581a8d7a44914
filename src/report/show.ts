import { wrapWords } from '../text/columns.ts'
import { renderBuildCache } from './build-cache.ts'
import { renderTable } from './candidates.ts'
import { headline } from './headline.ts'
import { renderMetrics } from './metrics/metrics.ts'
import { renderModuleStore } from './module-store.ts'
import { renderPage } from './page.ts'
import type { Report } from './report.ts'
import type { Screen } from './screen.ts'
import { renderSummary } from './summary.ts'
import { measuredWith, renderCache, renderSettings, renderTimesText } from './text.ts'
import { renderTools } from './tools.ts'
import { renderTrace } from './trace.ts'

/** The views of a kept report, as `report show` prints them. */
export const VIEWS: Readonly<Record<string, (report: Report, screen: Screen) => string>> = {
  text: renderText,
  summary: report => renderSummary(report),
  html: renderPage,
  trace: renderTrace,
  metrics: report => renderMetrics(report),
}

/** What the log of the job said, with a heading over each part. */
function renderText(report: Report, screen: Screen): string {
  const { candidates, warnings, failure } = report
  const { columns = Number.POSITIVE_INFINITY, paint } = screen
  const wrap = (text: string) => text.split('\n').flatMap(line => wrapWords(line, columns))
  const problems = [...(failure === null ? [] : [failure]), ...warnings]
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Candidates', candidates.length === 0 ? [] : [...renderTable(report, screen), ...wrap(measuredWith(report))]],
    ['Settings', renderSettings(report, columns)],
    ['Where the time went', renderTimesText(report, columns).flatMap(wrap)],
    [
      'Caches',
      [
        renderCache(report),
        renderBuildCache(report.buildCache),
        ...renderTools(report.tools),
        renderModuleStore(report),
      ]
        .filter(line => line !== undefined)
        .flatMap(wrap),
    ],
    [
      'Warnings',
      problems.flatMap(({ message, hint }) => [...wrap(message), ...(hint === '' ? [] : wrap(`  ${hint}`))]),
    ],
  ]
  const blocks = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [paint('bold', title), ...lines].join('\n'))
  return `${[wrap(headline(report)).join('\n'), ...blocks].join('\n\n')}\n`
}
