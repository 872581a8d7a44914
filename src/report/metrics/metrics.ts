import { parseGoproxy } from '../../go/goproxy.ts'
import { downloadSeconds } from '../duration.ts'
import { nameOf } from '../headline.ts'
import type { CandidateReport, Report } from '../report.ts'
import { cleanLabel, type MetricSample, renderExposition } from './exposition.ts'
import type { MetricsRun } from './run.ts'

/** So many proxies are told apart; each is a series of every metric about proxies. No preset has more. */
const MOST_PROXIES = 10
/** There are a dozen phases, and few codes in one run; a kept report may hold anything. */
const MOST_PHASES = 20
const MOST_CODES = 20
const OTHER = 'other'

/** A report as metrics. @param run which run it was, and when; undefined: nothing tells */
export function renderMetrics(report: Report, run?: MetricsRun): string {
  const samples = [
    ...ofRun(report, run),
    ...ofPhases(report),
    ...ofProject(report),
    ...ofCandidates(report),
    ...ofDownload(report),
    ...ofUpstreams(report),
    ...ofCaches(report),
    ...ofTools(report),
  ]
  return renderExposition(samples, run?.labels)
}

function ofRun({ tool, go, outcome, failure, warnings }: Report, run: MetricsRun | undefined): readonly MetricSample[] {
  const what = {
    version: word(tool.version),
    go_version: word(go?.version.replace(/^go/, '') ?? ''),
    os: word(go?.os ?? ''),
    arch: word(go?.arch ?? ''),
  }
  const byCode = groupBy(warnings, ({ code }) => codeOf(code), MOST_CODES)
  return [
    { metric: 'info', labels: what, value: 1 },
    { metric: 'lastRun', value: run && run.endedAt.getTime() / 1000 },
    { metric: 'success', value: outcome === 'success' ? 1 : 0 },
    ...(failure === null ? [] : [{ metric: 'failure', labels: { code: codeOf(failure.code) }, value: 1 } as const]),
    ...[...byCode].map(([code, list]) => ({ metric: 'warnings', labels: { code }, value: list.length }) as const),
  ]
}

/** A version, or the name of a system: never a text of any words. */
function word(text: string): string {
  return text === '' || /^[\w.+-]{1,64}$/.test(text) ? text : OTHER
}

function codeOf(code: string): string {
  return /^[A-Z][A-Z0-9_]{0,59}$/.test(code) ? code : OTHER
}

function ofPhases({ phases }: Report): readonly MetricSample[] {
  // The name of the phase in which go fetches a toolchain has its version.
  const byName = groupBy(
    [...phases].sort((a, b) => b.ms - a.ms),
    ({ name }) => cleanLabel(name.replace(/^toolchain .*/s, 'toolchain')) || OTHER,
    MOST_PHASES,
  )
  return [...byName].map(([phase, list]) => ({
    metric: 'phase',
    labels: { phase },
    value: list.reduce((sum, { ms }) => sum + ms, 0) / 1000,
  }))
}

function ofProject({ project, benchmark, candidates, toolchain }: Report): readonly MetricSample[] {
  const measured = benchmark.skipped === null && candidates.length > 0
  return [
    { metric: 'projectModules', value: project?.modules },
    { metric: 'projectMissing', value: project?.missing },
    { metric: 'benchmarkDuration', value: measured ? benchmark.seconds : null },
    { metric: 'benchmarkBytes', value: measured ? benchmark.bytes : null },
    { metric: 'toolchainFetch', value: toolchain?.fetched?.seconds },
  ]
}

/** Each has its number, be it 0: an alert can compare what is there. */
const VERDICTS: Readonly<Record<CandidateReport['verdict'], true>> = {
  ok: true,
  slow: true,
  cold: true,
  missing: true,
  blocked: true,
  unhealthy: true,
  bogus: true,
  tampered: true,
  unreachable: true,
}

/** The best are told apart, each host once. */
function ofCandidates({ candidates }: Report): readonly MetricSample[] {
  if (candidates.length === 0) return []
  const numbers = Object.keys(VERDICTS).map(verdict => {
    const value = candidates.filter(one => one.verdict === verdict).length
    return { metric: 'candidates', labels: { verdict }, value } as const
  })
  const first = [...groupBy(candidates, one => hostOf(nameOf(one)), Number.POSITIVE_INFINITY)].slice(0, MOST_PROXIES)
  const each = first.flatMap(([proxy, [one]]): readonly MetricSample[] => {
    if (one === undefined) return []
    const { trust, verdict, connectMs, firstByteMs, bytesPerSecond, predictedSeconds } = one
    return [
      { metric: 'candidate', labels: { proxy, trust, verdict }, value: 1 },
      { metric: 'candidateConnect', labels: { proxy }, value: inSeconds(connectMs) },
      { metric: 'candidateFirstByte', labels: { proxy }, value: inSeconds(firstByteMs) },
      { metric: 'candidateRate', labels: { proxy }, value: bytesPerSecond },
      { metric: 'candidatePredicted', labels: { proxy }, value: predictedSeconds },
    ]
  })
  return [...numbers, ...each]
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000
}

function ofDownload(report: Report): readonly MetricSample[] {
  const { download } = report
  if (download === null) return []
  const { fetchingSeconds, plainGoSeconds, modules, bytes, attempts, requests } = download
  return [
    { metric: 'downloadDuration', value: downloadSeconds(report) },
    { metric: 'downloadFetching', value: fetchingSeconds },
    { metric: 'downloadPlainGo', value: plainGoSeconds },
    { metric: 'downloadModules', value: modules },
    { metric: 'downloadBytes', value: bytes },
    { metric: 'downloadRuns', value: attempts.length },
    { metric: 'downloadRequests', value: requests },
    { metric: 'downloadRetries', value: download.retries },
    { metric: 'downloadFailovers', value: download.failovers },
    { metric: 'downloadHedges', value: download.hedges },
    { metric: 'downloadRejected', value: download.rejected },
  ]
}

/** Those that were asked most are told apart; all others are one. */
function ofUpstreams({ upstreams }: Report): readonly MetricSample[] {
  const most = [...upstreams].sort((a, b) => b.requests - a.requests)
  const byHost = groupBy(most, ({ name }) => hostOf(name), MOST_PROXIES)
  return [...byHost].flatMap(([proxy, list]): readonly MetricSample[] => {
    const sum = (of: (one: (typeof list)[number]) => number) => list.reduce((all, one) => all + of(one), 0)
    return [
      { metric: 'upstreamRequests', labels: { proxy }, value: sum(one => one.requests) },
      { metric: 'upstreamBytes', labels: { proxy }, value: sum(one => one.bytes) },
      { metric: 'upstreamFailures', labels: { proxy }, value: sum(one => one.failures) },
      { metric: 'upstreamRejected', labels: { proxy }, value: sum(one => one.rejected) },
    ]
  })
}

/** What stands for an entry of the cache that was used, and for none. Of what was given up for the download neither is true. */
const HITS: Readonly<Record<string, number>> = {
  exact: 1,
  partial: 1,
  commit: 1,
  sums: 1,
  older: 1,
  none: 0,
  failed: 0,
}

function ofCaches({ cache, buildCache }: Report): readonly MetricSample[] {
  return [
    { name: 'modules', what: cache },
    { name: 'build', what: buildCache },
  ].flatMap(({ name, what }): readonly MetricSample[] => {
    if (what === null) return []
    const labels = { cache: name }
    const { restore, seconds, bytes, files, rejected } = what
    const isRestored = HITS[restore] === 1
    return [
      { metric: 'cache', labels: { ...labels, result: restore }, value: 1 },
      { metric: 'cacheHit', labels, value: HITS[restore] },
      { metric: 'cacheDuration', labels, value: seconds },
      { metric: 'cacheBytes', labels, value: isRestored ? bytes : null },
      { metric: 'cacheFiles', labels, value: isRestored ? files : null },
      { metric: 'cacheRejected', labels, value: restore === 'off' ? null : rejected.length },
    ]
  })
}

function ofTools({ tools = [] }: Report): readonly MetricSample[] {
  const byHow = groupBy(tools, ({ how }) => how, MOST_CODES)
  return [...byHow].map(([how, list]) => ({ metric: 'tools', labels: { how }, value: list.length }))
}

/**
 * A proxy by its host, with the port where it is not the scheme's own: no path, no login, no query. Of a configured chain
 * the first.
 */
function hostOf(name: string): string {
  const parsed = name === '' ? undefined : parseGoproxy(name)
  const [first] = parsed?.ok ? parsed.value.entries : []
  if (first === undefined) return OTHER
  const { host, protocol } = new URL(first.url)
  return cleanLabel(host === '' ? protocol.slice(0, -1) : host) || OTHER
}

/** Groups by name, in the order of the list. @param most of more names, the rest is one group */
function groupBy<T>(
  list: readonly T[],
  nameOfOne: (one: T) => string,
  most: number,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const own = nameOfOne(one)
    const name = groups.has(own) || groups.size < most ? own : OTHER
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return groups
}
