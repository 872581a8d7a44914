import { gzipSync } from 'node:zlib'
import type { Problem } from '../errors.ts'
import { type SendEnd, sendOnce } from '../upstream/send.ts'
import type { Transport } from '../upstream/transport.ts'
import type { TraceEncoder } from './encode.ts'
import type { TraceDestination } from './settings.ts'

/** A collector's answer is a few bytes. */
const ANSWER_BYTES = 64 << 10

/** What sending needs besides the trace. */
export interface TraceSending {
  readonly encoder: TraceEncoder
  readonly transport: Transport
  readonly timeoutMs: number
  /** Ends it at once. */
  readonly signal: AbortSignal
}

/** Sends an encoded trace, once. Never rejects. @returns why it did not arrive, or not all of it */
export async function sendTrace(
  encoded: Uint8Array,
  { url, headers, protocol, compressed }: TraceDestination,
  { encoder, transport, timeoutMs, signal }: TraceSending,
): Promise<Problem | undefined> {
  const type = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf'
  const end = await sendOnce(
    {
      url,
      body: { method: 'POST', content: compressed ? gzipSync(encoded) : encoded },
      headers: { ...headers, 'content-type': type, ...(compressed ? { 'content-encoding': 'gzip' } : {}) },
      maxBytes: ANSWER_BYTES,
      deadlines: { headMs: timeoutMs, stallMs: timeoutMs, totalMs: timeoutMs },
      signal,
    },
    transport,
  )
  if (end.status !== null && end.status >= 300 && end.status < 400)
    return notSent(url, 'it redirects, which is not followed', REDIRECT_HINT)
  const isWhole = end.kind === 'found' || end.kind === 'unexpected status'
  if (!end.accepted || !isWhole) return notSent(url, reasonIn(end), end.proxyHint ?? hintFor(end))
  try {
    const rejected = encoder.rejectedIn(end.answer)
    return rejected === 0 ? undefined : notSent(url, `it refused ${rejected} spans`)
  } catch {
    return notSent(url, 'its answer is not that of a collector', HINT)
  }
}

function reasonIn({ status, reason }: SendEnd): string {
  return status === null || status < 300 ? reason : `it answered with status ${status}`
}

function hintFor({ status }: SendEnd): string {
  return status === 401 || status === 403 ? LOGIN_HINT : HINT
}

const LOGIN_HINT = 'Give its login in OTEL_EXPORTER_OTLP_HEADERS, from a secret: authorization=Bearer%20TOKEN'
const HINT =
  'Does OTEL_EXPORTER_OTLP_ENDPOINT name a collector that speaks OTLP over HTTP? OTEL_SDK_DISABLED=true sends none.'
const REDIRECT_HINT = 'Name the address that it leads to in OTEL_EXPORTER_OTLP_ENDPOINT.'

/** @param what in plain words: nothing that the collector wrote, and no header */
export function notSent({ host }: URL, what: string, hint: string = HINT): Problem {
  return { code: 'TRACE_NOT_SENT', message: `The trace did not reach the collector ${host}: ${what}.`, hint }
}
