import { findPassing, joinRankings } from '../benchmark/again.ts'
import { type Benchmark, type BenchmarkOptions, type OnTheirWay, runBenchmark } from '../benchmark/benchmark.ts'
import { type ProbePlan, planProbes } from '../benchmark/probe-plan.ts'
import type { HeardOut } from '../benchmark/racer.ts'
import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import { toleranceOver } from '../choice/preference.ts'
import { backoffMs } from '../download/rounds.ts'
import type { Progress } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import { openAccount } from '../gateway/fetching/loads.ts'
import { parseGosumdb } from '../go/gosumdb.ts'
import type { ModuleVersion } from '../go/module.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { count } from '../text/count.ts'
import type { Transport } from '../upstream/fetch.ts'
import type { HeadStart } from './head-start.ts'
import { blameHttpProxyFor } from './http-proxy.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** Why there is nothing to measure, in plain words. */
export function whyNoBenchmark(job: Job, prepared: Prepared): string | undefined {
  const { inputs } = job
  const { project, candidates, leftToGo } = prepared
  const { mode, list } = candidates
  if (mode === 'none') return 'GOPROXY names no proxy'
  const isHidden = () => planFor(job, prepared).mods.length === 0
  if (job.thorough) return isHidden() ? ALL_PRIVATE : undefined
  if (mode === 'policy') return 'GOPROXY was configured here and is the only candidate'
  if (inputs.benchmark === 'off') return 'it is switched off'
  // The mirrors that stand by for the official proxy are learned of only here.
  if (job.pausing && mode === 'named') return 'this job may use too little of a processor'
  if (list.length < 2) return 'there is only one candidate'
  if (leftToGo.length > 0) return 'only go can get a candidate’s login, through GOAUTH, so the order given is used'
  if (project.vendored) return 'the modules are vendored'
  if (project.modules.length > 0 && project.missing.length === 0 && !project.openEnded)
    return 'all modules are in the module cache'
  return isHidden() ? ALL_PRIVATE : undefined
}

const ALL_PRIVATE = 'GOPRIVATE and private-domains cover every module that could be asked for'

/** Requests that a gateway has in flight on average, as it widens from 32 to 128. */
const USUALLY_IN_FLIGHT = 64

/** The benchmark under way. A ranking is undefined when measuring itself failed, which must not fail the job. */
export interface Measuring {
  readonly ranking: Promise<Ranking | undefined>
  /** The candidates that are known to be cold by now. */
  cold(): readonly Candidate[]
  /** What is on its way, after the ranking, from the candidate that the download comes from. */
  onTheirWay(): OnTheirWay
  /** Ends the benchmark. @returns the same winner, with the answers that the others gave since */
  complete(what: HeardOut): Promise<Ranking | undefined>
}

type Start = Pick<HeadStart, 'take' | 'begin'>

/** If no candidate can be used, asks those again whose failure may pass, until one can be used or time runs out. */
export function startBenchmark(job: Job, prepared: Prepared, transport: Transport, headStart: Start): Measuring {
  const { effects, inputs, policy, signal } = job
  const { clock, log } = effects
  const { againForMs, againMs, maximumAgainMs } = policy.benchmark
  const failed = (error: unknown) => {
    log.debug(`The benchmark failed: ${reasonOf(error)}`)
    return undefined
  }
  const race = (candidates: readonly Candidate[], patient: boolean): BegunRace => {
    const options = raceOptions(job, prepared, transport, headStart)
    return { benchmark: runBenchmark({ ...options, candidates, patient }), endMs: clock.now() + options.capMs }
  }
  // Without retries there is no second race, so mirrors must join the first.
  let current = race(prepared.candidates.list, inputs.retries > 0)
  let isWaiting = false
  let earlier: Ranking | undefined
  const blame = (ranking: Ranking) => blameHttpProxyFor(ranking, effects.env, transport.connections)
  const join = (now: Ranking) => blame(earlier === undefined ? now : joinRankings(earlier, now))

  const ride = async (): Promise<Ranking | undefined> => {
    let ranking = blame(await current.benchmark.ranking)
    const endMs = clock.now() + Math.min(againForMs, inputs.timeoutMs)
    for (let times = 1; ; times++) {
      const passing = inputs.retries === 0 ? [] : findPassing(ranking)
      const leftMs = endMs - clock.now()
      if (passing.length === 0 || leftMs <= 0 || signal.aborted) return ranking
      if (times === 1) sayAgain(ranking, againForMs, log)
      earlier = join(await current.benchmark.complete('enough'))
      const rules = { retryDelayMs: againMs, maximumBackoffMs: maximumAgainMs }
      isWaiting = true
      await clock.sleep(Math.min(leftMs, backoffMs(times, rules, effects.random.next)), signal)
      isWaiting = false
      if (signal.aborted) return ranking
      current = race([...passing, ...notAsked(prepared.candidates.list, ranking)], false)
      ranking = joinRankings(ranking, blame(await current.benchmark.ranking))
    }
  }
  const sinceMs = clock.now()
  const stop = log.follow(() => progressOf(isWaiting ? undefined : current, sinceMs, clock.now()))
  const ranking = ride().catch(failed).finally(stop)
  return {
    ranking,
    cold: () => current.benchmark.cold(),
    onTheirWay: () => current.benchmark.onTheirWay(),
    complete: async what => {
      await ranking
      return current.benchmark.complete(what).then(join).catch(failed)
    },
  }
}

/** Candidates that no race has asked yet: mirrors, while it waited for the official proxy. */
function notAsked(candidates: readonly Candidate[], { measurements }: Ranking): readonly Candidate[] {
  return candidates.filter(one => !measurements.some(({ candidate }) => candidate === one))
}

function sayAgain({ measurements }: Ranking, forMs: number, log: Job['effects']['log']): void {
  // Behind one HTTP proxy all fail alike.
  const reasons = [...new Set(measurements.map(({ reason }) => reason))].map(shared => {
    const names = measurements.flatMap(({ candidate, reason }) => (reason === shared ? candidate.name : []))
    return `${names.join(', ')}: ${shared}`
  })
  log.info(`No candidate can be used (${reasons.join('; ')}). Retrying for up to ${Math.round(forMs / 1000)} s.`)
}

/** Made for each race: its plan has a nonce, so that no cache on the way answers. */
function raceOptions(
  job: Job,
  prepared: Prepared,
  transport: Transport,
  headStart: Start,
): Omit<BenchmarkOptions, 'candidates' | 'patient'> {
  const { effects, inputs, policy, thorough = false } = job
  const plan = planFor(job, prepared)
  const capMs = thorough && !inputs.benchmarkTimeoutGiven ? policy.benchmark.thoroughMs : inputs.benchmarkTimeoutMs
  return {
    plan,
    capMs,
    policy: policy.benchmark,
    deadlines: { headMs: inputs.readTimeoutMs, stallMs: inputs.readTimeoutMs, totalMs: capMs },
    mode: {
      parallel: prepared.settings.gomaxprocs,
      prefetch: inputs.gateway === 'off' ? undefined : USUALLY_IN_FLIGHT,
    },
    transport,
    clock: effects.clock,
    publicity: prepared.publicity,
    account: openAccount(prepared.loads, effects.clock),
    signal: job.signal,
    hearAll: thorough || inputs.selection === 'ordered',
    thorough,
    toleranceOver,
    onVerified: headStart.take,
    beginDownload: (right, extent) => headStart.begin(right, plan, extent),
  }
}

/** A wait that ends sooner gets no progress line. */
const SOON_MS = 300

/** @param race undefined between two races */
function progressOf(race: BegunRace | undefined, sinceMs: number, nowMs: number): Progress | undefined {
  if (nowMs - sinceMs < SOON_MS) return undefined
  if (race === undefined) return { phase: 'waiting', what: 'waiting to ask the candidates again', sinceMs }
  const { asked, heard, bytes } = race.benchmark.soFar()
  return {
    phase: 'measuring',
    what: `measured ${heard} of ${count(asked, 'candidate')}`,
    sinceMs,
    done: { of: heard, total: asked },
    bytes: { moved: bytes },
    endMs: race.endMs,
  }
}

/** A race under way. */
interface BegunRace {
  readonly benchmark: Benchmark
  /** The clock's reading at which it ends at the latest. */
  readonly endMs: number
}

/** What the candidates are asked for. */
export function planFor({ effects, inputs, thorough }: Job, prepared: Prepared): ProbePlan {
  const { project, settings, privacy, toolchainBytes } = prepared
  const sumdb = parseGosumdb(inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb)
  const within = (modules: readonly ModuleVersion[]) => privacy.public.filter(module => modules.includes(module))
  return planProbes({
    publicModules: within(project.modules),
    // `bench` gives the same figures whatever the module cache holds.
    missing: within(thorough ? project.modules : project.missing),
    perhapsMissing: within(thorough ? project.perhaps.modules : project.perhaps.missing),
    sums: project.sums,
    sumdb: sumdb.ok && sumdb.value.kind === 'database' ? sumdb.value : undefined,
    isPrivate: privacy.isSheltered,
    isUnchecked: path => matchesPatterns(settings.GONOSUMDB.value, path),
    otherBytes: toolchainBytes,
    nonce: effects.random.hex(8),
  })
}
