import { escapeHtml } from '../escape.ts'
import { shortName } from '../headline.ts'
import type { Report } from '../report.ts'
import type { RequestedFile } from '../requests.ts'
import { count } from '../units.ts'
import { AXIS_HEIGHT, drawAxis, type Shape, type Strip } from './chart.ts'
import { CURVE_VIEW, curvesOf, drawCurve, peaksOf } from './curves.ts'
import { renderSection, renderShapes } from './html.ts'
import { CLASSES, classOf, drawRequests, drawSteps, endOf, numberRequests, type RequestClass } from './timeline.ts'

/** So many times stand above the chart before a script makes it wider. */
const TICKS = 5

/** Phases, curves and every request below each other on one time line. '' where nothing was timed. */
export function renderChart(report: Report): string {
  const endMs = endOf(report)
  const requests = numberRequests(report)
  const steps = drawSteps(report, endMs)
  if (steps.height === 0 && requests.length === 0) return ''
  const { times, grid } = drawAxis(endMs, TICKS)
  const what = `${count(requests.length, 'request')} and the phases of the step on a time line`
  const strips = [
    `<div class="strip axis"><div class="name"></div><svg class="time" id="times" height="${AXIS_HEIGHT}">${renderShapes(times)}</svg></div>`,
    renderStrip('steps', steps),
    ...(requests.length === 0
      ? []
      : [...renderCurves(report, endMs), renderStrip('requests', drawRequests(requests, endMs))]),
  ]
  return renderSection(
    'chart',
    'Where the time went',
    `${renderControls(report)}
<div id="chart" class="chart" tabindex="0" role="region" aria-label="Time line: the keys + and − zoom, ↑ and ↓ go through the requests">
<div id="plot" class="plot" role="img" aria-label="${what}">
<svg class="grid" id="grid">${renderShapes(grid)}</svg>
${strips.join('\n')}
</div>
</div>
<div id="details" class="details" role="status"></div>`,
  )
}

function renderStrip(id: string, { height, names, shapes }: Strip): string {
  return `<div class="strip"><svg class="name" id="${id}-names" height="${height}">${renderShapes(names)}</svg><svg class="time" id="${id}" height="${height}">
${renderShapes(shapes)}
</svg></div>`
}

function renderCurves({ requests = [] }: Report, endMs: number): readonly string[] {
  const curves = curvesOf(requests, endMs)
  const peaks = peaksOf(curves)
  return [
    renderCurve('rate', `bytes per second, at most <b id="rate-peak">${peaks.rate}</b>`, drawCurve(curves.rates)),
    renderCurve(
      'in-flight',
      `requests in flight, at most <b id="in-flight-peak">${peaks.inFlight}</b>`,
      drawCurve(curves.inFlight),
    ),
  ]
}

function renderCurve(id: string, name: string, curve: Shape): string {
  const { width, height } = CURVE_VIEW
  return `<div class="strip curve"><div class="name">${name}</div><svg class="time" id="${id}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${renderShapes([curve])}</svg></div>`
}

const FILES: Readonly<Record<RequestedFile, string>> = {
  info: '.info',
  mod: '.mod',
  zip: '.zip',
  list: 'list',
  latest: '@latest',
  sumdb: 'checksum database',
  other: 'other',
}

/** What the script does is hidden until it runs; what the colours mean is not. */
function renderControls({ requests = [] }: Report): string {
  if (requests.length === 0) return `<div class="controls">${ZOOM}</div>`
  const classes = new Set(requests.map(classOf))
  const files = new Set(requests.map(({ file }) => file))
  const proxies = [...new Set(requests.map(({ proxy }) => proxy))]
  const colours = (Object.keys(CLASSES) as RequestClass[]).filter(one => classes.has(one))
  return `<div class="controls">
<label class="scripted" hidden>Module <input type="search" id="search" placeholder="part of its name" autocomplete="off" spellcheck="false"></label>
<label class="scripted" hidden>Proxy <select id="proxy"><option value="">all</option>${proxies.map((proxy, at) => `<option value="${at}">${escapeHtml(shortName(proxy))}</option>`).join('')}</select></label>
<fieldset id="files" class="scripted" hidden><legend>Files</legend>${(Object.keys(FILES) as RequestedFile[])
    .filter(file => files.has(file))
    .map(file => renderChoice(file, FILES[file]))
    .join('')}</fieldset>
<fieldset id="classes"><legend>Requests</legend>${colours.map(one => renderChoice(one, `<span class="key ${one}"></span>${CLASSES[one]}`)).join('')}<span class="hint">lighter until the first byte</span></fieldset>
${ZOOM}
</div>`
}

function renderChoice(value: string, label: string): string {
  return `<label><input type="checkbox" class="scripted" hidden value="${value}" checked>${label}</label>`
}

const ZOOM = `<div class="scripted zoom" hidden role="group" aria-label="Zoom"><button type="button" id="zoom-out" aria-label="Zoom out">−</button><button type="button" id="zoom-in" aria-label="Zoom in">+</button><button type="button" id="zoom-all">Whole run</button><span id="shown" role="status"></span></div>`
