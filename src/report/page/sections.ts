import type { Problem } from '../../errors.ts'
import { renderAccount } from '../account.ts'
import { describeRequests, downloadSeconds } from '../duration.ts'
import { escapeHtml } from '../escape.ts'
import { shortName } from '../headline.ts'
import { addressOfModule, MOST_SHOWN, type ModuleRequests, modulesIn, publicModulesIn } from '../modules.ts'
import type { Report } from '../report.ts'
import { count, formatBytes, formatMs, formatRate, formatSeconds } from '../units.ts'
import { renderSection, renderTable } from './html.ts'
import { endOf } from './timeline.ts'

/** The run in figures, and in sentences. */
export function renderFacts(report: Report): string {
  const { download, project, requestsLeftOut = 0 } = report
  const asked = describeRequests(report)
  const isDownload = download !== null && download.modules > 0
  const seconds = downloadSeconds(report) ?? 0
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['step', formatMs(endOf(report))],
    ['download', isDownload ? formatSeconds(seconds) : ''],
    ['plain go, estimated', isDownload && download.plainGoSeconds ? formatSeconds(download.plainGoSeconds) : ''],
    ['modules', isDownload ? `${download.modules}` : project === null ? '' : `${project.modules}`],
    ['size', isDownload ? formatBytes(download.bytes) : ''],
    ['mean rate', isDownload && seconds > 0 ? formatRate(download.bytes / seconds) : ''],
    [asked?.what ?? 'requests', `${asked?.all ?? 0}`],
    ['retries', download?.retries ? `${download.retries}` : ''],
    ['rejected answers', download?.rejected ? `${download.rejected}` : ''],
  ]
  const left = requestsLeftOut === 0 ? [] : [`Of the requests, ${requestsLeftOut} shorter ones were left out.`]
  const sentences = [...renderAccount(report), ...left].map(escapeText).join(' ')
  const shown = facts.filter(([, value]) => value !== '')
  return `<dl class="facts">${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>${sentences === '' ? '' : `\n<p>${sentences}</p>`}`
}

/** Why the step failed, and what go said. */
export function renderFailure({ failure, download }: Report): string {
  if (failure === null) return ''
  const said = (download?.said ?? []).slice(0, MOST_SAID)
  const folded =
    said.length === 0
      ? ''
      : `\n<details><summary>What go said</summary>\n<pre tabindex="0">${said.map(escapeText).join('\n')}</pre></details>`
  return renderSection('failure', 'Why it failed', `<div class="problem bad">${renderProblem(failure)}</div>${folded}`)
}

const MOST_SAID = 200

export function renderWarnings({ warnings }: Report): string {
  const items = warnings.map(problem => `<li class="problem">${renderProblem(problem)}</li>`)
  return items.length === 0 ? '' : renderSection('warnings', 'Warnings', `<ul>\n${items.join('\n')}\n</ul>`)
}

function renderProblem({ code, message, hint }: Problem): string {
  const lines = message.split('\n').map(escapeText).join('<br>')
  return `<p>${lines}</p><p>${escapeText(hint)} <code>${escapeText(code)}</code></p>`
}

/** Every module of the download, the slowest first: `modulesIn` has them in the same order. */
export function renderModules(report: Report): string {
  const open = publicModulesIn(report)
  const rows = modulesIn(report.requests ?? []).map(one => [
    renderModule(one, open),
    one.proxy === null ? '<em>not found</em>' : escapeHtml(shortName(one.proxy)),
    String(one.requests),
    formatBytes(one.bytes),
    formatMs(one.startMs),
    formatMs(one.ms),
  ])
  if (rows.length === 0) return ''
  const columns = [
    { title: 'Module' },
    { title: 'From' },
    ...['Requests', 'Size', 'Began at', 'Time'].map(title => ({ title, kind: 'n' as const })),
  ]
  const caption = `${count(rows.length, 'module')}, from the first request to the last byte`
  const table = renderTable({ caption, id: 'module-table' }, columns, rows)
  const all = '<p class="scripted" hidden><button type="button" id="all-modules"></button></p>'
  return renderSection('modules', 'Modules', rows.length > MOST_SHOWN ? `${table}\n${all}` : table)
}

/** The name of a private module is told to no other site. */
function renderModule({ module, version }: ModuleRequests, open: ReadonlySet<string>): string {
  const name = escapeHtml(version === null ? module : `${module}@${version}`)
  const address = version === null || !open.has(`${module}@${version}`) ? undefined : addressOfModule(module, version)
  return address === undefined ? name : `<a href="${address}" rel="noreferrer">${name}</a>`
}

export function renderSettings({ settings }: Report): string {
  const rows = settings.map(({ name, value, from, why }) => [
    `<code>${escapeHtml(name)}</code>`,
    `<code>${escapeText(value)}</code>`,
    escapeText(from),
    escapeText(why),
  ])
  const columns = ['Variable', 'Value', 'From', 'Why'].map(title => ({ title }))
  const caption = 'What go was told, and why'
  return rows.length === 0
    ? ''
    : renderSection('settings', 'Settings', renderTable({ caption, id: 'setting-table' }, columns, rows))
}

/** A sentence may be longer than a name. */
export function escapeText(text: string): string {
  return escapeHtml(text, 4096)
}
