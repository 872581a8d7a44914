/** How asking one upstream for one object ended: the vocabulary of verdicts and of retries. */
export type OutcomeKind =
  | 'found'
  /** 404 or 410, and nothing says that the upstream itself failed. */
  | 'absent'
  /** 404 whose body says that the upstream's own source failed. */
  | 'absent for now'
  /** 404: it would have to fetch the object, and was asked not to. */
  | 'not cached'
  | 'unauthorized'
  | 'forbidden'
  | 'limited'
  | 'server error'
  | 'unexpected status'
  | 'unknown host'
  | 'unreachable'
  | 'bad certificate'
  | 'tls failed'
  | 'silent'
  | 'stalled'
  | 'cut'
  | 'too large'
  | 'encoded'
  | 'redirect refused'
  | 'protocol error'
  /** The network's own proxy gives us no connection now: it is away, silent or fails. This says nothing of the upstream. */
  | 'http proxy unreachable'
  /** The network's own proxy gives us no connection at all: it refuses the login, or does not speak what it should. */
  | 'http proxy refuses'
  /** The caller stopped it, or its whole deadline passed. */
  | 'stopped'

/** Durations of single phases in milliseconds; null when the phase did not happen or cannot be seen (behind a proxy). */
export interface Timings {
  readonly lookupMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
  /** From the request's last byte sent to the first byte of the answer. */
  readonly firstByteMs: number | null
  readonly bodyMs: number | null
  readonly totalMs: number
}

/** When the first byte of the answer came, in milliseconds since the request began, connecting included; null: none came. */
export function headMs({ totalMs, bodyMs }: Timings): number | null {
  return bodyMs === null ? null : Math.max(0, totalMs - bodyMs)
}

export interface Outcome {
  readonly kind: OutcomeKind
  /** HTTP status of the last answer; null when there was none. */
  readonly status: number | null
  /** The object when found; otherwise empty. */
  readonly body: Buffer
  /** Bytes of body received, also when it was cut. */
  readonly bytes: number
  readonly timings: Timings
  /** Whether it went over a connection that was open before. */
  readonly reused: boolean
  /** Plain words without anything that the upstream wrote. */
  readonly reason: string
  /** What it wrote of its error, where that is plain text, at most 2 kB. Foreign: to be sanitised before it is shown. */
  readonly detail?: string | undefined
  /** The body was cut, and its rest asked for. */
  readonly resumed?: boolean
  /** As the upstream wrote it: parse before use. */
  readonly retryAfter: string | undefined
  /** The same of what it takes the time to be. */
  readonly date?: string | undefined
  /** The stable code of Node, OpenSSL, undici or ours for the connection's error; '' or undefined: it has none. */
  readonly cause?: string | undefined
  /** What to do about the network's own proxy, where that is at fault. */
  readonly proxyHint?: string | undefined
  /** Of a GOPROXY list, the URL of the entry that answered. */
  readonly via?: string
  /**
   * The number of the connection that was lost with it, where requests share one: however many tell of the same number,
   * it happened once.
   */
  readonly lostConnection?: number | undefined
}

/** Servers of github.com/goproxy/goproxy and others answer 404 when their own source failed, and say so in the body. */
const SELF_FAILED = /bad upstream|fetch timed out|Failed to connect|Connection refused|timeout|temporar/i

/** What such a server writes when it was asked not to fetch, and would have to. Source: its goproxy.go, serveCache. */
const NOT_CACHED = /^(not found: )?temporarily unavailable\s*$/i

/** The class of an answer other than 200 and redirects. @param onlyCached the upstream was asked not to fetch */
export function classifyStatus(status: number, bodyStart: string, onlyCached = false): OutcomeKind {
  if (status === 404 || status === 410) {
    if (onlyCached && NOT_CACHED.test(bodyStart)) return 'not cached'
    return SELF_FAILED.test(bodyStart) ? 'absent for now' : 'absent'
  }
  if (status === 401 || status === 407) return 'unauthorized'
  if (status === 429) return 'limited'
  // 418: what Huawei's mirror answers to those it does not want to serve.
  if (status === 403 || status === 418 || status === 451) return 'forbidden'
  if (status === 408 || status >= 500) return 'server error'
  return 'unexpected status'
}

const CERTIFICATE_CODES =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/

/** The class of a connection's error, by the stable codes of Node, OpenSSL, undici and ours. */
export function classifyError(error: unknown): OutcomeKind {
  const code = errorCode(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown host'
  if (CERTIFICATE_CODES.test(code)) return 'bad certificate'
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(code)) return 'tls failed'
  if (
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_ABORTED)$/.test(
      code,
    )
  )
    return 'unreachable'
  if (
    /^(ECONNRESET|EPIPE|SHARED_CUT|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/.test(
      code,
    )
  )
    return 'cut'
  if (code === 'SHARED_OVERLOADED') return 'limited'
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'too large'
  return 'protocol error'
}

/** Happy eyeballs reports one error an address: the first one's code stands for all. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0])
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** What to tell a user of an outcome; nothing in it comes from the upstream. */
export function describeOutcome(kind: OutcomeKind, status: number | null): string {
  switch (kind) {
    case 'found':
      return 'it has the file'
    case 'absent':
      // A directory that serves as a proxy says so without a status.
      return status === null ? 'it does not have the file' : `it does not have the file (${status})`
    case 'absent for now':
      return `it says not found (${status}) because its own source failed`
    case 'not cached':
      return `it would have to fetch the file first (${status})`
    case 'unauthorized':
      return `it asks for credentials (${status})`
    case 'forbidden':
      return `it refuses (${status})`
    case 'limited':
      return status === null ? 'it limits the number of requests' : `it limits the number of requests (${status})`
    case 'server error':
      return `it failed (${status})`
    case 'unexpected status':
      return `it answered with status ${status}`
    case 'unknown host':
      return 'its name cannot be resolved here'
    case 'unreachable':
      return 'no connection'
    case 'bad certificate':
      return 'its certificate is not trusted'
    case 'tls failed':
      return 'no secure connection'
    case 'silent':
      return 'it does not answer'
    case 'stalled':
      return 'its answer stalled'
    case 'cut':
      return 'it closed the connection early'
    case 'too large':
      return 'its answer is too large'
    case 'encoded':
      return 'it sent an encoding that was not requested'
    case 'redirect refused':
      return 'it redirects to a forbidden address'
    case 'protocol error':
      return 'its answer is not valid HTTP'
    case 'http proxy unreachable':
      return 'the HTTP proxy in front of it does not open a connection'
    case 'http proxy refuses':
      return 'the HTTP proxy before it refuses us'
    case 'stopped':
      return 'no answer in time'
  }
}
