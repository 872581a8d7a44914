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

/** Whether the benchmark asked. */
export function isProbe({ why }: Pick<RequestReport, 'why'>): boolean {
  return why === 'latency' || why === 'rate' || why === 'control' || why === 'sumdb'
}

/** Whether it was for the project's modules: neither a probe, nor for Go itself or a tool. */
export function isOfDownload({ why }: Pick<RequestReport, 'why'>): boolean {
  return why !== 'go' && why !== 'tool' && !isProbe({ why })
}

/** The modules of a download, the slowest first. What only the benchmark asked for is not among them. */
export function modulesIn(requests: readonly RequestReport[]): readonly ModuleRequests[] {
  const sums: ModuleSum[] = []
  const byModule = new Map<string, Map<string | null, ModuleSum>>()
  for (const request of requests) {
    const { module, version } = request
    if (module === null || !isOfDownload(request)) continue
    const versions = byModule.get(module) ?? new Map<string | null, ModuleSum>()
    const sum = versions.get(version) ?? startSum(module, version)
    if (sum.requests === 0) {
      byModule.set(module, versions.set(version, sum))
      sums.push(sum)
    }
    addTo(sum, request)
  }
  return sums.sort((a, b) => b.ms - a.ms)
}

/** While requests are added. */
type ModuleSum = { -readonly [Key in keyof ModuleRequests]: ModuleRequests[Key] } & {
  readonly proxies: string[]
  isZipAsked: boolean
}

function startSum(module: string, version: string | null): ModuleSum {
  return {
    module,
    version,
    proxy: null,
    proxies: [],
    requests: 0,
    bytes: 0,
    startMs: 0,
    hasZip: false,
    ms: 0,
    isZipAsked: false,
  }
}

function addTo(sum: ModuleSum, { file, proxy, outcome, bytes, startMs, ms }: RequestReport): void {
  const isZip = file === 'zip'
  const isFirst = sum.requests === 0 || (isZip && !sum.isZipAsked)
  sum.requests++
  if (isFirst) {
    sum.isZipAsked = isZip
    sum.startMs = startMs
    sum.ms = ms
  } else if (isZip === sum.isZipAsked) {
    const toMs = Math.max(sum.startMs + sum.ms, startMs + ms)
    sum.startMs = Math.min(sum.startMs, startMs)
    sum.ms = toMs - sum.startMs
  }
  if (outcome !== 'found') return
  sum.proxy = proxy
  if (!sum.proxies.includes(proxy)) sum.proxies.push(proxy)
  sum.bytes += bytes
  if (isZip) sum.hasZip = true
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
