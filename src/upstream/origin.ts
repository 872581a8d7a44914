import type { Socket } from 'node:net'
import Pool from 'undici/lib/dispatcher/pool.js'
import { type Connector, connectTo } from './connector.ts'
import { type Sender, type SharedConnection, shareConnection } from './shared.ts'

/** What is known of one origin, and what is open to it. */
export interface OriginConnections {
  reach(): Promise<Sender>
  suspect(): void
  close(): Promise<unknown>
}

/** Deadlines are ours (undici's clock is coarse): its own are off. */
export const POOL_OPTIONS = {
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 1,
  maxHeaderSize: 16 << 10,
  allowH2: false,
} as const

/** @param makeConnector of connections that offer HTTP/2, or not  @param nextNumber tells shared connections apart */
export function openOrigin(
  url: URL,
  connectionsPerOrigin: number,
  nextNumber: () => number,
  makeConnector: (offerHttp2: boolean) => Connector,
): OriginConnections {
  const connect = makeConnector(true)
  let pool: Pool | undefined
  let shared: SharedConnection | undefined
  let opening: Promise<Sender> | undefined
  let closed = false
  /** Every connection so far: one that takes no new requests may still have some under way. */
  const all: SharedConnection[] = []
  const openPool = (first: Socket | undefined) => poolOf(url.origin, connectionsPerOrigin, makeConnector(false), first)

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
