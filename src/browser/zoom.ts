import { drawAxis } from '../report/page/chart.ts'
import type { Chart } from './chart.ts'
import { drawShapes, element } from './dom.ts'

/** A browser draws nothing much wider. */
const MOST = 64
const STEP = 1.5
/** Distance of the times above the chart, in pixels. */
const TICK_WIDTH = 60

/**
 * Makes the time line wider with Ctrl and the wheel, the keys + - 0, a double click, and the buttons; moves it by
 * scrolling, with the arrow keys, and by dragging.
 */
export function startZoom(chart: Chart): { readonly tell: () => void } {
  const frame = element('chart')
  const plot = element('plot')
  let zoom = 1
  const tell = () => {
    const { length } = chart.shown
    element('shown').textContent = `${length} ${length === 1 ? 'request' : 'requests'}, ${Math.round(zoom * 10) / 10} ×`
  }
  /** @param at the place that stays where it is, from the left edge of the frame */
  const zoomTo = (wanted: number, at = middleOf(frame)) => {
    const before = timeWidth(plot)
    const place = frame.scrollLeft + at - namesWidth()
    zoom = Math.max(1, Math.min(MOST, wanted))
    frame.style.setProperty('--zoom', String(zoom))
    frame.scrollLeft = (place / before) * timeWidth(plot) - at + namesWidth()
    tick()
    tell()
  }
  const tick = () => {
    const { times, grid } = drawAxis(chart.endMs, Math.max(2, timeWidth(plot) / TICK_WIDTH))
    drawShapes(element<SVGElement>('times'), times)
    drawShapes(element<SVGElement>('grid'), grid)
  }
  const placeOf = (event: MouseEvent) => event.clientX - frame.getBoundingClientRect().left
  element('zoom-in').addEventListener('click', () => zoomTo(zoom * STEP))
  element('zoom-out').addEventListener('click', () => zoomTo(zoom / STEP))
  element('zoom-all').addEventListener('click', () => zoomTo(1))
  frame.addEventListener('dblclick', event => zoomTo(zoom * STEP * STEP, placeOf(event)))
  frame.addEventListener(
    'wheel',
    event => {
      // As a browser zooms its page, and as it tells of two fingers that spread.
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoomTo(zoom * 1.005 ** -event.deltaY, placeOf(event))
    },
    { passive: false },
  )
  frame.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const wanted = { '+': zoom * STEP, '=': zoom * STEP, '-': zoom / STEP, '0': 1 }[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    zoomTo(wanted)
  })
  startDragging(frame)
  window.addEventListener('resize', tick)
  tick()
  tell()
  return { tell }
}

function startDragging(frame: HTMLElement): void {
  let from: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | undefined
  frame.addEventListener('pointerdown', event => {
    // A finger scrolls by itself.
    if (event.pointerType !== 'mouse' || event.button !== 0 || isOnScrollbar(frame, event)) return
    from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop }
  })
  frame.addEventListener('pointermove', event => {
    if (from === undefined) return
    frame.classList.add('dragged')
    frame.scrollTo({ left: from.left - event.clientX + from.x, top: from.top - event.clientY + from.y })
  })
  const end = () => {
    from = undefined
    frame.classList.remove('dragged')
  }
  for (const name of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(name, end)
}

function isOnScrollbar(frame: HTMLElement, event: MouseEvent): boolean {
  const { left, top } = frame.getBoundingClientRect()
  return event.clientX - left > frame.clientWidth || event.clientY - top > frame.clientHeight
}

function namesWidth(): number {
  return element<SVGElement>('grid').getBoundingClientRect().left - element('plot').getBoundingClientRect().left
}

function timeWidth(plot: HTMLElement): number {
  return plot.getBoundingClientRect().width - namesWidth()
}

function middleOf(frame: HTMLElement): number {
  return namesWidth() + (frame.clientWidth - namesWidth()) / 2
}
