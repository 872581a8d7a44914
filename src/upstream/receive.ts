import type { FetchOptions } from './options.ts'
import { classifyStatus, type OutcomeKind } from './outcome.ts'
import { type Headers, header, isIdentity, lengthOf, type PartialBody, partialOf, restOf } from './partial.ts'

/** So much of an error's body is read, to see whether a 404 speaks of the upstream's own failure. */
const ERROR_BODY_BYTES = 2048

/** Judges one answer while it arrives. `head` and `data` return how the request ends; undefined: read on. */
export interface Receiver {
  /** @param waitedMs how long the answer took to begin */
  head(status: number, headers: Headers, waitedMs: number): OutcomeKind | undefined
  data(chunk: Buffer): OutcomeKind | undefined
  /** The message ended as its framing says. */
  end(): OutcomeKind
  read(): ReceivedBody
}

/** What arrived so far. */
export interface ReceivedBody {
  /** The body, where `openBody` did not take it. */
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** The beginning of an error's body in plain text. */
  readonly detail: string | undefined
  /** What a request for the rest needs, should the body be cut; only of a body that `openBody` took. */
  readonly partial: PartialBody | undefined
}

/** Receives an object from its first byte. */
export function receiveWhole({ maxBytes, openBody, onProgress, onlyCached }: FetchOptions): Receiver {
  const chunks: Buffer[] = []
  const error: Buffer[] = []
  let bytes = 0
  let status: number | undefined
  let isPlainText = false
  let partial: PartialBody | undefined
  let body: PartialBody['body'] | undefined
  return {
    head(answered, headers, waitedMs) {
      status = answered
      isPlainText = /^text\/plain\b/i.test(header(headers, 'content-type') ?? '')
      if (status !== 200) return undefined
      if (!isIdentity(header(headers, 'content-encoding'))) return 'encoded'
      if (Number(header(headers, 'content-length')) > maxBytes) return 'too large'
      body = openBody?.(waitedMs, lengthOf(headers))
      partial = body && partialOf(headers, body)
      return undefined
    },
    data(chunk) {
      bytes += chunk.length
      if (status !== 200) {
        error.push(chunk)
        return bytes >= ERROR_BODY_BYTES ? errorKind(status, error, onlyCached) : undefined
      }
      if (bytes > maxBytes) return 'too large'
      if (body === undefined) chunks.push(chunk)
      else body.write(chunk)
      onProgress?.(bytes)
      return undefined
    },
    end: () => (status === 200 ? 'found' : errorKind(status, error, onlyCached)),
    read: () => ({ chunks, bytes, detail: isPlainText && error.length > 0 ? textOf(error) : undefined, partial }),
  }
}

/** Receives the rest of a body that was cut; an answer that is not exactly that rest is a protocol error. */
export function receiveRest(rest: PartialBody, { maxBytes, onProgress }: FetchOptions): Receiver {
  let missing: number | undefined
  let bytes = 0
  return {
    head(status, headers) {
      missing = restOf(rest, status, headers)
      if (missing === undefined) return status >= 500 ? 'server error' : 'protocol error'
      return rest.received + missing > maxBytes ? 'too large' : undefined
    },
    data(chunk) {
      if (bytes + chunk.length > (missing ?? 0)) return 'protocol error'
      bytes += chunk.length
      rest.body.write(chunk)
      onProgress?.(bytes)
      return undefined
    },
    end: () => (bytes === missing ? 'found' : 'cut'),
    read: () => ({ chunks: [], bytes, detail: undefined, partial: undefined }),
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).subarray(0, ERROR_BODY_BYTES).toString('utf8')
}

function errorKind(status: number | undefined, chunks: readonly Buffer[], onlyCached?: boolean): OutcomeKind {
  if (status === undefined) return 'protocol error'
  return classifyStatus(status, Buffer.concat(chunks).toString('latin1'), onlyCached)
}
