import { drawBar } from './candidates.ts'
import { codeSpan, escapeMarkdown, table, tableRow } from './escape.ts'
import { nameOf, shortName } from './headline.ts'
import type { CandidateReport, Report } from './report.ts'
import { PINNED_SET, renderWarmed } from './text.ts'
import { formatBytes, formatMs, formatRate, formatSeconds } from './units.ts'

/** In Markdown: the table of candidates, with a bar for each prediction, and how it was measured. */
export function renderCandidatesSection(report: Report): string {
  const { skipped, pinned } = report.benchmark
  if (report.candidates.length === 0) return skipped === null ? '' : `No benchmark: ${escapeMarkdown(skipped)}.`
  const longest = Math.max(0, ...report.candidates.map(({ predictedSeconds }) => predictedSeconds ?? 0))
  const rows = report.candidates.map(candidate => tableRow(cellsOf(candidate, report, longest)))
  const predicted = pinned ? 'built-in set, predicted' : 'over the network, predicted'
  const titles = ['', 'proxy', 'trust', 'verdict', 'connect', 'first byte', 'rate', predicted, '']
  return ['#### Candidates', '', table(titles, '::::rrrr:'), ...rows, '', notes(report).join(' ')].join('\n')
}

/** The same of a candidate that had no rival: a sentence. */
export function renderOnlyCandidate(report: Report): string {
  const [candidate] = report.candidates
  if (candidate === undefined) return ''
  const { verdict, reason, trust, firstByteMs, bytesPerSecond } = candidate
  const name = codeSpan(shortName(nameOf(candidate)))
  const figures = [
    firstByteMs === null ? '' : `answers within ${formatMs(firstByteMs)}`,
    bytesPerSecond === null ? '' : `sends ${formatRate(bytesPerSecond)}`,
  ].filter(figure => figure !== '')
  const good = figures.length === 0 ? 'works' : figures.join(' and ')
  const said = verdict === 'ok' ? good : `is **${verdict}**: ${escapeMarkdown(reason)}`
  const sentence = `${name} (${trust}), the only one, ${said.replace(/\.$/, '')}.`
  return ['#### Candidates', '', [sentence, ...notes(report)].join(' ')].join('\n')
}

function notes(report: Report): readonly string[] {
  const { seconds, bytes, joined, capped, pinned } = report.benchmark
  const measured = `Measured in ${formatSeconds(seconds)} with ${formatBytes(bytes)} of`
  return [
    pinned
      ? `${measured} ${PINNED_SET}${report.candidates.length > 1 ? '; the predictions are for that set too' : ''}.`
      : `${measured} this project’s own modules, each checked against go.sum.`,
    joined === null ? '' : `Mirrors joined because ${escapeMarkdown(joined)}.`,
    capped ? 'The time limit was reached before every proxy answered.' : '',
    ...renderWarmed(report.warmed).map(sentence => escapeMarkdown(sentence, 600)),
  ].filter(note => note !== '')
}

function cellsOf(candidate: CandidateReport, report: Report, longest: number): readonly string[] {
  const { predictedSeconds, connectMs, tlsMs } = candidate
  const chosen = report.choice?.proxy === nameOf(candidate)
  const verdict = candidate.verdict === 'ok' ? 'ok' : `**${candidate.verdict}**: ${escapeMarkdown(candidate.reason)}`
  return [
    chosen ? '➜' : '',
    codeSpan(shortName(nameOf(candidate))),
    candidate.trust,
    verdict,
    formatMs(connectMs === null ? null : connectMs + (tlsMs ?? 0)),
    formatMs(candidate.firstByteMs),
    formatRate(candidate.bytesPerSecond),
    formatSeconds(predictedSeconds),
    predictedSeconds === null || longest === 0 ? '' : codeSpan(drawBar(predictedSeconds / longest, BAR_CELLS)),
  ]
}

const BAR_CELLS = 20
