import { basename } from 'node:path'
import type { Problem } from '../errors.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { Arrival } from './arrivals.ts'
import { type DamagedFile, damageWarning } from './damage-words.ts'
import type { Attempt, Download } from './download.ts'
import type { WantedSums } from './sums.ts'

/** What the rounds note for the result. */
export interface DownloadRecord {
  readonly attempts: Attempt[]
  readonly quarantined: Set<string>
  readonly wantedSums: WantedSums[]
  readonly warnings: Problem[]
  /** When each zip was first asked for, by object path. */
  readonly zipStarted: Map<string, Date>
  /** Objects that a proxy gave go itself, with its entry of GOPROXY. */
  readonly answered: Map<string, string>
  /** Removed from the module cache. */
  readonly damaged: DamagedFile[]
  requests: number
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
    wantedSums: [],
    warnings: [],
    zipStarted: new Map(),
    answered: new Map(),
    damaged: [],
    requests: 0,
    retries: 0,
    failovers: 0,
    toolchain: undefined,
    aheadEnded: false,
  }
}

const SLOWEST = 10

export function summarize(
  record: DownloadRecord,
  arrivals: readonly Arrival[],
  end: {
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
      : [{ ...module, bytes, seconds: Math.max(0, (modifiedMs - started.getTime()) / 1000) }]
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
    toolchain: record.toolchain,
    wantedSums: record.wantedSums,
    answered: record.answered,
    failure: end.failure,
    warnings: warningsOf(record),
  }
}

function warningsOf(record: DownloadRecord): readonly Problem[] {
  const bad = [...record.quarantined].map(redactGoproxy)
  const tampered: Problem[] = bad.map(proxy => ({
    code: 'PROXY_SENT_WRONG_CONTENT',
    message: `${proxy} sent content that does not match go.sum. The content was not used, and the proxy is not exported.`,
    hint: 'Remove it from the candidates, and tell its operator.',
  }))
  const wanted: Problem[] = record.wantedSums.map(({ file, lines }) => ({
    code: 'GO_SUM_INCOMPLETE',
    message: `go wanted to add ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} to ${file}; the file stays as it was.`,
    hint: `Run \`go mod tidy\` and commit ${basename(file)}, so that every build checks the same content.`,
  }))
  return [...tampered, ...damageWarning(record.damaged), ...wanted, ...record.warnings]
}
