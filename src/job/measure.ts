import { findPassing, joinRankings } from '../benchmark/again.ts'
import { findAnswering } from '../benchmark/answer.ts'
import { runBenchmark } from '../benchmark/benchmark.ts'
import { type ProbePlan, planProbes } from '../benchmark/probe-plan.ts'
import type { Benchmark, HeardOut, Ranking } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import { ALIAS_SUMDB_URL, OFFICIAL_SUMDB_URL } from '../choice/sumdb.ts'
import { backoffMs } from '../download/rounds.ts'
import { parseGosumdb } from '../go/gosumdb.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { Transport } from '../upstream/fetch.ts'
import { findAnsweringSumdbs } from '../upstream/sumdb.ts'
import type { HeadStart } from './head-start.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** Why there is nothing to measure, in plain words. */
export function whyNoBenchmark(job: Job, prepared: Prepared): string | undefined {
  const { inputs } = job
  const { project, candidates } = prepared
  const { mode, list } = candidates
  if (mode === 'none') return 'GOPROXY asks no proxy'
  if (mode === 'policy') return 'GOPROXY was configured here and is the only candidate'
  if (inputs.benchmark === 'off') return 'switched off by the input benchmark'
  if (list.length < 2) return 'there is only one candidate'
  if (project.vendored) return 'the modules are vendored'
  if (project.modules.length > 0 && project.missing.length === 0) return 'all modules are in the module cache'
  if (planFor(job, prepared).mods.length === 0)
    return 'GOPRIVATE and private-domains cover every module that could be asked for'
  return undefined
}

/** Requests that a gateway keeps under way on the average, as it widens from 32 to 128. */
const USUALLY_IN_FLIGHT = 64

/** The benchmark: rankings are undefined when measuring itself failed, which must not fail the job. */
export interface Measuring {
  readonly ranking: Promise<Ranking | undefined>
  /** The same winner, and what the others have said since; nothing is asked any more afterwards. */
  complete(what: HeardOut): Promise<Ranking | undefined>
}

type Start = Pick<HeadStart, 'take' | 'begin'>

/** Where no candidate can be used, all whose trouble may pass are asked again, until one can be or time is up. */
export function startBenchmark(job: Job, prepared: Prepared, transport: Transport, headStart: Start): Measuring {
  const { effects, inputs, policy, signal } = job
  const { clock, log } = effects
  const { againForMs, againMs, maximumAgainMs } = policy.benchmark
  const failed = (error: unknown) => {
    log.debug(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
  const race = (candidates: readonly Candidate[], patient: boolean) =>
    startRace(job, prepared, transport, headStart, { candidates, patient })
  // Without a second race mirrors have to join in the first.
  let current = race(prepared.candidates.list, inputs.retries > 0)
  let earlier: Ranking | undefined
  const join = (now: Ranking | undefined) => (earlier && now ? joinRankings(earlier, now) : now)

  const ride = async (): Promise<Ranking | undefined> => {
    let ranking = await handOn(current, headStart)
    const endMs = clock.now() + Math.min(againForMs, inputs.timeoutMs)
    for (let times = 1; ; times++) {
      const passing = inputs.retries === 0 ? [] : findPassing(ranking)
      const leftMs = endMs - clock.now()
      if (passing.length === 0 || leftMs <= 0 || signal.aborted) return ranking
      if (times === 1) sayAgain(ranking, againForMs, log)
      earlier = join(await current.complete('enough'))
      const rules = { retryDelayMs: againMs, maximumBackoffMs: maximumAgainMs }
      await clock.sleep(Math.min(leftMs, backoffMs(times, rules, effects.random.next)), signal)
      if (signal.aborted) return ranking
      current = race([...passing, ...notAsked(prepared.candidates.list, ranking)], false)
      ranking = joinRankings(ranking, await handOn(current, headStart))
    }
  }
  const ranking = ride().catch(failed)
  return {
    ranking,
    complete: async what => {
      await ranking
      return current.complete(what).then(join).catch(failed)
    },
  }
}

/** Mirrors that the official proxy was waited for in vain before. */
function notAsked(candidates: readonly Candidate[], { measurements }: Ranking): readonly Candidate[] {
  return candidates.filter(one => !measurements.some(({ candidate }) => candidate === one))
}

function sayAgain({ measurements }: Ranking, forMs: number, log: Job['effects']['log']): void {
  const reasons = measurements.map(({ candidate, reason }) => `${candidate.name}: ${reason}`).join('; ')
  log.info(`No candidate can be used (${reasons}). Retrying for up to ${Math.round(forMs / 1000)} s.`)
}

async function handOn({ objects, ranking }: Benchmark, headStart: Start): Promise<Ranking> {
  for await (const object of objects) headStart.take(object)
  return ranking
}

function startRace(
  job: Job,
  prepared: Prepared,
  transport: Transport,
  headStart: Start,
  options: { readonly candidates: readonly Candidate[]; readonly patient: boolean },
): Benchmark {
  const { effects, inputs, policy } = job
  const plan = planFor(job, prepared)
  return runBenchmark({
    ...options,
    plan,
    capMs: inputs.benchmarkTimeoutMs,
    policy: policy.benchmark,
    deadlines: { headMs: inputs.readTimeoutMs, stallMs: inputs.readTimeoutMs, totalMs: inputs.benchmarkTimeoutMs },
    mode: {
      parallel: prepared.settings.gomaxprocs,
      prefetch: inputs.gateway === 'off' ? undefined : USUALLY_IN_FLIGHT,
    },
    transport,
    clock: effects.clock,
    publicity: prepared.publicity,
    signal: job.signal,
    hearAll: inputs.selection === 'ordered',
    beginDownload: (right, extent) => headStart.begin(right, plan, extent),
  })
}

function planFor({ effects, inputs }: Job, { project, settings, privacy, toolchainBytes }: Prepared): ProbePlan {
  const sumdb = parseGosumdb(inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb)
  return planProbes({
    publicModules: privacy.public,
    missing: privacy.public.filter(module => project.missing.includes(module)),
    sums: project.sums,
    sumdb: sumdb.ok && sumdb.value.kind === 'database' ? sumdb.value : undefined,
    isPrivate: privacy.isSheltered,
    isUnchecked: path => matchesPatterns(settings.GONOSUMDB.value, path),
    otherBytes: toolchainBytes,
    nonce: effects.random.hex(8),
  })
}

/**
 * Who answers at all, where proxies were named and nothing is measured: a file that all may hear of is asked of each.
 * @returns undefined where that is no question: one candidate alone, GOPROXY as the user set it, or no such file
 */
export function askCandidates(
  job: Job,
  prepared: Prepared,
  transport: Transport,
): Promise<readonly Candidate[]> | undefined {
  const { effects, inputs, policy, signal } = job
  const { list, mode } = prepared.candidates
  const { mods } = planFor(job, prepared)
  if (mode !== 'named' || list.length < 2 || mods.length === 0) return undefined
  return findAnswering({
    candidates: list,
    objects: mods,
    timeoutMs: inputs.connectTimeoutMs,
    graceMs: policy.benchmark.latencyStageMs,
    transport,
    clock: effects.clock,
    signal,
  })
}

/** Which official database answers is only asked where it decides something: when a mirror is in the race. */
export async function askSumdbs(
  job: Job,
  { settings, candidates }: Prepared,
  ranking: Ranking | undefined,
  transport: Transport,
): Promise<readonly string[] | undefined> {
  const mirrors = candidates.list.some(
    ({ trust, starts }) => trust === 'mirror' && (starts === 'at once' || ranking?.joined !== undefined),
  )
  const isDefault = settings.GOSUMDB.value === 'sum.golang.org' && job.inputs.sumdb === 'auto'
  if (!mirrors || !isDefault) return undefined
  return findAnsweringSumdbs(
    [OFFICIAL_SUMDB_URL, ALIAS_SUMDB_URL],
    settings.GOSUMDB.value,
    job.inputs.benchmarkTimeoutMs,
    transport,
  )
}
