/**
 * A piece of a drawing, as SVG calls it. Places along the time are percent of it, so that a browser zooms by making the
 * drawing wider; places down the page are pixels. Texts are raw: what writes or draws the piece makes them harmless.
 */
export interface Shape {
  readonly tag: 'rect' | 'text' | 'line' | 'path'
  /** Those that are undefined are left out. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>
  /** What stands there. */
  readonly text?: string
  /** What pointing at it says. */
  readonly title?: string
}

/** A strip of the chart: names on the left, and what happened on the time line. */
export interface Strip {
  /** In pixels. */
  readonly height: number
  readonly names: readonly Shape[]
  readonly shapes: readonly Shape[]
}

/** @param ms since the beginning of a time line that ends at `endMs` */
export function percent(ms: number, endMs: number): string {
  return `${Math.round((ms / endMs) * 100_000) / 1000}%`
}

/** Height of the line of times above the chart. */
export const AXIS_HEIGHT = 20

/** Times at even distances, with a line down the chart at each. @param most how many there is room for */
export function drawAxis(endMs: number, most: number): { readonly times: readonly Shape[]; readonly grid: Shape[] } {
  const step = evenStep(endMs / most)
  const ticks = Array.from({ length: Math.ceil(endMs / step) }, (_, i) => i * step)
  return {
    times: ticks.map(ms => ({
      tag: 'text',
      attributes: { x: percent(ms, endMs), dx: 3, y: AXIS_HEIGHT - 6 },
      text: formatTick(ms, step),
    })),
    grid: ticks.map(ms => ({
      tag: 'line',
      attributes: { x1: percent(ms, endMs), x2: percent(ms, endMs), y1: 0, y2: '100%' },
    })),
  }
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function evenStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.001)))
  return ([1, 2, 5].find(digit => digit * power >= least) ?? 10) * power
}

/** With as many digits as tell it from its neighbours. */
function formatTick(ms: number, step: number): string {
  const decimals = (unit: number) => Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9))
  if (ms === 0) return '0'
  return step < 1 || ms < 1000 ? `${ms.toFixed(decimals(1))} ms` : `${(ms / 1000).toFixed(decimals(1000))} s`
}
