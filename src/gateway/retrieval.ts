import type { Candidate } from '../candidates/candidate.ts'
import type { Clock, Random } from '../effects.ts'
import type { Policy } from '../policy.ts'
import type { Deadlines, FetchOptions } from '../upstream/fetch.ts'
import type { Outcome } from '../upstream/outcome.ts'
import type { GatewayEvent } from './events.ts'
import { type Meter, startMeter } from './meter.ts'
import type { Outage } from './outage.ts'
import type { Health, Pool } from './pool.ts'
import { consequenceOf, embargoMs, isFinal, MAXIMUM_EMBARGO_MS, roundDelayMs } from './retry.ts'
import type { Route } from './route.ts'
import type { Spool, SpoolWriter, Stored } from './spool.ts'
import { MAX_BYTES, type Proof, verify } from './verification.ts'

export type ModuleRoute = Exclude<Route, { kind: 'sumdb' }>

/** What came of looking for an object. */
export type Retrieved =
  /** `from`: undefined when no upstream gave it. */
  | {
      readonly kind: 'found'
      readonly content: Stored
      readonly from: Candidate | undefined
      readonly proof: Proof
    }
  /** Really not there: whoever may be believed says so. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reasons: readonly string[] }

export interface RetrievalWorld {
  readonly pool: Pool
  readonly outage: Outage
  readonly spool: Spool
  readonly sums: ReadonlyMap<string, string>
  readonly clock: Clock
  readonly random: Random
  readonly policy: Policy['gateway']
  readonly deadlines: Deadlines
  /** Asks one upstream for one object. */
  readonly fetch: (upstream: Candidate, target: string, options: FetchOptions) => Promise<Outcome>
  /** Whether zips of this upstream are unpacked and hashed before go gets them. */
  readonly unpack: (upstream: Candidate) => boolean
  /** Whether this upstream may hear of this object, and whether its word counts for it. */
  readonly mayAsk: (upstream: Candidate, route: ModuleRoute) => boolean
  readonly onReceived: (bytes: number) => void
  readonly emit: (event: GatewayEvent) => void
  readonly startMs: number
  readonly signal: AbortSignal
}

/** Lets a request wait for a free place, which it then holds; `urgent` when go itself waits for it. */
export interface Turns {
  next(
    ticket: Ticket,
    tried: ReadonlySet<Candidate>,
    allowed: (upstream: Candidate) => boolean,
  ): Promise<Candidate | 'nobody'>
  /** go waits for it now. */
  hurry(ticket: Ticket): void
  /** A place became free, or something else changed. */
  wake(): void
}

/** Whose turn it is about: one object. */
export interface Ticket {
  urgent: boolean
}

/**
 * Gets one object from whoever has it: the next upstream at once after a failure, a pause only when all of them
 * failed, wrong content from nobody. Never rejects.
 */
export async function retrieve(
  route: ModuleRoute,
  ticket: Ticket,
  turns: Turns,
  world: RetrievalWorld,
): Promise<Retrieved> {
  const { clock, outage, policy, pool, random, signal } = world
  // Counted from the first request on: to stand in the queue is nobody's failure.
  let begunMs: number | undefined
  if (!outage.mayAsk(clock.now()))
    return { kind: 'failed', reasons: ['none of the proxies has answered for some time'] }
  const reasons = new Map<string, string>()
  const refused = new Set<Candidate>()
  let attempt = 0
  let lateRetry = false
  let gaveUp = false
  for (let round = 0; ; round++) {
    const tried = new Set<Candidate>(refused)
    let absences = 0
    let waiting = false
    // Mirrors do not hear of what the trusted ones do not know: it may be private.
    let absentAtTrusted = false
    const allowed = (one: Candidate) => world.mayAsk(one, route) && !(absentAtTrusted && one.trust === 'mirror')
    for (;;) {
      const upstream = await turns.next(ticket, tried, allowed)
      if (upstream === 'nobody' || signal.aborted) break
      tried.add(upstream)
      begunMs ??= clock.now()
      const mayGiveUp = () => !gaveUp && pool.turn(allowed, tried, ticket.urgent, clock.now()).kind === 'ask'
      const answer = await askOnce(route, upstream, { attempt: attempt++, mayGiveUp, begunMs }, world)
      turns.wake()
      if (answer.kind === 'found') return answer
      if (answer.kind === 'absent') {
        absences++
        refused.add(upstream)
        absentAtTrusted ||= upstream.trust !== 'mirror'
        continue
      }
      reasons.set(upstream.name, answer.reason)
      // Once: where the others turn out worse, slow is better than never.
      gaveUp ||= answer.reason === TOO_SLOW.reason || answer.reason === TOO_LATE.reason
      if (answer.final) refused.add(upstream)
      if (answer.kind === 'absent for now') waiting = true
    }
    if (absentAtTrusted) return { kind: 'absent' }
    const left = pool.upstreams.filter(one => !pool.isOut(one) && !refused.has(one) && allowed(one))
    // Mirrors that agree that it is not there are believed when nobody else is left to ask.
    if (left.length === 0) return absences > 0 && reasons.size === 0 ? { kind: 'absent' } : failed(reasons)
    // No pause that nothing would follow.
    const leftMs = outage.deadlineMs(begunMs ?? clock.now()) - clock.now()
    if (round + 1 >= policy.rounds || leftMs <= 0) return failed(reasons)
    const late = waiting && left.every(one => reasons.has(one.name))
    if (late && lateRetry) return { kind: 'absent' }
    lateRetry ||= late
    const pauseMs = late
      ? policy.lateRetryMs
      : roundDelayMs(round, policy.roundDelayMs, policy.maximumDelayMs, random.next)
    // The last round is at the deadline.
    await clock.sleep(Math.min(pauseMs, leftMs), signal)
    if (signal.aborted) return failed(reasons)
  }
}

function failed(reasons: ReadonlyMap<string, string>): Retrieved {
  return { kind: 'failed', reasons: [...reasons].map(([name, reason]) => `${name}: ${reason}`) }
}

type Answer =
  | Extract<Retrieved, { kind: 'found' }>
  | { readonly kind: 'absent' }
  | { readonly kind: 'absent for now' | 'failed'; readonly reason: string; readonly final: boolean }

interface Ask {
  /** 0 for the first request for this object. */
  readonly attempt: number
  /** Whether somebody else could be asked instead. */
  readonly mayGiveUp: () => boolean
  /** When the object was first asked for. */
  readonly begunMs: number
}

/** An upstream is given at least so long, even when the time for the object is over. */
const LEAST_HEAD_MS = 1_000

async function askOnce(
  route: ModuleRoute,
  upstream: Candidate,
  { attempt, mayGiveUp, begunMs }: Ask,
  world: RetrievalWorld,
): Promise<Answer> {
  const { clock, outage, pool, spool } = world
  const sentMs = clock.now()
  const leftMs = Math.max(LEAST_HEAD_MS, outage.deadlineMs(begunMs) - sentMs)
  let writer: SpoolWriter | undefined
  let meter: Meter | undefined
  const request = new AbortController()
  let gaveUp: GivenUp | undefined
  const giveUp = (why: GivenUp) => {
    if (!mayGiveUp()) return
    gaveUp = why
    request.abort()
  }
  const stop = () => request.abort()
  world.signal.addEventListener('abort', stop)
  const stopWaiting = waitForHead(patienceFor(route, upstream, world), () => giveUp(TOO_LATE), clock)
  const answered = await world.fetch(upstream, route.target, {
    // What has begun to come may take its time; silence may not.
    deadlines: { ...world.deadlines, headMs: Math.min(world.deadlines.headMs, leftMs) },
    maxBytes: MAX_BYTES[route.kind],
    signal: request.signal,
    publicUpstream: upstream.trust !== 'own',
    openBody: () => {
      stopWaiting()
      writer?.discard()
      const opened = spool.open()
      writer = opened
      meter?.stop()
      // Where somebody else may have it, a trickle is as bad as silence.
      meter = startMeter(clock, world.deadlines.stallMs, () => giveUp(TOO_SLOW))
      return {
        write: chunk => {
          world.onReceived(chunk.length)
          meter?.note(chunk.length)
          opened.write(chunk)
        },
      }
    },
  })
  stopWaiting()
  meter?.stop()
  world.signal.removeEventListener('abort', stop)
  const outcome = gaveUp === undefined ? answered : { ...answered, ...gaveUp }
  world.emit({
    kind: 'asked',
    target: route.target,
    upstream,
    outcome: outcome.kind,
    status: outcome.status,
    bytes: outcome.bytes,
    atMs: sentMs - world.startMs,
    ms: clock.now() - sentMs,
    attempt,
  })
  if (outcome.kind === 'found' && writer !== undefined) {
    const answer = await check(route, upstream, writer.finish(), world)
    // Whole answers with nothing of use in them (a login page, half a file) are no sign of health.
    const good = answer.kind === 'found'
    pool.end(upstream, good ? 'good' : 'failed', outcome.timings.firstByteMs)
    if (good) outage.answered()
    else outage.failed(clock.now())
    return answer
  }
  const health = healthOf(outcome)
  pool.end(upstream, health)
  if (health === 'good') outage.answered()
  else if (health !== 'neutral') outage.failed(clock.now())
  writer?.discard()
  return judge(outcome, upstream, world)
}

/** Why a request was ended before its deadlines, in favour of another upstream. */
type GivenUp = Pick<Outcome, 'kind' | 'reason'>
const TOO_SLOW: GivenUp = { kind: 'stalled', reason: 'its answer came too slowly' }
const TOO_LATE: GivenUp = { kind: 'silent', reason: 'it was silent while somebody else could be asked' }

/** An upstream that is slow for everything is not silent; four times what is usual is. */
const PATIENCE_FACTOR = 4
/** Whose habits are known is waited for less long. */
const KNOWN_SHARE = 1 / 3

function patienceFor(route: ModuleRoute, upstream: Candidate, { policy, pool }: RetrievalWorld): number {
  const first = route.kind === 'zip' ? policy.zipPatienceMs : policy.patienceMs
  const usual = pool.usualFirstByteMs(upstream)
  return usual === undefined ? first : Math.max(KNOWN_SHARE * first, PATIENCE_FACTOR * usual)
}

/** Calls back each time that the patience is over once more. @returns what stops it */
function waitForHead(patienceMs: number, onSilence: () => void, clock: Clock): () => void {
  let cancel = () => {}
  const again = () => {
    cancel = clock.after(patienceMs, () => {
      again()
      onSilence()
    })
  }
  again()
  return () => cancel()
}

function healthOf({ kind, status }: Outcome): Health {
  switch (consequenceOf(kind)) {
    case 'serve':
    case 'absent':
      return 'good'
    case 'embargo':
      return 'overloaded'
    case 'stopped':
      return 'neutral'
    default:
      // A reset under load is how some servers say that it was too much, and silence towards new connections how some
      // networks do.
      return kind === 'cut' || kind === 'unreachable' || status === 503 ? 'overloaded' : 'failed'
  }
}

function judge(outcome: Outcome, upstream: Candidate, { pool, clock, random }: RetrievalWorld): Answer {
  const consequence = consequenceOf(outcome.kind)
  if (consequence === 'absent') return { kind: 'absent' }
  if (consequence === 'out') pool.exclude(upstream)
  if (consequence === 'embargo' || outcome.status === 503) {
    const ms = embargoMs(outcome.retryAfter, clock.date(), random.next)
    if (ms > MAXIMUM_EMBARGO_MS) pool.exclude(upstream)
    else if (consequence === 'embargo' || outcome.retryAfter !== undefined) pool.embargo(upstream, clock.now() + ms)
  }
  return {
    kind: consequence === 'absent for now' ? 'absent for now' : 'failed',
    reason: outcome.reason,
    final: isFinal(outcome.kind),
  }
}

async function check(route: ModuleRoute, upstream: Candidate, content: Stored, world: RetrievalWorld): Promise<Answer> {
  const verified = await verify(route, content, world.sums, world.unpack(upstream)).catch(
    error => ({ ok: false, fault: 'invalid', what: String(error) }) as const,
  )
  if (verified.ok) return { kind: 'found', content, from: upstream, proof: verified.proof }
  content.drop()
  world.emit({
    kind: 'rejected',
    target: route.target,
    upstream,
    fault: verified.fault,
    what: verified.what,
    atMs: world.clock.now() - world.startMs,
  })
  // Wrong content that is a whole module, or a page instead of one, is no accident.
  if (verified.fault === 'wrong') world.pool.exclude(upstream)
  return { kind: 'failed', reason: `it sent what is not right: ${verified.what}`, final: verified.fault === 'wrong' }
}
