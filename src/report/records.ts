import type { Fact } from '../text/fact.ts'
import { renderBuildCache } from './build-cache.ts'
import { nameOf, shortName } from './headline.ts'
import { renderModuleStore } from './module-store.ts'
import type { Report } from './report.ts'
import { measuredWith, renderCache, renderWarmed } from './text.ts'
import { count, formatBytes, formatMs, formatSeconds } from './units.ts'

/** One line of a log of records: a sentence, and the same for programs. */
export interface LogRecord {
  readonly message: string
  readonly fact: Fact
}

/** What the tables of a log of words say, row by row and in their order. */
export function recordsOf(report: Report): readonly LogRecord[] {
  return [
    ...benchmarkRecords(report),
    ...report.settings.map(({ name, value, from, why, changed }) => ({
      message: `${name}=${value}`,
      fact: { event: 'setting', name, value, from, reason: why, changed } as const,
    })),
    ...report.phases.map(({ name, startMs, ms }) => ({
      message: `${name}: ${formatMs(ms)}`,
      fact: { event: 'phase', phase: name, startMs, ms } as const,
    })),
    ...report.slowest.map(({ path, version, seconds, bytes }) => ({
      message: `${path}@${version}: ${formatBytes(bytes)} in ${formatSeconds(seconds)}`,
      fact: { event: 'module', module: path, version, seconds, bytes } as const,
    })),
    ...report.upstreams.map(({ name, requests, bytes, failures, rejected }) => ({
      message: `${shortName(name)}: ${count(requests, 'request')}, ${formatBytes(bytes)}`,
      fact: { event: 'upstream', proxy: name, requests, bytes, failures, rejected } as const,
    })),
    ...cacheRecords(report),
    ...(report.tools ?? []).map(({ name, version, how, seconds, bytes }) => ({
      message: `${name} ${version}: ${how}`,
      fact: { event: 'tool', tool: name, version, how, seconds, bytes } as const,
    })),
    ...[renderModuleStore(report)].flatMap(message => (message === undefined ? [] : [{ message, fact: NOTE }])),
    ...(report.download?.said ?? []).map(message => ({ message, fact: { event: 'go' } as const })),
  ]
}

function benchmarkRecords(report: Report): readonly LogRecord[] {
  const { candidates, benchmark, warmed } = report
  const { seconds, bytes, skipped, joined } = benchmark
  const measured = { event: 'benchmark', seconds, bytes } as const
  if (candidates.length === 0) return skipped === null ? [] : [{ message: `No benchmark: ${skipped}.`, fact: measured }]
  return [
    ...candidates.map((one): LogRecord => {
      const { trust, verdict, reason, connectMs, firstByteMs, bytesPerSecond, predictedSeconds } = one
      const proxy = nameOf(one)
      return {
        message: `${shortName(proxy)}: ${verdict}, ${reason}`,
        fact: {
          event: 'candidate',
          ...{ proxy, trust, verdict, reason, connectMs, firstByteMs, bytesPerSecond, predictedSeconds },
        },
      }
    }),
    { message: measuredWith(report), fact: measured },
    ...(joined === null ? [] : [{ message: `Mirrors joined because ${joined}.`, fact: NOTE }]),
    ...renderWarmed(warmed).map(message => ({ message, fact: NOTE })),
  ]
}

const NOTE: Fact = { event: 'note' }

function cacheRecords(report: Report): readonly LogRecord[] {
  const caches = [
    { cache: 'modules', told: renderCache(report), what: report.cache },
    { cache: 'build', told: renderBuildCache(report.buildCache), what: report.buildCache },
  ]
  return caches.flatMap(({ cache, told, what }) => {
    if (told === undefined || what === null) return []
    const { restore: outcome, reason, files, bytes, seconds } = what
    return { message: told, fact: { event: 'restore', cache, outcome, reason, files, bytes, seconds } }
  })
}

/** How it ended, for the last line of a run. */
export function resultOf({ outcome, choice, download }: Report): Fact {
  return {
    event: 'result',
    outcome,
    proxy: choice?.proxy ?? null,
    modules: download?.modules ?? null,
    bytes: download?.bytes ?? null,
    seconds: download?.seconds ?? null,
    requests: download?.requests ?? null,
    retries: download?.retries ?? null,
    failovers: download?.failovers ?? null,
    rejected: download?.rejected ?? null,
  }
}

/** How far a job came that the user stopped. */
export function stopOf({ download }: Report): Fact {
  const { modules = null, bytes = null, seconds = null } = download ?? {}
  return { event: 'stopped', modules, bytes, seconds }
}
