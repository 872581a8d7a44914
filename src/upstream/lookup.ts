import { Resolver, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { win32 } from 'node:path'
import type { Clock, Effects } from '../effects.ts'

/** An address of a name. */
export interface Address {
  readonly address: string
  readonly family: number
}

/** Where to look a name up. Both reject with Node's code, such as ENOTFOUND. */
export interface NameSources {
  /** As every program on this machine resolves names. */
  readonly system: (name: string) => Promise<readonly Address[]>
  /** The hosts file, and the DNS servers themselves; can be stopped, and finds nothing then. */
  readonly aside: (name: string, signal?: AbortSignal) => Promise<readonly Address[]>
}

/**
 * Node looks names up in threads, and keeps no more than half of its four for that (libuv, UV_THREADPOOL_SIZE). One
 * name whose servers are silent holds one for 5 s and more.
 */
const SLOTS = 2
/** A name waits this long for its turn before it is looked up elsewhere. */
const HESITATE_MS = 50

interface Lookup {
  readonly result: Promise<readonly Address[]>
  /** Asks the system. */
  readonly start: () => void
}

/**
 * Lookups of names that do not wait for one another: while names without an answer hold all threads, the others are
 * looked up in the hosts file and at the DNS servers directly. A name that neither knows waits for its turn.
 */
export function openLookups({ system, aside }: NameSources, clock: Clock): LookupFunction {
  const lookups = new Map<string, Lookup>()
  const waiting: Lookup[] = []
  let underWay = 0
  const leave = (lookup: Lookup) => {
    const place = waiting.indexOf(lookup)
    if (place >= 0) waiting.splice(place, 1)
    return place >= 0
  }
  const next = () => {
    while (underWay < SLOTS && waiting.length > 0) waiting.shift()?.start()
  }
  const begin = (name: string): Lookup => {
    let resolve: (answer: readonly Address[] | Promise<readonly Address[]>) => void = () => {}
    const result = new Promise<readonly Address[]>(settle => {
      resolve = settle
    }).finally(() => lookups.delete(name))
    const lookup: Lookup = {
      result,
      start: () => {
        underWay++
        const answer = system(name)
        resolve(answer)
        answer
          .catch(() => {})
          .finally(() => {
            underWay--
            next()
          })
      },
    }
    lookups.set(name, lookup)
    waiting.push(lookup)
    next()
    if (waiting.includes(lookup)) {
      clock.after(HESITATE_MS, () => {
        if (!waiting.includes(lookup)) return
        aside(name).then(
          addresses => void (addresses.length > 0 && leave(lookup) && resolve(addresses)),
          () => {},
        )
      })
    }
    return lookup
  }
  return (hostname, options, callback) => {
    const { result } = lookups.get(hostname) ?? begin(hostname)
    result.then(
      addresses => answer(addresses, options, callback),
      (error: NodeJS.ErrnoException) => callback(error, []),
    )
  }
}

function answer(
  addresses: readonly Address[],
  options: Parameters<LookupFunction>[1],
  callback: Parameters<LookupFunction>[2],
): void {
  const family = typeof options.family === 'number' ? options.family : Number(options.family?.slice(-1) ?? 0)
  const fitting = family === 0 ? addresses : addresses.filter(one => one.family === family)
  const [first] = fitting
  if (first === undefined) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), [])
  else if (options.all) callback(null, [...fitting])
  else callback(null, first.address, first.family)
}

/** This machine's. @param readHosts the text of its hosts file  @param timeoutMs for one DNS server */
export function nameSources(readHosts: () => Promise<string | undefined>, timeoutMs: number): NameSources {
  return {
    system: name =>
      new Promise((resolve, reject) => {
        systemLookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
      }),
    aside: async (name, signal) => {
      const known = findInHosts((await readHosts().catch(() => undefined)) ?? '', name)
      if (known.length > 0 || signal?.aborted) return known
      const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
      const cancel = () => resolver.cancel()
      signal?.addEventListener('abort', cancel)
      return askServers(resolver, name).finally(() => signal?.removeEventListener('abort', cancel))
    },
  }
}

/** Where the system keeps names of its own. */
export function hostsFile({ env, platform }: Pick<Effects, 'env' | 'platform'>): string {
  return platform === 'win32'
    ? win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts'
}

/** Addresses that a hosts file has for a name (hosts(5)). */
export function findInHosts(text: string, name: string): readonly Address[] {
  return text.split('\n').flatMap(line => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const isMeant = names.some(one => one.toLowerCase() === name.toLowerCase())
    return isMeant && isIP(address) > 0 ? [{ address, family: isIP(address) }] : []
  })
}

/** Asks DNS servers for both families, and takes IPv4 first, as most networks have it. */
export async function askServers(
  resolver: Pick<Resolver, 'resolve4' | 'resolve6'>,
  name: string,
): Promise<readonly Address[]> {
  const ask = (how: 'resolve4' | 'resolve6', family: number) =>
    new Promise<readonly Address[]>(resolve => {
      resolver[how](name, (_error, addresses) =>
        resolve((addresses ?? []).map(address => ({ address: String(address), family }))),
      )
    })
  const [four, six] = await Promise.all([ask('resolve4', 4), ask('resolve6', 6)])
  return [...four, ...six]
}
