import { createSecureContext } from 'node:tls'
import type { Clock, Environment } from '../effects.ts'
import { type ConnectionTimings, type Connector, type ConnectorOptions, timedConnector } from './connector.ts'
import { connectGently } from './gentle.ts'
import type { HttpProxyClient } from './http-proxy-client.ts'
import type { HttpProxyFailure } from './http-proxy-fault.ts'
import { watchInside } from './inside.ts'
import { type NameFiles, type NameSources, nameSources, openLookups } from './lookup.ts'
import { once } from './once.ts'
import { type OriginConnections, openOrigin } from './origin.ts'
import type { Sender } from './shared.ts'
import { farHostOf, isForwarded, openForwarding, openHttpProxies, tunnelConnector } from './through.ts'

export interface ConnectionOptions {
  readonly env: Environment
  /** PEM certificates to trust; undefined leaves Node's own. */
  readonly trustedRoots: readonly string[] | undefined
  /** For the name and the TCP connection together, and once more for TLS. */
  readonly connectMs: number
  /** For an answer of a proxy of the network; as long as `connectMs`, unless given. */
  readonly proxyAnswerMs?: number
  /** Most connections to one origin that speaks HTTP/1.1. */
  readonly connectionsPerOrigin: number
  /** Whether HTTP/2 is offered; undefined: it is. */
  readonly http2?: false
  readonly clock: Clock
  /** What is known of how this machine resolves names. */
  readonly nameFiles?: NameFiles
  /** Where names are looked up; this machine's sources, unless given. */
  readonly names?: NameSources
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
  /** Something on a connection to this origin was silent: those under client may end there, new ones begin elsewhere. */
  suspect(url: URL): void
  /**
   * Whether a URL that is fetched through an HTTP proxy, so that its address is not seen here, has one of this network.
   * Of what is fetched directly `reach` sees the address.
   */
  leadsInside(url: URL): Promise<boolean>
  /** What keeps a connection to this URL from coming, where it is the network's own proxy. */
  waitingFor(url: URL): HttpProxyFailure | undefined
  /** How a proxy of the network fails that has opened no connection since; undefined where none does. */
  httpProxyFailure(): HttpProxyFailure | undefined
  timingsOf(origin: string): ConnectionTimings | undefined
  /** What the newest attempt that failed got through; undefined: none failed. */
  attemptTo(origin: string): ConnectionTimings | undefined
  /** How many connections to this origin were opened so far: tells a fresh one from a reused one. */
  openedTo(origin: string): number
  /** Whether one was opened to where this URL leads; behind an HTTP proxy that cannot be told, and counts as one. */
  isReached(url: URL): boolean
  close(): Promise<void>
}

/** Within the deadline of a connection a silent DNS server must leave time for another one. */
const DNS_TRIES = 3

export function openConnections(options: ConnectionOptions): Connections {
  const origins = new Map<string, OriginConnections>()
  const { trustedRoots, http2 } = options
  // Reading a hundred roots takes tens of milliseconds, which every connection would spend again, and plain HTTP need not.
  const secureContext = once(() => trustedRoots && createSecureContext({ ca: [...trustedRoots] }))
  const names = options.names ?? nameSources(options.nameFiles ?? {}, options.connectMs / DNS_TRIES)
  const lookup = openLookups(names, options.clock)
  const seen: SeenConnections = { newest: new Map(), failed: new Map(), opened: new Map() }
  const openedAhead = new Set<string>()
  let numbered = 0
  const isInside = watchInside(names, options.clock)
  const originAt = (key: string, make: () => OriginConnections) => {
    const origin = origins.get(key) ?? make()
    origins.set(key, origin)
    return origin
  }
  const connectorOptions = { clock: options.clock, connectMs: options.connectMs, lookup, secureContext }
  const answerMs = options.proxyAnswerMs ?? options.connectMs
  const httpProxies = openHttpProxies(options.env, { ...connectorOptions, answerMs })
  const open = (url: URL, publicOnly: boolean, client: HttpProxyClient | undefined) => {
    const watch = watchOrigin(url, seen)
    const connector = (offer: boolean) =>
      connectorFor(client, { ...connectorOptions, publicOnly, offerHttp2: offer && http2 !== false, ...watch })
    return openOrigin(url, options.connectionsPerOrigin, () => ++numbered, connector)
  }
  const reach = (url: URL, publicOnly: boolean) => {
    const client = httpProxies.to(url)
    const origin =
      client !== undefined && isForwarded(url, client.proxy)
        ? originAt(`through ${JSON.stringify(client.proxy)}`, () =>
            openForwarding(client, options.connectionsPerOrigin),
          )
        : originAt(keyOf(url, publicOnly), () => open(url, publicOnly, client))
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
    leadsInside: async url => httpProxies.to(url) !== undefined && (await isInside(url)),
    waitingFor: url => httpProxies.to(url)?.waitingFor(farHostOf(url)),
    httpProxyFailure: httpProxies.failure,
    timingsOf: origin => seen.newest.get(origin),
    attemptTo: origin => seen.failed.get(origin),
    openedTo: origin => seen.opened.get(origin) ?? 0,
    isReached: url => httpProxies.to(url) !== undefined || seen.opened.has(url.origin),
    close: async () => {
      httpProxies.close()
      await Promise.allSettled([...origins.values()].map(origin => origin.close()))
    },
  }
}

/** The first connection is one, and may stay the only one; those of HTTP/1.1 are many. */
function connectorFor(client: HttpProxyClient | undefined, options: ConnectorOptions): Connector {
  const connect = client === undefined ? timedConnector(options) : tunnelConnector(client, options)
  return options.offerHttp2 ? connect : connectGently(connect, options.clock)
}

/** By origin: the newest connection, the newest attempt that failed, and how many were opened. */
interface SeenConnections {
  readonly newest: Map<string, ConnectionTimings>
  readonly failed: Map<string, ConnectionTimings>
  readonly opened: Map<string, number>
}

/** Notes connections to an origin. */
function watchOrigin({ origin }: URL, seen: SeenConnections): Pick<ConnectorOptions, 'onConnected' | 'onFailed'> {
  return {
    onConnected: timings => {
      seen.newest.set(origin, timings)
      seen.opened.set(origin, (seen.opened.get(origin) ?? 0) + 1)
    },
    onFailed: timings => void seen.failed.set(origin, timings),
  }
}

function keyOf({ origin }: URL, publicOnly: boolean): string {
  return `${origin} ${publicOnly}`
}
