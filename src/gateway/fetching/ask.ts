import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock, Random } from '../../effects.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { MAX_BYTES, type Proof } from '../../objects/verify.ts'
import type { Policy } from '../../policy.ts'
import type { Deadlines, FetchOptions } from '../../upstream/fetch.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import type { Hashing } from '../keeping/hashing.ts'
import type { Spool, SpoolWriter, Stored } from '../keeping/spool.ts'
import type { GatewayEvent } from '../telling/events.ts'
import type { Flows } from './flow.ts'
import type { Hearing } from './hearing.ts'
import { check, healthOf, judge } from './judge.ts'
import { type Meter, startMeter } from './meter.ts'
import type { Outage } from './outage.ts'
import type { Load, Pool } from './pool.ts'
import type { Nature } from './retry.ts'

/** What came of looking for an object. */
export type Retrieved =
  /** `from`: undefined when no upstream gave it. */
  | {
      readonly kind: 'found'
      readonly content: Stored
      readonly from: Candidate | undefined
      /** Of its list, the URL that gave it. */
      readonly via?: string | undefined
      readonly proof: Proof
    }
  /** Really not there: whoever may be believed says so. */
  | { readonly kind: 'absent' }
  /** `final`: it would be the same a moment later. */
  | { readonly kind: 'failed'; readonly reasons: readonly string[]; readonly final?: boolean }

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
  /** Hashes zips beside everything else; undefined: nobody does. */
  readonly hashing: Hashing | undefined
  /** Zips go into files of their own, which may be moved into the module cache. */
  readonly zipsToFiles: boolean
  /** Whether this upstream may hear of this object, and whether its word counts for it. */
  readonly mayAsk: (upstream: Candidate, route: ModuleRoute) => boolean
  readonly onReceived: (bytes: number) => void
  readonly flows: Flows
  readonly hearing: Hearing
  readonly emit: (event: GatewayEvent) => void
  readonly startMs: number
  readonly signal: AbortSignal
}

/** What one upstream answered, looked at. */
export type Checked = Exclude<Answer, { kind: 'received' }>

/** What one upstream answered. */
export type Answer =
  | Extract<Retrieved, { kind: 'found' }>
  /** A zip that came whole, and is yet to be looked at. */
  | ({ readonly kind: 'received' } & Sent)
  | { readonly kind: 'absent' }
  | Failed
  /** Nobody's fault but this machine's: there is no room, or no file can be opened. */
  | { readonly kind: 'not stored'; readonly reason: string }

/** What an upstream sent, before it is looked at. */
export interface Sent {
  readonly content: Stored
  readonly from: Candidate
  readonly via: string | undefined
  /** It was cut, and put together from parts. */
  readonly resumed: boolean
}

export interface Failed {
  readonly kind: 'absent for now' | 'failed'
  readonly reason: string
  /** It would be the same a moment later. */
  readonly final: boolean
  /** What is likely to come of asking again. */
  readonly nature: Nature
  /** For so long a body came: that was no time lost. */
  readonly flowedMs?: number
}

export interface Ask {
  /** 0 for the first request for this object. */
  readonly attempt: number
  /** Whether somebody else could be asked instead. */
  readonly mayGiveUp: () => boolean
  /** When the object was first asked for. */
  readonly begunMs: number
  /** No other upstream might have it: the head may take as long as the whole. */
  readonly alone: boolean
  /** Not over a connection on which something is silent. */
  readonly fresh?: boolean
  /** Aborts with the reason, a `GivenUp`. */
  readonly signal?: AbortSignal
  /** A good answer begins, so there may be room for others. */
  readonly onAnswer: () => void
}

/** An upstream is given at least so long, even when the time for the object is over. */
const LEAST_HEAD_MS = 1_000

/** Asks one upstream for one object, once, and looks at what came. Never rejects. */
export async function askOnce(
  route: ModuleRoute,
  upstream: Candidate,
  { attempt, mayGiveUp, begunMs, alone, fresh = false, signal, onAnswer }: Ask,
  world: RetrievalWorld,
): Promise<Answer> {
  const { clock, hearing, outage, policy, pool, spool } = world
  const sentMs = clock.now()
  const leftMs = Math.max(LEAST_HEAD_MS, outage.deadlineMs(begunMs) - sentMs)
  const sendMs = Math.min(world.deadlines.headMs, leftMs)
  const headMs = alone ? world.deadlines.totalMs : sendMs
  let writer: SpoolWriter | undefined
  let meter: Meter | undefined
  let flow: ReturnType<Flows['open']> | undefined
  const request = new AbortController()
  let gaveUp: GivenUp | undefined
  const giveUp = (why: GivenUp) => {
    // The only one, too, has no longer for a trickle than for an answer.
    const isOver = why === TOO_SLOW && clock.now() - sentMs >= world.deadlines.totalMs
    if (!isOver && !mayGiveUp()) return
    gaveUp = why
    request.abort()
  }
  let unstored: string | undefined
  const store = (act: () => void) => {
    try {
      if (unstored === undefined) act()
    } catch (error) {
      unstored = `it could not be stored here (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`
      request.abort()
    }
  }
  const forgetLeave = pool.onLeave(upstream, how => {
    if (how === 'for others' && !mayGiveUp()) return
    gaveUp ??= NOT_WANTED
    request.abort()
  })
  const stop = () => request.abort()
  world.signal.addEventListener('abort', stop)
  const callOff = () => {
    gaveUp ??= signal?.reason
    request.abort()
  }
  signal?.addEventListener('abort', callOff)
  const stopWaiting = waitForHead(patienceFor(route, upstream, world), () => giveUp(TOO_LATE), clock)
  const answered = await world.fetch(upstream, route.target, {
    // What has begun to come may take its time; silence may not.
    deadlines: { ...world.deadlines, sendMs, headMs, ...(route.kind === 'zip' ? { totalMs: policy.flowMs } : {}) },
    maxBytes: MAX_BYTES[route.kind],
    signal: request.signal,
    publicUpstream: upstream.trust !== 'own',
    fresh,
    // Small files are sooner there anew. Where another may have it, silence is a reason to ask that one.
    ...(route.kind === 'zip'
      ? { resume: (silent: boolean) => hearing.givesParts(upstream) && (!silent || !mayGiveUp()) }
      : {}),
    openBody: firstByteMs => {
      stopWaiting()
      hearing.noteAnswer(upstream, firstByteMs)
      pool.noteAnswer(upstream, firstByteMs)
      onAnswer()
      writer?.discard()
      store(() => {
        writer = world.zipsToFiles && route.kind === 'zip' ? spool.openFile() : spool.open()
      })
      flow?.close()
      flow = route.kind === 'zip' ? world.flows.open(upstream) : undefined
      meter?.stop()
      // Where somebody else may have it, a trickle is as bad as silence.
      meter = startMeter(clock, world.deadlines.stallMs, () => giveUp(TOO_SLOW))
      return {
        write: chunk => {
          world.onReceived(chunk.length)
          flow?.note(chunk.length)
          meter?.note(chunk.length)
          store(() => writer?.write(chunk))
        },
      }
    },
  })
  stopWaiting()
  meter?.stop()
  flow?.close()
  forgetLeave()
  world.signal.removeEventListener('abort', stop)
  signal?.removeEventListener('abort', callOff)
  if (answered.status !== null) hearing.noteAnswer(upstream, answered.timings.firstByteMs)
  const outcome = gaveUp === undefined ? answered : { ...answered, detail: undefined, ...gaveUp }
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
    hedge: fresh,
  })
  let content: Stored | undefined
  if (outcome.kind === 'found') {
    store(() => {
      content = writer?.finish()
    })
  }
  if (unstored !== undefined) {
    pool.end(upstream, 'neutral', loadOf(route))
    writer?.discard()
    return { kind: 'not stored', reason: unstored }
  }
  if (content !== undefined) {
    const answer = await check(
      route,
      { content, from: upstream, via: outcome.via, resumed: outcome.resumed ?? false },
      world,
    )
    // Whole answers with nothing of use in them (a login page, half a file) are no sign of health.
    const good = answer.kind === 'found' || answer.kind === 'received'
    pool.end(upstream, good ? 'good' : 'failed', loadOf(route))
    if (good) outage.answered()
    else outage.failed(clock.now())
    return answer
  }
  const { lostConnection } = outcome
  const isNews = lostConnection === undefined || pool.isNewLoss(lostConnection)
  const health = isNews ? healthOf(outcome) : 'neutral'
  pool.end(upstream, health, loadOf(route))
  if (health === 'good') outage.answered()
  // Who asks for fewer requests is there.
  else if (health !== 'neutral' && outcome.kind !== 'limited') outage.failed(clock.now())
  writer?.discard()
  const judged = judge(outcome, upstream, world)
  return judged.kind === 'absent' ? judged : { ...judged, flowedMs: flowedMs(outcome, world) }
}

/** So much of a body is a sign of life, whatever ended it. */
const MUCH_BYTES = 256 << 10

function flowedMs({ bytes, kind, status, timings }: Outcome, { deadlines, outage }: RetrievalWorld): number {
  if (status !== 200 || bytes < MUCH_BYTES) return 0
  outage.answered()
  return Math.max(0, (timings.bodyMs ?? 0) - (kind === 'stalled' ? deadlines.stallMs : 0))
}

export function loadOf({ kind }: ModuleRoute): Load {
  return kind === 'zip' ? 'zip' : 'small'
}

/** Why a request was ended before its deadlines, in favour of another upstream. */
export type GivenUp = Pick<Outcome, 'kind' | 'reason'>
export const TOO_SLOW: GivenUp = { kind: 'stalled', reason: 'its answer came too slowly' }
const NOT_WANTED: GivenUp = { kind: 'stopped', reason: 'another proxy turned out to be much faster' }
export const TOO_LATE: GivenUp = { kind: 'silent', reason: 'it was silent while another proxy could be asked' }

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
    // What came while this machine was busy elsewhere is read first.
    cancel = clock.after(patienceMs, () => {
      cancel = clock.after(0, () => {
        again()
        onSilence()
      })
    })
  }
  again()
  return () => cancel()
}
