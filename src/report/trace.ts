import { defuseJson } from '../text/json.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { shortName } from './headline.ts'
import { renderJsonLine } from './json.ts'
import type { Report } from './report.ts'
import type { RequestReport } from './requests.ts'
import { allot } from './slots.ts'

/**
 * A report in the Trace Event format, which Perfetto, chrome://tracing and speedscope open. One process shows the phases,
 * the children and the hashing thread, one shows go, and one shows each upstream, with a track for each request that was
 * under way at the same time. Each line has one event. Source: "Trace Event Format", the Chromium project.
 */
export function renderTrace(report: Report): string {
  const quote = openQuote()
  const processes = [ownProcess(report, quote), goProcess(report, quote), ...upstreamProcesses(report, quote)]
  const events = processes.filter(({ tracks }) => tracks.length > 0).flatMap((one, at) => eventsOf(one, at, quote))
  const { version } = report.tool
  const head = { displayTimeUnit: 'ms', otherData: { tool: 'go-proxy-setup', version, outcome: report.outcome } }
  return `${renderJsonLine(head).slice(0, -1)},"traceEvents":[\n${defuseJson(events.join(',\n'))}\n]}\n`
}

/** Something that took time. */
interface Span {
  readonly name: string
  readonly startMs: number
  readonly ms: number
  /** As JSON: an object for each of thousands would take longer than all the rest. */
  readonly args: string
}

const NO_ARGS = '{}'

/** Spans of one kind. Where some overlap, they are shown as several tracks. */
interface TraceTrack {
  readonly name: string
  readonly spans: readonly Span[]
}

interface TraceProcess {
  readonly name: string
  readonly tracks: readonly TraceTrack[]
}

function ownProcess({ phases, cache, buildCache, requests = [] }: Report, quote: Quote): TraceProcess {
  const restores = [
    { name: 'module cache', what: cache },
    { name: 'build cache', what: buildCache },
  ]
  return {
    name: 'go-proxy-setup',
    tracks: [
      { name: 'phases', spans: phases.map(({ name, startMs, ms }) => ({ name, startMs, ms, args: NO_ARGS })) },
      ...restores.map(({ name, what }) => ({ name, spans: restoreOf(what) })),
      { name: 'hashing', spans: requests.flatMap(request => hashSpan(request, quote) ?? []) },
    ].filter(({ spans }) => spans.length > 0),
  }
}

function restoreOf(cache: Report['cache'] | Report['buildCache']): readonly Span[] {
  if (!cache || cache.startMs === undefined || cache.seconds === null) return []
  const { restore, bytes, files, startMs, seconds } = cache
  return [{ name: `restore: ${restore}`, startMs, ms: seconds * 1000, args: `{"bytes":${bytes},"files":${files}}` }]
}

/** What the thread did with what a request brought. */
function hashSpan(request: RequestReport, quote: Quote): Span | undefined {
  const { module, version, proxy, bytes, hashStartMs, hashMs } = request
  if (hashStartMs === undefined || hashMs === undefined) return undefined
  const args = `{"module":${quote(module)},"version":${quote(version)},"proxy":${quote(proxy)},"bytes":${bytes}}`
  return { name: nameOf(request), startMs: hashStartMs, ms: hashMs, args }
}

/** go's own runs; of a command that ran instead, its phase. */
function goProcess({ download, phases }: Report, quote: Quote): TraceProcess {
  const runs = (download?.attempts ?? []).flatMap(({ startMs, seconds, directory, goproxy, outcome, requests }) => {
    if (startMs === undefined) return []
    const args = `{"directory":${quote(directory)},"goproxy":${quote(goproxy)},"outcome":${quote(outcome)},"requests":${requests}}`
    return { name: `go mod download: ${outcome}`, startMs, ms: seconds * 1000, args }
  })
  const commands = phases.filter(({ name }) => name === 'command').map(phase => ({ ...phase, args: NO_ARGS }))
  const spans = [...runs, ...commands]
  return { name: 'go', tracks: spans.length === 0 ? [] : [{ name: 'runs', spans }] }
}

function upstreamProcesses({ requests = [] }: Report, quote: Quote): readonly TraceProcess[] {
  const byProxy = new Map<string, RequestReport[]>()
  for (const request of requests) {
    const own = byProxy.get(request.proxy)
    if (own === undefined) byProxy.set(request.proxy, [request])
    else own.push(request)
  }
  return [...byProxy].map(([proxy, own]) => ({
    name: shortName(proxy),
    tracks: [{ name: 'requests', spans: own.map(request => requestSpan(request, quote)) }],
  }))
}

function requestSpan(request: RequestReport, quote: Quote): Span {
  const { module, version, file, proxy, why, attempt, startMs, ms, firstByteMs, bytes, status, outcome } = request
  const asked = `"module":${quote(module)},"version":${quote(version)},"file":${quote(file)},"proxy":${quote(proxy)}`
  const sent = `"why":${quote(why)},"attempt":${attempt},"firstByteMs":${firstByteMs},"bytes":${bytes}`
  const args = `{${asked},${sent},"status":${status},"outcome":${quote(outcome)}}`
  return { name: nameOf(request), startMs, ms, args }
}

/** Such as `example.com/m@v1.0.0.zip`. */
function nameOf({ module, version, file }: RequestReport): string {
  if (module === null) return file === 'sumdb' ? 'checksum database' : file
  return version === null ? `${module} ${file}` : `${module}@${version}.${file}`
}

/** Lines of JSON. */
function eventsOf({ name, tracks }: TraceProcess, at: number, quote: Quote): readonly string[] {
  const pid = at + 1
  const events = [
    describe('process_name', pid, 0, `{"name":${quote(name)}}`),
    describe('process_sort_index', pid, 0, `{"sort_index":${at}}`),
  ]
  let tid = 0
  for (const track of tracks) {
    const slots = allot(track.spans)
    for (const [i, slot] of slots.entries()) {
      tid++
      const title = slots.length === 1 ? track.name : `${track.name} ${i + 1}`
      events.push(
        describe('thread_name', pid, tid, `{"name":${quote(title)}}`),
        describe('thread_sort_index', pid, tid, `{"sort_index":${tid}}`),
      )
      const [place, cat] = [`{"ph":"X","pid":${pid},"tid":${tid},"name":`, `,"cat":${quote(track.name)},"ts":`]
      for (const { span, fromUs, toUs } of slot)
        events.push(`${place}${quote(span.name)}${cat}${fromUs},"dur":${toUs - fromUs},"args":${span.args}}`)
    }
  }
  return events
}

function describe(name: string, pid: number, tid: number, args: string): string {
  return `{"ph":"M","pid":${pid},"tid":${tid},"name":"${name}","args":${args}}`
}

const NAME_BYTES = 600

/** A foreign text, or none, as JSON. */
type Quote = (text: string | null) => string

/** Thousands of requests say the same few words. */
function openQuote(): Quote {
  const known = new Map<string | null, string>([[null, 'null']])
  return text => {
    let quoted = known.get(text)
    if (quoted === undefined) {
      quoted = JSON.stringify(sanitizeLine(text ?? '', NAME_BYTES))
      known.set(text, quoted)
    }
    return quoted
  }
}
