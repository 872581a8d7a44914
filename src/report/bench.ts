import { columnsOf, shortenTo, wrapWords } from '../text/columns.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { renderTable } from './candidates.ts'
import { renderCandidatesSection } from './candidates-section.ts'
import { escapeMarkdown } from './escape.ts'
import { nameOf, shortName } from './headline.ts'
import type { Report } from './report.ts'
import type { Screen } from './screen.ts'
import { measuredWith, renderWarmed } from './text.ts'
import { count, formatSeconds } from './units.ts'

/** What `bench` prints: the table, how it was measured, and a line for a chat; '' where nothing was, which is an error. */
export function renderBench(report: Report, screen: Screen): string {
  const { columns = Number.POSITIVE_INFINITY } = screen
  const { joined } = report.benchmark
  if (report.candidates.length === 0) return ''
  const wrap = (text: string) => wrapWords(text, columns)
  return lines([
    ...renderTable(report, screen),
    ...wrap(measuredWith(report)),
    ...wrap(whatIsPredicted(report)),
    ...(joined === null ? [] : wrap(`Mirrors joined because ${joined}.`)),
    ...renderWarmed(report.warmed).flatMap(wrap),
    '',
    renderForChat(report, columns),
  ])
}

function whatIsPredicted({ candidates, benchmark, project }: Report): string {
  if (candidates.every(({ predictedSeconds }) => predictedSeconds === null)) return 'Nothing can be predicted.'
  const modules = project?.modules ?? 0
  const all = modules === 1 ? 'the only module' : `all ${modules} modules`
  const what = benchmark.pinned ? 'all of that set' : `${all} of this project`
  return `Predicted: ${what}, into an empty module cache.`
}

/** The same for an issue or a pull request on GitHub. */
export function renderBenchMarkdown(report: Report): string {
  if (report.candidates.length === 0) return ''
  const line = renderForChat(report, Number.POSITIVE_INFINITY)
  return lines([renderCandidatesSection(report), '', escapeMarkdown(line, CHAT_BYTES)])
}

const CHAT_BYTES = 2_000

/** The result in one line, the best first; so many of the candidates as fit into it. */
export function renderForChat(report: Report, columns: number): string {
  const { candidates, benchmark, go } = report
  const what = benchmark.pinned ? 'a built-in set' : count(report.project?.modules ?? 0, 'module')
  const names = candidates.map(candidate => ({
    name: sanitizeLine(shortName(nameOf(candidate))),
    figure: candidate.predictedSeconds === null ? candidate.verdict : formatSeconds(candidate.predictedSeconds),
  }))
  const project = `Go proxies for ${what}`
  const heads = [...(go === null ? [] : [`${project} (${go.os}/${go.arch}): `]), `${project}: `, 'Go proxies: ']
  const write = (head: string, shown: number) => {
    const items = names.slice(0, shown).map(({ name, figure }) => `${name} ${figure}`)
    const left = names.length - shown
    return `${head}${items.join(', ')}${left === 0 ? '' : `, and ${left} more`}`
  }
  const variants = names.flatMap((_, i) => heads.map(head => write(head, names.length - i)))
  const fitting = variants.find(line => columnsOf(line) <= columns)
  if (fitting !== undefined) return fitting
  const [best] = names
  const rest = `Go proxies:  ${best?.figure}${names.length > 1 ? `, and ${names.length - 1} more` : ''}`
  return rest.replace(': ', `: ${shortenTo(best?.name ?? '', Math.max(8, columns - columnsOf(rest)))}`)
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`
}
