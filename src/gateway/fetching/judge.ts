import type { Candidate } from '../../candidates/candidate.ts'
import { sumKey } from '../../go/gosum.ts'
import type { ModuleRoute, ObjectKind } from '../../objects/object.ts'
import { type Verified, verify } from '../../objects/verify.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import type { Stored } from '../keeping/spool.ts'
import type { Answer, Checked, Failed, RetrievalWorld, Sent } from './ask.ts'
import type { Health } from './pool.ts'
import { consequenceOf, embargoMs, isFinal, natureOf } from './retry.ts'

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
export function judge(
  outcome: Outcome,
  upstream: Candidate,
  { pool, clock, random }: RetrievalWorld,
): Failed | Extract<Answer, { kind: 'absent' }> {
  const consequence = consequenceOf(outcome.kind)
  if (consequence === 'absent') return { kind: 'absent' }
  if (consequence === 'out') pool.exclude(upstream, outcome.via)
  if (consequence === 'embargo' || outcome.status === 503) {
    const ms = embargoMs(outcome.retryAfter, clock.date(), random.next)
    if (consequence === 'embargo' || outcome.retryAfter !== undefined)
      pool.embargo(upstream, clock.now() + ms, clock.now())
  }
  return {
    kind: consequence === 'absent for now' ? 'absent for now' : 'failed',
    reason: reasonOf(outcome),
    final: isFinal(outcome.kind),
    nature: natureOf(outcome.kind),
  }
}

const DETAIL_BYTES = 200

/** With what the upstream said of its failure, as go would show it: one harmless line. */
function reasonOf({ reason, detail = '' }: Outcome): string {
  const said = sanitizeLine(detail.trim(), DETAIL_BYTES).replaceAll('::', ': :')
  return said === '' ? reason : `${reason}: ${said}`
}

/** Looks at what came; a zip that a thread can hash is left to it. */
export async function check(route: ModuleRoute, sent: Sent, world: RetrievalWorld): Promise<Answer> {
  const { content, from, via } = sent
  if (canBeHashed(route, content, world)) return { kind: 'received', ...sent }
  const verified = await look(route, content, world.unpack(from), world)
  if (verified.ok) return { kind: 'found', content, from, via, proof: verified.proof }
  return refuse(route, sent, verified, world)
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
  { content, from, via, resumed }: Sent,
  { fault, what, settled = false }: Extract<Verified, { ok: false }>,
  { clock, emit, hearing, pool, startMs }: RetrievalWorld,
): Checked {
  content.drop()
  const atMs = clock.now() - startMs
  const reason = `it sent wrong content: ${what}`
  if (resumed) {
    // Its parts may not belong together, which says nothing of the whole.
    hearing.noteBadParts(from)
    emit({ kind: 'rejected', target: route.target, upstream: from, via, fault: 'invalid', what, atMs })
    return { kind: 'failed', reason, final: false, nature: 'flapping' }
  }
  emit({ kind: 'rejected', target: route.target, upstream: from, via, fault, what, atMs })
  // Wrong content that is a whole module, or a page instead of one, is no accident.
  if (fault === 'wrong') pool.exclude(from, via)
  const final = settled || (fault === 'wrong' && pool.isOut(from))
  return { kind: 'failed', reason, final, nature: 'lasting' }
}
