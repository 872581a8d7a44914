import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { MAX_BYTES } from '../../objects/verify.ts'
import type { Deadlines } from '../../upstream/fetch.ts'
import { headMs, type Outcome } from '../../upstream/outcome.ts'
import type { Stored } from '../keeping/spool.ts'
import { TOO_SLOW, type UpstreamAnswer } from './answer.ts'
import { type Intake, openIntake } from './intake.ts'
import { healthOf, judge, judgeNumber } from './judge.ts'
import { isRefusal } from './refusals.ts'
import { parseRetryAfter } from './retry.ts'
import { loadOf } from './upstream-state.ts'
import { check } from './verdict.ts'
import { type Stoppable, type Watch, watchRequest } from './watch.ts'
import type { RetrievalWorld } from './world.ts'

export interface Ask extends Stoppable {
  /** 0 for the first request for this object. */
  readonly attempt: number
  /** When the object was first asked for. */
  readonly begunMs: number
  /** No other upstream might have it: the head may take as long as the whole. */
  readonly alone: boolean
  /** Over a connection of its own, because something on a shared one is silent. */
  readonly fresh?: boolean
  /** Called when the body of a good answer begins: there may be room for other requests. */
  readonly onAnswer: () => void
}

/** Asks one upstream for one object, once, and verifies what it sent. Never rejects. */
export async function askOnce(
  route: ModuleRoute,
  upstream: Candidate,
  ask: Ask,
  world: RetrievalWorld,
): Promise<UpstreamAnswer> {
  const { clock, liveness, journal } = world
  const sentMs = clock.now()
  const watch = watchRequest(route, upstream, ask, world)
  const intake = openIntake(route, upstream, { onSlow: () => watch.giveUp(TOO_SLOW), onFault: watch.stop }, world)
  let begun = false
  const onBegun = () => {
    begun = true
  }
  const answered = await send({ route, upstream, ask, watch, intake, sentMs, onBegun }, world)
  watch.close()
  intake.close()
  if (answered.status !== null) liveness.noteAnswer(upstream, answered.timings.firstByteMs)
  const gaveUp = watch.gaveUp()
  const outcome = gaveUp === undefined ? answered : { ...answered, detail: undefined, ...gaveUp }
  journal.record({
    kind: 'asked',
    target: route.target,
    upstream,
    outcome: outcome.kind,
    status: outcome.status,
    reason: outcome.reason,
    bytes: outcome.bytes,
    ...journal.since(sentMs),
    firstByteMs: headMs(outcome.timings),
    attempt: ask.attempt,
    hedge: ask.fresh ?? false,
  })
  return settle({ route, upstream, ask, outcome, intake, begun, sentMs }, world)
}

interface Sending {
  readonly route: ModuleRoute
  readonly upstream: Candidate
  readonly ask: Ask
  readonly watch: Watch
  readonly intake: Intake
  readonly sentMs: number
  /** The pool was told that the answer begins. */
  readonly onBegun: () => void
}

function send(
  { route, upstream, ask, watch, intake, sentMs, onBegun }: Sending,
  world: RetrievalWorld,
): Promise<Outcome> {
  const { clock, flows, liveness, paces, pool } = world
  const flowedMs = flows.of(upstream).ms
  return world.fetch(upstream, route.target, {
    deadlines: deadlinesOf(route, ask, sentMs, world),
    maxBytes: MAX_BYTES[route.kind],
    signal: watch.signal,
    publicUpstream: upstream.trust !== 'own',
    fresh: ask.fresh ?? false,
    onPassed: failure => learnFromPassed({ route, upstream, sentMs }, failure, world),
    // Small files arrive sooner when fetched anew. After a silence another upstream is asked, if one may have it.
    ...(route.kind === 'zip'
      ? { resume: (silent: boolean) => liveness.givesParts(upstream) && (!silent || !ask.mayGiveUp()) }
      : {}),
    openBody: (firstByteMs, length) => {
      watch.headArrived()
      liveness.noteAnswer(upstream, firstByteMs)
      pool.noteAnswer(upstream, firstByteMs, clock.now())
      if ('module' in route) paces.note(upstream, route.module, firstByteMs, flows.of(upstream).ms - flowedMs)
      onBegun()
      ask.onAnswer()
      intake.begin(length)
      return { write: intake.write }
    },
  })
}

/**
 * A proxy of a chain refused what the next one is asked for now, as by go. What it bears is learned as if it were alone, as
 * long as it answers others.
 */
function learnFromPassed(
  { route, upstream, sentMs }: Pick<Sending, 'route' | 'upstream' | 'sentMs'>,
  failure: Outcome,
  { clock, pool }: RetrievalWorld,
): void {
  if (!isRefusal(failure) || !pool.isLimit(upstream, failure.via)) return
  const load = loadOf(route)
  const asked = parseRetryAfter(failure.retryAfter, clock.date()) !== undefined
  pool.refuse(upstream, { load, asked, sentMs }, clock.now())
  pool.begin(upstream, clock.now(), load)
}

/** An upstream is given at least so long, even when the time for the object is over. */
const LEAST_HEAD_MS = 1_000

/** What has begun to arrive may take its time; silence may not. */
function deadlinesOf(
  { kind }: ModuleRoute,
  { alone, begunMs }: Ask,
  sentMs: number,
  { deadlines, outage, policy }: RetrievalWorld,
): Deadlines {
  const leftMs = Math.max(LEAST_HEAD_MS, outage.deadlineMs(begunMs) - sentMs)
  const sendMs = Math.min(deadlines.headMs, leftMs)
  const headMs = alone ? deadlines.totalMs : sendMs
  return { ...deadlines, sendMs, headMs, ...(kind === 'zip' ? { totalMs: policy.flowMs } : {}) }
}

interface EndedRequest {
  readonly route: ModuleRoute
  readonly upstream: Candidate
  readonly ask: Ask
  readonly outcome: Outcome
  readonly intake: Intake
  /** Its answer had begun. */
  readonly begun: boolean
  readonly sentMs: number
}

/** Frees the request's place, and tells the pool and the outage what the answer says about its upstream. */
async function settle(ended: EndedRequest, world: RetrievalWorld): Promise<UpstreamAnswer> {
  const { route, upstream, outcome, intake, begun } = ended
  const content = outcome.kind === 'found' ? intake.finish() : undefined
  const fault = intake.fault()
  if (fault !== undefined) {
    world.pool.end(upstream, 'neutral', loadOf(route), begun)
    intake.discard()
    return { kind: 'not stored', reason: fault }
  }
  return content === undefined ? settleFailure(ended, world) : settleContent(ended, content, world)
}

async function settleContent(
  { route, upstream, outcome, begun }: EndedRequest,
  content: Stored,
  world: RetrievalWorld,
): Promise<UpstreamAnswer> {
  const { clock, outage, pool } = world
  const sent = { content, from: upstream, via: outcome.via, resumed: outcome.resumed ?? false }
  const answer = await check(route, sent, world)
  // Whole answers with nothing of use in them (a login page, half a file) are no sign of health.
  const good = answer.kind === 'found' || answer.kind === 'received'
  pool.end(upstream, good ? 'good' : 'failed', loadOf(route), begun)
  if (good) pool.noteServed(upstream, outcome.via)
  if (good) outage.answered()
  else outage.failed(clock.now())
  return answer
}

/** An object that is refused so often while others are answered is refused for its own sake. */
const MOST_REFUSED = 3

function isRefusedItself({ upstream, ask, outcome }: EndedRequest, { pool }: RetrievalWorld): boolean {
  const { status, retryAfter } = outcome
  const isAnswering = pool.pausesOf(upstream) === 0
  return status === 503 && retryAfter === undefined && isAnswering && ask.attempt >= MOST_REFUSED
}

function settleFailure(ended: EndedRequest, world: RetrievalWorld): UpstreamAnswer {
  const { route, upstream, outcome, intake, begun, sentMs } = ended
  const { clock, outage, pool } = world
  intake.discard()
  if (isRefusal(outcome) && !isRefusedItself(ended, world)) {
    const asked = parseRetryAfter(outcome.retryAfter, clock.date()) !== undefined
    const refusal = pool.refuse(upstream, { load: loadOf(route), asked, sentMs }, clock.now())
    if (refusal === 'number') return { ...judgeNumber(outcome), flowedMs: 0 }
    if (outcome.kind !== 'limited') outage.failed(clock.now())
    return { ...judge(outcome, upstream, world), flowedMs: 0 } as UpstreamAnswer
  }
  const { lostConnection } = outcome
  const isNews = lostConnection === undefined || pool.isNewLoss(lostConnection)
  const health = isNews ? healthOf(outcome) : 'neutral'
  pool.end(upstream, health, loadOf(route), begun)
  if (health === 'good') outage.answered()
  // An upstream that asks for fewer requests is reachable.
  else if (health !== 'neutral' && outcome.kind !== 'limited') outage.failed(clock.now())
  const judged = judge(outcome, upstream, world)
  return judged.kind === 'absent' ? judged : { ...judged, flowedMs: flowedMs(outcome, world) }
}

/** An upstream that sent so much of a body is alive, whatever ended it. */
const MUCH_BYTES = 256 << 10

function flowedMs({ bytes, kind, status, timings }: Outcome, { deadlines, outage }: RetrievalWorld): number {
  if (status !== 200 || bytes < MUCH_BYTES) return 0
  outage.answered()
  return Math.max(0, (timings.bodyMs ?? 0) - (kind === 'stalled' ? deadlines.stallMs : 0))
}
