import { sanitizeLine } from '../text/sanitiser.ts'
import { shortName } from './headline.ts'
import { renderJsonLine, renderJsonLines } from './json.ts'
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
  const clean = openCleaner()
  const events = processes.filter(({ tracks }) => tracks.length > 0).flatMap((one, at) => eventsOf(one, at, clean))
  const { version } = report.tool
  const head = { displayTimeUnit: 'ms', otherData: { tool: 'go-proxy-setup', version, outcome: report.outcome } }
  return `${renderJsonLine(head).slice(0, -1)},"traceEvents":[\n${renderJsonLines(events)}\n]}\n`
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

function eventsOf({ name, tracks }: TraceProcess, at: number, clean: Clean): readonly TraceRecord[] {
  const pid = at + 1
  const events = [
    describe('process_name', pid, 0, { name: clean(name) }),
    describe('process_sort_index', pid, 0, { sort_index: at }),
  ]
  let tid = 0
  for (const track of tracks) {
    const slots = allot(track.spans)
    for (const [i, slot] of slots.entries()) {
      tid++
      events.push(
        describe('thread_name', pid, tid, { name: slots.length === 1 ? track.name : `${track.name} ${i + 1}` }),
        describe('thread_sort_index', pid, tid, { sort_index: tid }),
      )
      for (const { name: what, fromUs, toUs, args } of slot) {
        const [ts, dur] = [fromUs, toUs - fromUs]
        events.push({ ph: 'X', pid, tid, name: clean(what), cat: track.name, ts, dur, args: cleanAll(args, clean) })
      }
    }
  }
  return events
}

function describe(name: string, pid: number, tid: number, args: TraceArguments): TraceRecord {
  return { ph: 'M', pid, tid, name, args }
}

const NAME_BYTES = 600

type Clean = (text: string) => string

/** Thousands of requests say the same few words. */
function openCleaner(): Clean {
  const known = new Map<string, string>()
  return text => {
    let clean = known.get(text)
    if (clean === undefined) {
      clean = sanitizeLine(text, NAME_BYTES)
      known.set(text, clean)
    }
    return clean
  }
}

function cleanAll(args: TraceArguments, clean: Clean): TraceArguments {
  const cleaned: Record<string, string | number | null> = {}
  for (const name in args) {
    const value = args[name] ?? null
    cleaned[name] = typeof value === 'string' ? clean(value) : value
  }
  return cleaned
}
