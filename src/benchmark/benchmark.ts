import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity } from '../candidates/publicity.ts'
import type { Clock } from '../effects.ts'
import type { Extent, VerifiedObject } from '../objects/object.ts'
import type { Policy } from '../policy.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import { forecastOf } from './forecast.ts'
import type { Mode } from './prediction.ts'
import type { ProbePlan } from './probe-plan.ts'
import { openQueue } from './queue.ts'
import { type Forecast, nextStep, type RaceRules, type Racer } from './race.ts'
import { isHeard, isReached, newRunner, probingOf, type Runner, runLatency, runRate, samplesSoFar } from './racer.ts'
import { keepOrder, rank } from './rank.ts'
import type { Begun, Benchmark, HeardOut, Ranking } from './ranking.ts'
import { DOWNLOAD, latencyMs } from './sample.ts'
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
  /** Who may hear of which module, and what is learned of that. */
  readonly publicity?: Publicity
  /** The official proxy, where it is there, has more time: which modules may be private only its answers tell. */
  readonly patient?: boolean
  /** The fastest alone is not what is wanted: nobody is left out for being slower than another. */
  readonly hearAll?: boolean
  /**
   * Begins the download from where a right file came, or goes on from there. What then comes of zips tells the rate as
   * the benchmark's own would, and is not fetched twice. undefined: it may not come from there.
   */
  readonly beginDownload?: (right: VerifiedObject, extent: Extent) => Promise<Begun | undefined>
}

/**
 * Races the candidates against each other with this project's own modules. At the cap it answers with what it has;
 * neither the objects nor the rankings ever reject.
 */
export function runBenchmark(options: BenchmarkOptions): Benchmark {
  const objects = openQueue<VerifiedObject>()
  const race = openRace(options, objects.push)
  const ranking = race.decide().finally(objects.end)
  let complete: Promise<Ranking> | undefined
  return {
    objects,
    ranking,
    complete: what => {
      complete ??= ranking.then(decided => race.complete(decided, what))
      return complete
    },
  }
}

interface Race {
  /** Runs until the best is known. */
  decide(): Promise<Ranking>
  /** Ends it, with what the others have said in the meantime. */
  complete(decided: Ranking, what: HeardOut): Promise<Ranking>
}

function openRace(options: BenchmarkOptions, onVerified: (object: VerifiedObject) => void): Race {
  const { clock, policy, capMs, signal } = options
  const startMs = clock.now()
  const now = () => clock.now() - startMs
  const runners = options.candidates.map(newRunner)
  const changes = wakeUp()
  let begun:
    | { readonly runner: Runner; readonly extent: Extent; readonly download: Promise<Begun | undefined> }
    | undefined
  let isDecided = false
  let hasMoved = false
  /** Whoever gives the first right file begins; the first right zip decides. */
  const beginFrom = (runner: Runner, right: VerifiedObject) => {
    const extent = extentFor(runner, right)
    if (isDecided || runner.stage === 'out' || options.beginDownload === undefined) return
    if (begun?.extent === 'everything' || (begun !== undefined && extent !== 'everything')) return
    // What was asked of one that failed would be asked of the next: only one that has proved itself is to have it.
    if (hasMoved && extent !== 'everything') return
    const mine = { runner, extent, download: options.beginDownload(right, extent) }
    begun = mine
    void mine.download.then(download => {
      if (begun !== mine || runner.stage === 'out') return
      if (download === undefined) begun = undefined
      else runner.downloads = extent === 'everything'
      changes.wake()
    })
  }
  const onRight = (runner: Runner, object: VerifiedObject) => {
    onVerified(object)
    beginFrom(runner, object)
    if (runner.stage !== 'latency') return
    runner.readyMs = now()
    runner.stage = 'ready'
  }
  const fail = (runner: Runner) => {
    runner.stage = 'out'
    runner.downloads = false
    for (const end of [runner.latencyEnd, runner.rateEnd]) end.abort()
    if (begun?.runner !== runner) return
    // The next right file of somebody else begins anew.
    hasMoved ||= begun.extent !== 'go.mod files'
    begun = undefined
  }
  const probing = (runner: Runner) =>
    probingOf(runner, options, {
      onRight: object => onRight(runner, object),
      download: async () => (begun?.runner === runner && begun.extent === 'everything' ? begun.download : undefined),
      wake: changes.wake,
    })
  const begin = (runner: Runner, atMs: number) => {
    runner.stage = 'latency'
    runner.startedMs = atMs
    runner.latencyWork = runLatency(runner, probing(runner), fail, changes.wake).finally(changes.wake)
  }
  const unknown: Forecast = () => ({ expected: undefined, atBest: 0 })
  const rules: RaceRules = {
    capMs,
    policy,
    forecast: (racers, nowMs) => (options.hearAll ? unknown : forecastOf(racers, nowMs, options.plan, options.mode)),
  }
  /** Mirrors that joined late have a stage of their own. */
  const hearUntilMs = () =>
    Math.min(capMs, Math.max(...runners.map(({ startedMs }) => startedMs)) + policy.latencyStageMs)
  let joined: string | undefined

  /** @returns whether the cap ended it */
  const run = async (): Promise<boolean> => {
    for (const runner of runners) if (runner.candidate.starts === 'at once') begin(runner, 0)
    for (;;) {
      if (signal?.aborted) return true
      if (options.patient) for (const runner of runners) runner.isReached ||= isReached(runner, options.transport)
      const step = nextStep(runners, now(), rules)
      if (step.kind === 'finish') return step.capped
      if (step.kind === 'wait') await changes.wait(clock, step.untilMs - now())
      else if (step.kind === 'join') {
        joined = step.reason
        const atMs = now()
        for (const runner of runners) if (runner.stage === 'standby') begin(runner, atMs)
      } else if (step.kind === 'start rate') {
        for (const runner of only(runners, step.racers)) {
          runner.stage = 'rate'
          runner.rateStartedMs = now()
          runner.rateWork = runRate(runner, probing(runner), fail, policy.bytesPerHost).finally(changes.wake)
        }
      } else {
        for (const runner of only(runners, step.racers)) {
          runner.stage = 'done'
          runner.rateEnd.abort()
        }
      }
    }
  }
  const rankNow = (): Pick<Ranking, 'measurements' | 'bytes' | 'expectedBytes'> => {
    const asked = runners
      .filter(({ stage }) => stage !== 'standby')
      .map(runner => ({
        candidate: runner.candidate,
        samples: samplesSoFar(runner),
        cut: runner.files === 'awaited' && now() < Math.min(capMs, runner.startedMs + policy.latencyStageMs),
      }))
    const { measurements, expectedBytes } = rank(asked, options.plan, options.mode, begun?.runner.candidate)
    return {
      measurements,
      // The rest is the download's.
      bytes: asked
        .flatMap(({ samples }) => samples.filter(({ object }) => object !== DOWNLOAD))
        .reduce((sum, { bytes }) => sum + bytes, 0),
      expectedBytes: options.plan.pinned ? undefined : expectedBytes,
    }
  }
  return {
    async decide() {
      signal?.addEventListener('abort', changes.wake)
      const capped = await run()
      isDecided = true
      const seconds = now() / 1000
      for (const runner of runners) if (!runner.downloads) runner.rateEnd.abort()
      if (capped) for (const runner of runners) runner.latencyEnd.abort()
      await Promise.all(runners.filter(({ downloads }) => !downloads).map(({ rateWork }) => rateWork))
      if (capped) await Promise.all(runners.map(({ latencyWork }) => latencyWork))
      return { ...rankNow(), seconds, joined, capped, pinned: options.plan.pinned }
    },
    async complete(decided, what) {
      while (!isHeard(runners, what) && now() < hearUntilMs() && !signal?.aborted)
        await changes.wait(clock, hearUntilMs() - now())
      signal?.removeEventListener('abort', changes.wake)
      for (const { latencyEnd, rateEnd } of runners) for (const end of [latencyEnd, rateEnd]) end.abort()
      await Promise.all(runners.flatMap(({ latencyWork, rateWork }) => [latencyWork, rateWork]))
      const all = rankNow()
      return { ...decided, ...all, measurements: keepOrder(decided.measurements, all.measurements) }
    },
  }
}

/** From so far away a zip that shows whether zips are right is not waited for. */
const FAR_MS = 150

function extentFor({ samples }: Runner, { kind }: VerifiedObject): Extent {
  if (kind === 'zip') return 'everything'
  return (latencyMs(samples) ?? 0) >= FAR_MS ? 'first zips' : 'go.mod files'
}

function only(runners: readonly Runner[], racers: readonly Racer[]): readonly Runner[] {
  return runners.filter(runner => racers.some(racer => racer.candidate === runner.candidate))
}
