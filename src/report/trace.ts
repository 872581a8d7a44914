import { sanitizeLine } from '../text/sanitiser.ts'
import { shortName } from './headline.ts'
import { renderJsonLine } from './json.ts'
import type { Report } from './report.ts'
import type { RequestReport } from './requests.ts'
import { allot } from './slots.ts'

/**
 * A report in the Trace Event format, which Perfetto, chrome://tracing and speedscope open: a process for the phases, the
 * children and the hashing thread, one for go, and one for each upstream, whose requests are spread over as many tracks as
 * there were at a time. One event is on a line. Source: "Trace Event Format", the Chromium project.
 */
export function renderTrace(report: Report): string {
  const processes = [ownProcess(report), goProcess(report), ...upstreamProcesses(report)]
  const events = processes.filter(({ tracks }) => tracks.length > 0).flatMap(eventsOf)
  const { version } = report.tool
  const head = { displayTimeUnit: 'ms', otherData: { tool: 'go-proxy-setup', version, outcome: report.outcome } }
  const lines = events.map(event => renderJsonLine(event)).join(',\n')
  return `${renderJsonLine(head).slice(0, -1)},"traceEvents":[\n${lines}\n]}\n`
}

/** Something that took time. */
interface Span {
  readonly name: string
  readonly startMs: number
  readonly ms: number
  readonly args: TraceArguments
}

type TraceArguments = Readonly<Record<string, string | number | null>>

/** Spans of one kind. Where some overlap, they are shown as several tracks. */
interface TraceTrack {
  readonly name: string
  readonly spans: readonly Span[]
}

interface TraceProcess {
  readonly name: string
  readonly tracks: readonly TraceTrack[]
}

function ownProcess({ phases, cache, buildCache, requests = [] }: Report): TraceProcess {
  const restores = [
    { name: 'module cache', what: cache },
    { name: 'build cache', what: buildCache },
  ]
  return {
    name: 'go-proxy-setup',
    tracks: [
      { name: 'phases', spans: phases.map(({ name, startMs, ms }) => ({ name, startMs, ms, args: {} })) },
      ...restores.map(({ name, what }) => ({ name, spans: restoreOf(what) })),
      { name: 'hashing', spans: requests.flatMap(hashSpans) },
    ].filter(({ spans }) => spans.length > 0),
  }
}

function restoreOf(cache: Report['cache'] | Report['buildCache']): readonly Span[] {
  if (!cache || cache.startMs === undefined || cache.seconds === null) return []
  const { restore, bytes, files, startMs, seconds } = cache
  return [{ name: `restore: ${restore}`, startMs, ms: seconds * 1000, args: { bytes, files } }]
}

/** What the thread did with what a request brought. */
function hashSpans(request: RequestReport): readonly Span[] {
  const { module, version, proxy, bytes, hashStartMs, hashMs } = request
  if (hashStartMs === undefined || hashMs === undefined) return []
  return [{ name: nameOf(request), startMs: hashStartMs, ms: hashMs, args: { module, version, proxy, bytes } }]
}

/** go's own runs; of a command that ran instead, its phase. */
function goProcess({ download, phases }: Report): TraceProcess {
  const runs = (download?.attempts ?? []).flatMap(({ startMs, seconds, directory, goproxy, outcome, requests }) => {
    if (startMs === undefined) return []
    const args = { directory, goproxy, outcome, requests }
    return { name: `go mod download: ${outcome}`, startMs, ms: seconds * 1000, args }
  })
  const commands = phases.filter(({ name }) => name === 'command').map(phase => ({ ...phase, args: {} }))
  const spans = [...runs, ...commands]
  return { name: 'go', tracks: spans.length === 0 ? [] : [{ name: 'runs', spans }] }
}

function upstreamProcesses({ requests = [] }: Report): readonly TraceProcess[] {
  const byProxy = new Map<string, RequestReport[]>()
  for (const request of requests) {
    const own = byProxy.get(request.proxy) ?? []
    own.push(request)
    byProxy.set(request.proxy, own)
  }
  return [...byProxy].map(([proxy, own]) => ({
    name: shortName(proxy),
    tracks: [{ name: 'requests', spans: own.map(requestSpan) }],
  }))
}

function requestSpan(request: RequestReport): Span {
  const { module, version, file, proxy, why, attempt, startMs, ms, firstByteMs, bytes, status, outcome } = request
  const args = { module, version, file, proxy, why, attempt, firstByteMs, bytes, status, outcome }
  return { name: nameOf(request), startMs, ms, args }
}

/** Such as `example.com/m@v1.0.0.zip`. */
function nameOf({ module, version, file }: RequestReport): string {
  if (module === null) return file === 'sumdb' ? 'checksum database' : file
  return version === null ? `${module} ${file}` : `${module}@${version}.${file}`
}

interface TraceRecord {
  readonly ph: 'X' | 'M'
  readonly pid: number
  readonly tid: number
  readonly name: string
  readonly args: TraceArguments
  readonly cat?: string
  readonly ts?: number
  readonly dur?: number
}

function eventsOf({ name, tracks }: TraceProcess, at: number): readonly TraceRecord[] {
  const pid = at + 1
  const slots = tracks.flatMap(track => {
    const taken = allot(track.spans)
    return taken.map((spans, i) => ({ track, name: taken.length === 1 ? track.name : `${track.name} ${i + 1}`, spans }))
  })
  return [
    describe('process_name', pid, 0, { name: clean(name) }),
    describe('process_sort_index', pid, 0, { sort_index: at }),
    ...slots.flatMap((slot, i) => [
      describe('thread_name', pid, i + 1, { name: slot.name }),
      describe('thread_sort_index', pid, i + 1, { sort_index: i }),
      ...slot.spans.map(({ name: what, fromUs, toUs, args }) => ({
        ph: 'X' as const,
        pid,
        tid: i + 1,
        name: clean(what),
        cat: slot.track.name,
        ts: fromUs,
        dur: toUs - fromUs,
        args: Object.fromEntries(Object.entries(args).map(([key, value]) => [key, cleanValue(value)])),
      })),
    ]),
  ]
}

function describe(name: string, pid: number, tid: number, args: TraceArguments): TraceRecord {
  return { ph: 'M', pid, tid, name, args }
}

const NAME_BYTES = 600

function clean(text: string): string {
  return sanitizeLine(text, NAME_BYTES)
}

function cleanValue(value: string | number | null): string | number | null {
  return typeof value === 'string' ? clean(value) : value
}
