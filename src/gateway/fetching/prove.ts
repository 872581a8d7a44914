import { sumKey } from '../../go/gosum.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { compareHash, type Verified } from '../../objects/verify.ts'
import type { Answer, Checked, RetrievalWorld } from './ask.ts'
import { canBeHashed, look, refuse } from './judge.ts'
import { isUrgent, type Ticket } from './turns.ts'

type Received = Extract<Answer, { kind: 'received' }>

/**
 * Whether a zip is the right one, found out by a thread while go does not need it yet. Once go waits, one of a trusted
 * upstream goes out with its shape looked at alone, for go hashes it too; one of a mirror is waited for.
 */
export async function prove(
  route: ModuleRoute,
  received: Received,
  ticket: Ticket,
  world: RetrievalWorld,
): Promise<Checked> {
  const { content, from, via } = received
  const verified = await verdictOn(route, received, ticket, world)
  if (verified.ok) return { kind: 'found', content, from, via, proof: verified.proof }
  if (verified.fault === 'invalid') {
    // Its answer counted as a good one when it came.
    world.pool.blame(from, 'zip')
    world.outage.failed(world.clock.now())
  }
  return refuse(route, received, verified, world)
}

async function verdictOn(
  route: ModuleRoute,
  { content, from }: Received,
  ticket: Ticket,
  world: RetrievalWorld,
): Promise<Verified> {
  const must = world.unpack(from)
  if (!canBeHashed(route, content, world)) return look(route, content, must, world)
  const order = () => (isUrgent(ticket) ? Number.POSITIVE_INFINITY : ticket.order)
  const zip = { path: content.path ?? '', module: route.module }
  const hashed = await world.hashing?.hash(zip, order, must ? undefined : ticket.urgent)
  if (hashed === undefined) return look(route, content, must, world)
  if (!hashed.ok) return { ok: false, fault: 'invalid', what: hashed.what }
  const compared = compareHash(hashed.h1, world.sums.get(sumKey(route.module, 'zip')))
  // Where readers of zips could disagree, go is to see for itself.
  return compared.ok && !hashed.plain ? { ok: true, proof: 'structure' } : compared
}
