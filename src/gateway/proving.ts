import { sumKey } from '../go/gosum.ts'
import { type Answer, canBeHashed, type ModuleRoute, type RetrievalWorld, type Retrieved, refuse } from './asking.ts'
import { isUrgent, type Ticket } from './turns.ts'
import { compareHash, verify } from './verification.ts'

/**
 * Whether a zip that has the right shape is the right zip, found out by a thread while go does not need it yet. Once go
 * waits, one of a trusted upstream goes out as it is, for go hashes it too; one of a mirror is waited for.
 */
export async function prove(
  route: ModuleRoute,
  found: Extract<Retrieved, { kind: 'found' }>,
  ticket: Ticket,
  world: RetrievalWorld,
): Promise<Answer> {
  const { content, from } = found
  if (from === undefined || found.proof === 'go.sum' || !canBeHashed(route, content, world)) return found
  const must = world.unpack(from)
  const order = () => (isUrgent(ticket) ? Number.POSITIVE_INFINITY : ticket.order)
  const zip = { path: content.path ?? '', module: route.module }
  const hashed = await world.hashing?.hash(zip, order, must ? undefined : ticket.urgent)
  if (hashed === undefined && !must) return found
  const verified =
    hashed === undefined
      ? await verify(route, content, world.sums, true)
      : hashed.ok
        ? compareHash(hashed.h1, world.sums.get(sumKey(route.module, 'zip')))
        : ({ ok: false, fault: 'invalid', what: hashed.what } as const)
  return verified.ok ? { ...found, proof: verified.proof } : refuse(route, from, content, verified, world)
}
