import type { Trust } from '../candidates/candidate.ts'
import type { RequestReport } from './requests.ts'

/** What was asked for of one version of a module. */
export interface ModuleRequests {
  readonly module: string
  readonly version: string | null
  /** The proxy that the last file came from; null: none came. */
  readonly proxy: string | null
  /** All proxies that a file came from. */
  readonly proxies: readonly string[]
  readonly requests: number
  /** Of the files that came. */
  readonly bytes: number
  /** When the first of these requests began, since the process's first work. */
  readonly startMs: number
  /** Whether its zip came. */
  readonly hasZip: boolean
  /**
   * From the first request for its zip to the last byte of it; for its other files where there was none. The go.mod files
   * of all modules may be asked for long before the first zip.
   */
  readonly ms: number
}

/** The page shows so many until its reader asks for all; src/browser/page.css has the number, too. */
export const MOST_SHOWN = 500

const PROBES: readonly RequestReport['why'][] = ['latency', 'rate', 'control', 'sumdb']

/** Whether the benchmark asked. */
export function isProbe({ why }: Pick<RequestReport, 'why'>): boolean {
  return PROBES.includes(why)
}

/** The modules of a download, the slowest first. What only the benchmark asked for is not among them. */
export function modulesIn(requests: readonly RequestReport[]): readonly ModuleRequests[] {
  const byModule = new Map<string, RequestReport[]>()
  for (const request of requests) {
    const { module, version } = request
    if (module === null || isProbe(request)) continue
    const key = JSON.stringify([module, version])
    const own = byModule.get(key) ?? []
    own.push(request)
    byModule.set(key, own)
  }
  return [...byModule.values()].map(sumUpModule).sort((a, b) => b.ms - a.ms)
}

function sumUpModule(requests: readonly RequestReport[]): ModuleRequests {
  const found = requests.filter(({ outcome }) => outcome === 'found')
  const zips = requests.filter(({ file }) => file === 'zip')
  const timed = zips.length > 0 ? zips : requests
  const fromMs = Math.min(...timed.map(({ startMs }) => startMs))
  const toMs = Math.max(...timed.map(({ startMs, ms }) => startMs + ms))
  return {
    module: requests[0]?.module ?? '',
    version: requests[0]?.version ?? null,
    proxy: found.at(-1)?.proxy ?? null,
    proxies: [...new Set(found.map(({ proxy }) => proxy))],
    requests: requests.length,
    bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
    startMs: fromMs,
    hasZip: found.some(({ file }) => file === 'zip'),
    ms: toMs - fromMs,
  }
}

/** Of a report, what tells where modules came from. */
export interface ModuleOrigins {
  readonly candidates: readonly { readonly url?: string | undefined; readonly trust: Trust }[]
  readonly requests?: readonly RequestReport[] | undefined
  readonly slowest: readonly {
    readonly path: string
    readonly version: string
    readonly isPublic?: boolean | undefined
  }[]
}

/** `path@version` of the modules that are known to be public: such a proxy sent them. Their names may be told to others. */
export function publicModulesIn({ candidates, requests = [], slowest }: ModuleOrigins): ReadonlySet<string> {
  const open = new Set(candidates.flatMap(({ url, trust }) => (url === undefined || trust === 'own' ? [] : url)))
  const sent = requests.filter(({ proxy, outcome, file }) => file === 'zip' && outcome === 'found' && open.has(proxy))
  return new Set([
    ...sent.map(({ module, version }) => `${module}@${version}`),
    ...slowest.filter(({ isPublic }) => isPublic).map(({ path, version }) => `${path}@${version}`),
  ])
}

/** Where a public module is documented; undefined where its name would need escaping. */
export function addressOfModule(path: string, version: string): string | undefined {
  return PLAIN.test(path + version) ? `https://pkg.go.dev/${path}@${version}` : undefined
}

const PLAIN = /^[\w./~+-]+$/
