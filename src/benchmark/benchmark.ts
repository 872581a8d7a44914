import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity } from '../candidates/publicity.ts'
import type { Clock } from '../effects.ts'
import type { VerifiedObject } from '../objects/object.ts'
import type { Policy } from '../policy.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import type { Account } from './account.ts'
import { type BeginDownload, openBeginning } from './beginning.ts'
import { forecastOf } from './forecast.ts'
import type { Mode } from './prediction.ts'
import type { ProbePlan } from './probe-plan.ts'
import { nextStep, type RaceRules } from './race.ts'
import {
  type HeardOut,
  isHeard,
  type LiveRacer,
  look,
  newRacer,
  samplesSoFar,
  start,
  startRate,
  stop,
  stopRate,
  type Track,
} from './racer.ts'
import { keepOrder, type Ranking, rank } from './ranking.ts'
import { requestsIn } from './requests.ts'
import { DOWNLOAD } from './sample.ts'
import { judge } from './verdict.ts'
import { wakeUp } from './wake.ts'

export interface BenchmarkOptions {
  readonly candidates: readonly Candidate[]
  readonly plan: ProbePlan
  /** The whole benchmark's cap. */
  readonly capMs: number
  readonly policy: Policy['benchmark']
  readonly deadlines: Deadlines
  readonly mode: Mode
  readonly transport: Transport
  readonly clock: Clock
  readonly signal?: AbortSignal
  /** Which candidate may be asked for which module, and what is learned of that. */
  readonly publicity?: Publicity
  /** Counts the requests to each candidate, with those of the download; undefined: they are not counted. */
  readonly account?: Account
  /** A reachable official proxy gets more time: only its answers show which modules may be private. */
  readonly patient?: boolean
  /** More than the fastest is wanted: no candidate is left out because it is slower than another. */
  readonly hearAll?: boolean
  /** The figures of every candidate are wanted, each measured to the end. Only with `hearAll`. */
  readonly thorough?: boolean
  /** A candidate that the choice prefers is worth waiting for a little longer. */
  readonly toleranceOver: RaceRules['toleranceOver']
  /** Called with each right file, after the ranking, too. */
  readonly onVerified?: (object: VerifiedObject) => void
  /** The zips of that download show the rate as the benchmark's own would, and are not fetched twice. */
  readonly beginDownload?: BeginDownload
}

export interface RaceSoFar {
  /** Candidates that are asked, and those of them that nothing more is awaited from. */
  readonly asked: number
  readonly heard: number
  readonly bytes: number
}

/** Files that the benchmark asked for and the download need not ask for, too. */
export interface OnTheirWay {
  /** Below the proxy’s URL. */
  readonly targets: readonly string[]
  /** Settles when each of them came or failed. Never rejects. */
  readonly settled: Promise<unknown>
}

/** A running benchmark. Nothing in it rejects. */
export interface Benchmark {
  /** As soon as it is clear which candidate is best. */
  readonly ranking: Promise<Ranking>
  /** The candidates that are known to be cold by now, also after the ranking. */
  cold(): readonly Candidate[]
  soFar(): RaceSoFar
  /** What is on its way, after the ranking, from the candidate that the download comes from. */
  onTheirWay(): OnTheirWay
  /**
   * The same order, with what the others have answered since; they have the time of one stage in all. After the ranking
   * only small files are asked for. Call it once nothing more is to be asked, however the job ended.
   */
  complete(what: HeardOut): Promise<Ranking>
}

/** Races the candidates against each other with this project's own modules. At the cap it answers with what it has. */
export function runBenchmark(options: BenchmarkOptions): Benchmark {
  const race = openRace(options)
  const ranking = race.decide()
  let complete: Promise<Ranking> | undefined
  return {
    ranking,
    cold: race.cold,
    soFar: race.soFar,
    onTheirWay: race.onTheirWay,
    complete: what => {
      complete ??= ranking.then(decided => race.complete(decided, what))
      return complete
    },
  }
}

interface Race extends Pick<Benchmark, 'cold' | 'soFar' | 'onTheirWay'> {
  /** Runs until the best is known. */
  decide(): Promise<Ranking>
  /** Ends it, with what the others have answered in the meantime. */
  complete(decided: Ranking, what: HeardOut): Promise<Ranking>
}

function openRace(options: BenchmarkOptions): Race {
  const { plan, transport, deadlines, clock, policy, capMs, publicity, account, signal } = options
  const startMs = clock.now()
  const now = () => clock.now() - startMs
  const changes = wakeUp()
  const beginning = openBeginning(options.beginDownload, changes.wake)
  const track: Track = {
    probing: { plan, transport, deadlines, clock, publicity, account },
    bytesPerHost: policy.bytesPerHost,
    patient: options.patient ?? false,
    beginning,
    onVerified: options.onVerified ?? (() => {}),
    now,
    wake: changes.wake,
  }
  const racers = options.candidates.map(newRacer)
  const waitUntil = (untilMs: number) => changes.wait(clock, untilMs - now())
  /** Mirrors that joined late have a stage of their own. */
  const hearUntilMs = () =>
    Math.min(capMs, Math.max(...racers.map(({ startedMs }) => startedMs)) + policy.latencyStageMs)
  return {
    soFar: () => soFar(racers),
    cold: () => racers.filter(({ samples }) => judge(samples).verdict === 'cold').map(({ candidate }) => candidate),
    onTheirWay: () => onTheirWay(racers),
    async decide() {
      signal?.addEventListener('abort', changes.wake)
      const { capped, joined } = await run(racers, track, rulesOf(options), {
        waitUntil,
        signal,
      })
      beginning.close()
      const seconds = now() / 1000
      look(racers, track)
      for (const racer of racers) racer.isLeftToDownload = racer.downloads
      const others = racers.filter(({ downloads }) => !downloads)
      for (const { rateEnd } of others) rateEnd.abort()
      if (capped) for (const { latencyEnd } of racers) latencyEnd.abort()
      await Promise.all(others.map(({ rateWork }) => rateWork))
      if (capped) await Promise.all(racers.map(({ latencyWork }) => latencyWork))
      return { ...rankRacers(racers, track, options), seconds, joined, capped, pinned: plan.pinned }
    },
    async complete(decided, what) {
      while (!isHeard(racers, what) && now() < hearUntilMs() && !signal?.aborted) {
        look(racers, track)
        await waitUntil(hearUntilMs())
      }
      signal?.removeEventListener('abort', changes.wake)
      for (const racer of racers) stop(racer)
      await Promise.all(racers.flatMap(({ latencyWork, rateWork }) => [latencyWork, rateWork]))
      const all = rankRacers(racers, track, options)
      return { ...decided, ...all, measurements: keepOrder(decided.measurements, all.measurements) }
    },
  }
}

interface RunOptions {
  /** Until then, or until something happens. */
  readonly waitUntil: (untilMs: number) => Promise<void>
  readonly signal: AbortSignal | undefined
}

function soFar(racers: readonly LiveRacer[]): RaceSoFar {
  const asked = racers.filter(({ stage }) => stage !== 'standby')
  return {
    asked: asked.length,
    heard: asked.filter(({ stage }) => stage === 'done' || stage === 'out').length,
    bytes: racers.flatMap(samplesSoFar).reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

function onTheirWay(racers: readonly LiveRacer[]): OnTheirWay {
  const left = racers.filter(({ isLeftToDownload }) => isLeftToDownload)
  return {
    targets: left.flatMap(({ asking }) => asking ?? []),
    settled: Promise.all(left.map(({ latencyWork }) => latencyWork)),
  }
}

/**
 * Lets the racers run as the rules say.
 * @returns whether the cap or the signal ended it, and why standby racers joined
 */
async function run(
  racers: readonly LiveRacer[],
  track: Track,
  rules: RaceRules,
  { waitUntil, signal }: RunOptions,
): Promise<Pick<Ranking, 'capped' | 'joined'>> {
  let joined: string | undefined
  for (const racer of racers) if (racer.candidate.starts === 'at once') start(racer, track, 0)
  while (!signal?.aborted) {
    look(racers, track)
    const step = nextStep(racers, track.now(), rules)
    if (step.kind === 'finish') return { capped: step.capped, joined }
    if (step.kind === 'wait') await waitUntil(step.untilMs)
    else if (step.kind === 'join') {
      joined = step.reason
      const atMs = track.now()
      for (const racer of racers) if (racer.stage === 'standby') start(racer, track, atMs)
    } else {
      for (const racer of racers.filter(one => step.racers.includes(one))) {
        if (step.kind === 'start rate') startRate(racer, track)
        else stopRate(racer)
      }
    }
  }
  return { capped: true, joined }
}

function rankRacers(
  racers: readonly LiveRacer[],
  { beginning, now }: Track,
  { plan, mode, capMs, policy, signal }: BenchmarkOptions,
): Pick<Ranking, 'measurements' | 'requests' | 'begun' | 'bytes' | 'expectedBytes'> {
  const begun = beginning.candidate()
  const asked = racers
    .filter(racer => racer.stage !== 'standby' && (!signal?.aborted || hasAnswered(racer)))
    .map(racer => ({
      candidate: racer.candidate,
      samples: samplesSoFar(racer),
      cut: racer.files === 'awaited' && now() < Math.min(capMs, racer.startedMs + policy.latencyStageMs),
    }))
  const { measurements, expectedBytes } = rank(asked, plan, mode, begun)
  // The rest is the download's.
  const ours = asked.flatMap(({ samples }) => samples).filter(({ object }) => object !== DOWNLOAD)
  return {
    measurements,
    requests: racers.flatMap(({ candidate, samples }) => requestsIn(candidate, samples)),
    begun,
    bytes: ours.reduce((sum, { bytes }) => sum + bytes, 0),
    expectedBytes: plan.pinned ? undefined : expectedBytes,
  }
}

/** Of a candidate that had not answered when the program was stopped, nothing is known. */
function hasAnswered({ samples }: LiveRacer): boolean {
  return samples.some(({ purpose, censored }) => (purpose === 'latency' || purpose === 'rate') && !censored)
}

function rulesOf(options: BenchmarkOptions): RaceRules {
  const { capMs, policy, plan, mode, hearAll, thorough = false, toleranceOver } = options
  return {
    capMs,
    thorough,
    policy,
    forecast: (racers, nowMs) =>
      hearAll ? () => ({ expected: undefined, atBest: 0 }) : forecastOf(racers, nowMs, plan, mode),
    toleranceOver,
  }
}
