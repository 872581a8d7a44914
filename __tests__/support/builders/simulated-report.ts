import { createGenerator } from '../../../benchmarks/random.ts'
import { buildReport, type Report } from '../../../src/report/report.ts'
import type { RequestReport } from '../../../src/report/requests.ts'
import { fullStory, measurement, request } from './story.ts'

export interface Simulation {
  readonly modules: number
  readonly proxies?: readonly string[]
  /** Share of requests that fail and are repeated. */
  readonly failing?: number
  /** The name of a module. */
  readonly nameOf?: (i: number) => string
}

const OWNERS = ['aws', 'hashicorp', 'kubernetes', 'prometheus', 'grpc-ecosystem', 'cespare', 'some-organisation']
const NAMES = ['xxhash', 'client_golang', 'go-multierror', 'service/internal/presigned-url', 'api-machinery', 'x/v2']

function nameModule(i: number): string {
  return `github.com/${OWNERS[i % OWNERS.length]}/${NAMES[i % NAMES.length]}${i < 20 ? '' : i}`
}

const CONNECTIONS = 24
const BENCHMARK_MS = 220
const BEGIN_MS = 260

/** The report of a run that downloads so many modules, their .mod first, each proxy with its round trip and rate. */
export function simulateReport({
  modules,
  proxies = ['https://proxy.golang.org'],
  failing = 0,
  nameOf = nameModule,
}: Simulation): Report {
  const random = createGenerator(7)
  const free = proxies.flatMap((proxy, i) =>
    Array.from({ length: Math.ceil(CONNECTIONS / (i + 1)) }, () => ({ proxy, atMs: BEGIN_MS, rttMs: 12 + 25 * i })),
  )
  const requests: RequestReport[] = proxies.flatMap((proxy, i) =>
    (['mod', 'mod', 'zip'] as const).map((file, probe) =>
      request({
        proxy,
        file,
        module: nameOf(0),
        why: file === 'zip' ? 'rate' : 'latency',
        startMs: 40 + 45 * probe,
        ms: Math.min(40 + 30 * i, BENCHMARK_MS - 45 * probe),
        firstByteMs: Math.min(12 + 25 * i, 35 + 30 * i, 80),
        bytes: file === 'zip' ? 400_000 : 900,
      }),
    ),
  )
  const fetch = (change: Partial<RequestReport>, bytes: number, attempt = 0): void => {
    const slot = free.reduce((best, one) => (one.atMs < best.atMs ? one : best))
    const firstByteMs = slot.rttMs * (1 + random())
    const ms = firstByteMs + bytes / (800 + 1200 * random())
    const isFailing = attempt === 0 && random() < failing
    const outcome = isFailing ? 'server error' : 'found'
    const came = isFailing ? { bytes: 0, status: 502 } : { bytes, status: 200 }
    const why = attempt === 0 ? 'download' : 'retry'
    const place = { startMs: slot.atMs, ms, firstByteMs, proxy: slot.proxy }
    requests.push(request({ ...change, ...place, ...came, outcome, why, attempt }))
    slot.atMs += ms + random()
    if (isFailing) fetch(change, bytes, attempt + 1)
  }
  for (const file of ['mod', 'zip'] as const) {
    for (let i = 0; i < modules; i++) {
      const bytes = file === 'mod' ? 900 : Math.round(4_000 * Math.exp(4.5 * random() ** 2))
      fetch({ module: nameOf(i), version: `v1.${i % 40}.0`, file }, bytes)
    }
  }
  return reportOf({ modules, proxies, requests })
}

interface Simulated {
  readonly modules: number
  readonly proxies: readonly string[]
  readonly requests: readonly RequestReport[]
}

function reportOf({ modules, proxies, requests }: Simulated): Report {
  const endMs = Math.max(...requests.map(({ startMs, ms }) => startMs + ms))
  const seconds = (endMs - BEGIN_MS) / 1000
  const story = fullStory({ requests, warnings: [] })
  const report = buildReport(story)
  const bytes = requests.reduce((sum, one) => sum + one.bytes, 0)
  const [proxy = null] = proxies
  return {
    ...report,
    requests: [...requests].sort((a, b) => a.startMs - b.startMs),
    project: report.project && { ...report.project, modules, missing: modules },
    candidates: proxies.map((url, i) => {
      const {
        candidate: _,
        usable: __,
        ...measured
      } = measurement(url, {
        firstByteMs: 12 + 25 * i,
        connectMs: 11 + 24 * i,
        bytesPerSecond: 42_000_000 / (i + 1),
        predictedSeconds: seconds * (1 + i / 3),
      })
      return { ...measured, url, trust: i === 0 ? ('official' as const) : ('mirror' as const) }
    }),
    choice: report.choice && { ...report.choice, proxy, goproxy: `${proxy},direct` },
    download: report.download && {
      ...report.download,
      modules,
      bytes,
      seconds,
      fetchingSeconds: seconds,
      plainGoSeconds: seconds * 4,
      requests: requests.length,
      retries: requests.filter(({ attempt }) => attempt > 0).length,
      failovers: 0,
      rejected: 0,
      attempts: report.download.attempts.map(one => ({ ...one, startMs: BEGIN_MS, seconds, arrived: modules })),
    },
    upstreams: proxies.map(name => {
      const own = requests.filter(one => one.proxy === name)
      const failures = own.filter(({ outcome }) => outcome !== 'found').length
      const sent = own.reduce((sum, one) => sum + one.bytes, 0)
      return { name, requests: own.length, bytes: sent, failures, reasons: [], rejected: 0 }
    }),
    phases: [
      { name: 'read the settings', startMs: 1, ms: 18 },
      { name: 'read the project', startMs: 19, ms: 20 },
      { name: 'benchmark', startMs: 40, ms: BENCHMARK_MS },
      { name: 'download', startMs: BEGIN_MS, ms: endMs - BEGIN_MS },
    ],
    slowest: [],
  }
}
