import type { Outcome } from '../upstream/outcome.ts'

/** What a request was for. */
export type Purpose = 'go.mod' | 'info' | 'zip' | 'list' | 'control' | 'supported' | 'lookup'

/** One request to a proxy, and its answer. Nothing in it is foreign, but for `detail`, which is sanitised. */
export interface ProbeAnswer
  extends Pick<Outcome, 'kind' | 'status' | 'reason' | 'timings' | 'bytes' | 'cause' | 'proxyHint'> {
  /** The proxy's URL, without its login. */
  readonly proxy: string
  readonly purpose: Purpose
  /** `path@version`, or a path below the proxy. */
  readonly object: string
  /** What the server wrote of its error; '' where it wrote nothing. */
  readonly detail: string
  /** Whether the content is what was asked for; undefined: none came. */
  readonly content: 'right' | 'wrong' | 'invalid' | undefined
  /** What is not right with it. */
  readonly fault: string
  /** The server's time less this machine's; undefined: it told none. */
  readonly skewMs: number | undefined
  /** Whether a login went with it. */
  readonly withLogin: boolean
}

/** Why an answer is of no use: in the catalogue's codes where it has one, since go would fail so. */
export interface AnswerCause {
  readonly code: string
  /** What the proxy does, behind its name. */
  readonly does: string
  /** In place of the catalogue's. */
  readonly hint?: string
}

/** undefined: the answer is right. */
export function causeOf(answer: ProbeAnswer): AnswerCause | undefined {
  return causeInContent(answer) ?? causeInConnection(answer) ?? causeInStatus(answer) ?? causeInFlow(answer)
}

const CONTENT_NAMES: Readonly<Record<Purpose, string>> = {
  'go.mod': 'a go.mod file',
  info: 'the JSON of a version',
  zip: 'a module’s zip',
  list: 'a list of versions',
  control: 'a refusal',
  supported: 'a checksum database',
  lookup: 'a record of the checksum database',
}

function causeInContent({ kind, content, fault, status, purpose, object }: ProbeAnswer): AnswerCause | undefined {
  if (kind !== 'found') return undefined
  if (content === 'wrong')
    return { code: 'GO_CHECKSUM_MISMATCH', does: `sends something else for ${object} than go.sum has: ${fault}` }
  if (content !== 'invalid') return undefined
  return {
    code: 'GO_BAD_CONTENT',
    does: `answers ${status} with something that is not ${CONTENT_NAMES[purpose]}: ${fault}`,
  }
}

const CLOCK_OR_OPERATOR = 'Is this machine’s clock right? If it is, the server’s operator must renew the certificate.'
const NAME_OR_OPERATOR =
  'Is the name in GOPROXY right? If it is, the server’s operator must get a certificate for this name, or another server answers in its place.'

/** By the codes of OpenSSL and Node. */
const CERTIFICATES: Readonly<Record<string, Omit<AnswerCause, 'code'>>> = {
  CERT_HAS_EXPIRED: { does: 'has a certificate that has expired', hint: CLOCK_OR_OPERATOR },
  CERT_NOT_YET_VALID: { does: 'has a certificate that is not valid yet', hint: CLOCK_OR_OPERATOR },
  ERR_TLS_CERT_ALTNAME_INVALID: { does: 'has a certificate for another name', hint: NAME_OR_OPERATOR },
  HOSTNAME_MISMATCH: { does: 'has a certificate for another name', hint: NAME_OR_OPERATOR },
  DEPTH_ZERO_SELF_SIGNED_CERT: { does: 'has a self-signed certificate, which is not trusted here' },
}

const NO_ROUTE: AnswerCause = { code: 'CONNECTION_UNREACHABLE', does: 'cannot be reached: there is no route to it' }

const UNREACHABLE: Readonly<Record<string, AnswerCause>> = {
  ECONNREFUSED: { code: 'CONNECTION_REFUSED', does: 'refuses the connection' },
  ENETUNREACH: NO_ROUTE,
  EHOSTUNREACH: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
}

/** A server that answers TLS with something else, in the codes of several versions of OpenSSL. */
const NOT_TLS = /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|HTTP_REQUEST))$/

function causeInConnection({ kind, cause = '', reason, proxyHint }: ProbeAnswer): AnswerCause | undefined {
  switch (kind) {
    case 'unknown host':
      return cause === 'EAI_AGAIN'
        ? { code: 'DNS_FAILURE', does: 'cannot be looked up: no DNS server answers' }
        : { code: 'DNS_UNKNOWN_HOST', does: 'has a name that does not resolve here' }
    case 'unreachable':
      if (proxyHint !== undefined)
        return { code: 'HTTP_PROXY_TARGET', does: `cannot be reached: ${reason}`, hint: proxyHint }
      return UNREACHABLE[cause] ?? { code: 'CONNECTION_TIMEOUT', does: 'does not accept a connection in time' }
    case 'bad certificate':
      return { code: 'TLS_CERTIFICATE', does: 'has a certificate that is not trusted here', ...CERTIFICATES[cause] }
    case 'tls failed':
      return NOT_TLS.test(cause)
        ? { code: 'HTTP_WRONG_SCHEME', does: 'does not speak TLS on this port' }
        : { code: 'TLS_HANDSHAKE', does: 'cannot agree on a secure connection' }
    case 'http proxy unreachable':
    case 'http proxy refuses':
      return {
        code: /password|log ?in/.test(reason) ? 'HTTP_PROXY_AUTHENTICATION' : 'HTTP_PROXY_UNREACHABLE',
        does: `cannot be asked: ${reason}`,
        ...(proxyHint !== undefined && { hint: proxyHint }),
      }
    default:
      return undefined
  }
}

const LOGIN_MISSING =
  'Put `machine HOST login USER password TOKEN` for this host into ~/.netrc, or a line `HOST USER TOKEN` into GO_PROXY_SETUP_CREDENTIALS.'
const LOGIN_REFUSED =
  'Is the token complete, not expired, and this user’s? It comes from GO_PROXY_SETUP_CREDENTIALS, from the netrc file, or from GOPROXY itself.'

function causeInStatus({ kind, status, object, withLogin }: ProbeAnswer): AnswerCause | undefined {
  switch (kind) {
    case 'unauthorized':
      return withLogin
        ? { code: 'HTTP_UNAUTHORIZED', does: `refuses the login (${status})`, hint: LOGIN_REFUSED }
        : { code: 'HTTP_UNAUTHORIZED', does: `asks for a login, and none is known (${status})`, hint: LOGIN_MISSING }
    case 'forbidden':
      return { code: 'HTTP_FORBIDDEN', does: `refuses to answer (${status})` }
    case 'limited':
      return { code: 'HTTP_TOO_MANY_REQUESTS', does: `limits the number of requests${inBrackets(status)}` }
    case 'server error':
    case 'unexpected status':
      return { code: 'HTTP_SERVER_ERROR', does: `fails with status ${status}` }
    case 'absent':
      return { code: 'HTTP_NOT_FOUND', does: `does not have ${object}${inBrackets(status)}` }
    case 'absent for now':
    case 'not cached':
      return { code: 'HTTP_ABSENT_FAILED', does: `says “not found” (${status}) because its own source failed` }
    default:
      return undefined
  }
}

function inBrackets(status: number | null): string {
  return status === null ? '' : ` (${status})`
}

const SILENT_HINT =
  'It accepts the connection and then sends nothing: it may be overloaded, or something on the way swallows the answer. If it lasts, {another}.'
const CUT_HINT = 'Does the URL have the right scheme (https or http) and port? If it does and this lasts, {another}.'

function causeInFlow({ kind, reason }: ProbeAnswer): AnswerCause | undefined {
  switch (kind) {
    case 'silent':
    case 'stopped':
      return { code: 'HTTP_SILENT', does: 'gives no answer in time', hint: SILENT_HINT }
    case 'stalled':
      return { code: 'HTTP_SILENT', does: 'stops in the middle of its answer', hint: SILENT_HINT }
    case 'redirect refused':
      return { code: 'HTTP_REDIRECT', does: reason.replace(/^it /, '') }
    case 'cut':
      return { code: 'CONNECTION_CUT', does: 'closes the connection before its answer is complete', hint: CUT_HINT }
    case 'protocol error':
    case 'encoded':
    case 'too large':
      return { code: 'GO_BAD_CONTENT', does: `is not a module proxy: ${reason}` }
    default:
      return undefined
  }
}
