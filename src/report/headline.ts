import { gainOf } from './account.ts'
import { downloadSeconds } from './duration.ts'
import type { CandidateReport, Report } from './report.ts'
import { count, formatBytes, formatSeconds } from './units.ts'

/** The one sentence that says what happened. Plain text; the proxy's name is the user's own or a preset's. */
export function headline(report: Report): string {
  if (report.failure !== null) return `Failed: ${report.failure.message.split('\n  ')[0]}`
  return [sourceOf(report), downloadOf(report)].filter(part => part !== undefined).join(', ')
}

function sourceOf(report: Report): string {
  const best = usedIn(report) ?? report.choice?.proxy
  if (best) return shortName(best)
  // Too old for all else.
  if (report.choice === null && report.toolchain !== undefined) return `Go ${report.toolchain.version} is there`
  return report.choice === null ? 'Nothing chosen' : `GOPROXY=${report.choice.goproxy}`
}

/** The proxy that gave most of the download, where the chosen one gave none of it. */
function usedIn({ choice, download, upstreams }: Report): string | undefined {
  const gave = (name: string) => upstreams.find(one => one.name === name)?.bytes ?? 0
  if (!download?.modules || (choice?.proxy && gave(choice.proxy) > 0)) return undefined
  const [most] = [...upstreams].sort((a, b) => b.bytes - a.bytes)
  return most !== undefined && most.bytes > 0 ? most.name : undefined
}

function downloadOf(report: Report): string | undefined {
  const { download, project } = report
  if (project !== null && !hasProject(report)) return 'no go.mod here, nothing downloaded'
  if (download === null) return undefined
  if (download.outcome === 'nothing to do') return 'nothing to download'
  if (download.modules === 0) return `all modules were in the module cache (${formatSeconds(downloadSeconds(report))})`
  const gain = gainOf(report)
  // It is an estimate: more than tenths of a second would promise more than it knows.
  const tenths = gain === undefined ? 0 : Math.round((gain.plainGoSeconds - gain.seconds) * 10) / 10
  const saved = gain === undefined ? '' : `, about ${formatSeconds(tenths)} less than plain go`
  const what = `${count(download.modules, 'module')} (${formatBytes(download.bytes)})`
  return `${what} in ${formatSeconds(downloadSeconds(report))}${saved}`
}

/** Whether there was anything to download for: a go.mod or go.work. */
export function hasProject({ project }: Report): boolean {
  return project !== null && project.directories.length > 0
}

/** `https://goproxy.cn` as `goproxy.cn`; chains and paths as they are. */
export function shortName(name: string): string {
  return name.replace(/^https:\/\/([^/,|]+)\/?$/, '$1')
}

export function nameOf(candidate: CandidateReport): string {
  return candidate.url ?? candidate.goproxy ?? ''
}
