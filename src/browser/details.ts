import { readCurves } from '../report/page/curves.ts'
import { CLASSES, classOf, nameOfRequest } from '../report/page/timeline.ts'
import type { Report } from '../report/report.ts'
import type { RequestReport } from '../report/requests.ts'
import { formatBytes, formatMs } from '../report/units.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { Chart } from './chart.ts'
import { element } from './dom.ts'

interface Position {
  readonly x: number
  readonly y: number
}

/** What the pointer is on, or what the keys ↑ and ↓ chose, is told in a box beside it. */
export function startDetails({ requests = [] }: Report, chart: Chart): { readonly hide: () => void } {
  const frame = element('chart')
  const box = element('details')
  let chosen: number | undefined
  const hide = () => {
    chosen = undefined
    box.replaceChildren()
    mark(undefined)
  }
  const tell = (request: RequestReport, place: Position) => {
    const name = document.createElement('strong')
    name.textContent = sanitizeLine(nameOfRequest(request), 600)
    box.replaceChildren(name, ...describe(request).flatMap(line => [line, document.createElement('br')]))
    placeBeside(box, place)
  }
  frame.addEventListener('pointermove', event => {
    const place = { x: event.clientX, y: event.clientY }
    const at = (event.target as Element).getAttribute('data-at')
    const request = at === null ? undefined : requests[Number(at)]
    const ms = timeAt(event.clientX, chart.endMs)
    if (frame.classList.contains('dragged')) hide()
    else if (request !== undefined) {
      mark(at ?? undefined)
      tell(request, place)
    } else if ((event.target as Element).closest('.curve') !== null && ms !== undefined) {
      mark(undefined)
      box.replaceChildren(`at ${seconds(ms)}: ${readCurves(chart.curves, ms)}`)
      placeBeside(box, place)
    } else hide()
  })
  frame.addEventListener('pointerleave', hide)
  frame.addEventListener('blur', hide)
  frame.addEventListener('keydown', event => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') hide()
    if (by === undefined || chart.shown.length === 0) return
    event.preventDefault()
    const before = chart.shown.findIndex(({ at }) => at === chosen)
    const next = chart.shown[Math.max(0, Math.min(chart.shown.length - 1, before + by))]
    if (next === undefined) return
    chosen = next.at
    const bar = mark(String(chosen))
    bar?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const { left, bottom } = (bar ?? frame).getBoundingClientRect()
    tell(next.request, { x: left, y: bottom })
  })
  return { hide }
}

/** @returns its first bar */
function mark(at: string | undefined): Element | undefined {
  for (const one of document.querySelectorAll('.on')) one.classList.remove('on')
  if (at === undefined) return undefined
  const pieces = document.querySelectorAll(`[data-at="${at}"]`)
  for (const one of pieces) one.classList.add('on')
  return [...pieces].find(one => one.tagName === 'rect')
}

function describe(request: RequestReport): readonly string[] {
  const { proxy, startMs, ms, firstByteMs, bytes, status, outcome, attempt } = request
  return [
    `${proxy}: ${CLASSES[classOf(request)]}${attempt === 0 ? '' : `, attempt ${attempt + 1}`}`,
    `${outcome}${status === null ? '' : ` (${status})`}, ${formatBytes(bytes)}`,
    `${formatMs(ms)}, from ${seconds(startMs)} to ${seconds(startMs + ms)}`,
    firstByteMs === null ? 'no byte came' : `first byte after ${formatMs(firstByteMs)}`,
  ].map(line => sanitizeLine(line, 600))
}

/** To the millisecond: two places on the time line may be close. */
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`
}

function timeAt(x: number, endMs: number): number | undefined {
  const { left, width } = element<SVGElement>('grid').getBoundingClientRect()
  const ms = ((x - left) / width) * endMs
  return ms < 0 || ms > endMs ? undefined : ms
}

/** Below and to the right, or where there is room. */
function placeBeside(box: HTMLElement, { x, y }: Position): void {
  const { width, height } = box.getBoundingClientRect()
  const [right, below] = [x + 14 + width < window.innerWidth, y + 14 + height < window.innerHeight]
  box.style.left = `${Math.max(4, right ? x + 14 : x - 14 - width)}px`
  box.style.top = `${Math.max(4, below ? y + 14 : y - 14 - height)}px`
}
