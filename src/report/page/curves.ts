import type { RequestReport } from '../requests.ts'
import { formatRate } from '../units.ts'
import type { Shape } from './chart.ts'

/** What a run's requests did together, in equal steps of time. */
export interface Curves {
  readonly stepMs: number
  /** Bytes per second; those of an answer are spread evenly from its first byte to its last. */
  readonly rates: readonly number[]
  /** Requests under way, on average. */
  readonly inFlight: readonly number[]
}

export const CURVE_STEPS = 240

export function curvesOf(requests: readonly RequestReport[], endMs: number, steps: number = CURVE_STEPS): Curves {
  const stepMs = endMs / steps
  const bytes = new Array<number>(steps).fill(0)
  const busyMs = new Array<number>(steps).fill(0)
  for (const { startMs, ms, firstByteMs, bytes: came } of requests) {
    spread(busyMs, { fromMs: startMs, toMs: startMs + ms, stepMs, amount: ms })
    spread(bytes, { fromMs: startMs + (firstByteMs ?? 0), toMs: startMs + ms, stepMs, amount: came })
  }
  return { stepMs, rates: bytes.map(sum => sum / (stepMs / 1000)), inFlight: busyMs.map(ms => ms / stepMs) }
}

interface Spread {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
  readonly amount: number
}

/** Adds to each step its share of an amount; all to one where it took no time. */
function spread(sums: number[], { fromMs, toMs, stepMs, amount }: Spread): void {
  const clamp = (step: number) => Math.max(0, Math.min(sums.length - 1, step))
  const first = clamp(Math.floor(fromMs / stepMs))
  const last = Math.max(first, clamp(Math.ceil(toMs / stepMs) - 1))
  for (let step = first; step <= last; step++) {
    const within = Math.min(toMs, (step + 1) * stepMs) - Math.max(fromMs, step * stepMs)
    const share = first === last || toMs <= fromMs ? 1 : Math.max(0, within) / (toMs - fromMs)
    sums[step] = (sums[step] ?? 0) + amount * share
  }
}

/** The greatest of each, as the chart names it. */
export function peaksOf({ rates, inFlight }: Curves): { readonly rate: string; readonly inFlight: string } {
  return { rate: formatRate(Math.max(...rates)), inFlight: String(Math.ceil(Math.max(...inFlight) - 1e-6)) }
}

/** Units of the drawing of a curve, which is stretched to its place. */
export const CURVE_VIEW = { width: 1000, height: 100 }

/** The ground below a curve. */
export function drawCurve(values: readonly number[]): Shape {
  const most = Math.max(...values, Number.MIN_VALUE)
  const { width, height } = CURVE_VIEW
  const steps = values.map((value, i) => {
    const x = Math.round(((i + 1) / values.length) * width * 10) / 10
    return `V${Math.round((1 - value / most) * height * 10) / 10}H${x}`
  })
  return { tag: 'path', attributes: { d: `M0 ${height}${steps.join('')}V${height}Z` } }
}

/** What the curves say at a time. */
export function readCurves({ stepMs, rates, inFlight }: Curves, ms: number): string {
  const step = Math.max(0, Math.min(rates.length - 1, Math.floor(ms / stepMs)))
  const busy = Math.round((inFlight[step] ?? 0) * 10) / 10
  return `${formatRate(rates[step])}, ${busy} ${busy === 1 ? 'request' : 'requests'} in flight`
}
