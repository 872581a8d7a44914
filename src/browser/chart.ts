import { type Curves, curvesOf, drawCurve, peaksOf } from '../report/page/curves.ts'
import { drawRequests, endOf, type NumberedRequest, numberRequests } from '../report/page/timeline.ts'
import type { Report } from '../report/report.ts'
import { drawShapes, element } from './dom.ts'

/** The chart, drawn anew for what is to be seen. */
export interface Chart {
  readonly endMs: number
  /** In the order in which they began. */
  readonly shown: readonly NumberedRequest[]
  readonly curves: Curves
  show(requests: readonly NumberedRequest[]): void
}

export function startChart(report: Report): Chart {
  const endMs = endOf(report)
  const all = numberRequests(report)
  // Details are shown beside the pointer; the browser would show these besides.
  for (const title of element('plot').querySelectorAll('title')) title.remove()
  const chart = {
    endMs,
    shown: all,
    curves: curvesOf(report.requests ?? [], endMs),
    show(requests: readonly NumberedRequest[]) {
      if (all.length === 0) return
      chart.shown = requests
      chart.curves = curvesOf(
        requests.map(({ request }) => request),
        endMs,
      )
      draw(chart)
    },
  }
  return chart
}

function draw({ shown, curves, endMs }: Chart): void {
  const { height, names, shapes } = drawRequests(shown, endMs)
  for (const [id, pieces] of [
    ['requests-names', names],
    ['requests', shapes],
  ] as const) {
    const svg = element<SVGElement>(id)
    svg.setAttribute('height', String(height))
    drawShapes(svg, pieces)
  }
  const peaks = peaksOf(curves)
  drawShapes(element<SVGElement>('rate'), [drawCurve(curves.rates)])
  drawShapes(element<SVGElement>('in-flight'), [drawCurve(curves.inFlight)])
  element('rate-peak').textContent = peaks.rate
  element('in-flight-peak').textContent = peaks.inFlight
}
