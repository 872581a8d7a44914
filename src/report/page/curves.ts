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

const CURVE_STEPS = 240

export function curvesOf(requests: readonly RequestReport[], endMs: number, steps: number = CURVE_STEPS): Curves {
  const stepMs = endMs / steps
  const [bytes, busyMs] = [startSums(stepMs, steps), startSums(stepMs, steps)]
  for (const { startMs, ms, firstByteMs, bytes: came } of requests) {
    spread(busyMs, ms, startMs, startMs + ms)
    spread(bytes, came, startMs + (firstByteMs ?? 0), startMs + ms)
  }
  return { stepMs, rates: finish(bytes, stepMs / 1000), inFlight: finish(busyMs, stepMs) }
}

/** Amounts by step. An amount of several steps is the same in those between its first and its last. */
interface StepSums {
  readonly stepMs: number
  readonly own: number[]
  /** By how much more each step has than the one before, of such amounts. */
  readonly more: number[]
}

function startSums(stepMs: number, steps: number): StepSums {
  return { stepMs, own: new Array<number>(steps).fill(0), more: new Array<number>(steps).fill(0) }
}

function finish({ own, more }: StepSums, per: number): readonly number[] {
  let between = 0
  return own.map((sum, step) => {
    between += more[step] ?? 0
    // What was added and taken away again may leave a trace.
    return Math.max(0, sum + between) / per
  })
}

/** Adds to each step its share of an amount; all to one where it took no time. */
function spread({ stepMs, own, more }: StepSums, amount: number, fromMs: number, toMs: number): void {
  const most = own.length - 1
  const first = Math.max(0, Math.min(most, Math.floor(fromMs / stepMs)))
  const last = Math.max(first, Math.min(most, Math.ceil(toMs / stepMs) - 1))
  if (first === last) {
    own[first] = (own[first] ?? 0) + amount
    return
  }
  const perMs = amount / (toMs - fromMs)
  own[first] = (own[first] ?? 0) + perMs * ((first + 1) * stepMs - fromMs)
  own[last] = (own[last] ?? 0) + perMs * (Math.min(toMs, (last + 1) * stepMs) - last * stepMs)
  more[first + 1] = (more[first + 1] ?? 0) + perMs * stepMs
  more[last] = (more[last] ?? 0) - perMs * stepMs
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
