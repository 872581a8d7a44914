import type { Candidate } from '../../candidates/candidate.ts'
import type { Problem } from '../../errors.ts'
import { parseObjectPath } from '../../go/escape.ts'
import { redactUrl } from '../../go/goproxy.ts'
import { sumKey } from '../../go/gosum.ts'
import type { Proof } from '../../objects/verify.ts'
import { describeOutcome, type OutcomeKind } from '../../upstream/outcome.ts'

/** What happened in the gateway: figures, warnings and the audit log are made from these alone. */
export type GatewayEvent = Asked | Served | Placed | Rejected | Warmed | HashedZip

/** One request to one upstream ended. */
export interface Asked {
  readonly kind: 'asked'
  /** Path below the upstream's URL. */
  readonly target: string
  /** A proxy, or a host of the checksum database. */
  readonly upstream: Pick<Candidate, 'name'>
  readonly outcome: OutcomeKind
  readonly status: number | null
  /** Plain words on how it ended; undefined: the usual ones of its kind. */
  readonly reason?: string
  readonly bytes: number
  /** Since the gateway's start, and how long it took. */
  readonly atMs: number
  readonly ms: number
  /** When its first byte came, since its beginning; null: none came. */
  readonly firstByteMs?: number | null
  /** 0 for the first request for this object. */
  readonly attempt: number
  /** It began beside one that seemed to hang. */
  readonly hedge?: boolean
}

/** go got an answer. */
export interface Served {
  readonly kind: 'served'
  readonly target: string
  readonly status: number
  readonly bytes: number
  readonly atMs: number
  /** How long go waited. */
  readonly ms: number
  readonly from: Candidate | undefined
  readonly via?: string | undefined
  readonly proof: Proof | undefined
  /** It was there, or under way, before go asked. */
  readonly ahead: boolean
}

/** What was fetched ahead is in the module cache: go does not have to ask for it. */
export interface Placed {
  readonly kind: 'placed'
  readonly target: string
  readonly from: Candidate
  readonly via?: string | undefined
  readonly bytes: number
  readonly proof: Proof
  readonly atMs: number
}

/** Content that was wrong and was not used. */
export interface Rejected {
  readonly kind: 'rejected'
  readonly target: string
  readonly upstream: Candidate
  /** The URL of its list that sent it. */
  readonly via: string | undefined
  readonly fault: 'wrong' | 'invalid'
  readonly what: string
  /** Its h1, where it is known. */
  readonly digest?: string | undefined
  readonly atMs: number
}

/** A cold proxy was asked for a small file of a module that came from elsewhere, so that it has the module next time. */
export interface Warmed {
  readonly kind: 'warmed'
  readonly target: string
  readonly upstream: Candidate
  readonly outcome: OutcomeKind
  readonly status: number | null
  readonly bytes: number
  readonly atMs: number
  readonly ms: number
  /** As of `Asked`. */
  readonly firstByteMs?: number | null
}

/** A thread has hashed the zip that an upstream sent. */
export interface HashedZip {
  readonly kind: 'hashed'
  readonly target: string
  readonly upstream: Pick<Candidate, 'name'>
  readonly atMs: number
  readonly ms: number
}

export function wrongContent(events: readonly GatewayEvent[]): readonly Rejected[] {
  return events.filter(event => event.kind === 'rejected').filter(({ fault }) => fault === 'wrong')
}

/** A proxy that sent wrong content. */
export interface WrongSender {
  /** As GOPROXY has it, without its password. */
  readonly name: string
  /** The first wrong content that the gateway got from it; undefined: only go got any. */
  readonly first: Pick<Rejected, 'target' | 'what'> | undefined
}

/** The proxies that sent this content, each once. */
export function sendersOf(wrong: readonly Rejected[]): readonly WrongSender[] {
  const firsts = new Map([...wrong].reverse().map(event => [senderOf(event), event]))
  return [...firsts].map(([name, first]) => ({ name, first }))
}

/** @param fate what later steps do with it, as a sentence; undefined: nothing is said of them */
export function warnOfSender({ name, first }: WrongSender, fate?: string): Problem {
  const said =
    first === undefined
      ? `${name} sent wrong content. It was not used.`
      : `${name} sent wrong content for ${nameObject(first.target)}: ${first.what}. The content was not used.`
  return {
    code: 'PROXY_SENT_WRONG_CONTENT',
    message: fate === undefined ? said : `${said} ${fate}`,
    hint: 'Tell its operator, and use another proxy.',
  }
}

/** So many objects are told of; more would only repeat it. */
const DISPUTED = 3

/**
 * Warnings where no source can be asked any more. What some upstream gave as go.sum has it was wrong from the others; else
 * the line of go.sum may be what is wrong.
 */
export function warnOfDisputed(events: readonly GatewayEvent[]): readonly Problem[] {
  const proven = new Set(events.flatMap(event => ('proof' in event && event.proof === 'go.sum' ? [event.target] : [])))
  const wrong = wrongContent(events)
  const open = wrong.filter(({ target }) => !proven.has(target))
  const targets = [...new Set(open.map(({ target }) => target))].slice(0, DISPUTED)
  return [
    ...sendersOf(wrong.filter(({ target }) => proven.has(target))).map(one => warnOfSender(one)),
    ...targets.map(target => {
      const sent = open.filter(event => event.target === target)
      const said = new Map(sent.map(event => [senderOf(event), event.what]))
      return {
        code: 'CONTENT_DISPUTED',
        message: `${nameObject(target)}: ${[...said].map(([name, what]) => `${name} sent something else (${what})`).join('; ')}. It was not used.`,
        hint: 'The line of go.sum may be wrong, or the tag was moved, or the proxy is to blame: `download: true` finds out which.',
      }
    }),
  ]
}

/** `example.com/m v1.2.0`, or with `/go.mod` behind it, as go.sum writes them. */
function nameObject(target: string): string {
  const module = parseObjectPath(target)
  return module === undefined ? target : sumKey(module, target.endsWith('.mod') ? 'mod' : 'zip')
}

/** The proxy of a list that sent it, without its password. */
export function senderOf({ upstream, via }: Pick<Rejected, 'upstream' | 'via'>): string {
  return upstream.configured && via !== undefined ? redactUrl(via) : upstream.name
}

const NO_FAILURE: readonly OutcomeKind[] = ['found', 'absent', 'stopped']

/** The sums of a whole run. */
export interface GatewayFigures {
  readonly requests: number
  readonly bytes: number
  /** Retries of what an upstream failed to give, at the same upstream or another. */
  readonly retries: number
  readonly failovers: number
  /** Requests beside one that seemed to hang. */
  readonly hedges: number
  readonly rejected: number
  /** Answers to go, and how many of them were there or under way before it asked. */
  readonly served: number
  readonly servedAhead: number
  /** Files that were in the module cache before go asked. */
  readonly placed: number
  readonly upstreams: readonly UpstreamFigures[]
  readonly warmed: readonly WarmedFigures[]
}

/** What a cold proxy was made to fetch. */
export interface WarmedFigures {
  readonly name: string
  /** Modules that it was asked for, and has now. */
  readonly modules: number
  /** Modules that came from elsewhere, and that it still lacks. */
  readonly left: number
}

export interface UpstreamFigures {
  readonly name: string
  readonly requests: number
  readonly bytes: number
  readonly failures: number
  /** How they failed, the most frequent first; at most three ways. Plain words of ours. Older reports have none. */
  readonly reasons?: readonly { readonly what: string; readonly count: number }[]
  readonly rejected: number
}

export function sumUp(events: readonly GatewayEvent[], warmed: readonly WarmedFigures[]): GatewayFigures {
  const asked = events.filter(event => event.kind === 'asked')
  const served = events.filter(event => event.kind === 'served')
  const rejected = events.filter(event => event.kind === 'rejected')
  const names = [...new Set(asked.map(({ upstream }) => upstream.name))]
  const again = asked.filter(({ attempt, hedge }) => attempt > 0 && !hedge)
  const firstOf = new Map(asked.filter(({ attempt }) => attempt === 0).map(one => [one.target, one.upstream]))
  return {
    requests: asked.length,
    bytes: asked.reduce((sum, { bytes }) => sum + bytes, 0),
    retries: again.length,
    failovers: again.filter(({ target, upstream }) => firstOf.get(target) !== upstream).length,
    hedges: asked.filter(({ hedge }) => hedge).length,
    rejected: rejected.length,
    served: served.length,
    servedAhead: served.filter(({ ahead }) => ahead).length,
    placed: events.filter(event => event.kind === 'placed').length,
    warmed,
    upstreams: names.map(name => {
      const own = asked.filter(({ upstream }) => upstream.name === name)
      return {
        name,
        requests: own.length,
        bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
        failures: own.filter(isFailure).length,
        reasons: reasonsOf(own.filter(isFailure)),
        rejected: rejected.filter(({ upstream }) => upstream.name === name).length,
      }
    }),
  }
}

function isFailure({ outcome }: Asked): boolean {
  return !NO_FAILURE.includes(outcome)
}

const MOST_REASONS = 3

function reasonsOf(failed: readonly Asked[]): NonNullable<UpstreamFigures['reasons']> {
  const times = new Map<string, number>()
  for (const { reason, outcome, status } of failed) {
    const what = reason ?? describeOutcome(outcome, status)
    times.set(what, (times.get(what) ?? 0) + 1)
  }
  return [...times]
    .map(([what, count]) => ({ what, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_REASONS)
}
