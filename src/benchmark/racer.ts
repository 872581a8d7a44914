import type { Candidate } from '../candidates/candidate.ts'
import { type Probing, probeAside, probeLatency, probeRate } from './probe.ts'
import type { Racer } from './race.ts'
import type { HeardOut } from './ranking.ts'
import { type Sample, sampleOfBody } from './sample.ts'

/** A racer with its own hands: what `Racer` shows of it is a view for the rules. */
export interface Runner {
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
  isReached: boolean
  latencyWork: Promise<void>
  rateWork: Promise<void>
  /** Whether it has said all that it is asked for, go.mod files and what is beside them. */
  files: 'awaited' | 'heard'
  aside: 'awaited' | 'heard'
}

/** Whether it is there, as far as can be told: it answered something, or took a connection. */
export function isReached({ candidate, samples }: Runner, { connections }: Probing['transport']): boolean {
  const [first] = candidate.list.entries
  const answered = samples.some(({ status }) => status !== null)
  return answered || (first !== undefined && URL.canParse(first.url) && connections.isReached(new URL(first.url)))
}

/** With what has come of a download that still goes on. */
export function samplesSoFar({ samples, downloads, moving }: Runner): readonly Sample[] {
  return downloads && moving !== undefined ? [...samples, sampleOfBody(moving)] : samples
}

export function newRunner(candidate: Candidate): Runner {
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
    isReached: false,
    latencyWork: Promise.resolve(),
    rateWork: Promise.resolve(),
    files: 'awaited',
    aside: 'awaited',
  }
}

export function probingOf(
  runner: Runner,
  options: Pick<Probing, 'plan' | 'transport' | 'deadlines' | 'clock' | 'publicity'>,
  { wake, ...told }: Pick<Probing, 'onRight' | 'download'> & { readonly wake: () => void },
): Probing {
  const { plan, transport, deadlines, clock, publicity } = options
  return {
    candidate: runner.candidate,
    plan,
    transport,
    deadlines,
    clock,
    publicity,
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
export async function runLatency(
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
  // All that it could be asked for was set aside: there is nothing to measure it with.
  else if (runner.stage === 'latency') runner.stage = 'done'
}

export async function runRate(
  runner: Runner,
  probing: Probing,
  fail: (runner: Runner) => void,
  bytesAllowed: number,
): Promise<void> {
  const good = await probeRate(probing, bytesAllowed, runner.rateEnd.signal)
  if (!good) fail(runner)
  else if (runner.stage === 'rate') runner.stage = 'done'
}

/** A chain of two survives the failure of one. */
const ENOUGH_GOOD = 2

/** Whether nothing is left to be heard that would be worth waiting for. */
export function isHeard(runners: readonly Runner[], what: HeardOut): boolean {
  const asked = runners.filter(({ stage }) => stage !== 'standby')
  if (what === 'all') return asked.every(({ files, aside }) => files === 'heard' && aside === 'heard')
  const good = asked.filter(({ stage, samples }) => stage !== 'out' && samples.some(({ verified }) => verified))
  return (
    good.every(({ aside }) => aside === 'heard') &&
    (good.length >= ENOUGH_GOOD || asked.every(({ files }) => files === 'heard'))
  )
}
