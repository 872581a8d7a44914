import type { LookupAddress } from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import buildConnector from 'undici/lib/core/connect.js'
import type { Clock } from '../effects.ts'
import { isFull } from '../errors.ts'
import { isPrivateAddress } from './address.ts'
import { once } from './once.ts'

/** How a connection came about, in milliseconds. */
export interface ConnectionTimings {
  readonly lookupMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
}

export interface ConnectorOptions {
  /** For the name and the TCP connection together, and once more for TLS. */
  readonly connectMs: number
  readonly clock: Clock
  /** What a connection with TLS trusts; asked for with the first of them. Undefined: what Node trusts. */
  readonly secureContext: () => SecureContext | undefined
  readonly lookup: LookupFunction
  /** Refuses addresses that are not of the public internet, whatever the name resolves to. */
  readonly publicOnly: boolean
  /** Offers HTTP/2; the socket's `alpnProtocol` tells what the other side took. */
  readonly offerHttp2: boolean
  readonly onConnected: (timings: ConnectionTimings) => void
  /** Called with the phases that were over when an attempt failed. */
  readonly onFailed?: (timings: ConnectionTimings) => void
}

/** No answer to a connection attempt in time; the code is undici's own for it. */
class ConnectTimeout extends Error {
  readonly code = 'UND_ERR_CONNECT_TIMEOUT'
}

/** Opens a connection: undici's type for it. */
export type Connector = ReturnType<typeof buildConnector>

/** A connection waits so long for a free descriptor, and looks so often; files and children wait as long. */
const DESCRIPTOR_MS = 20_000
const LOOK_MS = 50

/** Opens connections with exact deadlines. Where no descriptor is free it waits for one: that says nothing of the upstream. */
export function timedConnector(options: ConnectorOptions): Connector {
  const connect = connectOnce(options)
  const { clock } = options
  return (target, callback) => {
    const endMs = clock.now() + DESCRIPTOR_MS
    const attempt = () =>
      connect(target, (...answer) => {
        if (isFull(answer[0]) && clock.now() < endMs) clock.after(LOOK_MS, attempt)
        else callback(...answer)
      })
    attempt()
  }
}

/** undici's connector with exact deadlines (its clock is coarse) and the times of its phases. */
function connectOnce(options: ConnectorOptions): Connector {
  const { clock, connectMs, lookup, secureContext, publicOnly, offerHttp2, onConnected, onFailed } = options
  const connectorTo = (context: SecureContext | undefined) =>
    buildConnector({
      timeout: 0,
      autoSelectFamily: true,
      allowH2: offerHttp2,
      ...(context && { secureContext: context }),
      lookup: publicOnly ? publicLookup(lookup) : lookup,
    })
  const plain = connectorTo(undefined)
  const secure = once(() => connectorTo(secureContext()))
  return (target, callback) => {
    const connect = target.protocol === 'https:' ? secure() : plain
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
        if (error !== null) {
          onFailed?.(phasesOver(start, at))
          return callback(error, null)
        }
        onConnected(timingsFrom(start, at, clock.now()))
        callback(null, connected)
      })
    }) as unknown as Socket | undefined
    const expire = () =>
      settle(() => {
        socket?.destroy()
        onFailed?.(phasesOver(start, at))
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

/** Opens one connection to an origin. Rejects with the connection's error. */
export function connectTo(url: URL, connect: Connector): Promise<Socket> {
  const { host, hostname, protocol, port } = url
  return new Promise((resolve, reject) => {
    connect({ host, hostname: hostname.replace(/^\[|\]$/g, ''), protocol, port }, (error, socket) => {
      if (error !== null) reject(error)
      else resolve(socket as Socket)
    })
  })
}

function timingsFrom(
  start: number,
  at: { lookup?: number; connect?: number; secure?: number },
  now: number,
): ConnectionTimings {
  const connected = at.connect ?? now
  return {
    lookupMs: at.lookup === undefined ? null : at.lookup - start,
    connectMs: connected - (at.lookup ?? start),
    tlsMs: at.secure === undefined ? null : at.secure - connected,
  }
}

/** Of an attempt that failed only what it got through. */
function phasesOver(start: number, at: { lookup?: number; connect?: number }): ConnectionTimings {
  return {
    lookupMs: at.lookup === undefined ? null : at.lookup - start,
    connectMs: at.connect === undefined ? null : at.connect - (at.lookup ?? start),
    tlsMs: null,
  }
}

/** Resolves as `lookup` does and then forgets every address that is not public, so that a name cannot lead inside. */
const publicLookup =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const open = (addresses as LookupAddress[]).filter(({ address }) => !isPrivateAddress(address))
      const refusal = open.length > 0 ? null : Object.assign(new Error('no public address'), { code: 'ENETUNREACH' })
      if (options.all) return callback(refusal, open)
      callback(refusal, open[0]?.address ?? '', open[0]?.family)
    })
  }
