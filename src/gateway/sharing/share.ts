import { codeOf } from '../../errors.ts'
import { withinNetwork } from '../../places/local-network.ts'
import { shelteredBy } from '../../project/privacy.ts'
import type { Pool } from '../fetching/pool.ts'
import type { GatewayPlan, GatewayWorld } from '../plan.ts'
import type { GatewayRoute } from '../serving/route.ts'
import { type Reply, type Server, serve } from '../serving/serve.ts'
import { admit } from './admission.ts'

/** The second address of a gateway: a secret, or why there is none, as the system's code for it. */
export type SharedAddress = { readonly url: string } | { readonly fault: string }

/** The second address, and what closes it. */
interface Sharing {
  readonly address: SharedAddress
  close(): Promise<void>
}

/**
 * Code hosts take other spellings of a path for the same repository. go does not, so its patterns do not either; but here
 * refusing too much does no harm.
 */
function inAnySpelling(
  matcher: (patterns: string) => (path: string) => boolean,
  patterns: string,
): (path: string) => boolean {
  const [exactly, roughly] = [matcher(patterns), matcher(patterns.toLowerCase())]
  return path => {
    const lower = path.toLowerCase()
    return exactly(path) || roughly(lower) || roughly(lower.replace(/\.git(?=\/|$)/g, ''))
  }
}

/**
 * Listens on the address that the plan names. Its path is another secret than that of loopback: who has learned it in a
 * container can use it there alone, with what others get there. Failing to listen there must not take the gateway from
 * this job.
 */
export async function share(
  { share: plan, sums }: Pick<GatewayPlan, 'share' | 'sums'>,
  { random, env, transport }: Pick<GatewayWorld, 'random' | 'env' | 'transport'>,
  pool: Pick<Pool, 'upstreams'>,
  answer: (route: GatewayRoute) => Promise<Reply>,
): Promise<Sharing | undefined> {
  if (plan === undefined) return undefined
  const { place, connections, withPrivate, strangeBytes, requests } = plan
  const admitted = admit(answer, {
    withPrivate,
    strangeBytes,
    requests,
    isPrivate: inAnySpelling(patterns => shelteredBy(patterns, env), plan.patterns),
    upstreams: () => pool.upstreams,
    logins: transport.logins ?? [],
    sums: new Map(sums),
  })
  try {
    const { address, port, network } = place
    const bounds = { address, port, connections, mayAsk: withinNetwork(network) }
    const server: Server = await serve(random.hex(16), admitted, bounds)
    return { address: { url: server.url }, close: server.close }
  } catch (error) {
    return { address: { fault: codeOf(error) }, close: async () => {} }
  }
}
