import type { Measurement } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Setting } from '../choice/choice.ts'
import type { Download } from '../download/download.ts'
import type { Problem } from '../errors.ts'
import { redactUrl } from '../go/goproxy.ts'
import type { Phase, Story } from './report.ts'

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
    readonly skipped: string | null
  }
  readonly choice: ChoiceReport | null
  readonly settings: readonly Setting[]
  /** Filled by later versions. */
  readonly cache: null
  readonly download: DownloadReport | null
  readonly upstreams: readonly never[]
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

export interface DownloadReport {
  readonly outcome: Download['outcome']
  readonly seconds: number
  readonly modules: number
  readonly bytes: number
  readonly attempts: Download['attempts']
  readonly requests: number
  readonly retries: number
  readonly failovers: number
  /** Filled by later versions. */
  readonly hedges: 0
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
      skipped: story.benchmarkSkipped ?? null,
    },
    choice: choiceReport(story),
    settings: (story.choice?.settings ?? []).map(setting => ({ ...setting, value: redactUrl(setting.value) })),
    cache: null,
    download: download === undefined ? null : downloadReport(download),
    upstreams: [],
    phases: [...story.phases].sort((a, b) => a.startMs - b.startMs),
    slowest: (download?.slowest ?? []).map(({ path, version, seconds, bytes }) => ({ path, version, seconds, bytes })),
    warnings: story.warnings,
    failure: story.failure ?? null,
  }
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
    redactUrl(choice.settings.find(setting => setting.name === name)?.value ?? settings[name].value)
  return {
    proxy: choice.proxy ?? null,
    goproxy: value('GOPROXY'),
    gosumdb: value('GOSUMDB'),
    goprivate: value('GOPRIVATE'),
    gonoproxy: value('GONOPROXY'),
    gonosumdb: value('GONOSUMDB'),
  }
}

function downloadReport(download: Download): DownloadReport {
  const { outcome, seconds, modules, bytes, attempts, requests, retries, failovers, toolchain, quarantined } = download
  return {
    outcome,
    seconds,
    modules,
    bytes,
    attempts,
    requests,
    retries,
    failovers,
    hedges: 0,
    rejected: quarantined.length,
    toolchain: toolchain ?? null,
  }
}
