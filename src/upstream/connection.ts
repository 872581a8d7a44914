import type { Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { Clock, Environment } from '../effects.ts'
import { proxyFor } from '../go/http-proxy.ts'
import { type ConnectionTimings, type ConnectorOptions, timedConnector } from './connector.ts'
import { type Resolve, systemResolve, watchInside } from './inside.ts'
import { nameSources, openLookups } from './lookup.ts'
import { type Sender, type SharedConnection, shareConnection } from './shared.ts'

export interface ConnectionOptions {
  readonly env: Environment
  /** PEM certificates to trust; undefined leaves Node's own. */
  readonly trustedRoots: readonly string[] | undefined
  /** For the name and the TCP connection together, and once more for TLS. */
  readonly connectMs: number
  /** Most connections to one origin that speaks HTTP/1.1. */
  readonly connectionsPerOrigin: number
  readonly clock: Clock
  /** The text of this machine's hosts file. */
  readonly readHosts?: () => Promise<string | undefined>
  /** Of names that an HTTP proxy is to resolve; the system's resolver, unless given. */
  readonly resolve?: Resolve
}

/** Connections to origins, opened when first needed; the timings of the newest to each. */
export interface Connections {
  /**
   * Where requests to this origin go. What it speaks is known with its first connection, and one that speaks HTTP/2
   * needs no other: requests that come while it is opened wait for it. Rejects with the connection's error.
   * @param publicOnly refuses addresses that are not of the public internet, whatever the name resolves to.
   */
  reach(url: URL, publicOnly: boolean): Promise<Sender>
  /** Connects before anything is asked. A failure is not reported here: the first request will meet it again. */
  openAhead(url: URL): void
  /** Whether a connection to this origin was opened ahead: its timings are those of the first request to take it. */
  takeOpenedAhead(origin: string): boolean
  /** Something on a connection to this origin was silent: those under way may end there, new ones begin elsewhere. */
  suspect(url: URL): void
  /**
   * Whether a URL that is fetched through an HTTP proxy, so that its address is not seen here, has one of this network.
   * Of what is fetched directly `reach` sees the address.
   */
  leadsInside(url: URL): Promise<boolean>
  timingsOf(origin: string): ConnectionTimings | undefined
  /** How many connections to this origin were opened so far: tells a fresh one from a reused one. */
  openedTo(origin: string): number
  /** Whether one was opened to where this URL leads; behind an HTTP proxy that cannot be told, and counts as one. */
  isReached(url: URL): boolean
  close(): Promise<void>
}

export function openConnections(options: ConnectionOptions): Connections {
  const origins = new Map<string, OriginConnections>()
  // Reading a hundred roots takes tens of milliseconds, which every connection would spend again.
  const secureContext = options.trustedRoots && createSecureContext({ ca: [...options.trustedRoots] })
  const lookup = openLookups(
    nameSources(options.readHosts ?? (async () => undefined), options.connectMs),
    options.clock,
  )
  const newest = new Map<string, ConnectionTimings>()
  const opened = new Map<string, number>()
  const openedAhead = new Set<string>()
  let numbered = 0
  const isInside = watchInside(options.resolve ?? systemResolve, options.clock)
  const originAt = (key: string, make: () => OriginConnections) => {
    const origin = origins.get(key) ?? make()
    origins.set(key, origin)
    return origin
  }
  const direct = (url: URL, publicOnly: boolean) =>
    openOrigin(url, options, () => ++numbered, {
      clock: options.clock,
      connectMs: options.connectMs,
      lookup,
      secureContext,
      publicOnly,
      onConnected(timings) {
        newest.set(url.origin, timings)
        opened.set(url.origin, (opened.get(url.origin) ?? 0) + 1)
      },
    })
  const reach = (url: URL, publicOnly: boolean) => {
    const proxy = proxyFor(url, options.env)
    const origin =
      proxy === undefined
        ? originAt(keyOf(url, publicOnly), () => direct(url, publicOnly))
        : originAt(`proxy ${proxy.href} ${url.protocol}`, () => behindProxy(proxy, url, options, secureContext))
    return origin.reach()
  }
  return {
    reach,
    openAhead(url) {
      reach(url, false).then(
        () => openedAhead.add(url.origin),
        () => {},
      )
    },
    takeOpenedAhead: origin => openedAhead.delete(origin),
    suspect(url) {
      for (const publicOnly of [true, false]) origins.get(keyOf(url, publicOnly))?.suspect()
    },
    leadsInside: async url => proxyFor(url, options.env) !== undefined && (await isInside(url)),
    timingsOf: origin => newest.get(origin),
    openedTo: origin => opened.get(origin) ?? 0,
    isReached: url => proxyFor(url, options.env) !== undefined || opened.has(url.origin),
    close: async () => void (await Promise.allSettled([...origins.values()].map(origin => origin.close()))),
  }
}

function keyOf({ origin }: URL, publicOnly: boolean): string {
  return `${origin} ${publicOnly}`
}

/** What is known of one origin, and what is open to it. */
interface OriginConnections {
  reach(): Promise<Sender>
  suspect(): void
  close(): Promise<unknown>
}

/** Deadlines are ours (undici's clock is coarse): its own are off. */
const POOL_OPTIONS = {
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 1,
  maxHeaderSize: 16 << 10,
  allowH2: false,
} as const

function behindProxy(
  proxy: URL,
  target: URL,
  options: ConnectionOptions,
  secureContext: SecureContext | undefined,
): OriginConnections {
  const tls = secureContext === undefined ? {} : { secureContext }
  let opening: Promise<Dispatcher> | undefined
  const open = async () => {
    // All of undici takes as long to start as the rest of this program, and nothing else needs it.
    const { ProxyAgent } = await import(/* webpackMode: "eager" */ 'undici')
    return new ProxyAgent({
      ...POOL_OPTIONS,
      uri: proxy.href,
      proxyTunnel: target.protocol === 'https:',
      connections: options.connectionsPerOrigin,
      requestTls: tls,
      proxyTls: tls,
    })
  }
  return {
    reach: () => {
      opening ??= open()
      return opening
    },
    suspect: () => {},
    // destroy() rejects requests under way, for which no caller waits any more.
    close: async () => (await opening)?.destroy(),
  }
}

function openOrigin(
  url: URL,
  { connectionsPerOrigin }: ConnectionOptions,
  nextNumber: () => number,
  connectorOptions: Omit<ConnectorOptions, 'offerHttp2'>,
): OriginConnections {
  const connect = timedConnector({ ...connectorOptions, offerHttp2: true })
  let pool: Pool | undefined
  let shared: SharedConnection | undefined
  let opening: Promise<Sender> | undefined
  let closed = false
  /** Every connection so far: one that takes no new requests may still have some under way. */
  const all: SharedConnection[] = []
  const openPool = (first: Socket | undefined) =>
    poolOf(url.origin, connectionsPerOrigin, timedConnector({ ...connectorOptions, offerHttp2: false }), first)

  const open = async (): Promise<Sender> => {
    const socket = await connectTo(url, connect)
    if (closed) {
      socket.destroy()
      throw Object.assign(new Error('closed'), { code: 'UND_ERR_CLOSED' })
    }
    if ((socket as { alpnProtocol?: unknown }).alpnProtocol !== 'h2') {
      pool = openPool(socket)
      return pool
    }
    shared = shareConnection(socket, url, nextNumber())
    all.push(shared)
    return shared
  }

  return {
    async reach() {
      if (url.protocol !== 'https:') pool ??= openPool(undefined)
      if (pool !== undefined) return pool
      if (shared?.isOpen()) return shared
      opening ??= open().finally(() => {
        opening = undefined
      })
      return opening
    },
    suspect() {
      shared?.retire()
      shared = undefined
    },
    close: async () => {
      closed = true
      for (const connection of all) connection.destroy()
      // destroy() rejects requests under way, for which no caller waits any more.
      await pool?.destroy()
    },
  }
}

/** For origins that speak HTTP/1.1: as many connections as requests. @param first is open already */
function poolOf(origin: string, connections: number, connect: Connector, first: Socket | undefined): Pool {
  let spare = first
  return new Pool(origin, {
    ...POOL_OPTIONS,
    connections,
    keepAliveTimeout: 60_000,
    connect: (target, callback) => {
      const socket = spare
      spare = undefined
      if (socket === undefined || socket.destroyed) return connect(target, callback)
      queueMicrotask(() => callback(null, socket))
    },
  })
}

type Connector = ReturnType<typeof timedConnector>

function connectTo(url: URL, connect: Connector): Promise<Socket> {
  const { host, hostname, protocol, port } = url
  return new Promise((resolve, reject) => {
    connect({ host, hostname: hostname.replace(/^\[|\]$/g, ''), protocol, port }, (error, socket) => {
      if (error !== null) reject(error)
      else resolve(socket as Socket)
    })
  })
}
