import type { Measurement, Ranking } from '../../src/benchmark/ranking.ts'
import type { Verdict } from '../../src/benchmark/verdict.ts'
import type { Candidate, Candidates } from '../../src/candidates/candidate.ts'
import { findCandidates } from '../../src/candidates/find.ts'
import type { Choice, ChoiceFacts, SettingName } from '../../src/choice/choice.ts'
import { choose } from '../../src/choice/choose.ts'
import type { ProxySpec } from '../../src/inputs/inputs.ts'
import { sortByPrivacy } from '../../src/project/privacy.ts'
import { goSettings, type SettingsOverrides } from '../support/builders/settings.ts'

export const OFFICIAL = 'https://proxy.golang.org'
export const CN = 'https://goproxy.cn'
export const IO = 'https://goproxy.io'
export const ALIYUN = 'https://mirrors.aliyun.com/goproxy'
export const CORP = 'https://athens.corp.example'
export const SUMDB = 'https://sum.golang.org'
export const SUMDB_ALIAS = 'https://sum.golang.google.cn'

/** A Go without a known hole, and ones whose check a proxy could defeat or whose check of toolchains is weak. */
export const SOUND_GO = 'go1.27.3'
export const DECEIVABLE_GO = 'go1.26.5'
export const WEAK_TOOLCHAIN_GO = 'go1.26.8'

export interface Case {
  /** URLs, or `current`. Empty: the input was not given. */
  readonly proxies?: readonly string[]
  readonly settings?: SettingsOverrides
  readonly privateDomains?: readonly string[]
  readonly privateProxy?: string
  readonly sumdb?: string
  readonly selection?: 'fastest' | 'ordered'
  readonly fallback?: 'direct' | 'off'
  /** Paths of the modules that are needed. */
  readonly modules?: readonly string[]
  /** Predicted seconds by URL (or chain), or a verdict; undefined: no benchmark. Who is not in it was not asked. */
  readonly ranking?: Readonly<Record<string, number | Verdict>>
  readonly joined?: string
  /** The candidate that the download has begun with, by URL. */
  readonly begun?: string
  /** Whose mirror of the checksum database fails, by URL. */
  readonly brokenSumdbs?: readonly string[]
  readonly toolchain?: string
  readonly answering?: readonly string[]
  readonly excluded?: readonly string[]
  /** Who answered besides, by URL. */
  readonly answered?: readonly string[]
}

export function candidatesOf(one: Case): Candidates {
  const proxies = (one.proxies ?? []).map(
    (text): ProxySpec => (text === 'current' ? { kind: 'current' } : { kind: 'url', url: text, preset: undefined }),
  )
  const result = findCandidates({ proxies, privateProxy: one.privateProxy }, goSettings(one.settings))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** Facts as the story would gather them: candidates, privacy and settings are the real rooms' answers. */
export function factsOf(one: Case): ChoiceFacts {
  const settings = goSettings(one.settings)
  const candidates = candidatesOf(one)
  const privateDomains = one.privateDomains ?? []
  const modules = (one.modules ?? ['github.com/pkg/errors']).map(path => ({ path, version: 'v1.0.0' }))
  return {
    inputs: {
      proxies: [],
      privateDomains,
      privateProxy: one.privateProxy,
      sumdb: one.sumdb ?? 'auto',
      selection: one.selection ?? 'fastest',
      fallback: one.fallback,
    },
    settings,
    candidates,
    ranking: one.ranking && rankingOf(candidates.list, one),
    privacy: sortByPrivacy(modules, settings, privateDomains),
    toolchain: one.toolchain,
    answeringSumdbs: one.answering,
    excluded: one.excluded ?? [],
    answered: one.answered && candidates.list.filter(({ name }) => one.answered?.includes(name)),
  }
}

export function choiceOf(one: Case): Choice {
  return choose(factsOf(one))
}

export function settingValue(choice: Choice, name: SettingName): string | undefined {
  return choice.settings.find(setting => setting.name === name)?.value
}

export function codesOf(choice: Choice): readonly string[] {
  return choice.warnings.map(warning => warning.code)
}

function rankingOf(
  candidates: readonly Candidate[],
  { ranking: results = {}, joined, begun, brokenSumdbs = [] }: Case,
): Ranking {
  const measurements = candidates.map(candidate => ({
    ...measurementOf(candidate, results[candidate.name] ?? 'unreachable'),
    sumdb: brokenSumdbs.includes(candidate.name) ? ('broken' as const) : ('unknown' as const),
  }))
  const usable = measurements
    .filter(measurement => measurement.usable)
    .sort((a, b) => (a.predictedSeconds ?? 0) - (b.predictedSeconds ?? 0))
  return {
    measurements: [...usable, ...measurements.filter(measurement => !measurement.usable)],
    requests: [],
    seconds: 1,
    bytes: 1,
    joined,
    begun: candidates.find(({ name }) => name === begun),
    capped: false,
    pinned: false,
    expectedBytes: undefined,
  }
}

export function measurementOf(candidate: Candidate, result: number | Verdict): Measurement {
  const usable = typeof result === 'number'
  return {
    candidate,
    verdict: usable ? 'ok' : result,
    reason: '',
    usable,
    lookupMs: null,
    connectMs: null,
    tlsMs: null,
    firstByteMs: null,
    bytesPerSecond: null,
    predictedSeconds: usable ? result : null,
    sumdb: 'unknown',
    probes: [],
  }
}
