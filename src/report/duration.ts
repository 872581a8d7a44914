import { isOfDownload, isProbe } from './modules.ts'
import { type Report, SHOWN_PHASE_MS } from './report.ts'
import type { Phase } from './story.ts'

/** What tells of a download's time and requests. */
type DownloadTimes = Pick<Report, 'download' | 'phases' | 'requests' | 'requestsLeftOut'>

const DOWNLOAD = 'download'

/**
 * How long the download took, wherever it is told: from its first request, which comes while candidates are still measured,
 * to its phase's end. `download.seconds` is less by what came before go was started. undefined without a download.
 */
export function downloadSeconds(report: DownloadTimes): number | undefined {
  if (report.download === null) return undefined
  const phase = report.phases.find(({ name }) => name === DOWNLOAD)
  return phase === undefined ? report.download.seconds : fromFirstRequest(phase, report).ms / 1000
}

/** The phases that are long enough to be shown; the download's is as long as everything else says of it. */
export function shownPhases(report: DownloadTimes): readonly Phase[] {
  return report.phases
    .filter(({ ms }) => ms >= SHOWN_PHASE_MS)
    .map(phase => (phase.name === DOWNLOAD ? fromFirstRequest(phase, report) : phase))
}

function fromFirstRequest(phase: Phase, { requests = [] }: DownloadTimes): Phase {
  const first = requests.find(one => one.outcome === 'found' && one.file !== 'sumdb' && isOfDownload(one))
  const startMs = Math.min(phase.startMs, first?.startMs ?? phase.startMs)
  return { ...phase, startMs, ms: phase.startMs + phase.ms - startMs }
}

/**
 * How many requests there were to proxies, wherever it is told: those of the download, go's own among them, and the probes
 * of the benchmark; for Go itself and for tools. undefined where there was none.
 */
export function describeRequests(report: DownloadTimes): { readonly all: number; readonly what: string } | undefined {
  const { download, requests = [], requestsLeftOut = 0 } = report
  const probes = requests.filter(isProbe).length
  const [forGo, forTools] = (['go', 'tool'] as const).map(reason => requests.filter(({ why }) => why === reason).length)
  const others = probes + (forGo ?? 0) + (forTools ?? 0)
  const all = others + Math.max(requests.length + requestsLeftOut - others, download?.requests ?? 0)
  if (all === 0) return undefined
  const word = all === 1 ? 'request' : 'requests'
  if (others === 0) return { all, what: word }
  if (probes === all) return { all, what: `${word} of the benchmark` }
  const parts = [
    probes === 0 ? '' : `${probes} of them ${probes === 1 ? 'a probe' : 'probes'}`,
    forGo ? `${forGo} for Go itself` : '',
    forTools ? `${forTools} for tools` : '',
  ].filter(part => part !== '')
  return { all, what: `${word}, ${parts.join(', ')}` }
}
