import type { Candidate } from '../candidates/candidate.ts'
import { sumKey } from '../go/gosum.ts'
import type { Outcome } from '../upstream/outcome.ts'
import type { Answer, Checked, ModuleRoute, RetrievalWorld } from './asking.ts'
import type { Health } from './pool.ts'
import { consequenceOf, embargoMs, isFinal } from './retry.ts'
import type { ObjectKind } from './route.ts'
import type { Stored } from './spool.ts'
import { type Verified, verify } from './verification.ts'

/** What an answer says of whoever gave it. */
export function healthOf({ kind, status }: Outcome): Health {
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

/** What an answer without content means for whom to ask next. */
export function judge(outcome: Outcome, upstream: Candidate, { pool, clock, random }: RetrievalWorld): Answer {
  const consequence = consequenceOf(outcome.kind)
  if (consequence === 'absent') return { kind: 'absent' }
  if (consequence === 'out') pool.exclude(upstream, outcome.via)
  if (consequence === 'embargo' || outcome.status === 503) {
    const ms = embargoMs(outcome.retryAfter, clock.date(), random.next)
    if (consequence === 'embargo' || outcome.retryAfter !== undefined) pool.embargo(upstream, clock.now() + ms)
  }
  return {
    kind: consequence === 'absent for now' ? 'absent for now' : 'failed',
    reason: outcome.reason,
    final: isFinal(outcome.kind),
  }
}

/** Looks at what came; a zip that a thread can hash is left to it. */
export async function check(
  route: ModuleRoute,
  from: Candidate,
  via: string | undefined,
  content: Stored,
  world: RetrievalWorld,
): Promise<Answer> {
  if (canBeHashed(route, content, world)) return { kind: 'received', content, from, via }
  const verified = await look(route, content, world.unpack(from), world)
  if (verified.ok) return { kind: 'found', content, from, via, proof: verified.proof }
  return refuse(route, { content, from, via }, verified, world)
}

/** Whether it is what was asked for, as far as can be told here. Never rejects. */
export function look(
  route: ModuleRoute,
  content: Stored,
  unpack: boolean,
  { sums }: Pick<RetrievalWorld, 'sums'>,
): Promise<Verified> {
  return verify(route, content, sums, unpack).catch(
    error => ({ ok: false, fault: 'invalid', what: String(error) }) as const,
  )
}

/** Whether a thread can tell whether this is the right zip. */
export function canBeHashed(
  route: ModuleRoute,
  { path }: Stored,
  { hashing, sums }: Pick<RetrievalWorld, 'hashing' | 'sums'>,
): route is Extract<ModuleRoute, { kind: ObjectKind }> {
  return hashing !== undefined && path !== undefined && route.kind === 'zip' && sums.has(sumKey(route.module, 'zip'))
}

/** Throws away what is not right, and says so. */
export function refuse(
  route: ModuleRoute,
  { content, from, via }: { readonly content: Stored; readonly from: Candidate; readonly via: string | undefined },
  { fault, what, settled = false }: Extract<Verified, { ok: false }>,
  { clock, emit, pool, startMs }: RetrievalWorld,
): Checked {
  content.drop()
  emit({ kind: 'rejected', target: route.target, upstream: from, via, fault, what, atMs: clock.now() - startMs })
  // Wrong content that is a whole module, or a page instead of one, is no accident.
  if (fault === 'wrong') pool.exclude(from, via)
  const final = settled || (fault === 'wrong' && pool.isOut(from))
  return { kind: 'failed', reason: `it sent what is not right: ${what}`, final }
}
