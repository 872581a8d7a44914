import { sumKey } from '../../go/gosum.ts'
import type { ModuleRoute, ObjectKind } from '../../objects/object.ts'
import { compareHash, type Verified, verify } from '../../objects/verify.ts'
import type { Stored } from '../keeping/spool.ts'
import type { Sent, UpstreamAnswer, VerifiedAnswer } from './answer.ts'
import type { Ticket } from './turns.ts'
import type { Checks, RetrievalWorld } from './world.ts'

/** Verifies what an upstream sent; a zip that a thread can hash is left to `prove`. Never rejects. */
export async function check(route: ModuleRoute, sent: Sent, world: RetrievalWorld): Promise<UpstreamAnswer> {
  if (canBeHashed(route, sent.content, world.checks)) return { kind: 'received', ...sent }
  const verified = await look(route, sent.content, world.checks.unpack(sent.from), world.checks)
  return verified.ok ? accept(sent, verified) : reject(route, sent, verified, world)
}

/**
 * Verifies a zip in a thread while go does not need it yet. Once go waits for it, a zip of a trusted upstream is served
 * with only its structure verified, because go hashes it too; go waits for the hash of a mirror's zip. Never rejects.
 */
export async function prove(
  route: ModuleRoute,
  sent: Sent,
  ticket: Ticket,
  world: RetrievalWorld,
): Promise<VerifiedAnswer> {
  const verified = await hashInThread(route, sent, ticket, world)
  if (verified.ok) return accept(sent, verified)
  if (verified.fault === 'invalid') {
    // Its answer counted as a good one when it arrived.
    world.pool.blame(sent.from, 'zip')
    world.outage.failed(world.clock.now())
  }
  return reject(route, sent, verified, world)
}

function accept({ content, from, via }: Sent, { proof }: Extract<Verified, { ok: true }>): VerifiedAnswer {
  return { kind: 'found', content, from, via, proof }
}

/** Drops wrong content, and records who sent it. */
function reject(
  route: ModuleRoute,
  { content, from, via, resumed }: Sent,
  { fault, what, digest, settled = false }: Extract<Verified, { ok: false }>,
  { liveness, journal, pool }: Pick<RetrievalWorld, 'liveness' | 'journal' | 'pool'>,
): VerifiedAnswer {
  content.drop()
  const rejected = {
    kind: 'rejected',
    target: route.target,
    upstream: from,
    via,
    what,
    digest,
    atMs: journal.nowMs(),
  } as const
  const reason = `it sent wrong content: ${what}`
  if (resumed) {
    // Its parts may not belong together, which says nothing of the whole.
    liveness.noteBadParts(from)
    journal.record({ ...rejected, fault: 'invalid' })
    return { kind: 'failed', reason, final: false, nature: 'flapping' }
  }
  journal.record({ ...rejected, fault })
  // A whole module with a wrong hash, or a page instead of one, is no accident.
  if (fault === 'wrong') pool.exclude(from, via)
  const final = settled || (fault === 'wrong' && pool.isOut(from))
  return { kind: 'failed', reason, final, nature: 'lasting' }
}

/** Verifies content at once, in this thread. Never rejects. */
function look(route: ModuleRoute, content: Stored, unpack: boolean, { sums }: Checks): Promise<Verified> {
  return verify(route, content, sums, unpack).catch(
    error => ({ ok: false, fault: 'invalid', what: String(error) }) as const,
  )
}

async function hashInThread(
  route: ModuleRoute,
  { content, from }: Sent,
  ticket: Ticket,
  { checks, journal }: Pick<RetrievalWorld, 'checks' | 'journal'>,
): Promise<Verified> {
  const must = checks.unpack(from)
  if (!canBeHashed(route, content, checks)) return look(route, content, must, checks)
  const order = () => (ticket.isUrgent() ? Number.POSITIVE_INFINITY : ticket.order)
  const zip = { path: content.path ?? '', module: route.module }
  const hashed = await checks.hashing?.hash(zip, {
    order,
    unneeded: must ? undefined : ticket.urgent,
    onHashed: ({ startMs, ms }) =>
      journal.record({ kind: 'hashed', target: route.target, upstream: from, atMs: journal.at(startMs), ms }),
  })
  if (hashed === undefined) return look(route, content, must, checks)
  if (!hashed.ok) return { ok: false, fault: 'invalid', what: hashed.what }
  const compared = compareHash(hashed.h1, checks.sums.get(sumKey(route.module, 'zip')))
  // Where readers of zips could disagree, go is to see for itself.
  return compared.ok && !hashed.plain ? { ok: true, proof: 'structure' } : compared
}

/** Whether a thread can tell whether this is the right zip. */
function canBeHashed(
  route: ModuleRoute,
  { path }: Stored,
  { hashing, sums }: Checks,
): route is Extract<ModuleRoute, { kind: ObjectKind }> {
  return hashing !== undefined && path !== undefined && route.kind === 'zip' && sums.has(sumKey(route.module, 'zip'))
}
