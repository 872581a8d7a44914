import { basicAuthorization } from './list.ts'
import type { FetchOptions } from './options.ts'
import { describeOutcome, type OutcomeKind } from './outcome.ts'
import { getOnce } from './request.ts'
import type { Transport } from './transport.ts'

/** What is sent, and how. */
export interface SendOptions extends Pick<FetchOptions, 'deadlines' | 'signal'> {
  readonly body: string
  readonly contentType: string
}

/** How sending ended. */
export interface SendEnd {
  readonly kind: OutcomeKind
  /** HTTP status; null when there was no answer. */
  readonly status: number | null
  /** Whether the server took it. */
  readonly accepted: boolean
  /** Plain words without anything that the server wrote. */
  readonly reason: string
  /** The beginning of what it wrote of its error, where that is plain text. Foreign: to be sanitised before it is shown. */
  readonly detail: string | undefined
  /** What to do about the network's own proxy, where that is at fault. */
  readonly proxyHint: string | undefined
}

/** Of an answer that says yes nothing more is wanted. */
const ANSWER_BYTES = 16 << 10

/**
 * PUTs a body to a URL, with the login that the transport has for it if it is an https one. Never rejects, follows no
 * redirect, and reads little of the answer. The transport's connections must not offer HTTP/2.
 */
export async function sendOnce(
  target: string,
  { body, contentType, deadlines, signal }: SendOptions,
  transport: Transport,
): Promise<SendEnd> {
  const url = new URL(target)
  const end = await getOnce(
    {
      url,
      put: body,
      options: { deadlines, maxBytes: ANSWER_BYTES, publicUpstream: false, ...(signal && { signal }) },
      endMs: transport.clock.now() + deadlines.totalMs,
      headers: { 'content-type': contentType, ...basicAuthorization(url, transport.logins ?? []) },
      publicOnly: false,
    },
    transport,
  )
  const { kind, status, detail, httpProxy, location } = end
  return {
    kind,
    status,
    // Once the head says so, what becomes of the body does not matter.
    accepted: status !== null && status >= 200 && status < 300,
    reason: httpProxy?.reason ?? reasonOf(kind, status, location !== undefined),
    detail,
    proxyHint: httpProxy?.fault.hint,
  }
}

function reasonOf(kind: OutcomeKind, status: number | null, isRedirect: boolean): string {
  if (isRedirect) return `it redirects (${status}), which is not followed`
  // Their usual words are about files of a proxy.
  if (kind === 'absent' || kind === 'absent for now') return `it knows no such path (${status})`
  return describeOutcome(kind, status)
}
