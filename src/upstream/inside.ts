import { isIP } from 'node:net'
import type { Clock } from '../effects.ts'
import { isPrivateAddress } from './address.ts'
import type { NameSources } from './lookup.ts'

/** A resolver that does not answer must not hold up what an HTTP proxy could fetch in the meantime. */
const PATIENCE_MS = 1_000

/**
 * Tells of names that an HTTP proxy is to resolve whether they lead into this network. One address that is not of the
 * public internet is enough: which of them the proxy takes is not known. What this machine cannot resolve, such as all
 * public names in some companies' networks, is judged by the name alone. The system's own lookup is not asked:
 * getaddrinfo(3) has no deadline, and would hold up one of few threads.
 */
export function watchInside({ aside }: Pick<NameSources, 'aside'>, clock: Clock): (url: URL) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  const ask = async (hostname: string) => {
    const stop = new AbortController()
    const cancel = clock.after(PATIENCE_MS, () => stop.abort())
    try {
      return (await aside(hostname, stop.signal)).some(({ address }) => isPrivateAddress(address))
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
