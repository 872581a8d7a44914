import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici'
import type { Clock, Environment } from '../effects.ts'
import { proxyFor } from '../go/http-proxy.ts'
import { isPrivateAddress } from './address.ts'

/** How the newest connection to an origin came about, in milliseconds. */
export interface ConnectionTimings {
  readonly lookupMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
}

export interface ConnectionOptions {
  readonly env: Environment
  /** PEM certificates to trust; undefined leaves Node's own. */
  readonly trustedRoots: readonly string[] | undefined
  /** For the name and the TCP connection together, and once more for TLS. */
  readonly connectMs: number
  /** Most connections to one origin. */
  readonly connectionsPerOrigin: number
  readonly clock: Clock
}

/** Pools of connections, one an origin and policy, opened when first needed; the timings of the newest of each. */
export interface Connections {
  /** @param publicOnly refuses addresses that are not of the public internet, whatever the name resolves to. */
  dispatcherFor(url: URL, publicOnly: boolean): Dispatcher
  timingsOf(origin: string): ConnectionTimings | undefined
  /** How many connections to this origin were opened so far: tells a fresh one from a reused one. */
  openedTo(origin: string): number
  close(): Promise<void>
}

/** No answer to a connection attempt in time; the code is undici's own for it. */
class ConnectTimeout extends Error {
  readonly code = 'UND_ERR_CONNECT_TIMEOUT'
}

const NOTHING: ConnectionTimings = { lookupMs: null, connectMs: null, tlsMs: null }

export function openConnections(options: ConnectionOptions): Connections {
  const pools = new Map<string, Dispatcher>()
  const newest = new Map<string, ConnectionTimings>()
  const opened = new Map<string, number>()
  const note = (origin: string, timings: ConnectionTimings) => {
    newest.set(origin, timings)
    opened.set(origin, (opened.get(origin) ?? 0) + 1)
  }
  const poolFor = (key: string, make: () => Dispatcher) => {
    const pool = pools.get(key) ?? make()
    pools.set(key, pool)
    return pool
  }
  return {
    dispatcherFor(url, publicOnly) {
      const proxy = proxyFor(url, options.env)
      if (proxy !== undefined)
        return poolFor(`proxy ${proxy.href} ${url.protocol}`, () => proxyPool(proxy, url, options))
      return poolFor(`${url.origin} ${publicOnly}`, () => directPool(url, publicOnly, options, note))
    },
    timingsOf: origin => newest.get(origin),
    openedTo: origin => opened.get(origin) ?? 0,
    // destroy() rejects what is under way; nobody waits for it any more.
    close: async () => void (await Promise.allSettled([...pools.values()].map(pool => pool.destroy()))),
  }
}

/** Deadlines are ours (undici's clock is coarse): its own are off. HTTP/1.1: a reset stream there kills one request. */
const AGENT_OPTIONS = {
  headersTimeout: 0,
  bodyTimeout: 0,
  allowH2: false,
  pipelining: 1,
  maxHeaderSize: 16 << 10,
} as const

function proxyPool(proxy: URL, target: URL, options: ConnectionOptions): Dispatcher {
  const tls = options.trustedRoots === undefined ? {} : { ca: [...options.trustedRoots] }
  return new ProxyAgent({
    ...AGENT_OPTIONS,
    uri: proxy.href,
    proxyTunnel: target.protocol === 'https:',
    connections: options.connectionsPerOrigin,
    requestTls: tls,
    proxyTls: tls,
  })
}

type Note = (origin: string, timings: ConnectionTimings) => void

function directPool(url: URL, publicOnly: boolean, options: ConnectionOptions, note: Note): Dispatcher {
  const connect = timedConnector(url.origin, publicOnly, options, note)
  return new Agent({ ...AGENT_OPTIONS, connections: options.connectionsPerOrigin, connect, keepAliveTimeout: 60_000 })
}

/** undici's connector with exact deadlines and the times of its phases. */
function timedConnector(
  origin: string,
  publicOnly: boolean,
  options: ConnectionOptions,
  note: Note,
): buildConnector.connector {
  const { clock, connectMs, trustedRoots } = options
  const connect = buildConnector({
    timeout: 0,
    autoSelectFamily: true,
    ...(trustedRoots === undefined ? {} : { ca: [...trustedRoots] }),
    ...(publicOnly ? { lookup: publicLookup } : {}),
  })
  return (target, callback) => {
    const at: { lookup?: number; connect?: number; secure?: number } = {}
    const start = clock.now()
    let settled = false
    const settle = (act: () => void) => {
      if (settled) return
      settled = true
      cancel()
      act()
    }
    // The connector returns the socket although its type says nothing of it; a peer that never answers is dropped there.
    const socket = connect(target, (error, connected) => {
      if (settled) return void connected?.destroy()
      settle(() => {
        if (error !== null) return callback(error, null)
        note(origin, timingsFrom(start, at, clock.now()))
        callback(null, connected)
      })
    }) as unknown as Socket | undefined
    const expire = () =>
      settle(() => {
        socket?.destroy()
        callback(new ConnectTimeout('no connection in time'), null)
      })
    let cancel = clock.after(connectMs, expire)
    socket?.prependOnceListener('lookup', () => {
      at.lookup = clock.now()
    })
    socket?.prependOnceListener('connect', () => {
      at.connect = clock.now()
      cancel()
      if (!settled) cancel = clock.after(connectMs, expire)
    })
    socket?.prependOnceListener('secureConnect', () => {
      at.secure = clock.now()
    })
  }
}

function timingsFrom(
  start: number,
  at: { lookup?: number; connect?: number; secure?: number },
  now: number,
): ConnectionTimings {
  const connected = at.connect ?? now
  return {
    ...NOTHING,
    lookupMs: at.lookup === undefined ? null : at.lookup - start,
    connectMs: connected - (at.lookup ?? start),
    tlsMs: at.secure === undefined ? null : at.secure - connected,
  }
}

/** Resolves like the system and then forgets every address that is not public, so that a name cannot lead inside. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    const open = addresses.filter(({ address }) => !isPrivateAddress(address))
    const refusal = open.length > 0 ? null : Object.assign(new Error('no public address'), { code: 'ENETUNREACH' })
    if (options.all) return callback(refusal, open)
    callback(refusal, open[0]?.address ?? '', open[0]?.family)
  })
}
