import { basicAuthorization } from './list.ts'
import type { FetchOptions } from './options.ts'
import { describeOutcome, type OutcomeKind } from './outcome.ts'
import { getOnce, type SentBody } from './request.ts'
import type { Transport } from './transport.ts'

/** What is sent to one address, once. */
export interface SendRequest extends Pick<FetchOptions, 'deadlines' | 'signal'> {
  readonly url: URL
  readonly body: SentBody
  /** May be secret. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Longest answer that is read. */
  readonly maxBytes: number
}

/** How sending ended. */
export interface SendEnd {
  readonly kind: OutcomeKind
  /** HTTP status; null when there was no answer. */
  readonly status: number | null
  /** Whether the head of the answer says that the server took it. */
  readonly accepted: boolean
  /** What it answered; empty where that is not all of an answer with status 200. */
  readonly answer: Buffer
  /** Plain words without anything that the server wrote. */
  readonly reason: string
  /** The beginning of what it wrote of its error, where that is plain text. Foreign: to be sanitised before it is shown. */
  readonly detail: string | undefined
  /** What to do about the network's own proxy, where that is at fault. */
  readonly proxyHint: string | undefined
}

/**
 * Sends a body to a URL, through the HTTP proxies that go uses and with the roots that go trusts, with the login that the
 * transport has for it if it is an https one. Never rejects, and follows no redirect.
 */
export async function sendOnce(sending: SendRequest, transport: Transport): Promise<SendEnd> {
  const { url, body, headers, maxBytes, deadlines, signal } = sending
  const end = await getOnce(
    {
      url,
      body,
      options: { deadlines, maxBytes, publicUpstream: false, ...(signal && { signal }) },
      endMs: transport.clock.now() + deadlines.totalMs,
      headers: { ...headers, ...basicAuthorization(url, transport.logins ?? []) },
      publicOnly: false,
    },
    transport,
  )
  const { kind, status, chunks, detail, httpProxy, location } = end
  return {
    kind,
    status,
    accepted: status !== null && status >= 200 && status < 300,
    answer: kind === 'found' ? Buffer.concat(chunks) : Buffer.alloc(0),
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
