import type { Dispatcher } from 'undici'
import type { Clock } from '../effects.ts'
import { HttpProxyFailure } from './http-proxy-fault.ts'
import type { FetchOptions } from './options.ts'
import { classifyError, errorCode, type OutcomeKind } from './outcome.ts'
import { type Headers, header, type PartialBody, rangeHeaders } from './partial.ts'
import { type ReceivedBody, receiveRest, receiveWhole } from './receive.ts'
import { type Sender, SharedFailure } from './shared.ts'
import type { Transport } from './transport.ts'

/** One request: by GET, unless it has a body. */
export interface Request {
  readonly url: URL
  readonly options: FetchOptions
  /** By the clock. */
  readonly endMs: number
  readonly headers: Readonly<Record<string, string>>
  readonly publicOnly: boolean
  /** Asks for the rest of this body only. */
  readonly rest?: PartialBody
  /** What is sent; undefined: it is a GET. */
  readonly body?: SentBody
}

/** The body of a request that is no GET. */
export interface SentBody {
  readonly method: 'PUT' | 'POST'
  readonly content: string | Uint8Array
}

/** How one request ended, before redirects are followed. */
export interface RequestEnd extends ReceivedBody {
  readonly kind: OutcomeKind
  readonly status: number | null
  readonly location: string | undefined
  readonly retryAfter: string | undefined
  readonly resumed?: boolean
  readonly reused: boolean
  /** Set when it failed on a connection that requests share. */
  readonly failure: SharedFailure | undefined
  /** The stable code of the connection's error, if one ended it: see `Outcome`. */
  readonly cause?: string
  /** What the server takes the time to be, as it wrote it. */
  readonly date?: string | undefined
  /** Set when the network's own proxy gave no connection. */
  readonly httpProxy?: HttpProxyFailure
  readonly sentAtMs: number | null
  readonly headAtMs: number | null
  readonly connection: {
    readonly lookupMs: number | null
    readonly connectMs: number | null
    readonly tlsMs: number | null
  }
}

export const NOTHING: RequestEnd = {
  kind: 'stopped',
  status: null,
  location: undefined,
  retryAfter: undefined,
  detail: undefined,
  chunks: [],
  bytes: 0,
  reused: false,
  partial: undefined,
  failure: undefined,
  sentAtMs: null,
  headAtMs: null,
  connection: { lookupMs: null, connectMs: null, tlsMs: null },
}

/** A server that refuses again and again has another reason than one bad moment. */
const MAX_REFUSALS = 3

/**
 * Sends the request once more where nothing was wrong with the server: it closed an idle connection just as we used it
 * (RFC 9112, 9.3.1), or it said that it had not begun with this request (RFC 9113, 8.7).
 */
export async function getReplacingLost(request: Request, transport: Transport): Promise<RequestEnd> {
  let [lost, refusals] = [0, 0]
  for (;;) {
    const end = await getOnce(request, transport)
    if (end.kind !== 'cut' || end.status !== null) return end
    if (end.failure?.unprocessed) {
      if (++refusals > MAX_REFUSALS) return end
    } else {
      // A server that resets one stream and keeps the connection means it.
      const ofConnection = end.failure === undefined || end.failure.lostConnection !== undefined
      if (!ofConnection || !end.reused || ++lost > 1) return end
    }
  }
}

/** Sends one request and reads its answer. Never rejects. */
export function getOnce(request: Request, transport: Transport): Promise<RequestEnd> {
  const leftMs = request.endMs - transport.clock.now()
  if (leftMs <= 0 || request.options.signal?.aborted) return Promise.resolve(NOTHING)
  return new Promise(resolve => exchange(request, leftMs, transport, resolve))
}

/**
 * In one piece: each callback reads and writes the state of this one exchange.
 * @param resolve called once
 */
function exchange(request: Request, leftMs: number, transport: Transport, resolve: (end: RequestEnd) => void): void {
  const { url, options, rest } = request
  const { clock, connections } = transport
  const receiver = rest === undefined ? receiveWhole(options) : receiveRest(rest, options)
  const openedBefore = connections.openedTo(url.origin)
  let end: RequestEnd = NOTHING
  let controller: Dispatcher.DispatchController | undefined
  let settled = false
  const settle = (kind: OutcomeKind) => {
    if (settled) return
    settled = true
    watch.end()
    controller?.abort(new Error(kind))
    if (kind === 'silent' || kind === 'stalled') connections.suspect(url)
    resolve({ ...end, ...receiver.read(), kind })
  }
  const expire = (kind: OutcomeKind) => {
    const between = kind === 'unreachable' ? connections.waitingFor(url) : undefined
    if (between === undefined) settle(kind)
    else fail(between)
  }
  const watch = watchRequest({ ...options, deadlines: { ...options.deadlines, totalMs: leftMs } }, clock, expire)
  const fail = (cause: unknown) => {
    if (cause instanceof SharedFailure) end = { ...end, failure: cause }
    if (cause instanceof HttpProxyFailure) end = { ...end, httpProxy: cause }
    if (end.sentAtMs === null) end = { ...end, connection: connections.attemptTo(url.origin) ?? end.connection }
    end = { ...end, cause: errorCode(cause) }
    settle(failureKind(cause, end))
  }
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started
      if (settled) return started.abort(new Error('stopped'))
      watch.sent()
      end = { ...end, sentAtMs: clock.now(), ...connectionOf(url, openedBefore, connections) }
    },
    onResponseStart(_controller, status, headers) {
      if (status < 200) return
      const headAtMs = clock.now()
      end = {
        ...end,
        status,
        headAtMs,
        location: locationOf(status, headers),
        retryAfter: header(headers, 'retry-after'),
        date: header(headers, 'date'),
      }
      if (end.location !== undefined) return settle('redirect refused')
      const kind = receiver.head(status, headers, headAtMs - (end.sentAtMs ?? headAtMs))
      if (kind !== undefined) return settle(kind)
      // `openBody` may have aborted the request.
      if (!settled) watch.answered()
    },
    onResponseData(_controller, chunk) {
      watch.moved()
      const kind = receiver.data(chunk)
      if (kind !== undefined) settle(kind)
    },
    onResponseEnd() {
      controller = undefined
      // undici frees the connection one turn after the end of a message: settled any earlier, the caller's next
      // request would open a second connection beside it.
      setImmediate(() => setImmediate(() => settle(receiver.end())))
    },
    onResponseError(_controller, cause) {
      controller = undefined
      fail(cause)
    },
  }
  if (options.fresh) connections.suspect(url)
  // Also catches what undici and Node throw at once for what they cannot send, such as a header with a line break.
  const dispatch = (sender: Sender) =>
    settled || sender.dispatch(dispatchOptions(request, transport.userAgent), handler)
  connections.reach(url, request.publicOnly).then(dispatch).catch(fail)
}

/** Ends a request when a deadline passes or the caller aborts. */
interface RequestWatch {
  /** The request is on its way. */
  sent(): void
  /** The head arrived; from now on the body may not stall. */
  answered(): void
  moved(): void
  end(): void
}

function watchRequest(
  { deadlines, signal }: Pick<FetchOptions, 'deadlines' | 'signal'>,
  clock: Clock,
  settle: (kind: OutcomeKind) => void,
): RequestWatch {
  const { sendMs, headMs, stallMs, totalMs } = deadlines
  let [isSent, isAnswered, movedAtMs] = [false, false, 0]
  let cancelStall = () => {}
  const stop = () => settle('stopped')
  signal?.addEventListener('abort', stop)
  const timers = [
    clock.after(totalMs, stop),
    clock.after(headMs, () => {
      if (!isAnswered) settle(isSent ? 'silent' : 'unreachable')
    }),
    clock.after(sendMs ?? headMs, () => {
      if (!isSent) settle('unreachable')
    }),
  ]
  // Bodies come in thousands of pieces: none of them gets a timer of its own.
  const watchStall = () => {
    const silentMs = clock.now() - movedAtMs
    if (silentMs >= stallMs) return settle('stalled')
    cancelStall = clock.after(stallMs - silentMs, watchStall)
  }
  const moved = () => {
    movedAtMs = clock.now()
  }
  return {
    sent: () => {
      isSent = true
    },
    answered: () => {
      isAnswered = true
      moved()
      watchStall()
    },
    moved,
    end: () => {
      for (const cancel of timers) cancel()
      cancelStall()
      signal?.removeEventListener('abort', stop)
    },
  }
}

function failureKind(cause: unknown, { headAtMs }: RequestEnd): OutcomeKind {
  if (cause instanceof HttpProxyFailure) return cause.kind
  const kind = classifyError(cause)
  return headAtMs !== null && kind === 'unreachable' ? 'cut' : kind
}

/** Where a redirect leads; undefined for every other answer. */
function locationOf(status: number, headers: Headers): string | undefined {
  return status >= 300 && status < 400 && status !== 304 ? header(headers, 'location') : undefined
}

/** Whether a request uses a connection that was open before, and what opening it took where it was not. */
function connectionOf(
  { origin }: URL,
  openedBefore: number,
  connections: Transport['connections'],
): Pick<RequestEnd, 'reused' | 'connection'> {
  const isFirst = connections.takeOpenedAhead(origin)
  const reused = !isFirst && connections.openedTo(origin) === openedBefore && openedBefore > 0
  return { reused, connection: (reused ? undefined : connections.timingsOf(origin)) ?? NOTHING.connection }
}

function dispatchOptions({ url, headers, rest, body }: Request, userAgent: string): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    ...(body === undefined ? { method: 'GET' } : { method: body.method, body: Buffer.from(body.content) }),
    headers: {
      'user-agent': userAgent,
      'accept-encoding': 'identity',
      ...headers,
      ...(rest === undefined ? {} : rangeHeaders(rest)),
    },
  }
}
