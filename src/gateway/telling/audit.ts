import { redactUrl } from '../../go/goproxy.ts'
import { safeJson } from '../../text/json.ts'
import type { GatewayEvent } from './events.ts'

/** One upstream asked for one object. */
interface Try {
  readonly upstream: string
  readonly outcome: string
  readonly status: number | null
  readonly bytes: number
  /** null: before the gateway's start. */
  readonly atMs: number | null
  readonly ms: number
  /** It was asked to measure it; what came and was right was used. */
  readonly measuring?: boolean
  /** It was cold, and asked so that it has the module next time. */
  readonly warming?: boolean
  /** Why its content was refused, if it was. */
  readonly rejected?: string
}

/** One line of the audit log: an object that go asked for, or that was fetched ahead and never asked for. */
interface AuditLine {
  readonly object: string
  /** What go got; null when it never asked. */
  readonly status: number | null
  /** It was put into the module cache before go asked. */
  readonly placed: boolean
  readonly bytes: number
  /** When go asked, and how long it waited. */
  readonly atMs: number | null
  readonly waitedMs: number | null
  readonly ahead: boolean | null
  readonly from: string | null
  readonly verified: string | null
  readonly tried: readonly Try[]
}

/** What a candidate was asked for to measure it. */
export interface MeasuredTry {
  readonly upstream: string
  /** Path below the candidate's URL. */
  readonly object: string
  readonly outcome: string
  readonly bytes: number
  readonly ms: number
}

/**
 * The audit log: one JSON object per line, in the order in which go asked; times since the gateway's start. Each line has
 * all that was tried for its object by then. It names only paths below the upstreams: no secret, no query string, nothing
 * that an upstream wrote.
 */
export function renderAudit(events: readonly GatewayEvent[], measured: readonly MeasuredTry[] = []): string {
  const tries = collectTries(events, measured)
  const triedBy = (target: string, endMs: number) =>
    (tries.get(target) ?? []).filter(({ atMs }) => atMs === null || atMs <= endMs)
  const lines: AuditLine[] = []
  const told = new Set<string>()
  for (const event of events) {
    if (event.kind === 'placed') {
      const { target, from, bytes, proof, atMs } = event
      told.add(target)
      lines.push({
        ...NEVER_ASKED,
        object: target,
        placed: true,
        bytes,
        from: redactUrl(from.name),
        verified: proof,
        tried: triedBy(target, Math.round(atMs)),
      })
    }
    if (event.kind !== 'served') continue
    told.add(event.target)
    lines.push({
      object: event.target,
      status: event.status,
      placed: false,
      bytes: event.bytes,
      atMs: Math.round(event.atMs),
      waitedMs: Math.round(event.ms),
      ahead: event.ahead,
      from: event.from === undefined ? null : redactUrl(event.from.name),
      verified: event.proof ?? null,
      tried: triedBy(event.target, Math.round(event.atMs + event.ms)),
    })
  }
  const asked = new Set(
    events.flatMap(event => (event.kind === 'asked' || event.kind === 'warmed' ? [event.target] : [])),
  )
  for (const [object, tried] of tries) {
    if (!told.has(object) && asked.has(object)) lines.push({ ...NEVER_ASKED, object, tried })
  }
  return lines.map(line => `${safeJson(line)}\n`).join('')
}

const NEVER_ASKED = {
  status: null,
  placed: false,
  bytes: 0,
  atMs: null,
  waitedMs: null,
  ahead: null,
  from: null,
  verified: null,
}

function collectTries(
  events: readonly GatewayEvent[],
  measured: readonly MeasuredTry[],
): ReadonlyMap<string, readonly Try[]> {
  const tries = new Map<string, Try[]>()
  for (const { upstream, object, outcome, bytes, ms } of measured) {
    const status = outcome === 'found' || outcome === 'wrong content' ? 200 : null
    const one = {
      upstream: redactUrl(upstream),
      outcome,
      status,
      bytes,
      atMs: null,
      ms: Math.round(ms),
      measuring: true,
    }
    tries.set(object, [...(tries.get(object) ?? []), one])
  }
  for (const event of events) {
    if (event.kind === 'asked' || event.kind === 'warmed') {
      const { upstream, outcome, status, bytes, atMs, ms } = event
      const one = {
        upstream: redactUrl(upstream.name),
        outcome,
        status,
        bytes,
        atMs: Math.round(atMs),
        ms: Math.round(ms),
        ...(event.kind === 'warmed' ? { warming: true } : {}),
      }
      tries.set(event.target, [...(tries.get(event.target) ?? []), one])
    }
    if (event.kind === 'rejected') {
      const before = tries.get(event.target) ?? []
      const at = before.findLastIndex(({ upstream }) => upstream === redactUrl(event.upstream.name))
      tries.set(
        event.target,
        before.map((one, i) => (i === at ? { ...one, rejected: event.what } : one)),
      )
    }
  }
  return tries
}
