import { type ClientHttp2Stream, connect, constants, type IncomingHttpHeaders } from 'node:http2'
import type { Socket } from 'node:net'
import type { Dispatcher } from 'undici'

/** What sends a request: undici's pools, or one shared connection. */
export type Sender = Pick<Dispatcher, 'dispatch'>

/** One HTTP/2 connection, shared by all requests to an origin. */
export interface SharedConnection extends Sender {
  /** Whether it takes new requests: not after a GOAWAY, nor when it is lost. */
  isOpen(): boolean
  /** Takes no more requests; those under way go on to their end. */
  retire(): void
  destroy(): void
}

/** How a request on a shared connection ended without an answer, or in the middle of one. */
export class SharedFailure extends Error {
  readonly code: 'SHARED_CUT' | 'SHARED_OVERLOADED' | 'SHARED_PROTOCOL'
  /** The server says, or it is certain, that it did not begin with the request (RFC 9113, 8.7). */
  readonly unprocessed: boolean
  /** The number of the connection, when that was lost and not this request alone. */
  readonly lostConnection: number | undefined

  constructor(code: SharedFailure['code'], unprocessed: boolean, lostConnection: number | undefined) {
    super('the request ended early')
    this.code = code
    this.unprocessed = unprocessed
    this.lostConnection = lostConnection
  }
}

/** HTTP/2's own windows are made for pages: a zip over a long round trip needs more. */
const STREAM_WINDOW = 16 << 20
const CONNECTION_WINDOW = 64 << 20
const { NGHTTP2_CANCEL, NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = constants

/**
 * Speaks HTTP/2 on a connection that agreed to it. After a graceful GOAWAY, requests that the server has accepted still
 * get their whole answer (undici would end them all). A reset of one stream does not end the others.
 * @param socket connected, TLS established  @param number tells this connection from the others
 */
export function shareConnection(socket: Socket, { origin, host }: URL, number: number): SharedConnection {
  let lastProcessed: number | undefined
  let failure: SharedFailure['code'] | undefined
  const session = connect(origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
  })
  session.on('connect', () => session.setLocalWindowSize(CONNECTION_WINDOW))
  session.on('goaway', (code, last) => {
    lastProcessed = last
    if (code === NGHTTP2_ENHANCE_YOUR_CALM) failure = 'SHARED_OVERLOADED'
  })
  session.on('error', error => {
    // What nghttp2 itself cannot make sense of.
    if ((error as NodeJS.ErrnoException).code === 'ERR_HTTP2_ERROR') failure ??= 'SHARED_PROTOCOL'
  })

  /** After the stream's end without an answer, or in the middle of one. */
  function failureOf(stream: ClientHttp2Stream): SharedFailure {
    const { id, rstCode } = stream
    const lost = session.destroyed ? number : undefined
    const unsent = id === undefined || (lastProcessed !== undefined && id > lastProcessed)
    const own = rstCode === NGHTTP2_ENHANCE_YOUR_CALM ? 'SHARED_OVERLOADED' : 'SHARED_CUT'
    return new SharedFailure(
      (lost === undefined ? undefined : failure) ?? own,
      unsent || rstCode === NGHTTP2_REFUSED_STREAM,
      lost,
    )
  }

  return {
    isOpen: () => !session.closed && !session.destroyed,
    // No new ones; it closes by itself behind the last.
    retire: () => void (session.destroyed || session.close()),
    destroy: () => session.destroy(),
    dispatch({ path, headers, method, body }, handler) {
      // It was closed since it was found open.
      if (session.closed || session.destroyed) throw new SharedFailure('SHARED_CUT', true, undefined)
      // Node sends anything (undici would not).
      if (Object.values(headers ?? {}).some(value => /[\0\r\n]/.test(String(value))))
        throw new SharedFailure('SHARED_PROTOCOL', false, undefined)
      const stream = session.request(
        {
          ':method': method,
          ':scheme': 'https',
          ':authority': host,
          ':path': path,
          ...(headers as IncomingHttpHeaders),
        },
        { endStream: !(body instanceof Uint8Array) },
      )
      if (body instanceof Uint8Array) stream.end(body)
      relay(stream, handler, () => failureOf(stream))
      return true
    },
  }
}

/** Tells a handler what becomes of a stream: exactly one end, and nothing after it. */
function relay(stream: ClientHttp2Stream, handler: Dispatcher.DispatchHandler, failure: () => SharedFailure): void {
  let over = false
  const controller: Dispatcher.DispatchController = {
    aborted: false,
    paused: false,
    reason: null,
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    abort: () => {
      over = true
      stream.close(NGHTTP2_CANCEL)
    },
  }
  const end = (act: () => void) => {
    if (over) return
    over = true
    act()
  }
  const fail = () => end(() => handler.onResponseError?.(controller, failure()))
  // The reason is in the stream's code and the session's state.
  stream.on('error', () => {})
  stream.on('response', ({ ':status': status = 0, ...headers }) => {
    let missingBytes = Number(headers['content-length'] ?? 0)
    if (!over) handler.onResponseStart?.(controller, status, headers)
    // Not before: where head and body come together, Node would hand out the body first.
    stream.on('data', (chunk: Buffer) => {
      missingBytes -= chunk.length
      if (!over) handler.onResponseData?.(controller, chunk)
    })
    // A reset without an error is an end like any other; one with an error ends the stream too, with its code set before.
    stream.on('end', () => {
      if (!(missingBytes > 0) && stream.rstCode === NGHTTP2_NO_ERROR) end(() => handler.onResponseEnd?.(controller, {}))
    })
  })
  stream.on('close', fail)
  handler.onRequestStart?.(controller, undefined)
}
