import type { Problem } from '../errors.ts'
import { renderBuildCache } from './build-cache.ts'
import { codeSpan, escapeMarkdown, preformatted, tableRow } from './escape.ts'
import { hasProject, headline, nameOf, shortName } from './headline.ts'
import { type CandidateReport, type Report, SHOWN_PHASE_MS } from './report.ts'
import { isStopped } from './stopped.ts'
import { PINNED_SET, renderCache, renderWarmed } from './text.ts'
import { count, formatBytes, formatMs, formatRate, formatSeconds } from './units.ts'

/** The runner drops a step's summary above 1 MiB; a reader gives up long before. */
const MAX_BYTES = 64 << 10

/** The report as the job's summary, in GitHub's Markdown. Sections without content are left out. */
export function renderSummary(report: Report): string {
  const sections = [
    failure(report),
    title(report),
    said(report),
    renderCandidatesSection(report),
    cache(report),
    buildCache(report),
    phases(report),
    attempts(report),
    upstreams(report),
    slowest(report),
    settings(report),
    warnings(report),
  ]
  return shorten(`${sections.filter(section => section !== '').join('\n\n')}\n`)
}

function title(report: Report): string {
  const sign = isStopped(report) ? '⏹️' : report.failure !== null ? '❌' : report.warnings.length > 0 ? '⚠️' : '✅'
  const what = isStopped(report) ? 'stopped' : report.failure !== null ? 'failed' : headline(report)
  const facts = [
    report.go?.version,
    report.project && (hasProject(report) ? count(report.project.modules, 'module') : 'no go.mod'),
    report.download && report.download.requests > 0 && count(report.download.requests, 'request'),
    report.download && report.download.attempts.length > 1 && count(report.download.attempts.length, 'attempt'),
    report.download?.toolchain &&
      `toolchain ${report.download.toolchain.version} in ${formatSeconds(report.download.toolchain.seconds)}`,
  ].filter(fact => typeof fact === 'string')
  return `### ${sign} Go modules: ${escapeMarkdown(what, 600)}${facts.length > 0 ? `\n\n${escapeMarkdown(facts.join(' · '), 400)}` : ''}`
}

/** Cause and remedy, first of all, in one of GitHub's alerts. */
function failure(report: Report): string {
  const { failure: problem } = report
  if (problem === null) return ''
  return isStopped(report) ? `> [!NOTE]\n> ${escapeMarkdown(problem.message, 600)}` : renderAlert(problem)
}

/** What a refused step leaves instead of a report: each problem, with what to do. */
export function renderRefusal(problems: readonly Problem[]): string {
  return shorten(`${['### ❌ Go modules: failed', ...problems.map(renderAlert)].join('\n\n')}\n`)
}

function renderAlert(problem: Problem): string {
  const [cause = '', ...details] = problem.message.split('\n  ')
  const lines = [
    '[!CAUTION]',
    `**${escapeMarkdown(cause, 1200)}** (${codeSpan(problem.code)})`,
    ...details.map(line => `- ${escapeMarkdown(line, 600)}`),
    ...(problem.hint === '' ? [] : ['', `**What to do:** ${escapeMarkdown(problem.hint, 600)}`]),
  ]
  return lines.map(line => (line === '' ? '>' : `> ${line}`)).join('\n')
}

/** As rendered: far less than the summary may have, so that it is never cut within. */
const SAID_BYTES = 16 << 10
const SAID_LINE_BYTES = 500

/** go's own words, folded: they may be long. The last ones say most. */
function said({ download }: Report): string {
  const lines = download?.said ?? []
  if (lines.length === 0) return ''
  const shown: string[] = []
  let bytes = 0
  for (const line of lines.toReversed()) {
    const safe = preformatted(line, SAID_LINE_BYTES)
    bytes += Buffer.byteLength(safe) + 1
    if (bytes > SAID_BYTES) break
    shown.unshift(safe)
  }
  const left = lines.length - shown.length
  return [
    `<details><summary>What go said (${count(lines.length, 'line')})</summary>`,
    '',
    `<pre>${left > 0 ? `… ${count(left, 'line')} before these: see the log\n` : ''}${shown.join('\n')}</pre>`,
    '',
    '</details>',
  ].join('\n')
}

/** The table of candidates and how it was measured. */
export function renderCandidatesSection(report: Report): string {
  const { skipped, seconds, bytes, joined, capped, pinned } = report.benchmark
  if (report.candidates.length === 0) return skipped === null ? '' : `No benchmark: ${escapeMarkdown(skipped)}.`
  const rows = report.candidates.map(candidate => tableRow(candidateCells(candidate, report)))
  const note = [
    pinned
      ? `Measured in ${formatSeconds(seconds)} with ${formatBytes(bytes)} of ${PINNED_SET}; the predictions are for that set too.`
      : `Measured in ${formatSeconds(seconds)} with ${formatBytes(bytes)} of this project’s own modules, each checked against go.sum.`,
    joined === null ? '' : `Mirrors joined because ${escapeMarkdown(joined)}.`,
    capped ? 'The time limit was reached before every proxy answered.' : '',
    ...renderWarmed(report.warmed).map(sentence => escapeMarkdown(sentence, 600)),
  ]
  return [
    '#### Candidates',
    '',
    table(
      [
        '',
        'proxy',
        'trust',
        'verdict',
        'connect',
        'TLS',
        'first byte',
        'rate',
        `${pinned ? 'built-in set' : 'whole download'}, predicted`,
      ],
      '::::rrrrr',
    ),
    ...rows,
    '',
    note.filter(text => text !== '').join(' '),
  ].join('\n')
}

function cache(report: Report): string {
  return escapeMarkdown(renderCache(report) ?? '', 600)
}

function buildCache(report: Report): string {
  return escapeMarkdown(renderBuildCache(report.buildCache) ?? '', 600)
}

function candidateCells(candidate: CandidateReport, report: Report): readonly string[] {
  const chosen = report.choice?.proxy === nameOf(candidate)
  const verdict = candidate.verdict === 'ok' ? 'ok' : `**${candidate.verdict}**: ${escapeMarkdown(candidate.reason)}`
  return [
    chosen ? '➜' : '',
    codeSpan(shortName(nameOf(candidate))),
    candidate.trust,
    verdict,
    formatMs(candidate.connectMs),
    formatMs(candidate.tlsMs),
    formatMs(candidate.firstByteMs),
    formatRate(candidate.bytesPerSecond),
    formatSeconds(candidate.predictedSeconds),
  ]
}

const BAR_CELLS = 30

/** Where the time went: each phase as a bar on a common time scale. */
function phases(report: Report): string {
  const shown = report.phases.filter(phase => phase.ms >= SHOWN_PHASE_MS)
  const end = Math.max(...shown.map(phase => phase.startMs + phase.ms), 1)
  if (shown.length === 0) return ''
  const rows = shown.map(({ name, startMs, ms }) => {
    const from = Math.min(BAR_CELLS - 1, Math.floor((startMs / end) * BAR_CELLS))
    const length = Math.max(1, Math.min(BAR_CELLS - from, Math.round((ms / end) * BAR_CELLS)))
    const bar = `${'·'.repeat(from)}${'█'.repeat(length)}${'·'.repeat(BAR_CELLS - from - length)}`
    return tableRow([escapeMarkdown(name), formatMs(ms), `\`${bar}\``])
  })
  return ['#### Where the time went', '', table(['phase', 'time', `0 to ${formatMs(end)}`], ':r:'), ...rows].join('\n')
}

function attempts(report: Report): string {
  const list = report.download?.attempts ?? []
  if (list.length < 2 && report.failure === null) return ''
  if (list.length === 0) return ''
  const rows = list.map((attempt, i) =>
    tableRow([
      String(i + 1),
      codeSpan(attempt.directory),
      codeSpan(attempt.goproxy),
      formatSeconds(attempt.seconds),
      String(attempt.requests),
      attempt.failure === undefined
        ? attempt.outcome
        : `${attempt.outcome}: ${codeSpan(attempt.failure.code)} ${escapeMarkdown(attempt.failure.text)}`,
    ]),
  )
  return ['#### Attempts', '', table(['', 'directory', 'GOPROXY', 'time', 'requests', 'end'], 'r::rr:'), ...rows].join(
    '\n',
  )
}

/** Only if modules came from several; for one, the table of candidates is enough. */
function upstreams(report: Report): string {
  if (report.upstreams.length < 2) return ''
  const rows = report.upstreams.map(({ name, requests, bytes, failures, rejected }) =>
    tableRow([codeSpan(shortName(name)), String(requests), formatBytes(bytes), String(failures), String(rejected)]),
  )
  const titles = ['proxy', 'requests', 'received', 'failed', 'wrong content']
  return ['#### Where modules came from', '', table(titles, ':rrrr'), ...rows].join('\n')
}

function slowest(report: Report): string {
  if (report.slowest.length === 0) return ''
  const rows = report.slowest
    .slice(0, 5)
    .map(module =>
      tableRow([
        codeSpan(`${module.path}@${module.version}`),
        formatBytes(module.bytes),
        formatSeconds(module.seconds),
      ]),
    )
  return ['#### Slowest modules', '', table(['module', 'size', 'time'], ':rr'), ...rows].join('\n')
}

function settings(report: Report): string {
  if (report.settings.length === 0) return ''
  const rows = report.settings.map(setting =>
    tableRow([
      `\`${setting.name}\``,
      codeSpan(setting.value),
      setting.changed ? 'set by this step' : escapeMarkdown(setting.from),
      setting.scope === 'job' ? 'later steps' : 'this download',
      escapeMarkdown(setting.why),
    ]),
  )
  return ['#### Settings', '', table(['variable', 'value', 'from', 'for', 'why'], ':::::'), ...rows].join('\n')
}

function warnings(report: Report): string {
  if (report.warnings.length === 0) return ''
  const items = report.warnings.map(({ code, message, hint }) => {
    const advice = hint === '' ? '' : `<br>*${escapeMarkdown(hint, 600)}*`
    return `- ${escapeMarkdown(message, 600)} (${codeSpan(code)})${advice}`
  })
  return ['#### Warnings', '', ...items].join('\n')
}

/** @param align one character a column: `r` right, anything else left */
function table(titles: readonly string[], align: string): string {
  return `${tableRow(titles)}\n${tableRow(titles.map((_, i) => (align[i] === 'r' ? '--:' : ':--')))}`
}

/** Cuts between lines, so that no table or reference stays open. */
function shorten(markdown: string): string {
  if (Buffer.byteLength(markdown) <= MAX_BYTES) return markdown
  const lines: string[] = []
  let bytes = 0
  for (const line of markdown.split('\n')) {
    bytes += Buffer.byteLength(line) + 1
    if (bytes > MAX_BYTES) break
    lines.push(line)
  }
  return `${lines.join('\n')}\n\nThe rest is in the report file.\n`
}
