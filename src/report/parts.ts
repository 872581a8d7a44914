import { isOfDownload } from './modules.ts'
import type { Report } from './report.ts'
import type { RequestReport } from './requests.ts'
import { type TimeSpan, union, without } from './spans.ts'

/** What a download's time consisted of, as far as requests and runs of go tell. */
export interface DownloadParts {
  /** While requests were under way. It may begin before the download, while candidates are measured. */
  readonly network: readonly TimeSpan[]
  /** While none was, and one that had failed was about to be repeated. */
  readonly pauses: readonly TimeSpan[]
  /**
   * While neither was and go ran: it unpacks, most of the time. It also unpacks while others of its modules are on their
   * way, which no event tells.
   */
  readonly unpacking: readonly TimeSpan[]
}

/** undefined where go asked the proxies itself, and of older reports. */
export function partsOf({ requests = [], download }: Report): DownloadParts | undefined {
  const asked = requests.filter(isOfDownload)
  const runs = (download?.attempts ?? []).flatMap(({ startMs, seconds }) =>
    startMs === undefined ? [] : [{ startMs, ms: seconds * 1000 }],
  )
  if (asked.length === 0 || runs.length === 0) return undefined
  const network = union(asked)
  const running = without(union(runs), network)
  const pauses = asked.every(({ outcome }) => outcome === 'found') ? [] : pausesIn(asked)
  return {
    network,
    pauses: without(running, without(running, pauses)),
    unpacking: without(running, pauses),
  }
}

/** How long the download waited before what had failed was repeated; as far as is known. */
export function pausedMs(report: Report): number {
  // Of most downloads this is all.
  if ((report.requests ?? []).every(({ outcome }) => outcome === 'found')) return 0
  return millisecondsOf(partsOf(report)?.pauses ?? [])
}

export function millisecondsOf(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, { ms }) => sum + ms, 0)
}

/** Between a request for an object that failed and the next one for it. */
function pausesIn(requests: readonly RequestReport[]): readonly TimeSpan[] {
  const endOf = new Map<string, number>()
  const pauses: TimeSpan[] = []
  for (const { module, version, file, startMs, ms, outcome } of [...requests].sort((a, b) => a.startMs - b.startMs)) {
    const key = JSON.stringify([module, version, file])
    const before = endOf.get(key)
    if (before !== undefined && before < startMs) pauses.push({ startMs: before, ms: startMs - before })
    if (outcome === 'found') endOf.delete(key)
    else endOf.set(key, startMs + ms)
  }
  return union(pauses)
}
