import type { Problem } from '../errors.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { type Ahead, nameAhead } from './ahead.ts'
import type { Arrival } from './arrivals.ts'
import type { AttemptEnd } from './attempt.ts'
import { type DamagedFile, damageWarning } from './damage-words.ts'
import type { Attempt, Download, Spared } from './download.ts'
import { failureOf, saidLines } from './failure.ts'
import type { WantedSums } from './sums.ts'
import { warnOfWanted } from './wanted-sums.ts'

/** What the rounds note for the result. */
export interface DownloadRecord {
  readonly attempts: Attempt[]
  readonly quarantined: Set<string>
  /** Disputed content whose senders are not to blame, but for these. */
  readonly spared: Spared[]
  /** How often sources were asked about disputed content. */
  disputes: number
  /** All that go said in runs that failed, each once. */
  readonly said: Set<string>
  readonly wantedSums: WantedSums[]
  readonly warnings: Problem[]
  /** When each zip was first asked for, by object path. */
  readonly zipStarted: Map<string, Date>
  /** Objects that a proxy gave go itself, with its entry of GOPROXY. */
  readonly answered: Map<string, string>
  /** Removed from the module cache. */
  readonly damaged: DamagedFile[]
  /** Of go's own. */
  requests: number
  /** Of what fetches ahead, as counted with the last attempt. */
  aheadRequests: number
  retries: number
  failovers: number
  toolchain: Download['toolchain']
  /** Fetching ahead was stopped for the last try. */
  aheadEnded: boolean
}

export function newRecord(): DownloadRecord {
  return {
    attempts: [],
    quarantined: new Set(),
    spared: [],
    said: new Set(),
    disputes: 0,
    wantedSums: [],
    warnings: [],
    zipStarted: new Map(),
    answered: new Map(),
    damaged: [],
    requests: 0,
    aheadRequests: 0,
    retries: 0,
    failovers: 0,
    toolchain: undefined,
    aheadEnded: false,
  }
}

interface EndedRound {
  readonly directory: ModuleDirectory
  readonly goproxy: string
  readonly end: AttemptEnd
}

/** Notes for the result what came of a round. */
export function noteRound(
  record: DownloadRecord,
  { directory, goproxy, end }: EndedRound,
  ahead: Ahead | undefined,
): void {
  for (const [key, { proxy, startedAt }] of end.trace.answered) {
    if (proxy !== ahead?.url) record.answered.set(key, proxy)
    if (key.endsWith('.zip') && !record.zipStarted.has(key)) record.zipStarted.set(key, startedAt)
  }
  record.requests += end.trace.requests
  if (record.attempts.some(attempt => attempt.directory === directory.name)) record.retries += end.trace.requests
  record.toolchain ??= end.trace.toolchain
  const failure = end.how === 'done' ? undefined : failureOf(end, ahead)
  if (failure !== undefined) for (const line of saidLines(end.said, ahead)) record.said.add(line)
  const aheadRequests = ahead?.requests() ?? 0
  record.attempts.push({
    directory: directory.name,
    goproxy: redactGoproxy(nameAhead(goproxy, ahead)),
    startedMs: end.startedMs,
    seconds: end.seconds,
    outcome: end.how,
    failure: failure && { code: failure.code, text: failure.text },
    arrived: [...end.trace.answered.keys()].filter(key => key.endsWith('.zip')).length,
    requests: end.trace.requests + aheadRequests - record.aheadRequests,
  })
  record.aheadRequests = aheadRequests
}

const SLOWEST = 10

export function summarize(
  record: DownloadRecord,
  arrivals: readonly Arrival[],
  end: {
    readonly directories: readonly ModuleDirectory[]
    readonly before: ReadonlySet<string>
    readonly failure: Problem | undefined
    readonly seconds: number
    readonly nothing: boolean
  },
): Download {
  const fresh = arrivals.filter(({ key }) => !end.before.has(key))
  const timed = fresh.flatMap(({ module, key, bytes, modifiedMs }) => {
    const started = record.zipStarted.get(key)
    return started === undefined
      ? []
      : [{ ...module, bytes, isPublic: false, seconds: Math.max(0, (modifiedMs - started.getTime()) / 1000) }]
  })
  return {
    outcome: end.failure !== undefined ? 'failed' : end.nothing ? 'nothing to do' : 'done',
    seconds: end.seconds,
    modules: fresh.length,
    bytes: fresh.reduce((sum, arrival) => sum + arrival.bytes, 0),
    attempts: record.attempts,
    requests: record.requests,
    retries: record.retries,
    failovers: record.failovers,
    slowest: timed.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST),
    quarantined: [...record.quarantined],
    spared: record.spared,
    toolchain: record.toolchain,
    wantedSums: record.wantedSums,
    answered: record.answered,
    failure: end.failure,
    said: end.failure === undefined ? [] : [...record.said],
    warnings: warningsOf(record, end.directories),
  }
}

function warningsOf(record: DownloadRecord, directories: readonly ModuleDirectory[]): readonly Problem[] {
  const wanted = record.wantedSums.map(one =>
    warnOfWanted(
      one,
      directories.find(({ sumFiles }) => sumFiles.includes(one.file)),
    ),
  )
  return [...damageWarning(record.damaged), ...wanted, ...record.warnings]
}
