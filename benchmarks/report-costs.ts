import { median } from '../src/benchmark/sample.ts'

/** What the process had used when something was complete, by `report-marks.mjs`. */
export interface Mark {
  /** Of the file; `log` where a line of the log was the last thing, `telling` before the first of such lines, `end`. */
  readonly name: string
  readonly ms: number
  readonly cpuMs: number
}

export type Used = Omit<Mark, 'name'>

/** By the name of the mark that ends it. */
export interface Cost {
  readonly parts: Readonly<Record<string, Used>>
  readonly together: Used
}

export const NOTHING: Used = { ms: 0, cpuMs: 0 }

/**
 * From the report's own file on, each mark less the one before it. Throws where a part was not seen.
 * @param wanted the marks that end a part
 */
export function costsOf(marks: readonly Mark[], wanted: readonly string[]): Cost {
  // The first line of the log belongs to the log.
  const ends = marks.filter(({ name }) => name !== 'telling')
  const first = ends.findLastIndex(({ name }) => name === 'report.json')
  const parts: Record<string, Used> = {}
  let together = NOTHING
  for (const [i, { name, ms, cpuMs }] of ends.entries()) {
    const before = ends[i - 1]
    if (first < 0 || i <= first || before === undefined || !wanted.includes(name)) continue
    const used = { ms: ms - before.ms, cpuMs: cpuMs - before.cpuMs }
    parts[name] = plus(parts[name] ?? NOTHING, used)
    together = plus(together, used)
  }
  const missing = wanted.filter(name => parts[name] === undefined)
  if (missing.length > 0)
    throw new Error(`not seen to be written: ${missing.join(', ')}, after ${JSON.stringify(marks)}`)
  return { parts, together }
}

function plus(some: Used, more: Used): Used {
  return { ms: some.ms + more.ms, cpuMs: some.cpuMs + more.cpuMs }
}

/** What passes between a file and the first line that is logged behind it, in milliseconds. Throws where one was not seen. */
export function waitOf(marks: readonly Mark[], file: string): number {
  const at = marks.findLastIndex(({ name }) => name === file)
  const told = marks.slice(at).find(({ name }) => name === 'telling')
  const last = marks[at]
  if (last === undefined || told === undefined) throw new Error(`no line behind ${file}: ${JSON.stringify(marks)}`)
  return told.ms - last.ms
}

export function medianOf<T>(runs: readonly T[], of: (run: T) => number): number {
  return median(runs.map(of)) ?? 0
}

export function inMs({ cpuMs, ms }: Used): string {
  return `${cpuMs.toFixed(1)} ms CPU, ${ms.toFixed(1)} ms`
}

/** Prints a row. @returns whether it is as promised */
export function tell(what: string, figure: string, holds: boolean, promised: string): boolean {
  console.log(`${holds ? ' ' : '✗'} ${what.padEnd(44)} ${figure.padEnd(30)} ${promised}`)
  return holds
}
