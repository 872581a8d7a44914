import type { Candidate } from '../candidates/candidate.ts'
import type { Clock } from '../effects.ts'
import type { Policy } from '../policy.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import { forecastOf } from './forecast.ts'
import type { Mode } from './prediction.ts'
import { type Probing, probeAside, probeLatency, probeRate } from './probe.ts'
import type { ProbePlan } from './probes.ts'
import { openQueue } from './queue.ts'
import { nextStep, type RaceRules, type Racer } from './race.ts'
import { rank } from './rank.ts'
import type { Benchmark, Ranking, VerifiedObject } from './ranking.ts'
import type { Sample } from './sample.ts'

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
}

/**
 * Races the candidates against each other with this project's own modules. At the cap it answers with what it has;
 * neither the objects nor the ranking ever reject.
 */
export function runBenchmark(options: BenchmarkOptions): Benchmark {
  const objects = openQueue<VerifiedObject>()
  const ranking = race(options, objects.push).finally(objects.end)
  return { objects, ranking }
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
  moving: Racer['moving']
  work: Promise<void>
  /** Ends when the negative control and the checksum database have answered. */
  aside: Promise<void>
}

async function race(options: BenchmarkOptions, onVerified: (object: VerifiedObject) => void): Promise<Ranking> {
  const { clock, policy, capMs, signal } = options
  const startMs = clock.now()
  const now = () => clock.now() - startMs
  const runners = options.candidates.map(newRunner)
  const changes = wakeUp()
  signal?.addEventListener('abort', changes.wake)
  const begin = (runner: Runner, atMs: number) => {
    runner.stage = 'latency'
    runner.startedMs = atMs
    runner.work = runLatency(runner, probingOf(runner, options, onVerified, changes.wake), now).finally(changes.wake)
  }
  for (const runner of runners) if (runner.candidate.starts === 'at once') begin(runner, 0)
  const rules: RaceRules = {
    capMs,
    policy,
    forecast: (racers, nowMs) => forecastOf(racers, nowMs, options.plan, options.mode),
  }

  let joined: string | undefined
  let capped = false
  for (;;) {
    const step = signal?.aborted
      ? ({ kind: 'finish', capped: true } as const)
      : nextStep(runners, now(), rules)
    if (step.kind === 'finish') {
      capped = step.capped
      break
    }
    if (step.kind === 'join') {
      joined = step.reason
      const atMs = now()
      for (const runner of runners) if (runner.stage === 'standby') begin(runner, atMs)
    } else if (step.kind === 'start rate') {
      const probing = (runner: Runner) => probingOf(runner, options, onVerified, changes.wake)
      for (const runner of only(runners, step.racers)) {
        runner.stage = 'rate'
        runner.rateStartedMs = now()
        runner.work = runRate(runner, probing(runner), policy.bytesPerHost).finally(changes.wake)
      }
    } else if (step.kind === 'stop rate') {
      for (const runner of only(runners, step.racers)) {
        runner.stage = 'done'
        runner.rateEnd.abort()
      }
    } else await changes.wait(clock, step.untilMs - now())
  }
  signal?.removeEventListener('abort', changes.wake)
  if (!capped) await hearOut(runners, policy.latencyStageMs - now(), options)
  return finish(runners, options, { joined, capped, seconds: () => now() / 1000 })
}

/**
 * Near proxies are measured before they have said all: who may be chosen is heard out on the checksum database, for the
 * time that a stage may take.
 */
async function hearOut(runners: readonly Runner[], ms: number, { clock, signal }: BenchmarkOptions): Promise<void> {
  const enough = new AbortController()
  const chosen = runners.filter(({ stage, samples }) => stage !== 'out' && samples.some(({ verified }) => verified))
  const heard = Promise.all(chosen.map(({ aside }) => aside))
  const either = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal])
  await Promise.race([heard, clock.sleep(Math.max(0, ms), either)])
  enough.abort()
}

async function finish(
  runners: readonly Runner[],
  options: BenchmarkOptions,
  end: { readonly joined: string | undefined; readonly capped: boolean; readonly seconds: () => number },
): Promise<Ranking> {
  for (const runner of runners) {
    runner.latencyEnd.abort()
    runner.rateEnd.abort()
  }
  await Promise.all(runners.map(runner => runner.work))
  const asked = runners.filter(runner => runner.stage !== 'standby')
  const ranked = rank(asked, options.plan, options.mode)
  return {
    measurements: ranked.measurements,
    seconds: end.seconds(),
    bytes: asked.reduce((sum, runner) => sum + runner.samples.reduce((bytes, sample) => bytes + sample.bytes, 0), 0),
    joined: end.joined,
    capped: end.capped,
    pinned: options.plan.pinned,
    expectedBytes: options.plan.pinned ? undefined : ranked.expectedBytes,
  }
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
    moving: undefined,
    work: Promise.resolve(),
    aside: Promise.resolve(),
  }
}

function probingOf(
  runner: Runner,
  options: BenchmarkOptions,
  onVerified: (object: VerifiedObject) => void,
  wake: () => void,
): Probing {
  const { plan, transport, deadlines, clock } = options
  return {
    candidate: runner.candidate,
    plan,
    transport,
    deadlines,
    clock,
    onVerified,
    onSample: sample => {
      runner.samples.push(sample)
      wake()
    },
    onMoving: moving => {
      runner.moving = moving
    },
  }
}

async function runLatency(runner: Runner, probing: Probing, now: () => number): Promise<void> {
  const { signal } = runner.latencyEnd
  const aside = probeAside(probing, signal)
  runner.aside = aside.done
  const good = await probeLatency(probing, aside, signal)
  if (runner.stage !== 'latency') return
  runner.readyMs = now()
  runner.stage = good ? 'ready' : signal.aborted ? 'latency' : 'out'
}

async function runRate(runner: Runner, probing: Probing, bytesAllowed: number): Promise<void> {
  const good = await probeRate(probing, bytesAllowed, runner.rateEnd.signal)
  if (runner.stage === 'rate') runner.stage = good ? 'done' : 'out'
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
