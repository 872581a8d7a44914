import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { Agent, buildConnector, Client, type Dispatcher, Pool, ProxyAgent } from 'undici'
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
  /**
   * How many requests a connection takes is known once there is one: until then the others wait for the first.
   * @returns what to wait for, and what to call when the request is over, whatever became of it
   */
  enter(url: URL): { readonly wait: Promise<void> | undefined; readonly leave: () => void }
  /** Something on a connection to this origin was silent: those under way may end there, new ones begin elsewhere. */
  suspect(url: URL): void
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
  const secureContext = trustOnce(options.trustedRoots)
  const newest = new Map<string, ConnectionTimings>()
  const opened = new Map<string, number>()
  const retired: Dispatcher[] = []
  const shared = new Set<string>()
  const first = openGates()
  const note: Note = (origin, timings, isShared) => {
    newest.set(origin, timings)
    opened.set(origin, (opened.get(origin) ?? 0) + 1)
    if (isShared) shared.add(origin)
    first.open(origin)
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
        return poolFor(`proxy ${proxy.href} ${url.protocol}`, () => proxyPool(proxy, url, options, secureContext()))
      return poolFor(keyOf(url, publicOnly), () => directPool(url, publicOnly, options, secureContext(), note))
    },
    enter(url) {
      const known = url.protocol !== 'https:' || opened.has(url.origin) || proxyFor(url, options.env) !== undefined
      return known ? { wait: undefined, leave: () => {} } : first.enter(url.origin)
    },
    suspect(url) {
      if (!shared.has(url.origin)) return
      for (const publicOnly of [true, false]) {
        const pool = pools.get(keyOf(url, publicOnly))
        if (pool === undefined) continue
        pools.delete(keyOf(url, publicOnly))
        retired.push(pool)
      }
    },
    timingsOf: origin => newest.get(origin),
    openedTo: origin => opened.get(origin) ?? 0,
    // destroy() rejects what is under way; nobody waits for it any more.
    close: async () => void (await Promise.allSettled([...pools.values(), ...retired].map(pool => pool.destroy()))),
  }
}

function keyOf({ origin }: URL, publicOnly: boolean): string {
  return `${origin} ${publicOnly}`
}

/** One goes through, the others wait until it is seen where that leads. */
function openGates() {
  const gates = new Map<string, { readonly wait: Promise<void>; readonly open: () => void }>()
  const open = (origin: string) => {
    gates.get(origin)?.open()
    gates.delete(origin)
  }
  return {
    open,
    enter(origin: string) {
      const gate = gates.get(origin)
      if (gate !== undefined) return { wait: gate.wait, leave: () => {} }
      let resolve = () => {}
      const wait = new Promise<void>(done => {
        resolve = done
      })
      gates.set(origin, { wait, open: resolve })
      return { wait: undefined, leave: () => open(origin) }
    },
  }
}

/** Deadlines are ours (undici's clock is coarse): its own are off. */
const AGENT_OPTIONS = {
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 1,
  maxHeaderSize: 16 << 10,
} as const

/** HTTP/2's own windows are made for pages: a zip over a long round trip needs more. */
const HTTP2_OPTIONS = {
  allowH2: true,
  initialWindowSize: 16 << 20,
  connectionWindowSize: 64 << 20,
} as const
/**
 * Requests that share an HTTP/2 connection. What is more than the server allows at once waits in it for a place, which
 * takes less long than the round trips of another connection.
 */
const SHARED_BY = 256

/** Reading a hundred roots takes ten milliseconds, which every connection would spend again. */
function trustOnce(roots: readonly string[] | undefined): () => SecureContext | undefined {
  let context: SecureContext | undefined
  return () => {
    context ??= roots && createSecureContext({ ca: [...roots] })
    return context
  }
}

function proxyPool(
  proxy: URL,
  target: URL,
  options: ConnectionOptions,
  secureContext: SecureContext | undefined,
): Dispatcher {
  const tls = secureContext === undefined ? {} : { secureContext }
  return new ProxyAgent({
    ...AGENT_OPTIONS,
    allowH2: false,
    uri: proxy.href,
    proxyTunnel: target.protocol === 'https:',
    connections: options.connectionsPerOrigin,
    requestTls: tls,
    proxyTls: tls,
  })
}

type Note = (origin: string, timings: ConnectionTimings, isShared: boolean) => void

function directPool(
  url: URL,
  publicOnly: boolean,
  options: ConnectionOptions,
  secureContext: SecureContext | undefined,
  note: Note,
): Dispatcher {
  return new Agent({
    ...AGENT_OPTIONS,
    ...HTTP2_OPTIONS,
    connections: options.connectionsPerOrigin,
    keepAliveTimeout: 60_000,
    factory: (origin, poolOptions) =>
      new Pool(origin, {
        ...poolOptions,
        factory: (target, clientOptions) => newClient(target, clientOptions as Client.Options),
      }),
  })

  /** A client is one connection; how many requests share it is known when it has agreed on a protocol. */
  function newClient(target: URL, clientOptions: Client.Options): Client {
    const connect = timedConnector(url.origin, publicOnly, options, secureContext, note)
    const client: Client & { pipelining?: number } = new Client(target, {
      ...clientOptions,
      connect: (how, callback) =>
        connect(how, (...result) => {
          client.pipelining = isHttp2(result[1]) ? SHARED_BY : 1
          callback(...result)
        }),
    })
    return client
  }
}

function isHttp2(socket: Socket | null): boolean {
  return (socket as { alpnProtocol?: unknown } | null)?.alpnProtocol === 'h2'
}

/** undici's connector with exact deadlines and the times of its phases. */
function timedConnector(
  origin: string,
  publicOnly: boolean,
  options: ConnectionOptions,
  secureContext: SecureContext | undefined,
  note: Note,
): buildConnector.connector {
  const { clock, connectMs } = options
  const connect = buildConnector({
    timeout: 0,
    autoSelectFamily: true,
    allowH2: true,
    ...(secureContext === undefined ? {} : { secureContext }),
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
        note(origin, timingsFrom(start, at, clock.now()), isHttp2(connected))
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
