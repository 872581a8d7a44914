import type { Candidate } from '../../candidates/candidate.ts'
import type { Publicity } from '../../candidates/publicity.ts'
import type { Clock } from '../../effects.ts'
import { sumKey } from '../../go/gosum.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import type { Pool } from './pool.ts'
import type { RetrievalWorld } from './world.ts'

/** What decides which upstream may be asked for which module. */
export interface Audience {
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
  /** Modules that no upstream may be asked for: go finds them behind the gateway, by the user's own GOPROXY. */
  readonly isSheltered: (modulePath: string) => boolean
  /** Which modules mirrors may be asked for; undefined: all that are not sheltered. */
  readonly publicity: Publicity | undefined
  readonly pool: Pool
  readonly clock: Clock
}

/**
 * Which upstream may be asked for an object, and is believed about it. Sheltered modules are asked of none. What cannot
 * be verified here comes from trusted upstreams only, because a list or an unlisted version can be forged.
 */
export function openAudience({
  sums,
  isSheltered,
  publicity,
  pool,
  clock,
}: Audience): Pick<RetrievalWorld, 'mayAsk'>['mayAsk'] {
  return (upstream, route) => {
    const canBeAsked = (one: Candidate) => {
      const request = { allowed: (other: Candidate) => other === one, tried: new Set<Candidate>(), urgent: true }
      return one.trust === 'official' && pool.turn(request, clock.now()).kind === 'ask'
    }
    const path = 'module' in route ? route.module.path : route.path
    // It matters for mirrors only.
    const officialIsOut = upstream.trust === 'mirror' && !pool.upstreams.some(canBeAsked)
    if (isSheltered(path) || publicity?.mayHear(upstream, path, officialIsOut) === false) return false
    return upstream.trust !== 'mirror' || canBeVerified(route, sums)
  }
}

function canBeVerified(route: ModuleRoute, sums: ReadonlyMap<string, string>): boolean {
  // A toolchain is run as it is, and some releases of go trust go.sum more than the checksum database for it.
  if ('module' in route && route.module.path === 'golang.org/toolchain') return false
  if (route.kind === 'mod' || route.kind === 'zip') return sums.has(sumKey(route.module, route.kind))
  // `.info` says nothing that go.sum does not: its version is the requested one.
  return route.kind === 'info' && sums.has(sumKey(route.module, 'zip'))
}
