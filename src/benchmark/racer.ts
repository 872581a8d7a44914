import type { Candidate } from '../candidates/candidate.ts'
import type { VerifiedObject } from '../objects/object.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import type { Beginning, Begun } from './beginning.ts'
import { type Probing, probeAside, probeLatency, probeRate } from './probe.ts'
import type { Racer } from './race.ts'
import { latencyMs, type Sample, sampleOfBody, sampleOfFailure, sampleOfSilence } from './sample.ts'
import { judge } from './verdict.ts'

/** A racer under way. What `Racer` shows of it is a view for the rules. */
export interface LiveRacer {
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
  /** The download whose zips show its rate, and what ends the watch over it where all of them fail. */
  watched: { readonly download: Begun; readonly fails: AbortController } | undefined
  latencyWork: Promise<void>
  rateWork: Promise<void>
  /** Whether it has answered all that is asked of it: go.mod files, and what is asked beside them. */
  files: 'awaited' | 'heard'
  aside: 'awaited' | 'heard'
  /** The go.mod file that is on its way: its path below the proxy’s URL. */
  asking: string | undefined
  /** The download fetches the rest of its go.mod files. */
  isLeftToDownload: boolean
}

/** What the racers share. */
export interface Track {
  readonly probing: Pick<Probing, 'plan' | 'transport' | 'deadlines' | 'clock' | 'publicity' | 'account'>
  /** Bytes of zips that one racer may be asked for. */
  readonly bytesPerHost: number
  /** Whether to note which racers can be reached, as the rules need it where the official proxy gets more time. */
  readonly patient: boolean
  readonly beginning: Beginning
  readonly onVerified: (object: VerifiedObject) => void
  /** Milliseconds since the race's start. */
  readonly now: () => number
  /** Lets the race look at its racers. */
  readonly wake: () => void
}

export function newRacer(candidate: Candidate): LiveRacer {
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
    watched: undefined,
    latencyWork: Promise.resolve(),
    rateWork: Promise.resolve(),
    files: 'awaited',
    aside: 'awaited',
    asking: undefined,
    isLeftToDownload: false,
  }
}

/** Asks for its small files. */
export function start(racer: LiveRacer, track: Track, startedMs: number): void {
  racer.stage = 'latency'
  racer.startedMs = startedMs
  racer.latencyWork = runLatency(racer, track).finally(track.wake)
}

/** Asks for zips. */
export function startRate(racer: LiveRacer, track: Track): void {
  racer.stage = 'rate'
  racer.rateStartedMs = track.now()
  racer.rateWork = runRate(racer, track).finally(track.wake)
}

/** Enough is known of its zips. */
export function stopRate(racer: LiveRacer): void {
  racer.stage = 'done'
  racer.rateEnd.abort()
}

/** Ends every request to it. */
export function stop({ latencyEnd, rateEnd }: LiveRacer): void {
  latencyEnd.abort()
  rateEnd.abort()
}

/** One zip may be missing anywhere. */
const FAILURES = 3

/**
 * Notes how far the download has come and which racers can be reached, and ends the watch over one whose zips all fail.
 * The race looks before each of its steps, so nothing has to watch the download in between.
 */
export function look(racers: readonly LiveRacer[], { beginning, patient, probing }: Track): void {
  for (const racer of racers) {
    if (patient) racer.isReached ||= isReached(racer, probing.transport)
    racer.downloads = beginning.isUnderWay(racer.candidate)
    if (racer.watched === undefined) continue
    const { download, fails } = racer.watched
    racer.moving = download.zips()
    if (download.failure(FAILURES) !== undefined) fails.abort()
  }
}

/** Whether it can be reached, as far as we can tell: it answered a request, or accepted a connection. */
function isReached({ candidate, samples }: LiveRacer, { connections }: Probing['transport']): boolean {
  const [first] = candidate.list.entries
  const answered = samples.some(({ status }) => status !== null)
  return answered || (first !== undefined && URL.canParse(first.url) && connections.isReached(new URL(first.url)))
}

/** Its samples, with one for a download that is still running. */
export function samplesSoFar({ samples, downloads, moving }: LiveRacer): readonly Sample[] {
  return downloads && moving !== undefined ? [...samples, sampleOfBody(moving)] : samples
}

function fail(racer: LiveRacer, track: Track): void {
  leave(racer, track)
  stop(racer)
}

/** It cannot be chosen any more, but what is asked beside files goes on. */
function leave(racer: LiveRacer, { beginning }: Track): void {
  racer.stage = 'out'
  racer.downloads = false
  racer.rateEnd.abort()
  beginning.leave(racer.candidate)
}

function probingOf(racer: LiveRacer, track: Track): Probing {
  return {
    ...track.probing,
    candidate: racer.candidate,
    onSample: sample => {
      racer.samples.push(sample)
      track.wake()
    },
    onMoving: moving => {
      racer.moving = moving
    },
    onRight: object => {
      track.onVerified(object)
      if (racer.stage !== 'out') track.beginning.offer(object, latencyMs(racer.samples) ?? 0)
      if (racer.stage !== 'latency') return
      racer.readyMs = track.now()
      racer.stage = 'ready'
    },
    onAsking: path => {
      racer.asking = path
    },
    isLeftToDownload: () => racer.isLeftToDownload,
    download: () => track.beginning.everythingFrom(racer.candidate),
  }
}

/** Zips may come from the first right file on; a racer that then fails with another file is out all the same. */
async function runLatency(racer: LiveRacer, track: Track): Promise<void> {
  const { signal } = racer.latencyEnd
  const probing = probingOf(racer, track)
  const aside = probeAside(probing, signal)
  void aside.done.then(() => {
    racer.aside = 'heard'
    if (!aside.honest && !signal.aborted) fail(racer, track)
    track.wake()
  })
  const good = await probeLatency(probing, aside, signal)
  if (signal.aborted) return
  racer.files = 'heard'
  // A cold one may stand in the exported chain, where go may ask it for the checksum database.
  if (!good) (judge(racer.samples).verdict === 'cold' ? leave : fail)(racer, track)
  // All that it could be asked for was set aside: there is nothing to measure it with.
  else if (racer.stage === 'latency') racer.stage = 'done'
}

async function runRate(racer: LiveRacer, track: Track): Promise<void> {
  const result = await probeRate(probingOf(racer, track), track.bytesPerHost, racer.rateEnd.signal)
  const isGood = typeof result === 'string' ? result === 'good' : await watch(racer, track, result)
  if (!isGood) fail(racer, track)
  else if (racer.stage === 'rate') racer.stage = 'done'
}

/** The rate at which the download comes that has begun from here. @returns false where all of its zips fail */
async function watch(racer: LiveRacer, track: Track, download: Begun): Promise<boolean> {
  const { clock } = track.probing
  const fails = new AbortController()
  const beganMs = clock.now()
  racer.watched = { download, fails }
  const isOver = await Promise.race([
    download.settled().then(() => true),
    aborted(AbortSignal.any([racer.rateEnd.signal, fails.signal])).then(() => false),
  ])
  racer.watched = undefined
  racer.moving = undefined
  const [zips, failure] = [download.zips(), download.failure(isOver ? 1 : FAILURES)]
  const sample = sampleOfDownload({ zips, failure, isOver, ms: clock.now() - beganMs })
  if (sample !== undefined) racer.samples.push(sample)
  return failure === undefined
}

interface BegunEnd {
  readonly zips: ReturnType<Begun['zips']>
  readonly failure: OutcomeKind | undefined
  /** It ended by itself. */
  readonly isOver: boolean
  /** How long it was watched. */
  readonly ms: number
}

function sampleOfDownload({ zips, failure, isOver, ms }: BegunEnd): Sample | undefined {
  if (failure !== undefined) return sampleOfFailure(failure, ms)
  if (zips.bytes > 0) return sampleOfBody(zips)
  return isOver ? undefined : sampleOfSilence(ms)
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** `all`: every candidate has answered; `enough`: two are known to be good, with what is asked beside files. */
export type HeardOut = 'all' | 'enough'

/** A chain of two survives the failure of one. */
const ENOUGH_GOOD = 2

/** Whether every answer that is worth waiting for has come. One that failed is asked nothing more. */
export function isHeard(racers: readonly LiveRacer[], what: HeardOut): boolean {
  const asked = racers.filter(({ stage, latencyEnd }) => stage !== 'standby' && !latencyEnd.signal.aborted)
  if (what === 'all') return asked.every(({ files, aside }) => files === 'heard' && aside === 'heard')
  const good = asked.filter(({ stage, samples }) => stage !== 'out' && samples.some(({ verified }) => verified))
  return (
    good.every(({ aside }) => aside === 'heard') &&
    (good.length >= ENOUGH_GOOD || asked.every(({ files }) => files === 'heard'))
  )
}
