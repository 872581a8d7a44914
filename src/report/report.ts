import type { Measurement } from '../benchmark/ranking.ts'
import type { CacheStory, Restored } from '../cache/cache.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Setting } from '../choice/choice.ts'
import type { Download } from '../download/download.ts'
import type { Problem } from '../errors.ts'
import type { GatewayFigures, UpstreamFigures } from '../gateway/telling/events.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { Phase, Story } from './story.ts'

/** Shorter phases are in the report file alone. */
export const SHOWN_PHASE_MS = 1

/** The report file, version 1: see schema/report.schema.json. Times in ms or seconds as the name says, sizes in bytes. */
export interface Report {
  readonly version: 1
  readonly tool: { readonly name: 'go-proxy-setup'; readonly version: string }
  readonly outcome: 'success' | 'failure'
  readonly go: { readonly version: string; readonly os: string; readonly arch: string } | null
  readonly project: {
    readonly directories: readonly string[]
    readonly modules: number
    readonly missing: number
    readonly goLine: string | null
    readonly toolchainLine: string | null
    readonly vendored: boolean
  } | null
  readonly candidates: readonly CandidateReport[]
  readonly benchmark: {
    readonly seconds: number
    readonly bytes: number
    readonly joined: string | null
    readonly capped: boolean
    /** With a built-in set of modules: predictions are of that, and not of the project's download. */
    readonly pinned: boolean
    readonly skipped: string | null
  }
  readonly choice: ChoiceReport | null
  readonly settings: readonly Setting[]
  readonly cache: CacheReport | null
  readonly download: DownloadReport | null
  /** What each proxy was asked through the gateway; empty when go asked by itself. */
  readonly upstreams: readonly UpstreamFigures[]
  /** What a gateway for the whole job did for later steps: known, and filled in, when the job ends. */
  readonly laterSteps: GatewayFigures | null
  readonly phases: readonly Phase[]
  readonly slowest: readonly {
    readonly path: string
    readonly version: string
    readonly seconds: number
    readonly bytes: number
  }[]
  readonly warnings: readonly Problem[]
  readonly failure: Problem | null
}

export interface CandidateReport {
  /** One of the two: a single proxy, or a configured chain. */
  readonly url?: string
  readonly goproxy?: string
  readonly trust: 'official' | 'own' | 'mirror'
  readonly verdict: Measurement['verdict']
  readonly reason: string
  readonly lookupMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
  readonly firstByteMs: number | null
  readonly bytesPerSecond: number | null
  readonly predictedSeconds: number | null
  readonly sumdb: Measurement['sumdb']
  readonly probes: Measurement['probes']
}

export interface ChoiceReport {
  readonly proxy: string | null
  readonly goproxy: string
  readonly gosumdb: string
  readonly goprivate: string
  readonly gonoproxy: string
  readonly gonosumdb: string
}

export interface CacheReport {
  /** `exact`: an entry made for these sums; `partial`: another one that helped; `none`: there is no entry. */
  readonly restore: 'exact' | 'partial' | 'none' | 'failed' | 'abandoned' | 'off'
  /** Why it failed, was abandoned or is off. */
  readonly reason: string | null
  readonly key: string | null
  readonly seconds: number | null
  /** Of the entry, as its name says; of it were taken so many files. */
  readonly bytes: number
  readonly files: number
  readonly rejected: readonly { readonly file: string; readonly what: string }[]
  /** What the download was predicted to need when the two were compared. */
  readonly predictedDownloadSeconds: number | null
  readonly save: CacheStory['save']
  /** What will be stored. */
  readonly saveBytes: number
}

export interface DownloadReport {
  readonly outcome: Download['outcome']
  readonly seconds: number
  readonly modules: number
  readonly bytes: number
  readonly attempts: Download['attempts']
  readonly requests: number
  readonly retries: number
  readonly failovers: number
  readonly hedges: number
  readonly rejected: number
  readonly toolchain: { readonly version: string; readonly seconds: number } | null
}

/** Everything known, as the one value of which the summary, the file and the outputs are views. */
export function buildReport(story: Story): Report {
  const { settings, project, ranking, download } = story
  return {
    version: 1,
    tool: { name: 'go-proxy-setup', version: story.toolVersion },
    outcome: story.failure === undefined ? 'success' : 'failure',
    go: settings === undefined ? null : { version: settings.version, os: settings.goos, arch: settings.goarch },
    project:
      project === undefined
        ? null
        : {
            directories: project.directories.map(directory => directory.name),
            modules: project.modules.length,
            missing: project.missing.length,
            goLine: project.goLine ?? null,
            toolchainLine: project.toolchainLine ?? null,
            vendored: project.vendored,
          },
    candidates: (ranking?.measurements ?? []).map(candidateReport),
    benchmark: {
      seconds: ranking?.seconds ?? 0,
      bytes: ranking?.bytes ?? 0,
      joined: ranking?.joined ?? null,
      capped: ranking?.capped ?? false,
      pinned: ranking?.pinned ?? false,
      skipped: story.benchmarkSkipped ?? null,
    },
    choice: choiceReport(story),
    settings: (story.choice?.settings ?? []).map(setting => ({
      ...setting,
      value: redactGoproxy(setting.value),
      scope: story.exported ? setting.scope : 'download',
    })),
    cache: story.cache === undefined ? null : cacheReport(story.cache),
    download: download === undefined ? null : downloadReport(download, story.gateway),
    upstreams: story.gateway?.upstreams ?? [],
    laterSteps: null,
    phases: [...story.phases].sort((a, b) => a.startMs - b.startMs),
    slowest: (download?.slowest ?? []).map(({ path, version, seconds, bytes }) => ({ path, version, seconds, bytes })),
    warnings: story.warnings,
    failure: story.failure ?? null,
  }
}

/** Before anything is made of it: a proxy may quote in its answer what it was sent. */
export function redactReport(report: Report, redact: (text: string) => string): Report {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) => (typeof value === 'string' ? redact(value) : value))
}

function candidateReport(measurement: Measurement): CandidateReport {
  const {
    candidate,
    verdict,
    reason,
    lookupMs,
    connectMs,
    tlsMs,
    firstByteMs,
    bytesPerSecond,
    predictedSeconds,
    sumdb,
    probes,
  } = measurement
  const rest = {
    trust: candidate.trust,
    verdict,
    reason,
    lookupMs,
    connectMs,
    tlsMs,
    firstByteMs,
    bytesPerSecond,
    predictedSeconds,
    sumdb,
    probes,
  }
  return { ...nameOf(candidate), ...rest }
}

function nameOf(candidate: Candidate): { readonly url: string } | { readonly goproxy: string } {
  return candidate.configured ? { goproxy: candidate.name } : { url: candidate.name }
}

function choiceReport({ choice, settings }: Story): ChoiceReport | null {
  if (choice === undefined || settings === undefined) return null
  const value = (name: 'GOPROXY' | 'GOPRIVATE' | 'GONOPROXY' | 'GONOSUMDB' | 'GOSUMDB') =>
    redactGoproxy(choice.settings.find(setting => setting.name === name)?.value ?? settings[name].value)
  return {
    proxy: choice.proxy ?? null,
    goproxy: value('GOPROXY'),
    gosumdb: value('GOSUMDB'),
    goprivate: value('GOPRIVATE'),
    gonoproxy: value('GONOPROXY'),
    gonosumdb: value('GONOSUMDB'),
  }
}

function cacheReport({ mode, restored, save, plan }: CacheStory): CacheReport {
  return {
    restore: restored === undefined ? 'off' : restoreOutcome(restored),
    reason: restored?.what ?? mode.why ?? null,
    key: restored?.key ?? null,
    seconds: restored?.seconds ?? null,
    bytes: restored?.bytes ?? 0,
    files: restored?.taken.size ?? 0,
    rejected: (restored?.rejected ?? []).map(({ target, what }) => ({ file: target, what })),
    predictedDownloadSeconds: restored?.predictedDownloadSeconds ?? null,
    save,
    saveBytes: plan?.bytes ?? 0,
  }
}

function restoreOutcome({ how, exact }: Restored): CacheReport['restore'] {
  if (how === 'missed') return 'none'
  if (how !== 'done') return how
  return exact ? 'exact' : 'partial'
}

function downloadReport(download: Download, gateway: GatewayFigures | undefined): DownloadReport {
  const { outcome, seconds, modules, bytes, attempts, toolchain, quarantined } = download
  return {
    outcome,
    seconds,
    modules,
    bytes,
    attempts,
    requests: gateway?.requests ?? download.requests,
    retries: gateway?.retries ?? download.retries,
    failovers: (gateway?.failovers ?? 0) + download.failovers,
    hedges: gateway?.hedges ?? 0,
    rejected: gateway?.rejected ?? quarantined.length,
    toolchain: toolchain ?? null,
  }
}
