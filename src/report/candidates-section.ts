import { CARRIES, drawBar } from './candidates.ts'
import { downloadSeconds } from './duration.ts'
import { codeSpan, escapeMarkdown, figure, more, table, tableRow } from './escape.ts'
import { nameOf, shortName } from './headline.ts'
import { explainGuesses, formatPredicted } from './predicted.ts'
import type { CandidateReport, Report } from './report.ts'
import { PINNED_SET, renderWarmed } from './text.ts'
import { formatBytes, formatMs, formatRate, formatSeconds } from './units.ts'

/** More rows are counted. */
const SHOWN = 30
/** A bar this many times as long as the best one's is cut, so that those of usable proxies can be compared. */
const LONGEST_TIMES = 6

/**
 * In Markdown: the table of candidates, with a bar for each prediction and a reason where there is none.
 * @param page that explains the verdicts; undefined: no link
 */
export function renderCandidatesSection(report: Report, page?: string): string {
  const { candidates, benchmark } = report
  if (candidates.length === 0)
    return benchmark.skipped === null ? '' : `No benchmark: ${escapeMarkdown(benchmark.skipped)}.`
  const predictions = candidates.flatMap(({ predictedSeconds }) => predictedSeconds ?? [])
  const longest = Math.min(Math.max(0, ...predictions), LONGEST_TIMES * Math.min(...predictions))
  // What is the same of all tells none from another.
  const hasTrust = new Set(candidates.map(({ trust }) => trust)).size > 1
  const rows = candidates.slice(0, SHOWN).map(candidate => {
    const [chosen = '', name = '', ...rest] = cellsOf(candidate, report, { longest, page })
    return tableRow([chosen, name, ...(hasTrust ? [candidate.trust] : []), ...rest])
  })
  const titles = [
    '',
    'proxy',
    ...(hasTrust ? ['trust'] : []),
    'verdict',
    'connect',
    figure('first byte'),
    'rate',
    'predicted',
    '',
  ]
  const align = hasTrust ? '::::rrrr:' : ':::rrrr:'
  const said = notes(report).join(' ')
  return ['#### Candidates', '', table(titles, align), ...rows, ...more(candidates.length - SHOWN), '', said].join('\n')
}

/** The same of a candidate that had no rival: a sentence. */
export function renderOnlyCandidate(report: Report, page?: string): string {
  const [candidate] = report.candidates
  if (candidate === undefined) return ''
  const { verdict, reason, trust, firstByteMs, bytesPerSecond } = candidate
  const name = codeSpan(shortName(nameOf(candidate)))
  const figures = [
    firstByteMs === null ? '' : `answers within ${formatMs(firstByteMs)}`,
    bytesPerSecond === null ? '' : `sends ${formatRate(bytesPerSecond)}`,
  ].filter(figure => figure !== '')
  const good = figures.length === 0 ? 'works' : figures.join(' and ')
  const said = verdict === 'ok' ? good : `is ${nameVerdict(verdict, page)}: ${escapeMarkdown(reason)}`
  const sentence = `${name} (${trust}), the only one, ${said.replace(/\.$/, '')}.`
  return ['#### Candidates', '', [sentence, ...notes(report)].join(' ')].join('\n')
}

function nameVerdict(verdict: CandidateReport['verdict'], page: string | undefined): string {
  if (verdict === 'ok') return verdict
  return page === undefined ? `**${verdict}**` : `**[${verdict}](${page}#${verdict})**`
}

function notes(report: Report): readonly string[] {
  const { seconds, bytes, joined, capped, pinned } = report.benchmark
  const measured = `Measured in ${formatSeconds(seconds)} with ${formatBytes(bytes)} of`
  return [
    pinned
      ? `${measured} ${PINNED_SET}${report.candidates.length > 1 ? '; the predictions are for that set too' : ''}.`
      : `${measured} this project’s own modules, each checked against go.sum.`,
    escapeMarkdown(explainGuesses(report) ?? ''),
    networkAlone(report),
    joined === null ? '' : `Mirrors joined because ${escapeMarkdown(joined)}.`,
    capped ? 'The time limit was reached before every proxy answered.' : '',
    ...renderWarmed(report.warmed).map(sentence => escapeMarkdown(sentence, 600)),
  ].filter(note => note !== '')
}

/** Longer than predicted by this much: a reader would take the prediction for wrong. */
const APART = { seconds: 0.3, times: 1.3 }

function networkAlone(report: Report): string {
  const { candidates, choice, benchmark, download } = report
  const predicted = candidates.find(one => choice?.proxy === nameOf(one))?.predictedSeconds
  const took = downloadSeconds(report)
  if (candidates.length < 2 || benchmark.pinned || download?.outcome !== 'done') return ''
  if (typeof predicted !== 'number' || took === undefined) return ''
  if (took < predicted + APART.seconds || took < predicted * APART.times) return ''
  return 'The prediction covers the network only: hashing and unpacking take extra time, the same with every proxy.'
}

function cellsOf(
  candidate: CandidateReport,
  report: Report,
  { longest, page }: { readonly longest: number; readonly page: string | undefined },
): readonly string[] {
  const { predictedSeconds, connectMs, tlsMs, verdict, firstByteMs, bytesPerSecond } = candidate
  const bar = predictedSeconds === null || longest === 0 ? '' : codeSpan(barOf(predictedSeconds / longest))
  const reason = verdict === 'ok' ? '' : escapeMarkdown(candidate.reason)
  return [
    report.choice?.proxy === nameOf(candidate) ? '➜' : '',
    codeSpan(shortName(nameOf(candidate))),
    nameVerdict(verdict, page),
    figure(formatMs(connectMs === null ? null : connectMs + (tlsMs ?? 0))),
    figure(formatMs(firstByteMs)),
    // What a failure sent says nothing of a download.
    figure(formatRate(CARRIES.includes(verdict) ? bytesPerSecond : null)),
    figure(formatPredicted(candidate)),
    [bar, reason].filter(part => part !== '').join(' '),
  ]
}

const BAR_CELLS = 16

/** @param share of the longest bar; of more, what is drawn ends with a mark */
function barOf(share: number): string {
  return share > 1 ? `${drawBar(1, BAR_CELLS - 1)}▸` : drawBar(share, BAR_CELLS)
}
