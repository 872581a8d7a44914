import type { Problem } from '../errors.ts'
import { renderBuildCache } from './build-cache.ts'
import { renderCandidatesSection, renderOnlyCandidate } from './candidates-section.ts'
import { codeSpan, escapeMarkdown, preformatted, table, tableRow } from './escape.ts'
import { hasProject, headline, shortName } from './headline.ts'
import type { Report } from './report.ts'
import { isStopped } from './stopped.ts'
import { renderCache } from './text.ts'
import { renderTimes } from './times.ts'
import { count, formatBytes, formatSeconds } from './units.ts'

/** The runner drops a step's summary above 1 MiB; a reader gives up long before. */
const MAX_BYTES = 64 << 10

/** The report as the job's summary, in GitHub's Markdown. Sections without content are left out. */
export function renderSummary(report: Report): string {
  const sections = [
    failure(report),
    title(report),
    escapeMarkdown((report.notices ?? []).join(' '), 1200),
    said(report),
    report.candidates.length === 1 ? renderOnlyCandidate(report) : renderCandidatesSection(report),
    cache(report),
    buildCache(report),
    renderTimes(report),
    attempts(report),
    upstreams(report),
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

function cache(report: Report): string {
  return escapeMarkdown(renderCache(report) ?? '', 600)
}

function buildCache(report: Report): string {
  return escapeMarkdown(renderBuildCache(report.buildCache) ?? '', 600)
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

/** Only if modules came from several, or one of them failed; for one, the table of candidates is enough. */
function upstreams(report: Report): string {
  const { upstreams } = report
  if (upstreams.length < 2 && upstreams.every(({ failures, rejected }) => failures + rejected === 0)) return ''
  const rows = upstreams.map(({ name, requests, bytes, failures, rejected, reasons = [] }) =>
    tableRow([
      codeSpan(shortName(name)),
      String(requests),
      formatBytes(bytes),
      failures === 0 ? '0' : `${failures}${renderReasons(reasons)}`,
      String(rejected),
    ]),
  )
  const titles = ['proxy', 'requests', 'received', 'failed', 'wrong content']
  return ['#### Where modules came from', '', table(titles, ':rr:r'), ...rows].join('\n')
}

/** What failed, the most frequent first: ` (8 × HTTP 503, 1 × no answer within 10 s)`. */
function renderReasons(reasons: NonNullable<Report['upstreams'][number]['reasons']>): string {
  if (reasons.length === 0) return ''
  return ` (${reasons.map(({ what, count: times }) => `${times} × ${escapeMarkdown(what, 200)}`).join(', ')})`
}

function settings(report: Report): string {
  if (report.settings.length === 0) return ''
  const rows = report.settings.map(setting =>
    tableRow([
      codeSpan(setting.name),
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
