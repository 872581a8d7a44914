import type { Dispatcher } from 'undici'
import type { FetchOptions, Transport } from './fetch.ts'
import { classifyError, classifyStatus, type OutcomeKind } from './outcome.ts'
import { header, isIdentity, type PartialBody, partialOf, rangeHeaders, restOf } from './partial.ts'
import { type Route, SharedFailure } from './shared.ts'

/** So much of an error's body is read, to see whether a 404 speaks of the upstream's own failure. */
const ERROR_BODY_BYTES = 2048

/** One request, by GET. */
export interface Request {
  readonly url: URL
  readonly options: FetchOptions
  /** By the clock. */
  readonly endMs: number
  readonly headers: Readonly<Record<string, string>>
  readonly publicOnly: boolean
  /** The rest of what was cut is asked for; an answer that is not exactly that rest is a protocol error. */
  readonly rest?: PartialBody
}

/** What came of one request, before redirects are followed. */
export interface Answer {
  readonly kind: OutcomeKind
  readonly status: number | null
  readonly location: string | undefined
  readonly retryAfter: string | undefined
  /** The beginning of an error's body in plain text. */
  readonly detail: string | undefined
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  readonly resumed?: boolean
  readonly reused: boolean
  /** Of a body that somebody takes: what asking for its rest needs, should it be cut. */
  readonly partial: PartialBody | undefined
  /** Set when it failed on a connection that others shared. */
  readonly failure: SharedFailure | undefined
  readonly sentAtMs: number | null
  readonly headAtMs: number | null
  readonly connection: {
    readonly lookupMs: number | null
    readonly connectMs: number | null
    readonly tlsMs: number | null
  }
}

export const NOTHING: Answer = {
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

/** A server that refuses again and again has another reason than that we came at a bad moment. */
const MAX_REFUSALS = 3

/**
 * Sends it once more where nothing was wrong with the server: it closed an idle connection just as we used it (RFC
 * 9112, 9.3.1), or it said that it had not begun with this request (RFC 9113, 8.7).
 */
export async function getReplacingLost(request: Request, transport: Transport): Promise<Answer> {
  let [lost, refusals] = [0, 0]
  for (;;) {
    const answer = await getOnce(request, transport)
    if (answer.kind !== 'cut' || answer.status !== null) return answer
    if (answer.failure?.unprocessed) {
      if (++refusals > MAX_REFUSALS) return answer
    } else {
      // A stream that alone was reset was reset on purpose.
      const ofConnection = answer.failure === undefined || answer.failure.lostConnection !== undefined
      if (!ofConnection || !answer.reused || ++lost > 1) return answer
    }
  }
}

export function getOnce(request: Request, transport: Transport): Promise<Answer> {
  const { url, options, rest } = request
  const { clock, connections } = transport
  const leftMs = request.endMs - clock.now()
  if (leftMs <= 0 || options.signal?.aborted) return Promise.resolve(NOTHING)
  return new Promise(resolve => {
    let body: { write(chunk: Buffer): void } | undefined = rest?.body
    /** Bytes that the rest may have. */
    let missing = 0
    const openedBefore = connections.openedTo(url.origin)
    let answer: Answer = NOTHING
    let bytes = 0
    const error: Buffer[] = []
    let isPlainText = false
    let controller: Dispatcher.DispatchController | undefined
    let settled = false
    const settle = (kind: OutcomeKind) => {
      if (settled) return
      settled = true
      for (const cancel of timers) cancel()
      cancelStall()
      options.signal?.removeEventListener('abort', stop)
      controller?.abort(new Error(kind))
      if (kind === 'silent' || kind === 'stalled') connections.suspect(url)
      const detail = isPlainText && error.length > 0 ? textOf(error) : undefined
      resolve({ ...answer, detail, bytes, kind })
    }
    const fail = (cause: unknown) => {
      if (cause instanceof SharedFailure) answer = { ...answer, failure: cause }
      settle(answer.headAtMs !== null && classifyError(cause) === 'unreachable' ? 'cut' : classifyError(cause))
    }
    const stop = () => settle('stopped')
    options.signal?.addEventListener('abort', stop)
    const timers = [
      clock.after(leftMs, stop),
      clock.after(options.deadlines.headMs, () => {
        if (answer.headAtMs === null) settle(answer.sentAtMs === null ? 'unreachable' : 'silent')
      }),
      clock.after(options.deadlines.sendMs ?? options.deadlines.headMs, () => {
        if (answer.sentAtMs === null) settle('unreachable')
      }),
    ]
    let cancelStall = () => {}
    let movedAtMs = 0
    // Bodies come in thousands of pieces: none of them gets a timer of its own.
    const watchStall = () => {
      const silentMs = clock.now() - movedAtMs
      if (silentMs >= options.deadlines.stallMs) return settle('stalled')
      cancelStall = clock.after(options.deadlines.stallMs - silentMs, watchStall)
    }
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (settled) return started.abort(new Error('stopped'))
        const isFirst = connections.takeOpenedAhead(url.origin)
        const reused = !isFirst && connections.openedTo(url.origin) === openedBefore && openedBefore > 0
        const connection = reused ? NOTHING.connection : (connections.timingsOf(url.origin) ?? NOTHING.connection)
        answer = { ...answer, sentAtMs: clock.now(), reused, connection }
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return
        isPlainText = /^text\/plain\b/i.test(header(headers, 'content-type') ?? '')
        const location = status >= 300 && status < 400 && status !== 304 ? header(headers, 'location') : undefined
        answer = { ...answer, status, headAtMs: clock.now(), location, retryAfter: header(headers, 'retry-after') }
        if (rest !== undefined) {
          missing = restOf(rest, status, headers) ?? 0
          if (missing === 0) return settle(status >= 500 ? 'server error' : 'protocol error')
          if (rest.received + missing > options.maxBytes) return settle('too large')
          cancelStall()
          movedAtMs = clock.now()
          return watchStall()
        }
        if (location !== undefined) return settle('redirect refused')
        if (status === 200 && !isIdentity(header(headers, 'content-encoding'))) return settle('encoded')
        if (status === 200 && Number(header(headers, 'content-length')) > options.maxBytes) return settle('too large')
        cancelStall()
        movedAtMs = clock.now()
        if (status === 200) body = options.openBody?.(movedAtMs - (answer.sentAtMs ?? movedAtMs))
        if (body !== undefined) answer = { ...answer, partial: partialOf(headers, body) }
        // Whoever takes the body may have called it off.
        if (!settled) watchStall()
      },
      onResponseData(_controller, chunk) {
        movedAtMs = clock.now()
        if (rest !== undefined && bytes + chunk.length > missing) return settle('protocol error')
        bytes += chunk.length
        if (rest === undefined && answer.status !== 200) {
          error.push(chunk)
          if (bytes >= ERROR_BODY_BYTES) settle(errorKind(answer.status, error))
          return
        }
        if (bytes > options.maxBytes) return settle('too large')
        if (body === undefined) (answer.chunks as Buffer[]).push(chunk)
        else body.write(chunk)
        options.onProgress?.(bytes)
      },
      onResponseEnd() {
        controller = undefined
        // undici frees the connection one turn after the end of a message: told any earlier, the caller's next
        // request would open a second connection beside it.
        setImmediate(() =>
          setImmediate(() => {
            if (rest !== undefined) settle(bytes === missing ? 'found' : 'cut')
            else settle(answer.status === 200 ? 'found' : errorKind(answer.status, error))
          }),
        )
      },
      onResponseError(_controller, cause) {
        controller = undefined
        fail(cause)
      },
    }
    answer = { ...NOTHING, chunks: [] }
    if (options.fresh) connections.suspect(url)
    connections.reach(url, request.publicOnly).then(route => {
      const sent = rest === undefined ? request : { ...request, headers: { ...request.headers, ...rangeHeaders(rest) } }
      if (!settled) dispatch(sent, route, transport.userAgent, handler, fail)
    }, fail)
  })
}

/** undici and Node throw at once for what they cannot send, such as a header with a line break. */
function dispatch(
  { url, headers }: Request,
  route: Route,
  userAgent: string,
  handler: Dispatcher.DispatchHandler,
  onError: (cause: unknown) => void,
): void {
  try {
    route.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers: { 'user-agent': userAgent, 'accept-encoding': 'identity', ...headers },
      },
      handler,
    )
  } catch (cause) {
    onError(cause)
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).subarray(0, ERROR_BODY_BYTES).toString('utf8')
}

function errorKind(status: number | null, chunks: readonly Buffer[]): OutcomeKind {
  return status === null ? 'protocol error' : classifyStatus(status, Buffer.concat(chunks).toString('latin1'))
}
