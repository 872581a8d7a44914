import { escapeHtml } from './escape.ts'
import { shortName } from './headline.ts'
import type { RequestReport } from './requests.ts'
import { allot } from './slots.ts'
import type { Phase } from './story.ts'
import { formatBytes, formatMs } from './units.ts'

/** Units of the picture, which scales with the page. */
const WIDTH = 1_000
const AXIS = 16
const LABELLED_ROW = 14
const SLIM_ROW = 5
/** More requests are drawn without names, as many as there were at a time on each line. */
const MOST_LABELLED = 400
/** So many spaces stand behind the time line for names. */
const NAMES = 330

/** What the colours of requests mean, by class. */
export const LEGEND = [
  ['b', 'probe of the benchmark'],
  ['d', 'download'],
  ['r', 'retry'],
  ['h', 'hedge, or asked of a cold proxy'],
  ['f', 'failed or stopped'],
] as const

interface Bar {
  readonly row: number
  readonly startMs: number
  readonly ms: number
  readonly kind: string
  /** Finished text. */
  readonly title: string
  readonly label: string
}

export function drawPhases(phases: readonly Phase[]): string {
  const bars = phases.map(({ name, startMs, ms }, row) => {
    const title = `${escapeHtml(name)}: ${formatMs(ms)}`
    return { row, startMs, ms, kind: 'p', title, label: title }
  })
  return draw(bars, 'Phases of the step on a time line', LABELLED_ROW)
}

/** One request on a line with its name; of many, those of one proxy on as few lines as will do. */
export function drawRequests(requests: readonly RequestReport[]): string {
  const what = `${requests.length} requests on a time line`
  if (requests.length <= MOST_LABELLED) {
    return draw(
      requests.map((request, row) => barOf(request, row)),
      what,
      LABELLED_ROW,
    )
  }
  const proxies = [...new Set(requests.map(({ proxy }) => proxy))]
  const bars: Bar[] = []
  let row = 0
  for (const proxy of proxies) {
    for (const slot of allot(requests.filter(request => request.proxy === proxy))) {
      for (const request of slot) bars.push({ ...barOf(request, row), label: '' })
      row++
    }
    row++
  }
  return draw(bars, what, SLIM_ROW)
}

function barOf(request: RequestReport, row: number): Bar {
  const { module, version, file, proxy, startMs, ms, bytes, outcome } = request
  const name = module === null ? file : `${module}${version === null ? '' : `@${version}`} ${file}`
  const end = outcome === 'found' ? formatBytes(bytes) : escapeHtml(outcome)
  const title = `${escapeHtml(name)}, ${escapeHtml(shortName(proxy))}: ${end}, ${formatMs(ms)}`
  return { row, startMs, ms, kind: kindOf(request), title, label: title }
}

function kindOf({ outcome, why }: RequestReport): string {
  // That a file is absent is an answer.
  if (outcome !== 'found' && outcome !== 'absent' && outcome !== 'not cached') return 'f'
  if (why === 'retry') return 'r'
  if (why === 'hedge' || why === 'alive' || why === 'warming') return 'h'
  return why === 'download' ? 'd' : 'b'
}

function draw(bars: readonly Bar[], what: string, rowHeight: number): string {
  let endMs = 1
  let rows = 0
  for (const { row, startMs, ms } of bars) {
    endMs = Math.max(endMs, startMs + ms)
    rows = Math.max(rows, row + 1)
  }
  const named = bars.some(({ label }) => label !== '')
  const width = named ? WIDTH - NAMES : WIDTH
  const scale = (ms: number) => Math.round((ms / endMs) * width * 10) / 10
  const height = AXIS + rows * rowHeight
  const drawn = bars.map(({ row, startMs, ms, kind, title, label }) => {
    const [x, y] = [scale(startMs), AXIS + row * rowHeight]
    const length = Math.max(0.5, scale(ms))
    const bar = `<rect class="${kind}" x="${x}" y="${y + 1}" width="${length}" height="${rowHeight - 2}"><title>${title}</title></rect>`
    if (label === '') return bar
    // On the side where there is room.
    const place = x > width / 2 ? `x="${Math.round(x - 3)}" text-anchor="end"` : `x="${Math.round(x + length + 3)}"`
    return `${bar}<text ${place} y="${y + rowHeight - 4}">${label}</text>`
  })
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${what}">\n${axis(endMs, width, height)}\n${drawn.join('\n')}\n</svg>`
}

const TICKS = 5

function axis(endMs: number, width: number, height: number): string {
  return Array.from({ length: TICKS }, (_, i) => {
    const x = Math.round((width * i) / TICKS)
    const line = `<line class="g" x1="${x}" y1="0" x2="${x}" y2="${height}"/>`
    return `${line}<text class="t" x="${x + 2}" y="10">${formatMs((endMs * i) / TICKS)}</text>`
  }).join('')
}
