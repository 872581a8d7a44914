import type { Outcome } from './outcome.ts'

/** How long each part of one request may take, in milliseconds. */
export interface Deadlines {
  /** From the request's start until it is sent, connecting included; undefined: as long as `headMs`. */
  readonly sendMs?: number
  /** From the request's start to the first byte of the answer, connecting included. */
  readonly headMs: number
  /** Between two pieces of the body. */
  readonly stallMs: number
  /** The whole request, redirects included. */
  readonly totalMs: number
}

/** How to fetch one object. */
export interface FetchOptions {
  readonly deadlines: Deadlines
  /** A body longer than this is refused. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
  /** Further request headers, such as `authorization`: sent to the first origin only. */
  readonly headers?: Readonly<Record<string, string>>
  /** Asks a proxy not to fetch from its source what it lacks; servers that do not know this fetch all the same. */
  readonly onlyCached?: boolean
  /** A public upstream may not redirect into this machine's or network's own addresses. */
  readonly publicUpstream: boolean
  /** At most so many redirects are followed; undefined: as many as go follows. */
  readonly redirects?: number
  /** Called with the bytes of the body so far. */
  readonly onProgress?: (bytes: number) => void
  /**
   * Takes the body of an answer with 200 instead of the outcome, anew for each such answer: the last one counts.
   * @param firstByteMs how long the answer took to begin
   * @param length its bytes, as its head says; undefined: it does not
   */
  readonly openBody?: (firstByteMs: number, length?: number) => { write(chunk: Buffer): void }
  /**
   * Whether to ask for the rest of a body that `openBody` took and that was cut; undefined: never.
   * @param silent it was not cut, but fell silent
   */
  readonly resume?: (silent: boolean) => boolean
  /** Of a list of proxies: called with a failure after which the next one is asked. */
  readonly onPassed?: (failure: Outcome) => void
  /** Use a new connection: something on the one that requests share is silent. */
  readonly fresh?: boolean
}
