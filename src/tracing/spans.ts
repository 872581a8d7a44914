import { objectPath } from '../go/escape.ts'
import type { Report } from '../report/report.ts'
import type { RequestReport } from '../report/requests.ts'
import type { Phase } from '../report/story.ts'
import { sanitizeLine } from '../text/sanitiser.ts'

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>

/** Something that took time, as OpenTelemetry has it. Times as in the report: since the process's first work. */
export interface SpanRecord {
  /** 16 hexadecimal digits. */
  readonly id: string
  readonly parentId: string | undefined
  /** One of few: what it is about is in the attributes. */
  readonly name: string
  /** `client`: a request to another machine. */
  readonly kind: 'internal' | 'client'
  readonly startMs: number
  readonly ms: number
  readonly attributes: SpanAttributes
  /** Set where it failed. */
  readonly error?: { readonly type: string; readonly message: string }
}

export interface SpanOptions {
  /** Above our first span. */
  readonly parentId: string | undefined
  /** How long the process has been at work. */
  readonly endMs: number
  readonly newId: () => string
  /** Of more requests only the longest get a span. */
  readonly mostRequests: number
}

/**
 * The spans of a report: one for the whole, below it one a phase; below the phase that it belongs to one for each module,
 * and below that one for each request to an upstream. Requests that are for no module of the download stand below their
 * phase.
 */
export function spansOf(report: Report, { parentId, endMs, newId, mostRequests }: SpanOptions): readonly SpanRecord[] {
  const { requests: all = [], requestsLeftOut = 0 } = report
  const requests = longest(all, mostRequests)
  const root: SpanRecord = {
    id: newId(),
    parentId,
    name: 'go-proxy-setup',
    kind: 'internal',
    startMs: 0,
    ms: Math.max(0, endMs),
    attributes: rootAttributes(report, requestsLeftOut + all.length - requests.length),
    ...(report.failure === null
      ? {}
      : { error: { type: report.failure.code, message: clean(report.failure.message.split('\n')[0] ?? '') } }),
  }
  const phases = report.phases.map(phase => ({ id: newId(), phase }))
  const parentAt = (startMs: number, names: readonly string[]) => phaseOf(startMs, names, phases) ?? root.id
  // A module's times are those of all its requests, with a span or without.
  const told = new Set(requests.map(keyOf))
  const modules = modulesOf(all)
    .filter(({ key }) => told.has(key))
    .map(span => ({ ...span, id: newId() }))
  const moduleIds = new Map(modules.map(({ key, id }) => [key, id]))
  return [
    root,
    ...phases.map(({ id, phase }): SpanRecord => {
      const { name, startMs, ms } = phase
      return { id, parentId: root.id, name: clean(name), kind: 'internal', startMs, ms, attributes: {} }
    }),
    ...modules.map(
      ({ id, startMs, toMs, first }): SpanRecord => ({
        id,
        parentId: parentAt(startMs, FETCHING),
        name: 'fetch module',
        kind: 'internal',
        startMs,
        ms: toMs - startMs,
        attributes: moduleAttributes(first),
      }),
    ),
    ...requests.map(
      (request): SpanRecord => ({
        id: newId(),
        parentId: moduleIds.get(keyOf(request) ?? '') ?? parentAt(request.startMs, isProbe(request) ? MEASURING : []),
        ...requestSpan(request),
      }),
    ),
  ]
}

const FETCHING = ['download', 'command']
const MEASURING = ['benchmark']

/** The phase of such a name; else the one that began last of those that were under way. */
function phaseOf(
  startMs: number,
  names: readonly string[],
  phases: readonly { readonly id: string; readonly phase: Phase }[],
): string | undefined {
  const named = phases.find(({ phase }) => names.includes(phase.name))
  if (named !== undefined) return named.id
  const around = phases.filter(({ phase }) => phase.startMs <= startMs && startMs <= phase.startMs + phase.ms)
  return around.reduce<(typeof around)[number] | undefined>(
    (last, one) => (last === undefined || one.phase.startMs >= last.phase.startMs ? one : last),
    undefined,
  )?.id
}

function longest(requests: readonly RequestReport[], most: number): readonly RequestReport[] {
  if (requests.length <= most) return requests
  const kept = new Set([...requests].sort((a, b) => b.ms - a.ms).slice(0, most))
  return requests.filter(request => kept.has(request))
}

const PROBES: readonly RequestReport['why'][] = ['latency', 'rate', 'control', 'sumdb']

function isProbe({ why }: RequestReport): boolean {
  return PROBES.includes(why)
}

/** What a module's requests have in common; undefined: it is for no module of the download. */
function keyOf(request: RequestReport): string | undefined {
  const { module, version, why } = request
  if (module === null || isProbe(request) || why === 'go' || why === 'tool') return undefined
  return JSON.stringify([module, version])
}

interface ModuleSpan {
  readonly key: string
  readonly first: RequestReport
  readonly startMs: number
  readonly toMs: number
}

/** From the first request for a file of the module to the last byte of the last one. */
function modulesOf(requests: readonly RequestReport[]): readonly ModuleSpan[] {
  const spans = new Map<string, ModuleSpan>()
  for (const request of requests) {
    const key = keyOf(request)
    if (key === undefined) continue
    const { startMs, ms } = request
    const before = spans.get(key) ?? { key, first: request, startMs, toMs: startMs + ms }
    spans.set(key, {
      ...before,
      startMs: Math.min(before.startMs, startMs),
      toMs: Math.max(before.toMs, startMs + ms),
    })
  }
  return [...spans.values()]
}

function rootAttributes({ outcome, project, choice, download, failure }: Report, leftOut: number): SpanAttributes {
  return given({
    'cicd.pipeline.task.run.result': outcome,
    'error.type': failure?.code,
    'go_proxy_setup.proxy': choice?.proxy,
    'go_proxy_setup.modules': project?.modules,
    'go_proxy_setup.modules.missing': project?.missing,
    'go_proxy_setup.modules.fetched': download?.modules,
    'go_proxy_setup.bytes': download?.bytes,
    'go_proxy_setup.retries': download?.retries,
    'go_proxy_setup.failovers': download?.failovers,
    'go_proxy_setup.requests.without_span': leftOut > 0 ? leftOut : undefined,
  })
}

function moduleAttributes({ module, version }: RequestReport): SpanAttributes {
  return given({ 'go_proxy_setup.module.path': module, 'go_proxy_setup.module.version': version })
}

/** By the conventions for HTTP clients. */
function requestSpan(request: RequestReport): Omit<SpanRecord, 'id' | 'parentId'> {
  const { proxy, why, attempt, startMs, ms, firstByteMs, bytes, status, outcome, file } = request
  const error = errorOf(request)
  const url = urlOf(proxy)
  return {
    name: 'GET',
    kind: 'client',
    startMs,
    ms,
    attributes: {
      ...given({
        'http.request.method': 'GET',
        'http.response.status_code': status,
        'http.response.body.size': bytes,
        'http.request.resend_count': attempt > 0 ? attempt : undefined,
        'error.type': error?.type,
        'server.address': url?.hostname.replace(/^\[|\]$/g, ''),
        'server.port': url && Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
        'url.full': url && addressOf(request, url),
        'url.scheme': url?.protocol.replace(':', ''),
        'go_proxy_setup.proxy': proxy,
        'go_proxy_setup.request.file': file,
        'go_proxy_setup.request.reason': why,
        'go_proxy_setup.request.outcome': outcome,
        'go_proxy_setup.request.first_byte_ms': firstByteMs,
      }),
      ...moduleAttributes(request),
    },
    ...(error === undefined ? {} : { error }),
  }
}

const GOOD = ['found', 'not cached']

/**
 * A status of 400 and more is an error of a client's span, by the conventions, unless it was asked for; so is an answer that
 * never came, or was wrong. What we stopped ourselves, because another answer came first, is none.
 */
function errorOf({ status, outcome, why }: RequestReport): SpanRecord['error'] {
  const isExpected = (why === 'control' && status !== null) || (why === 'sumdb' && outcome === 'absent')
  if (isExpected || GOOD.includes(outcome) || outcome.startsWith('stopped')) return undefined
  const type = status !== null && status >= 400 ? String(status) : clean(outcome).replaceAll(' ', '_')
  return { type: type || '_OTHER', message: clean(outcome) }
}

/** Of one proxy; undefined for a list, a host and a directory. */
function urlOf(proxy: string): URL | undefined {
  if (/[,|\s]/.test(proxy) || !URL.canParse(proxy)) return undefined
  const url = new URL(proxy)
  if (!/^https?:$/.test(url.protocol)) return undefined
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  return url
}

/** The address that was asked; undefined where the report does not have all of it. */
function addressOf({ module, version, file }: RequestReport, proxy: URL): string | undefined {
  const below = targetOf(module, version, file)
  return below === undefined ? undefined : `${proxy.href.replace(/\/$/, '')}/${below}`
}

function targetOf(module: string | null, version: string | null, file: RequestReport['file']): string | undefined {
  if (module === null) return undefined
  if (file === 'mod' || file === 'zip' || file === 'info')
    return version === null ? undefined : objectPath({ path: module, version }, file)
  const any = objectPath({ path: module, version: 'v0.0.0' }, 'mod')?.replace(/v0\.0\.0\.mod$/, '')
  if (any === undefined) return undefined
  return file === 'list' ? `${any}list` : file === 'latest' ? any.replace(/@v\/$/, '@latest') : undefined
}

type MaybeAttributes = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Those that are known, with clean texts. */
function given(attributes: MaybeAttributes): SpanAttributes {
  const entries = Object.entries(attributes).flatMap(([name, value]) => {
    if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return []
    return [[name, typeof value === 'string' ? clean(value) : value] as const]
  })
  return Object.fromEntries(entries)
}

const TEXT_BYTES = 600

/** A foreign text: one line, without control characters. */
function clean(text: string): string {
  return sanitizeLine(text, TEXT_BYTES)
}
