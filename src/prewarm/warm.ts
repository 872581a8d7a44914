import type { Log, Random } from '../effects.ts'
import { parseRetryAfter, roundDelayMs } from '../gateway/fetching/retry.ts'
import type { WantedObject } from '../objects/wanted.ts'
import { count } from '../text/count.ts'
import type { WarmAnswer, WarmFailure } from './answer.ts'
import { type AskingWorld, askFor } from './ask.ts'
import { mayHear, type WarmAudience, type WarmTarget } from './audience.ts'
import type { ProxyNeed } from './need.ts'
import { openPace, type RequestPace } from './request-pace.ts'
import { openTally, type WarmTally } from './tally.ts'

/** How a proxy is asked. Times in milliseconds. */
export interface WarmRules {
  /** Most requests a second, and at a time. */
  readonly rate: number
  readonly atOnce: number
  /** How often what failed is asked for again, after pauses that double. */
  readonly retries: number
  readonly retryDelayMs: number
  readonly maximumDelayMs: number
  /** So long one answer may take to begin, and a pause that a proxy asks for may last. */
  readonly patienceMs: number
}

/** What warming needs of the world. */
export interface WarmWorld extends Omit<AskingWorld, 'onBytes'> {
  readonly random: Random
  readonly log: Pick<Log, 'info' | 'follow'>
  readonly need: ProxyNeed
  readonly audience: WarmAudience
  readonly rules: WarmRules
}

/** How far one proxy came. */
export interface WarmRun {
  readonly target: WarmTarget
  readonly tally: WarmTally
  readonly notAsked: number
  readonly gaveUp: string | undefined
  readonly lowestRate: number
  readonly ms: number
}

/** A proxy that gives nothing so often in a row is asked again later, or given up. */
const MOST_IN_A_ROW = 8
/** Refusals may come in bursts, and the rate needs some to come down. */
const MOST_REFUSALS_IN_A_ROW = 12
/** Of one file. */
const MOST_REFUSALS = 6

/** What is known of a proxy that is being asked. */
interface WarmState {
  readonly pace: RequestPace
  readonly tally: WarmTally
  /** Files to be asked for, in order, and those that failed and are asked for again in the next round. */
  queue: WantedObject[]
  again: { readonly object: WantedObject; readonly failure: WarmFailure }[]
  /** How often a file was refused, by its target. */
  readonly refusals: Map<string, number>
  /** Files in a row that brought no answer, no permission, or a refusal. */
  silentInARow: number
  deniedInARow: number
  refusedInARow: number
  /** When the last of them that counts was answered: what was sent before is of the same burst. */
  burstMs: number
  underWay: number
  bytes: number
  gaveUp: string | undefined
}

/** Asks one proxy for everything that is needed, within the rules. Never rejects. */
export async function warmProxy(target: WarmTarget, world: WarmWorld): Promise<WarmRun> {
  const { clock, rules, signal, need, audience, log } = world
  const startMs = clock.now()
  const state: WarmState = {
    pace: openPace(rules.rate),
    tally: openTally(),
    queue: need.wanted().filter(object => mayHear(target, object, audience)),
    again: [],
    refusals: new Map(),
    silentInARow: 0,
    deniedInARow: 0,
    refusedInARow: 0,
    burstMs: Number.NEGATIVE_INFINITY,
    underWay: 0,
    bytes: 0,
    gaveUp: undefined,
  }
  const unfollow = log.follow(() => progressOf(target, state, startMs))
  try {
    for (let round = 0; ; round++) {
      const left = await runRound(target, state, world)
      if (signal.aborted || state.gaveUp !== undefined) break
      const open = [...state.again.map(({ object }) => object), ...left]
      if (open.length === 0) break
      if (round >= rules.retries) {
        if (left.length > 0) state.gaveUp = state.again.at(-1)?.failure.reason
        break
      }
      await clock.sleep(roundDelayMs(round, rules.retryDelayMs, rules.maximumDelayMs, world.random.next), signal)
      if (signal.aborted) break
      state.queue = open
      state.again = []
      state.silentInARow = 0
    }
  } finally {
    unfollow()
  }
  for (const { object, failure } of state.again) state.tally.fail(object, failure)
  for (const object of state.queue) state.tally.leave(object)
  return {
    target,
    tally: state.tally,
    notAsked: state.queue.length,
    gaveUp: state.gaveUp,
    lowestRate: state.pace.lowestRate(),
    ms: clock.now() - startMs,
  }
}

/** @returns what was not asked for, because nothing is heard of the proxy, or it is over */
async function runRound(target: WarmTarget, state: WarmState, world: WarmWorld): Promise<readonly WantedObject[]> {
  const { clock, rules, signal } = world
  const { pace } = state
  const underWay = new Set<Promise<void>>()
  const isOver = () => signal.aborted || state.gaveUp !== undefined || state.silentInARow >= MOST_IN_A_ROW
  while (!isOver() && (state.queue.length > 0 || underWay.size > 0)) {
    if (state.queue.length === 0 || underWay.size >= rules.atOnce) {
      await Promise.race(underWay)
      continue
    }
    const waitMs = pace.waitMs(clock.now())
    if (waitMs > 0) {
      const nap = new AbortController()
      await Promise.race([clock.sleep(waitMs, AbortSignal.any([signal, nap.signal])), ...underWay])
      nap.abort()
      continue
    }
    const object = state.queue.shift() as WantedObject
    const sentMs = clock.now()
    pace.sent(sentMs)
    state.underWay++
    const onBytes = (bytes: number) => {
      state.bytes += bytes
    }
    const one: Promise<void> = askFor(object, target, { ...world, onBytes })
      .then(answer => settle({ object, answer, sentMs }, target, state, world))
      .finally(() => {
        state.underWay--
        underWay.delete(one)
      })
    underWay.add(one)
  }
  await Promise.all(underWay)
  return state.queue
}

/** One request that has ended. */
interface SettledAsk {
  readonly object: WantedObject
  readonly answer: WarmAnswer
  readonly sentMs: number
}

function settle({ object, answer, sentMs }: SettledAsk, target: WarmTarget, state: WarmState, world: WarmWorld): void {
  const { clock, need, audience } = world
  switch (answer.kind) {
    case 'stopped':
      state.queue.unshift(object)
      return
    case 'refused':
      settleRefusal({ object, answer, sentMs }, target, state, world)
      return
    case 'failed':
      settleFailure(object, answer, state)
      return
    case 'right': {
      state.silentInARow = 0
      state.deniedInARow = 0
      state.refusedInARow = 0
      state.pace.answered(clock.now())
      state.tally.note(object, answer)
      if (answer.goMod === undefined) return
      const more = need.learn(object.module, answer.goMod).filter(one => mayHear(target, one, audience))
      // Small files are asked for first.
      state.queue.unshift(...more.filter(({ kind }) => kind === 'mod'))
      state.queue.push(...more.filter(({ kind }) => kind !== 'mod'))
    }
  }
}

function settleFailure(object: WantedObject, failure: WarmFailure, state: WarmState): void {
  if (failure.passes) state.again.push({ object, failure })
  else state.tally.fail(object, failure)
  state.silentInARow = failure.answered ? 0 : state.silentInARow + 1
  if (failure.answered) state.refusedInARow = 0
  state.deniedInARow = failure.code === 'PREWARM_DENIED' ? state.deniedInARow + 1 : 0
  // Whoever locks accounts after wrong logins is not asked hundreds of times.
  if (state.deniedInARow >= MOST_IN_A_ROW) state.gaveUp = `${failure.reason}, whatever it is asked for`
  if (state.silentInARow >= MOST_IN_A_ROW && !failure.passes) state.gaveUp = failure.reason
  if (failure.code === 'PREWARM_NOT_STORED') state.gaveUp = failure.reason
}

function settleRefusal(
  { object, answer, sentMs }: SettledAsk & { readonly answer: Extract<WarmAnswer, { kind: 'refused' }> },
  { name }: WarmTarget,
  state: WarmState,
  { clock, rules, log }: WarmWorld,
): void {
  const { pace, tally, refusals } = state
  const nowMs = clock.now()
  const holdMs = parseRetryAfter(answer.retryAfter, clock.date())
  const times = (refusals.get(object.target) ?? 0) + 1
  refusals.set(object.target, times)
  tally.refuse()
  state.silentInARow = 0
  if (sentMs >= state.burstMs) {
    state.refusedInARow++
    state.burstMs = nowMs
  }
  const what = answer.status === null ? 'it asks for fewer requests' : `it answers ${answer.status}`
  if (times > MOST_REFUSALS) tally.fail(object, { code: 'PREWARM_REFUSED', reason: `${what}, again and again` })
  else state.queue.unshift(object)
  const isLower = pace.refused(nowMs, sentMs, holdMs)
  if ((holdMs ?? 0) > rules.patienceMs) state.gaveUp = `${what}, and wants a longer pause than \`timeout\` allows`
  else if (state.refusedInARow >= MOST_REFUSALS_IN_A_ROW) state.gaveUp = `${what} to everything`
  if (isLower) log.info(`${name}: ${what}. From now on ${describeRate(pace.rate())}.`)
}

/** `5 requests a second`, `one request in 4 seconds`. */
export function describeRate(rate: number): string {
  if (rate >= 1) return `${count(Number(rate.toFixed(1)), 'request')} a second at most`
  return `one request in ${Number((1 / rate).toFixed(1))} s`
}

function progressOf({ name }: WarmTarget, { tally, queue, again, underWay, bytes }: WarmState, sinceMs: number) {
  const done = tally.done()
  const total = done + queue.length + again.length + underWay
  return {
    phase: `warming ${name}`,
    what: `${name}: ${done} of ${total} files`,
    sinceMs,
    done: { of: done, total },
    bytes: { moved: bytes },
  }
}
