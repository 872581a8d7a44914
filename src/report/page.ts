import { escapeHtml } from './escape.ts'
import { headline, nameOf, shortName } from './headline.ts'
import { renderJsonLine } from './json.ts'
import { modulesIn } from './modules.ts'
import { type Report, SHOWN_PHASE_MS } from './report.ts'
import { count, formatBytes, formatMs, formatRate, formatSeconds } from './units.ts'
import { drawPhases, drawRequests, LEGEND } from './waterfall.ts'

/**
 * A report as one page that needs neither network nor scripts: every request drawn on one time line, tables of modules and
 * candidates, and the report itself as JSON in the element `report`. Foreign text is only ever text.
 */
export function renderPage(report: Report): string {
  const title = escapeHtml(headline(report))
  const sections = [phases, requests, candidates, modules, problems].map(render => render(report))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${escapeHtml(facts(report))}</p>
</header>
<main>
${sections.filter(section => section !== '').join('\n')}
</main>
<script type="application/json" id="report">${jsonInHtml(report)}</script>
</body>
</html>
`
}

/** Nothing is loaded, run or sent. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** Grey of at least 4.5 to 1 on both grounds; bars differ in lightness, too. */
const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--dim:#57606a;--line:#d0d7de;--probe:#8250df;--download:#0969da;--retry:#bf8700;--hedge:#1b7c83;--failed:#cf222e;--phase:#57606a}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--dim:#9198a1;--line:#30363d;--probe:#be8fff;--download:#4493f8;--retry:#d29922;--hedge:#39c5cf;--failed:#ff7b72;--phase:#9198a1}}
body{margin:0 auto;padding:1rem;max-width:76rem;font:14px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--text)}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}p{color:var(--dim)}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--dim)}
th,td{padding:.2rem .5rem;border-bottom:1px solid var(--line);text-align:left;overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}
svg{width:100%;height:auto;display:block}text{fill:var(--text);font:10px system-ui,sans-serif}.t{fill:var(--dim)}.g{stroke:var(--line)}
.key{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 1em}
.p{fill:var(--phase);background:var(--phase)}.b{fill:var(--probe);background:var(--probe)}.d{fill:var(--download);background:var(--download)}.r{fill:var(--retry);background:var(--retry)}.h{fill:var(--hedge);background:var(--hedge)}.f{fill:var(--failed);background:var(--failed)}
@media print{body{max-width:none}tr{break-inside:avoid}}
`
  .trim()
  .replaceAll('\n', '')

function facts({ tool, go, project, download, requests = [], requestsLeftOut = 0 }: Report): string {
  const parts = [
    go === null ? '' : `${go.version} on ${go.os}/${go.arch}`,
    project === null ? '' : count(project.modules, 'module'),
    download === null ? '' : `${formatBytes(download.bytes)} in ${formatSeconds(download.seconds)}`,
    `${count(requests.length, 'request')}${requestsLeftOut === 0 ? '' : ` (${requestsLeftOut} shorter ones left out)`}`,
    `${tool.name} ${tool.version}`,
  ]
  return parts.filter(part => part !== '').join(' · ')
}

function phases(report: Report): string {
  const shown = report.phases.filter(({ ms }) => ms >= SHOWN_PHASE_MS)
  return shown.length === 0 ? '' : section('Where the time went', drawPhases(shown))
}

function requests({ requests: list = [] }: Report): string {
  if (list.length === 0) return ''
  const keys = LEGEND.map(([key, what]) => `<span class="key ${key}"></span>${what}`).join('')
  return section('Requests', `<p>${keys}</p>\n${drawRequests(list)}`)
}

function candidates({ candidates: list, choice }: Report): string {
  if (list.length === 0) return ''
  const rows = list.map(one => [
    `${escapeHtml(shortName(nameOf(one)))}${choice?.proxy === nameOf(one) ? ' (chosen)' : ''}`,
    one.trust,
    one.verdict === 'ok' ? 'ok' : `${one.verdict}: ${escapeHtml(one.reason)}`,
    formatMs(one.firstByteMs),
    formatRate(one.bytesPerSecond),
    formatSeconds(one.predictedSeconds),
  ])
  const head = ['Proxy', 'Trust', 'Verdict', 'Round trip', 'Rate', 'Predicted']
  return section('Candidates', table('What each proxy was measured with', head, rows, 3))
}

function modules(report: Report): string {
  const rows = modulesIn(report.requests ?? []).map(one => [
    escapeHtml(one.version === null ? one.module : `${one.module}@${one.version}`),
    escapeHtml(shortName(one.proxy ?? '–')),
    String(one.requests),
    formatBytes(one.bytes),
    formatMs(one.ms),
  ])
  if (rows.length === 0) return ''
  const head = ['Module', 'From', 'Requests', 'Size', 'Time']
  return section('Modules', table('From the first request to the last byte; the slowest first', head, rows, 2))
}

function problems({ warnings, failure }: Report): string {
  const list = failure === null ? warnings : [failure, ...warnings]
  const items = list.map(
    ({ code, message, hint }) => `<li>${escapeHtml(message)} ${escapeHtml(hint)} (${escapeHtml(code)})</li>`,
  )
  return items.length === 0 ? '' : section('Warnings', `<ul>\n${items.join('\n')}\n</ul>`)
}

function section(title: string, content: string): string {
  return `<section>\n<h2>${title}</h2>\n${content}\n</section>`
}

/** @param rows finished HTML @param figuresFrom the first column of figures */
function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  figuresFrom: number,
): string {
  const cell = (tag: string, text: string, i: number) => `<${tag}${i >= figuresFrom ? ' class="n"' : ''}>${text}`
  const row = (tag: string, cells: readonly string[]) => `<tr>${cells.map((text, i) => cell(tag, text, i)).join('')}`
  return `<table>\n<caption>${caption}</caption>\n<thead>${row('th', head)}</thead>\n<tbody>\n${rows.map(cells => row('td', cells)).join('\n')}\n</tbody>\n</table>`
}

/** JSON that ends no element and begins no comment, and that parsers read as it was. */
function jsonInHtml(value: unknown): string {
  return renderJsonLine(value).replaceAll('<', '\\u003c')
}
