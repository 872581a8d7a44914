import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Clock } from '../effects.ts'
import { isPrivateAddress } from './address.ts'

/** Addresses of a name; empty where this machine knows none, cannot ask, or was stopped. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>

/** A resolver that does not answer must not hold up what an HTTP proxy could fetch in the meantime. */
const PATIENCE_MS = 1_000

/** Asks the resolver itself, for getaddrinfo(3) has no deadline, and would hold up one of few threads. */
export const systemResolve: Resolve = async (host, signal) => {
  const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 1 })
  if (signal.aborted) return []
  signal.addEventListener('abort', () => resolver.cancel(), { once: true })
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  return answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
}

/**
 * Tells of names that an HTTP proxy is to resolve whether they lead into this network. One address that is not of the
 * public internet is enough: which of them the proxy takes is not known. What this machine cannot resolve, such as all
 * public names in some companies' networks, is judged by the name alone.
 */
export function watchInside(resolve: Resolve, clock: Clock): (url: URL) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  const ask = async (hostname: string) => {
    const stop = new AbortController()
    const cancel = clock.after(PATIENCE_MS, () => stop.abort())
    try {
      return (await resolve(hostname, stop.signal)).some(isPrivateAddress)
    } catch {
      return false
    } finally {
      cancel()
    }
  }
  return ({ hostname }) => {
    if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return Promise.resolve(false)
    const answer = known.get(hostname) ?? ask(hostname)
    known.set(hostname, answer)
    return answer
  }
}
