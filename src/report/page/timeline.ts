import { sanitizeLine } from '../../text/sanitiser.ts'
import { shownPhases } from '../duration.ts'
import { shortName } from '../headline.ts'
import type { Report } from '../report.ts'
import type { RequestReport } from '../requests.ts'
import { allot } from '../slots.ts'
import { formatBytes, formatMs } from '../units.ts'
import { percent, type Shape, type Strip } from './chart.ts'

/** A request, and its place in the report. */
export interface NumberedRequest {
  readonly at: number
  readonly request: RequestReport
}

export function numberRequests({ requests = [] }: Report): readonly NumberedRequest[] {
  return requests.map((request, at) => ({ at, request }))
}

/** Of phases, and of requests with names, in pixels. */
const NAMED_ROW = 17
/** Of requests that share lines. */
const SHARED_ROW = 7
/** More requests are drawn without names, as many as there were at a time on each line. */
export const MOST_NAMED = 400

/** What the colours of requests mean, by class. */
export const CLASSES = {
  probe: 'probe of the benchmark',
  download: 'download',
  retry: 'retry',
  hedge: 'hedge, or asked of a cold proxy',
  failed: 'failed or stopped',
} as const

export type RequestClass = keyof typeof CLASSES

export function classOf({ outcome, why, status }: RequestReport): RequestClass {
  // It asks for what no proxy should have: any refusal is right.
  if (why === 'control' && outcome !== 'found' && status !== null) return 'probe'
  // That a file is absent is an answer.
  if (outcome !== 'found' && outcome !== 'absent' && outcome !== 'not cached') return 'failed'
  if (why === 'retry' || why === 'download') return why
  if (why === 'go' || why === 'tool') return 'download'
  return why === 'hedge' || why === 'alive' || why === 'warming' ? 'hedge' : 'probe'
}

/** When the last thing ended that the chart shows. */
export function endOf(report: Report): number {
  let endMs = 1
  for (const { startMs, ms } of stepsOf(report)) endMs = Math.max(endMs, startMs + ms)
  for (const { startMs, ms } of report.requests ?? []) endMs = Math.max(endMs, startMs + ms)
  return endMs
}

interface StepSpan {
  readonly name: string
  readonly startMs: number
  readonly ms: number
  readonly kind: 'phase' | 'go' | 'cache'
}

/** Phases, the restore of caches, and go's own runs. */
function stepsOf(report: Report): readonly StepSpan[] {
  const { cache, buildCache, download } = report
  const restores = [
    { name: 'module cache: restore', of: cache },
    { name: 'build cache: restore', of: buildCache },
  ].flatMap(({ name, of }) =>
    !of || of.startMs === undefined || of.seconds === null
      ? []
      : { name: `${name}, ${of.restore}`, startMs: of.startMs, ms: of.seconds * 1000, kind: 'cache' as const },
  )
  const runs = (download?.attempts ?? []).flatMap(({ directory, outcome, startMs, seconds }) => {
    const name = `go mod download${directory === '.' ? '' : ` in ${directory}`}, ${outcome}`
    return startMs === undefined ? [] : { name, startMs, ms: seconds * 1000, kind: 'go' as const }
  })
  return [...shownPhases(report).map(phase => ({ ...phase, kind: 'phase' as const })), ...restores, ...runs]
}

/** Each on a line. */
export function drawSteps(report: Report, endMs: number): Strip {
  const steps = stepsOf(report)
  return {
    height: steps.length * NAMED_ROW,
    names: steps.map(({ name }, row) => nameShape(name, row * NAMED_ROW)),
    shapes: steps.flatMap(({ name, startMs, ms, kind }, row) => {
      const y = row * NAMED_ROW
      const bar = barShape({ kind, startMs, ms, endMs, y, height: NAMED_ROW - 5 })
      return [
        { ...bar, title: `${sanitizeLine(name)}: ${formatMs(ms)}` },
        ...besideBar({ startMs, ms, endMs, y }, formatMs(ms)),
      ]
    }),
  }
}

/** Each on a line with its name, or those of one proxy on as few lines as will do. */
export function drawRequests(requests: readonly NumberedRequest[], endMs: number): Strip {
  return requests.length <= MOST_NAMED ? drawNamed(requests, endMs) : drawShared(requests, endMs)
}

/** Until the first byte a bar is lighter. */
function drawNamed(requests: readonly NumberedRequest[], endMs: number): Strip {
  const isOnly = requests.every(({ request }) => request.proxy === requests[0]?.request.proxy)
  return {
    height: requests.length * NAMED_ROW,
    names: requests.map(({ at, request }, row) => {
      const { attributes, ...name } = nameShape(nameOfRequest(request), row * NAMED_ROW)
      return { ...name, attributes: { ...attributes, 'data-at': at } }
    }),
    shapes: requests.flatMap(({ at, request }, row) => {
      const { startMs, ms, firstByteMs, bytes, outcome } = request
      const [y, kind, waited] = [row * NAMED_ROW, classOf(request), Math.min(firstByteMs ?? ms, ms)]
      const place = { endMs, y, height: NAMED_ROW - 5, at }
      const title = describeRequest(request)
      const parts = [
        { ...barShape({ ...place, kind: `${kind} wait`, startMs, ms: waited }), title },
        { ...barShape({ ...place, kind, startMs: startMs + waited, ms: ms - waited }), title },
      ].filter((_, i) => (i === 0 ? waited > 0 || ms === 0 : waited < ms))
      const end = outcome === 'found' ? formatBytes(bytes) : outcome
      const from = isOnly ? '' : `, ${shortName(request.proxy)}`
      const text = sanitizeLine(`${end}, ${formatMs(ms)}${from}`, NAME_BYTES)
      return [...parts, ...besideBar({ startMs, ms, endMs, y }, text)]
    }),
  }
}

function drawShared(requests: readonly NumberedRequest[], endMs: number): Strip {
  const names: Shape[] = []
  const shapes: Shape[] = []
  let y = 0
  for (const proxy of new Set(requests.map(({ request }) => request.proxy))) {
    const own = requests.filter(({ request }) => request.proxy === proxy)
    const slots = allot(own.map(({ at, request }) => ({ startMs: request.startMs, ms: request.ms, at, request })))
    names.push(nameShape(`${shortName(proxy)} (${own.length})`, y))
    for (const [row, slot] of slots.entries()) {
      for (const { span } of slot) {
        // Without a title: thousands of them would double the page's size, and the table has each module. Nor is there a
        // class on what nearly all are: a bar without one is a download.
        const kind = classOf(span.request)
        shapes.push(
          barShape({
            kind: kind === 'download' ? undefined : kind,
            startMs: span.startMs,
            ms: span.ms,
            endMs,
            y: y + row * SHARED_ROW,
            height: SHARED_ROW - 1,
            at: span.at,
          }),
        )
      }
    }
    // The name has its height, and the next proxy a distance.
    y += Math.max(slots.length * SHARED_ROW, NAMED_ROW) + SHARED_ROW
  }
  return { height: y, names, shapes }
}

interface TimedPlace {
  readonly startMs: number
  readonly ms: number
  readonly endMs: number
  readonly y: number
}

interface PlacedBar extends TimedPlace {
  readonly kind: string | undefined
  readonly height: number
  /** Of which request. */
  readonly at?: number
}

/** What is shorter would not be seen; in percent of the time line. */
const LEAST_WIDTH = 0.12

function barShape({ kind, startMs, ms, endMs, y, height, at }: PlacedBar): Shape {
  const width = Math.max(LEAST_WIDTH, Math.round((ms / endMs) * 100_000) / 1000)
  const x = percent(startMs, endMs)
  return { tag: 'rect', attributes: { class: kind, x, y: y + 1, width: `${width}%`, height, 'data-at': at } }
}

function nameShape(name: string, y: number): Shape {
  return { tag: 'text', attributes: { x: '100%', dx: -8, y: y + 12 }, text: sanitizeLine(name, NAME_BYTES) }
}

const NAME_BYTES = 300

/** A text on the side of a bar where there is room for it; none where there is none. */
function besideBar({ startMs, ms, endMs, y }: TimedPlace, text: string): readonly Shape[] {
  if ((startMs + ms) / endMs < 0.75)
    return [{ tag: 'text', attributes: { x: percent(startMs + ms, endMs), dx: 5, y: y + 12 }, text }]
  if (startMs / endMs < 0.25) return []
  return [{ tag: 'text', attributes: { class: 'before', x: percent(startMs, endMs), dx: -5, y: y + 12 }, text }]
}

/** Such as `example.com/m@v1.0.0 zip`. */
export function nameOfRequest({ module, version, file }: RequestReport): string {
  if (module === null) return file === 'sumdb' ? 'checksum database' : file
  return `${module}${version === null ? '' : `@${version}`} ${file}`
}

/** In one line, of which nothing can be obeyed. */
function describeRequest(request: RequestReport): string {
  const { proxy, ms, bytes, outcome } = request
  const end = outcome === 'found' ? formatBytes(bytes) : outcome
  return sanitizeLine(`${nameOfRequest(request)}, ${shortName(proxy)}: ${end}, ${formatMs(ms)}`, 600)
}
