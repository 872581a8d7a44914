import type { Candidate } from '../candidates/candidate.ts'
import type { Clock } from '../effects.ts'
import type { Policy } from '../policy.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import { forecastOf } from './forecast.ts'
import type { Mode } from './prediction.ts'
import { type Probing, probeAside, probeLatency, probeRate } from './probe.ts'
import type { ProbePlan } from './probes.ts'
import { openQueue } from './queue.ts'
import { type Forecast, nextStep, type RaceRules, type Racer } from './race.ts'
import { keepOrder, rank } from './rank.ts'
import type { Begun, Benchmark, Extent, HeardOut, Ranking, VerifiedObject } from './ranking.ts'
import { DOWNLOAD, latencyMs, type Sample, sampleOfBody } from './sample.ts'

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

/** A racer with its own hands: what `Racer` shows of it is a view for the rules. */
interface Runner {
  readonly candidate: Candidate
  readonly samples: Sample[]
  readonly latencyEnd: AbortController
  readonly rateEnd: AbortController
  stage: Racer['stage']
  startedMs: number
  readyMs: number | undefined
  rateStartedMs: number | undefined
  downloads: boolean
  moving: Racer['moving']
  latencyWork: Promise<void>
  rateWork: Promise<void>
  /** Whether it has said all that it is asked for, go.mod files and what is beside them. */
  files: 'awaited' | 'heard'
  aside: 'awaited' | 'heard'
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

/** A chain of two survives the failure of one. */
const ENOUGH_GOOD = 2

/** Whether nothing is left to be heard that would be worth waiting for. */
function isHeard(runners: readonly Runner[], what: HeardOut): boolean {
  const asked = runners.filter(({ stage }) => stage !== 'standby')
  if (what === 'all') return asked.every(({ files, aside }) => files === 'heard' && aside === 'heard')
  const good = asked.filter(({ stage, samples }) => stage !== 'out' && samples.some(({ verified }) => verified))
  return (
    good.every(({ aside }) => aside === 'heard') &&
    (good.length >= ENOUGH_GOOD || asked.every(({ files }) => files === 'heard'))
  )
}

/** From so far away a zip that shows whether zips are right is not waited for. */
const FAR_MS = 150

function extentFor({ samples }: Runner, { kind }: VerifiedObject): Extent {
  if (kind === 'zip') return 'everything'
  return (latencyMs(samples) ?? 0) >= FAR_MS ? 'first zips' : 'go.mod files'
}

/** With what has come of a download that still goes on. */
function samplesSoFar({ samples, downloads, moving }: Runner): readonly Sample[] {
  return downloads && moving !== undefined ? [...samples, sampleOfBody(moving)] : samples
}

function newRunner(candidate: Candidate): Runner {
  return {
    candidate,
    samples: [],
    latencyEnd: new AbortController(),
    rateEnd: new AbortController(),
    stage: 'standby',
    startedMs: 0,
    readyMs: undefined,
    rateStartedMs: undefined,
    downloads: false,
    moving: undefined,
    latencyWork: Promise.resolve(),
    rateWork: Promise.resolve(),
    files: 'awaited',
    aside: 'awaited',
  }
}

function probingOf(
  runner: Runner,
  options: BenchmarkOptions,
  { wake, ...told }: Pick<Probing, 'onRight' | 'download'> & { readonly wake: () => void },
): Probing {
  const { plan, transport, deadlines, clock } = options
  return {
    candidate: runner.candidate,
    plan,
    transport,
    deadlines,
    clock,
    ...told,
    onSample: sample => {
      runner.samples.push(sample)
      wake()
    },
    onMoving: moving => {
      runner.moving = moving
    },
  }
}

/** Zips may come from the first right file on; whoever then fails with another is out nevertheless. */
async function runLatency(
  runner: Runner,
  probing: Probing,
  fail: (runner: Runner) => void,
  wake: () => void,
): Promise<void> {
  const { signal } = runner.latencyEnd
  const aside = probeAside(probing, signal)
  void aside.done.then(() => {
    runner.aside = 'heard'
    if (!aside.honest && !signal.aborted) fail(runner)
    wake()
  })
  const good = await probeLatency(probing, aside, signal)
  if (signal.aborted) return
  runner.files = 'heard'
  if (!good) fail(runner)
}

async function runRate(
  runner: Runner,
  probing: Probing,
  fail: (runner: Runner) => void,
  bytesAllowed: number,
): Promise<void> {
  const good = await probeRate(probing, bytesAllowed, runner.rateEnd.signal)
  if (!good) fail(runner)
  else if (runner.stage === 'rate') runner.stage = 'done'
}

function only(runners: readonly Runner[], racers: readonly Racer[]): readonly Runner[] {
  return runners.filter(runner => racers.some(racer => racer.candidate === runner.candidate))
}

/** Lets one waiter sleep until somebody wakes it or time is up; a call while nobody waits is remembered. */
function wakeUp() {
  let pending = false
  let stop = () => {}
  return {
    wake: () => {
      pending = true
      stop()
    },
    async wait(clock: Clock, ms: number): Promise<void> {
      if (!pending) {
        const sleeping = new AbortController()
        stop = () => sleeping.abort()
        await clock.sleep(Math.max(0, ms), sleeping.signal)
      }
      pending = false
    },
  }
}
