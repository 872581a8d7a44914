import type { GoproxyEntry } from '../../go/goproxy.ts'
import type { GoRequest } from '../../report/requests.ts'
import type { Transport } from '../../upstream/fetch.ts'
import { fetchFromList } from '../../upstream/list.ts'
import type { FetchOptions } from '../../upstream/options.ts'
import { headMs, type Outcome } from '../../upstream/outcome.ts'

/** What is asked for Go’s sake, and of which proxy. */
export interface GoQuestion {
  readonly entry: GoproxyEntry
  /** The upstream, as it may be shown. */
  readonly name: string
  /** Below its URL. */
  readonly path: string
  /** The path below a proxy that has it, too; undefined: the same. */
  readonly object?: string
}

export interface GoFetchWorld {
  readonly transport: Transport
  /** Is told each request, however it ended. */
  readonly onRequest: (request: GoRequest) => void
}

/** Asks one place, and notes it for the report. */
export async function fetchForGo(
  { entry, name, path, object = path }: GoQuestion,
  options: FetchOptions,
  { transport, onRequest }: GoFetchWorld,
): Promise<Outcome> {
  const sentMs = transport.clock.now()
  const outcome = await fetchFromList({ entries: [entry], ending: undefined }, path, options, transport)
  const { kind, status, bytes, timings } = outcome
  const took = { ms: timings.totalMs, firstByteMs: headMs(timings), bytes, status, outcome: kind }
  onRequest({ upstream: name, object, sentMs, ...took })
  return outcome
}
