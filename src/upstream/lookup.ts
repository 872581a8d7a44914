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
  /**
   * The hosts file, and the DNS servers themselves; can be stopped, and finds nothing then. Rejects with EAI_AGAIN where
   * all servers are silent.
   */
  readonly aside: (name: string, signal?: AbortSignal) => Promise<readonly Address[]>
  /** Whether `aside` finds what the system would; undefined: that is not known of any name. */
  readonly isAlike?: (name: string) => Promise<boolean>
}

/**
 * Node looks names up in threads, and keeps no more than half of its four for that (libuv, UV_THREADPOOL_SIZE). One
 * name whose servers are silent holds one for 5 s and more.
 */
const SLOTS = 2
/** A name waits this long for its turn before it is looked up elsewhere. */
const HESITATE_MS = 50

/**
 * Lookups of names that do not wait for one another: while names without an answer hold all threads, the others are
 * looked up in the hosts file and at the DNS servers directly. A name that neither knows waits for its turn.
 *
 * Where they find what the system would, they are asked first, as go does on Linux. The process cannot end while the
 * system looks for a name, and where the servers are silent it does so for 10 s.
 */
export function openLookups(sources: NameSources, clock: Clock): LookupFunction {
  const { aside, isAlike } = sources
  const lookups = new Map<string, Promise<readonly Address[]>>()
  const inTurn = takeTurns(sources, clock)
  const find = async (name: string) => {
    try {
      const found = (await isAlike?.(name)) ? await aside(name) : []
      if (found.length > 0) return found
    } catch (error) {
      if (isSilence(error)) throw error
    }
    return inTurn(name)
  }
  return (hostname, options, callback) => {
    const result = lookups.get(hostname) ?? find(hostname).finally(() => lookups.delete(hostname))
    lookups.set(hostname, result)
    result.then(
      addresses => answer(addresses, options, callback),
      (error: NodeJS.ErrnoException) => callback(error, []),
    )
  }
}

/** Asks the system for a name, a few at a time. */
function takeTurns(
  { system, aside }: Pick<NameSources, 'system' | 'aside'>,
  clock: Clock,
): (name: string) => Promise<readonly Address[]> {
  const waiting = new Set<() => void>()
  let underWay = 0
  const next = () => {
    for (const start of waiting) {
      if (underWay >= SLOTS) return
      waiting.delete(start)
      start()
    }
  }
  return name =>
    new Promise((resolve, reject) => {
      const start = () => {
        underWay++
        system(name)
          .then(resolve, reject)
          .finally(() => {
            underWay--
            next()
          })
      }
      waiting.add(start)
      next()
      if (!waiting.has(start)) return
      clock.after(HESITATE_MS, () => {
        if (!waiting.has(start)) return
        aside(name).then(
          addresses => void (addresses.length > 0 && waiting.delete(start) && resolve(addresses)),
          () => {},
        )
      })
    })
}

/** What getaddrinfo(3) says where no server answers. */
const NO_ANSWER = 'EAI_AGAIN'

function isSilence(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === NO_ANSWER
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

/** What is known of how this machine resolves names. */
export interface NameFiles {
  /** The text of its hosts file. */
  readonly readHosts?: (() => Promise<string | undefined>) | undefined
  /** The text of its resolv.conf(5), where that and the hosts file say all; undefined: they do not. */
  readonly readResolver?: (() => Promise<string | undefined>) | undefined
}

/** This machine's. @param timeoutMs for one DNS server; the second time it has twice as long */
export function nameSources({ readHosts, readResolver }: NameFiles, timeoutMs: number): NameSources {
  return {
    ...(readResolver && { isAlike: async name => isAbsolute(name, (await readResolver().catch(() => '')) ?? '') }),
    system: name =>
      new Promise((resolve, reject) => {
        systemLookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
      }),
    aside: async (name, signal) => {
      const known = findInHosts((await readHosts?.().catch(() => undefined)) ?? '', name)
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

/**
 * Whether the system asks for this name as it is before it appends its search domains. @param text of resolv.conf(5)
 */
export function isAbsolute(name: string, text: string): boolean {
  const options = text.split('\n').filter(line => /^options\s/.test(line))
  const ndots = options.flatMap(line => /\sndots:(\d+)/.exec(line)?.[1] ?? []).at(-1) ?? '1'
  return name.split('.').length > Number(ndots)
}

/** Addresses that a hosts file has for a name (hosts(5)). */
export function findInHosts(text: string, name: string): readonly Address[] {
  return text.split('\n').flatMap(line => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const isMeant = names.some(one => one.toLowerCase() === name.toLowerCase())
    return isMeant && isIP(address) > 0 ? [{ address, family: isIP(address) }] : []
  })
}

/**
 * Asks DNS servers for both families, and takes IPv4 first, as most networks have it. Rejects with EAI_AGAIN where they
 * are silent.
 */
export async function askServers(
  resolver: Pick<Resolver, 'resolve4' | 'resolve6'>,
  name: string,
): Promise<readonly Address[]> {
  let silent = 0
  const ask = (how: 'resolve4' | 'resolve6', family: number) =>
    new Promise<readonly Address[]>(resolve => {
      resolver[how](name, (error, addresses) => {
        if (error?.code === 'ETIMEOUT') silent++
        resolve((addresses ?? []).map(address => ({ address: String(address), family })))
      })
    })
  const all = (await Promise.all([ask('resolve4', 4), ask('resolve6', 6)])).flat()
  if (all.length === 0 && silent > 0) throw Object.assign(new Error('no DNS server answers'), { code: NO_ANSWER })
  return all
}
