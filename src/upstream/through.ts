import Pool from 'undici/lib/dispatcher/pool.js'
import type { Environment } from '../effects.ts'
import { type HttpProxy, proxyFor } from '../go/http-proxy.ts'
import { faultOfStatus, loginHeader } from './connect-method.ts'
import { type Connector, type ConnectorOptions, timedConnector } from './connector.ts'
import { type FarHost, type HttpProxyClient, type HttpProxyOptions, openHttpProxyClient } from './http-proxy-client.ts'
import type { HttpProxyFailure } from './http-proxy-fault.ts'
import { type OriginConnections, POOL_OPTIONS } from './origin.ts'
import type { Sender } from './shared.ts'

/** Connects through a proxy of the network; TLS is spoken with the far side. */
export function tunnelConnector(client: HttpProxyClient, options: ConnectorOptions): Connector {
  const secure = timedConnector({ ...options, onConnected: () => {} })
  return (target, callback) => {
    client.open(farHostOf(target)).then(
      socket => {
        const opened = () => options.onConnected({ lookupMs: null, connectMs: null, tlsMs: null })
        if (target.protocol !== 'https:') {
          opened()
          return callback(null, socket)
        }
        secure({ ...target, httpSocket: socket }, (...answer) => {
          if (answer[0] === null) opened()
          else socket.destroy()
          callback(...answer)
        })
      },
      error => callback(error, null),
    )
  }
}

/** The proxies of the network that stand before URLs. */
export interface HttpProxies {
  /** undefined where go connects directly. */
  to(url: URL): HttpProxyClient | undefined
  /** How one of them fails; undefined where none does. */
  failure(): HttpProxyFailure | undefined
  close(): void
}

/** @param options for connections to the proxies themselves, and their answers */
export function openHttpProxies(
  env: Environment,
  options: Omit<ConnectorOptions, keyof typeof PLAIN> & Pick<HttpProxyOptions, 'answerMs'>,
): HttpProxies {
  const clients = new Map<string, HttpProxyClient>()
  return {
    to(url) {
      const proxy = proxyFor(url, env)
      if (proxy === undefined) return undefined
      const key = JSON.stringify(proxy)
      const client =
        clients.get(key) ??
        openHttpProxyClient(proxy, { ...options, connect: timedConnector({ ...options, ...PLAIN }) })
      clients.set(key, client)
      return client
    },
    failure: () => [...clients.values()].map(client => client.failure()).find(failure => failure !== undefined),
    close() {
      for (const client of clients.values()) client.close()
    },
  }
}

/** A proxy of the network may be anywhere, and nothing is told of connections to it. */
const PLAIN = { publicOnly: false, offerHttp2: false, onConnected: () => {} } as const

/** Where a connection is to lead. */
export function farHostOf({ hostname, port, protocol }: Pick<URL, 'hostname' | 'port' | 'protocol'>): FarHost {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) }
}

/** Whether requests for this URL are sent to the proxy itself, as go does for http (RFC 9112, 3.2.2), and no tunnel is opened. */
export function isForwarded({ protocol }: URL, proxy: HttpProxy): boolean {
  return protocol === 'http:' && proxy.protocol !== 'socks5'
}

/** Sends requests for http URLs to the proxy, whatever their origins. */
export function openForwarding(client: HttpProxyClient, connections: number): OriginConnections {
  const pool = new Pool('http://proxy.invalid', {
    ...POOL_OPTIONS,
    connections,
    connect: (_target, callback) => {
      client.reach().then(
        socket => callback(null, socket),
        error => callback(error, null),
      )
    },
  })
  const sender: Sender = {
    dispatch: (options, handler) =>
      pool.dispatch(
        {
          ...options,
          path: `${options.origin}${options.path}`,
          headers: {
            ...(options.headers as Readonly<Record<string, string>>),
            host: new URL(String(options.origin)).host,
            ...loginHeader(client.proxy),
          },
        },
        {
          ...bind(handler),
          onResponseStart(controller, status, ...rest) {
            if (status === 407) return controller.abort(client.refused(faultOfStatus(status, client.proxy)))
            handler.onResponseStart?.(controller, status, ...rest)
          },
        },
      ),
  }
  return { reach: async () => sender, suspect: () => {}, close: () => pool.destroy() }
}

function bind(handler: Parameters<Sender['dispatch']>[1]): typeof handler {
  return {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  }
}
