import type { Measurement } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Setting } from '../choice/choice.ts'
import type { Attempt, Download } from '../download/download.ts'
import type { Problem } from '../errors.ts'
import type { GatewayFigures, UpstreamFigures, WarmedFigures } from '../gateway/telling/events.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import { type BuildCacheReport, buildCacheReport } from './build-cache.ts'
import { type CacheReport, cacheReport } from './module-cache.ts'
import { type ModuleStoreReport, moduleStoreReport } from './module-store.ts'
import { modulesIn } from './modules.ts'
import { boundRequests, type RequestReport } from './requests.ts'
import type { Phase, Story } from './story.ts'
import { type GoReport, goReport, type ToolchainReport, toolchainReport } from './toolchain.ts'
import { type ToolReport, toolReports } from './tools.ts'

/** Shorter phases are only in the report file. */
export const SHOWN_PHASE_MS = 1

/** The report file, version 1: see schema/report.schema.json. Times in ms or seconds as the name says, sizes in bytes. */
export interface Report {
  readonly version: 1
  readonly tool: { readonly name: 'go-proxy-setup'; readonly version: string }
  readonly outcome: 'success' | 'failure'
  readonly go: GoReport | null
  readonly toolchain?: ToolchainReport
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
    /** Measured with a built-in set of modules, which the predictions are about, not with the project's. */
    readonly pinned: boolean
    readonly skipped: string | null
  }
  readonly choice: ChoiceReport | null
  readonly settings: readonly Setting[]
  readonly cache: CacheReport | null
  readonly buildCache: BuildCacheReport | null
  readonly download: DownloadReport | null
  /** What later steps can call of the input `tools`; absent where none was asked for. */
  readonly tools?: readonly ToolReport[]
  readonly moduleStore?: ModuleStoreReport
  /** What the gateway asked each proxy; empty when go asked the proxies itself. */
  readonly upstreams: readonly UpstreamFigures[]
  /** Cold proxies that were asked for what came from elsewhere, so that they have it next time. */
  readonly warmed: readonly WarmedFigures[]
  /** What the gateway of the whole job did for later steps. Post fills it in, when the job ends. */
  readonly laterSteps: GatewayFigures | null
  readonly phases: readonly Phase[]
  readonly slowest: Download['slowest']
  /** What the user should know and cannot change: sentences. Absent where there is nothing of the kind. */
  readonly notices?: readonly string[]
  readonly warnings: readonly Problem[]
  readonly failure: Problem | null
  /** How many requests there were beside `requests`: so many of the shortest. */
  readonly requestsLeftOut?: number
  /** Every request of the benchmark and the gateway, in the order in which they began. */
  readonly requests?: readonly RequestReport[]
}

/** What was measured of a candidate, which is named by one of the two: a single proxy, or a configured chain. */
export interface CandidateReport extends Omit<Measurement, 'candidate' | 'usable' | 'isCold' | 'isDisputed'> {
  readonly url?: string
  readonly goproxy?: string
  readonly trust: Candidate['trust']
}

export interface ChoiceReport {
  readonly proxy: string | null
  readonly goproxy: string
  readonly gosumdb: string
  readonly goprivate: string
  readonly gonoproxy: string
  readonly gonosumdb: string
}

/** One run of go. */
export interface AttemptReport extends Omit<Attempt, 'startedMs'> {
  /** Since the process's first work, in milliseconds. */
  readonly startMs?: number
}

export interface DownloadReport {
  readonly outcome: Download['outcome']
  readonly seconds: number
  /** While requests of the gateway were under way; null where go asked the proxies itself. Older reports have none. */
  readonly fetchingSeconds?: number | null
  /** What plain go would have needed, estimated; null where that cannot be told. Older reports have none. */
  readonly plainGoSeconds?: number | null
  readonly modules: number
  readonly bytes: number
  readonly attempts: readonly AttemptReport[]
  readonly requests: number
  readonly retries: number
  readonly failovers: number
  readonly hedges: number
  readonly rejected: number
  readonly toolchain: { readonly version: string; readonly seconds: number } | null
  /** All that go said in the runs that failed, where the download failed. */
  readonly said: readonly string[]
}

/** The one value that summary, report file, outputs and log are rendered from. */
export function buildReport(story: Story): Report {
  const { settings, project, ranking, download } = story
  return {
    version: 1,
    tool: { name: 'go-proxy-setup', version: story.toolVersion },
    outcome: story.failure === undefined ? 'success' : 'failure',
    go: settings === undefined ? null : goReport(settings),
    ...(story.toolchain === undefined ? {} : { toolchain: toolchainReport(story.toolchain) }),
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
    cache: story.cache === undefined ? null : cacheReport(story.cache, story.startMs),
    buildCache: story.buildCache === undefined ? null : buildCacheReport(story.buildCache, story.startMs),
    download: download === undefined ? null : downloadReport(download, story),
    ...(story.tools === undefined ? {} : { tools: toolReports(story.tools) }),
    ...(story.moduleStore === undefined ? {} : { moduleStore: moduleStoreReport(story.moduleStore) }),
    upstreams: story.gateway?.upstreams ?? [],
    warmed: story.gateway?.warmed ?? [],
    laterSteps: null,
    phases: [...story.phases].sort((a, b) => a.startMs - b.startMs),
    slowest: slowestOf(story),
    ...(story.notices.length === 0 ? {} : { notices: story.notices }),
    warnings: story.warnings,
    failure: story.failure ?? null,
    ...boundRequests(story.requests),
  }
}

const SLOWEST = 10

/** Behind a gateway by its requests, else by what go said of its own. */
function slowestOf({ requests, candidates, download }: Story): Report['slowest'] {
  // A source that is asked for public modules alone had it.
  const publicOnly = (candidates?.list ?? [])
    .filter(({ trust }) => trust !== 'own')
    .map(({ name }) => redactGoproxy(name))
  const timed = modulesIn(requests).flatMap(({ module, version, hasZip, ms, bytes, proxies }) =>
    version === null || !hasZip
      ? []
      : [{ path: module, version, seconds: ms / 1000, bytes, isPublic: proxies.some(one => publicOnly.includes(one)) }],
  )
  const slowest = timed.length > 0 ? timed : (download?.slowest ?? [])
  return slowest
    .slice(0, SLOWEST)
    .map(({ path, version, seconds, bytes, isPublic }) => ({ path, version, seconds, bytes, isPublic }))
}

function candidateReport({
  candidate,
  usable: _,
  isCold: __,
  isDisputed: ___,
  ...measured
}: Measurement): CandidateReport {
  return { ...placeOf(candidate), trust: candidate.trust, ...measured }
}

function placeOf(candidate: Candidate): { readonly url: string } | { readonly goproxy: string } {
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

function downloadReport(download: Download, { gateway, startMs }: Story): DownloadReport {
  const { outcome, seconds, pace, modules, bytes, attempts, requests, toolchain, quarantined, said } = download
  return {
    outcome,
    seconds,
    fetchingSeconds: pace?.fetchingSeconds ?? null,
    plainGoSeconds: pace?.plainGoSeconds ?? null,
    modules,
    bytes,
    attempts: attempts.map(({ startedMs, ...attempt }) => ({ ...attempt, startMs: startedMs - startMs })),
    requests,
    retries: gateway?.retries ?? download.retries,
    failovers: (gateway?.failovers ?? 0) + download.failovers,
    hedges: gateway?.hedges ?? 0,
    rejected: gateway?.rejected ?? quarantined.length,
    toolchain: toolchain ?? null,
    said,
  }
}
