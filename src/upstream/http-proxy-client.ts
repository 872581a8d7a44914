import type { Socket } from 'node:net'
import type { Clock } from '../effects.ts'
import type { HttpProxy } from '../go/http-proxy.ts'
import { connectMethod } from './connect-method.ts'
import { type Connector, connectTo } from './connector.ts'
import { faultOfHop, faultOfSilence, HttpProxyFailure, type HttpProxyFault } from './http-proxy-fault.ts'
import { type Greeted, greetSocks } from './socks.ts'

/** A host on the far side of the proxy. */
export interface FarHost {
  /** An IPv6 address without brackets. */
  readonly host: string
  readonly port: number
}

/** A proxy of the network, and what is known of it. */
export interface HttpProxyClient {
  readonly proxy: HttpProxy
  /** A connection to the proxy itself. Rejects with an HttpProxyFailure. */
  reach(): Promise<Socket>
  /** A connection through it. Rejects with an HttpProxyFailure. */
  open(target: FarHost): Promise<Socket>
  /** What to say of a connection that has not come yet; undefined where none is under way. */
  waitingFor(target: FarHost): HttpProxyFailure | undefined
  /** An answer of its own to a request that it was to forward. */
  refused(fault: HttpProxyFault): HttpProxyFailure
  /** The newest of its failures that may be its own; undefined once it opened a connection since. */
  failure(): HttpProxyFailure | undefined
  /** Ends connections that are being opened. */
  close(): void
}

export interface HttpProxyOptions {
  readonly clock: Clock
  /** For its greeting, and its answer: it looks a name up and connects itself meanwhile. */
  readonly answerMs: number
  /** Connects to the proxy. */
  readonly connect: Connector
}

/** For so long a failure of the proxy answers for it: hundreds of requests would fail the same way. */
const REMEMBER_MS = 1_000

/**
 * Opens connections through a proxy of the network. Until one has come so far that the proxy is known to serve us, the
 * others wait for it: what fails for one fails for all.
 */
export function openHttpProxyClient(proxy: HttpProxy, options: HttpProxyOptions): HttpProxyClient {
  const { clock, answerMs } = options
  const memory = rememberFailures(proxy, clock)
  const opening = new Set<Socket>()
  const pending = new Map<string, HttpProxyFault>()
  const greet = async (socket: Socket) => {
    opening.add(socket)
    socket.once('close', () => opening.delete(socket))
    if (proxy.protocol !== 'socks5') return undefined
    return within(greetSocks(socket, proxy), answerMs, clock, () => memory.failureOf(faultOfSilence(proxy, 'proxy')))
  }
  const hop = inTurn(() => openHop(proxy, options.connect, greet), memory)

  const ask = async ({ host, port }: FarHost, key: string) => {
    pending.set(key, faultOfSilence(proxy, 'proxy'))
    const { socket, greeted } = await hop()
    pending.set(key, faultOfSilence(proxy, 'either'))
    const answer = greeted?.connect(host, port) ?? connectMethod(socket, proxy, `${bracketed(host)}:${port}`)
    const silence = () => memory.failureOf(faultOfSilence(proxy, 'either'))
    try {
      await within(answer, answerMs, clock, silence)
      memory.succeeded()
      return socket
    } catch (error) {
      socket.destroy()
      throw memory.note(error)
    }
  }
  return {
    proxy,
    async reach() {
      const { socket } = await hop()
      opening.delete(socket)
      return socket
    },
    async open(host) {
      const key = `${host.host} ${host.port}`
      try {
        const socket = await ask(host, key)
        opening.delete(socket)
        return socket
      } finally {
        pending.delete(key)
      }
    },
    waitingFor({ host, port }) {
      const fault = pending.get(`${host} ${port}`)
      return fault && memory.noteLate(fault)
    },
    refused: fault => memory.note(memory.failureOf(fault)),
    failure: memory.newest,
    close() {
      for (const socket of opening) socket.destroy()
    },
  }
}

interface FailureMemory {
  failureOf(fault: HttpProxyFault): HttpProxyFailure
  /** @param error of the proxy, or of the connection to it */
  note(error: unknown): HttpProxyFailure
  /** It is late, and may still come. */
  noteLate(fault: HttpProxyFault): HttpProxyFailure
  /** It opened a connection. */
  succeeded(): void
  /** A failure that answers for all connections now. */
  lasting(): HttpProxyFailure | undefined
  newest(): HttpProxyFailure | undefined
}

function rememberFailures(proxy: HttpProxy, clock: Clock): FailureMemory {
  let isProven = false
  let known: { readonly failure: HttpProxyFailure; readonly untilMs: number } | undefined
  let newest: HttpProxyFailure | undefined
  /**
   * Once it has opened a connection to anything, what may be the upstream's fault is the upstream's. One that never did,
   * and is away, is not waited for: go would not.
   */
  const failureOf = (fault: HttpProxyFault, isFinal: boolean = fault.lasting || fault.away === true) =>
    isProven
      ? new HttpProxyFailure(proxy, fault.whose === 'either' ? { ...fault, whose: 'target' } : fault)
      : new HttpProxyFailure(proxy, fault, isFinal)
  return {
    failureOf,
    note(error) {
      const failure = failureOf(error instanceof HttpProxyFailure ? error.fault : faultOfHop(error, proxy))
      const { whose, lasting } = failure.fault
      if (whose !== 'target') newest = failure
      const untilMs = lasting ? Number.POSITIVE_INFINITY : clock.now() + REMEMBER_MS
      if (whose === 'proxy') known = { failure, untilMs }
      return failure
    },
    noteLate(fault) {
      const failure = failureOf(fault, false)
      if (failure.fault.whose !== 'target') newest = failure
      return failure
    },
    succeeded() {
      isProven = true
      newest = undefined
    },
    lasting: () => (known !== undefined && clock.now() < known.untilMs ? known.failure : undefined),
    newest: () => newest,
  }
}

/** A connection to the proxy itself; a SOCKS server has been greeted. */
interface Hop {
  readonly socket: Socket
  readonly greeted: Greeted | undefined
}

async function openHop(
  proxy: HttpProxy,
  connect: Connector,
  greet: (socket: Socket) => Promise<Greeted | undefined>,
): Promise<Hop> {
  const scheme = proxy.protocol === 'https' ? 'https' : 'http'
  const socket = await connectTo(new URL(`${scheme}://${bracketed(proxy.host)}:${proxy.port}`), connect)
  try {
    return { socket, greeted: await greet(socket) }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** One at a time until one has succeeded. */
function inTurn(open: () => Promise<Hop>, memory: FailureMemory): () => Promise<Hop> {
  let isReached = false
  let first: Promise<unknown> | undefined
  return async () => {
    while (!isReached && first !== undefined) await first.catch(() => {})
    const failure = memory.lasting()
    if (failure !== undefined) throw failure
    const mine = open().catch(error => {
      throw memory.note(error)
    })
    if (isReached) return mine
    first = mine.finally(() => {
      first = undefined
    })
    first.catch(() => {})
    const hop = await mine
    isReached = true
    return hop
  }
}

/** @param late what to reject with when the time is over */
function within<T>(work: Promise<T>, ms: number, clock: Clock, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(late()))
    work.then(resolve, reject).finally(cancel)
  })
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
