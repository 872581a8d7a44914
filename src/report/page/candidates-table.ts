import { escapeHtml } from '../escape.ts'
import { nameOf, shortName } from '../headline.ts'
import { formatPredicted } from '../predicted.ts'
import type { CandidateReport, Report } from '../report.ts'
import { measuredWith } from '../text.ts'
import { formatBytes, formatMs, formatRate } from '../units.ts'
import { percent, type Shape } from './chart.ts'
import { renderSection, renderShapes, renderTable } from './html.ts'
import { escapeText } from './sections.ts'

/** What each proxy was measured with and what it served, with bars for round trips, rate and prediction. */
export function renderCandidates(report: Report): string {
  const { candidates } = report
  if (candidates.length === 0) return ''
  const longest = (of: (one: CandidateReport) => number | null) => Math.max(0, ...candidates.map(one => of(one) ?? 0))
  const most = {
    trips: longest(one => tripsOf(one).reduce((sum, { ms }) => sum + ms, 0)),
    rate: longest(one => one.bytesPerSecond),
    predicted: longest(one => one.predictedSeconds),
  }
  const rows = candidates.map(one => [
    renderName(one, report),
    one.trust,
    renderVerdict(one),
    `${renderTrips(one)}${drawBars(tripsOf(one), most.trips)}`,
    `${formatRate(one.bytesPerSecond)}${drawBars([{ name: 'rate', ms: one.bytesPerSecond ?? 0 }], most.rate)}`,
    `${formatPredicted(one)}${drawBars([{ name: 'predicted', ms: one.predictedSeconds ?? 0 }], most.predicted)}`,
    renderServed(one, report),
  ])
  const columns = [
    ...['Proxy', 'Trust', 'Verdict'].map(title => ({ title })),
    ...['Round trips', 'Rate', 'Predicted'].map(title => ({ title, kind: 'b' as const })),
    { title: 'Served' },
  ]
  const keys = TRIPS.map(name => `<span><span class="key ${classOfTrip(name)}"></span>${name}</span>`).join('')
  const caption = 'What each proxy was measured with, the best first'
  return renderSection(
    'candidates',
    'Candidates',
    `<p class="keys">${escapeText(measuredWith(report))} Round trips: ${keys}</p>\n${renderTable({ caption, id: 'candidate-table' }, columns, rows)}`,
  )
}

const TRIPS = ['name lookup', 'connect', 'TLS', 'first byte'] as const

interface Trip {
  readonly name: string
  readonly ms: number
}

/** What a first request waits for, in order. */
function tripsOf({ lookupMs, connectMs, tlsMs, firstByteMs }: CandidateReport): readonly Trip[] {
  return [lookupMs, connectMs, tlsMs, firstByteMs].map((ms, i) => ({ name: TRIPS[i] ?? '', ms: ms ?? 0 }))
}

function classOfTrip(name: string): string {
  return name.replaceAll(' ', '-').toLowerCase()
}

function renderTrips(one: CandidateReport): string {
  const parts = tripsOf(one).filter(({ ms }) => ms > 0)
  return parts.length === 0 ? formatMs(null) : parts.map(({ ms }) => formatMs(ms)).join(' + ')
}

/** Parts of a bar one behind the other. @param most of the longest bar */
function drawBars(parts: readonly Trip[], most: number): string {
  if (most === 0 || parts.every(({ ms }) => ms === 0)) return ''
  let from = 0
  const shapes = parts.map(({ name, ms }): Shape => {
    const place = { x: percent(from, most), width: percent(ms, most) }
    from += ms
    return { tag: 'rect', attributes: { class: classOfTrip(name), ...place, height: 6 } }
  })
  // The figures stand above it.
  return `<svg class="bar" height="6" aria-hidden="true">${renderShapes(shapes)}</svg>`
}

function renderName(one: CandidateReport, { choice }: Report): string {
  const name = escapeHtml(shortName(nameOf(one)))
  return choice?.proxy === nameOf(one) ? `<strong>${name}</strong> <span class="badge good">chosen</span>` : name
}

const WELL: readonly CandidateReport['verdict'][] = ['ok', 'cold', 'slow']

function renderVerdict({ verdict, reason }: CandidateReport): string {
  const kind = verdict === 'ok' ? 'good' : WELL.includes(verdict) ? 'fair' : 'bad'
  return `<span class="badge ${kind}">${verdict}</span>${verdict === 'ok' ? '' : ` ${escapeText(reason)}`}`
}

function renderServed(one: CandidateReport, { upstreams }: Report): string {
  const served = upstreams.find(({ name }) => name === nameOf(one))
  if (served === undefined) return '–'
  const failures = served.failures + served.rejected
  return `${formatBytes(served.bytes)} in ${served.requests} requests${failures === 0 ? '' : `, ${failures} failed`}`
}
