import type { Problem } from '../errors.ts'
import { renderBuildCache } from './build-cache.ts'
import { renderCandidatesSection, renderOnlyCandidate } from './candidates-section.ts'
import { describeRequests } from './duration.ts'
import { codeSpan, escapeMarkdown, figure, more, preformatted, prose, table, tableRow } from './escape.ts'
import { hasProject, headline, shortName } from './headline.ts'
import { renderModuleStore } from './module-store.ts'
import type { Report } from './report.ts'
import { isStopped } from './stopped.ts'
import { renderCache } from './text.ts'
import { renderTimes } from './times.ts'
import { renderToolsSection } from './tools.ts'
import { count, formatBytes, formatSeconds } from './units.ts'

/** The runner drops a step's summary above 1 MiB; a reader gives up long before. */
const MAX_BYTES = 64 << 10
/** More rows of a table, or warnings, are counted. */
const SHOWN = 20

interface Section {
  /** As it is called where there is no room for it. */
  readonly name: string
  readonly text: string
  /** The least goes last where there is no room for all. */
  readonly weight: number
}

/**
 * The report as the job's summary, in GitHub's Markdown. Sections without content are left out.
 * @param page that explains the verdicts; undefined: there are no links to it
 */
export function renderSummary(report: Report, page?: string): string {
  const candidates =
    report.candidates.length === 1 ? renderOnlyCandidate(report, page) : renderCandidatesSection(report, page)
  return join([
    { name: 'the failure', text: failure(report), weight: 9 },
    { name: 'the outcome', text: title(report), weight: 9 },
    { name: 'notices', text: (report.notices ?? []).map(one => prose(one)).join(' '), weight: 8 },
    { name: 'what go said', text: said(report), weight: 1 },
    { name: 'warnings', text: warnings(report), weight: 8 },
    { name: 'candidates', text: candidates, weight: 6 },
    { name: 'the module cache', text: cache(report), weight: 5 },
    { name: 'the build cache', text: buildCache(report), weight: 5 },
    { name: 'the tools', text: renderToolsSection(report.tools), weight: 5 },
    { name: 'the module store', text: prose(renderModuleStore(report) ?? ''), weight: 5 },
    { name: 'where the time went', text: renderTimes(report), weight: 7 },
    { name: 'attempts', text: attempts(report), weight: 2 },
    { name: 'where modules came from', text: upstreams(report), weight: 4 },
    { name: 'settings', text: settings(report), weight: 3 },
  ])
}

/** Whole sections, as many as there is room for, the weightiest first; and which were left out. */
function join(all: readonly Section[]): string {
  const sections = all.filter(({ text }) => text !== '')
  const kept = new Set<Section>()
  let bytes = 0
  for (const section of sections.toSorted((a, b) => b.weight - a.weight)) {
    const more = Buffer.byteLength(section.text) + 2
    if (bytes + more > MAX_BYTES) continue
    kept.add(section)
    bytes += more
  }
  const left = sections.filter(section => !kept.has(section)).map(({ name }) => name)
  const rest =
    left.length === 0
      ? []
      : [`Left out, because the size of a summary is limited: ${left.join(', ')}. The report file has them.`]
  return `${[...sections.filter(section => kept.has(section)).map(({ text }) => text), ...rest].join('\n\n')}\n`
}

function title(report: Report): string {
  const sign = isStopped(report) ? '⏹️' : report.failure !== null ? '❌' : report.warnings.length > 0 ? '⚠️' : '✅'
  const what = isStopped(report) ? 'stopped' : report.failure !== null ? 'failed' : headline(report)
  const directories = report.project?.directories ?? []
  const asked = describeRequests(report)
  const facts = [
    report.go?.version ?? (report.toolchain && `go${report.toolchain.version}`),
    report.toolchain?.fetched &&
      `from ${shortName(report.toolchain.fetched.proxy)} in ${formatSeconds(report.toolchain.fetched.seconds)}, proven`,
    report.project && (hasProject(report) ? count(report.project.modules, 'module') : 'no go.mod'),
    report.download && report.download.requests > 0 && asked && `${asked.all} ${asked.what}`,
    // Each directory has one at least.
    report.download &&
      report.download.attempts.length > Math.max(1, directories.length) &&
      count(report.download.attempts.length, 'attempt'),
    report.download?.toolchain &&
      `toolchain ${report.download.toolchain.version} in ${formatSeconds(report.download.toolchain.seconds)}`,
  ].filter(fact => typeof fact === 'string')
  const where = `Go modules${placesOf(directories)}`
  return `### ${sign} ${where}: ${escapeMarkdown(what, 600)}${facts.length > 0 ? `\n\n${escapeMarkdown(facts.join(' · '), 400)}` : ''}`
}

const SHOWN_DIRECTORIES = 3

/** A job may have several such summaries. */
function placesOf(directories: readonly string[]): string {
  if (directories.length === 0 || (directories.length === 1 && directories[0] === '.')) return ''
  if (directories.length > SHOWN_DIRECTORIES) return ` in ${directories.length} directories`
  return ` in ${directories.map(name => codeSpan(name, 100)).join(', ')}`
}

/** Cause and remedy, first of all, in one of GitHub's alerts. */
function failure(report: Report): string {
  const { failure: problem } = report
  if (problem === null) return ''
  return isStopped(report) ? `> [!NOTE]\n> ${prose(problem.message)}` : renderAlert(problem)
}

/** What a refused step leaves instead of a report: each problem, with what to do. */
export function renderRefusal(problems: readonly Problem[]): string {
  return join([
    ...problems.map(problem => ({ name: problem.code, text: renderAlert(problem), weight: 1 })),
    { name: 'the outcome', text: '### ❌ Go modules: failed', weight: 9 },
  ])
}

function renderAlert(problem: Problem): string {
  const [cause = '', ...details] = problem.message.split('\n  ')
  const lines = [
    '[!CAUTION]',
    `**${prose(cause, 1200)}** (${codeSpan(problem.code)})`,
    ...details.map(line => `- ${prose(line)}`),
    ...(problem.hint === '' ? [] : ['', `**What to do:** ${prose(problem.hint)}`]),
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
  return prose(renderCache(report) ?? '')
}

function buildCache(report: Report): string {
  return prose(renderBuildCache(report.buildCache) ?? '')
}

/** Of each directory, and of what was tried more than once. */
function attempts(report: Report): string {
  const list = report.download?.attempts ?? []
  // One alone is what the rest of the summary is about.
  if (list.length < 2) return ''
  const isEach = list.every(({ outcome }) => outcome === 'done')
  const [hasPlaces, hasProxies] = [isSeveral(list, 'directory'), isSeveral(list, 'goproxy')]
  const rows = list
    .slice(0, SHOWN)
    .map((attempt, i) =>
      tableRow([
        ...(isEach ? [] : [String(i + 1)]),
        ...(hasPlaces ? [codeSpan(attempt.directory)] : []),
        ...(hasProxies ? [codeSpan(attempt.goproxy)] : []),
        figure(formatSeconds(attempt.seconds)),
        String(attempt.requests),
        ...(isEach ? [] : [endOf(attempt)]),
      ]),
    )
  const titles = [
    ...(isEach ? [] : ['']),
    ...(hasPlaces ? ['directory'] : []),
    ...(hasProxies ? ['GOPROXY'] : []),
    'time',
    'requests',
    ...(isEach ? [] : ['end']),
  ]
  const align = titles.map(one => (['', 'time', 'requests'].includes(one) ? 'r' : ':')).join('')
  const heading = isEach && hasPlaces ? '#### Directories' : '#### Attempts'
  return [heading, '', table(titles, align), ...rows, ...more(list.length - SHOWN)].join('\n')
}

type AttemptOf = NonNullable<Report['download']>['attempts'][number]

function isSeveral(list: readonly AttemptOf[], what: 'directory' | 'goproxy'): boolean {
  return new Set(list.map(one => one[what])).size > 1
}

function endOf({ outcome, failure }: AttemptOf): string {
  return failure === undefined ? outcome : `${outcome}: ${codeSpan(failure.code)} ${escapeMarkdown(failure.text, 200)}`
}

/** Only if modules came from several, or one of them failed; for one, the table of candidates is enough. */
function upstreams(report: Report): string {
  const { upstreams } = report
  if (upstreams.length < 2 && upstreams.every(({ failures, rejected }) => failures + rejected === 0)) return ''
  const [hasFailed, hasWrong] = [upstreams.some(one => one.failures > 0), upstreams.some(one => one.rejected > 0)]
  const rows = upstreams
    .slice(0, SHOWN)
    .map(({ name, requests, bytes, failures, rejected, reasons = [] }) =>
      tableRow([
        codeSpan(shortName(name)),
        String(requests),
        figure(formatBytes(bytes)),
        ...(hasWrong ? [String(rejected)] : []),
        ...(hasFailed ? [failures === 0 ? '0' : `${failures}${renderReasons(reasons)}`] : []),
      ]),
    )
  const titles = [
    'proxy',
    'requests',
    'received',
    ...(hasWrong ? ['wrong content'] : []),
    ...(hasFailed ? ['failed'] : []),
  ]
  const head = table(titles, hasWrong ? ':rrr:' : ':rr:')
  return ['#### Where modules came from', '', head, ...rows, ...more(upstreams.length - SHOWN)].join('\n')
}

/** What failed, the most frequent first: ` (8 × HTTP 503, 1 × no answer within 10 s)`. */
function renderReasons(reasons: NonNullable<Report['upstreams'][number]['reasons']>): string {
  if (reasons.length === 0) return ''
  return ` (${reasons.map(({ what, count: times }) => `${times} × ${escapeMarkdown(what, 200)}`).join(', ')})`
}

function settings({ settings: all }: Report): string {
  const [first] = all
  if (first === undefined) return ''
  const isMixed = all.some(({ scope }) => scope !== first.scope)
  const forWhat = (scope: typeof first.scope) => (scope === 'job' ? 'later steps' : 'this download')
  const rows = all.map(setting =>
    tableRow([
      codeSpan(setting.name),
      codeSpan(setting.value),
      setting.changed ? 'this step' : escapeMarkdown(setting.from),
      ...(isMixed ? [forWhat(setting.scope)] : []),
      escapeMarkdown(setting.why),
    ]),
  )
  const titles = ['variable', 'value', 'set by', ...(isMixed ? ['for'] : []), 'why']
  const heading = isMixed ? '#### Settings' : `#### Settings for ${forWhat(first.scope)}`
  return [heading, '', table(titles, ':::::'), ...rows].join('\n')
}

function warnings({ warnings: all }: Report): string {
  if (all.length === 0) return ''
  const items = all.slice(0, SHOWN).map(({ code, message, hint }) => {
    const advice = hint === '' ? '' : `<br>**What to do:** ${prose(hint)}`
    return `- ${prose(message)} (${codeSpan(code)})${advice}`
  })
  return [all.length === 1 ? '#### Warning' : '#### Warnings', '', ...items, ...more(all.length - SHOWN)].join('\n')
}
