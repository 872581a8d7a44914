import { createHash } from 'node:crypto'
import { escapeHtml } from './escape.ts'
import { headline } from './headline.ts'
import { renderJsonLine } from './json.ts'
import assets from './page/assets.json' with { type: 'json' }
import { renderCandidates } from './page/candidates-table.ts'
import { renderChart } from './page/chart-section.ts'
import { renderFacts, renderFailure, renderModules, renderSettings, renderWarnings } from './page/sections.ts'
import type { Report } from './report.ts'

/**
 * A report as one page that needs neither network nor scripts: every request drawn on one time line, tables of candidates
 * and modules, and the report itself as JSON in the element `report`. A script of ours adds zoom, details, filters, order
 * and search. Foreign text is only ever text: what it may do is said once, in the page's policy.
 */
export function renderPage(report: Report): string {
  const title = escapeHtml(headline(report))
  const sections = [renderFailure, renderWarnings, renderChart, renderCandidates, renderModules, renderSettings].map(
    render => render(report),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${assets.style}</style>
</head>
<body>
<header class="${report.outcome}">
<p class="made">${escapeHtml(madeBy(report))}</p>
<h1>${title}</h1>
${renderFacts(report)}
</header>
<main>
${sections.filter(section => section !== '').join('\n')}
</main>
<script type="application/json" id="report">${jsonInHtml(report)}</script>
<script>${assets.script}</script>
</body>
</html>
`
}

function madeBy({ tool, go }: Report): string {
  const parts = [
    'Go modules',
    `${tool.name} ${tool.version}`,
    go === null ? '' : `${go.version} on ${go.os}/${go.arch}`,
  ]
  return parts.filter(part => part !== '').join(' · ')
}

/**
 * Nothing is loaded or sent, and nothing runs or styles but what stands here. Scripts cannot make markup of text (trusted
 * types), nor does a form lead anywhere.
 */
function policy(): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(assets.script)}'`,
    `style-src '${hashOf(assets.style)}'`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** JSON that ends no element and begins no comment, and that parsers read as it was. */
function jsonInHtml(value: unknown): string {
  return renderJsonLine(value).replaceAll('<', '\\u003c')
}
