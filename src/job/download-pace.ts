import { predictSeconds } from '../benchmark/prediction.ts'
import type { Download } from '../download/download.ts'
import type { Asked, GatewayEvent } from '../gateway/telling/events.ts'
import { parseObjectPath } from '../go/escape.ts'

/** What the gateway's requests say about the download's time. */
export interface DownloadPace {
  /** While at least one request to an upstream was under way. */
  readonly fetchingSeconds: number
  /**
   * What plain go would have needed for the same files from where they came, as the benchmark's model has it; undefined
   * where too little was fetched to tell.
   */
  readonly plainGoSeconds: number | undefined
}

/** Share of the answers; the very first may be luck. */
const QUICKEST = 0.05
/** Fewer files do not show the round trip. */
const LEAST_FILES = 5

/** @param parallel requests that go keeps in flight */
export function paceOf(events: readonly GatewayEvent[], parallel: number): DownloadPace {
  const asked = events.filter(event => event.kind === 'asked')
  return { fetchingSeconds: busyMs(asked) / 1000, plainGoSeconds: plainGo(asked, parallel) }
}

/**
 * How long a download waited for the network: while the gateway's requests were under way where all modules came through
 * it. What go then unpacks, it would unpack of restored modules, too. Otherwise the whole time: part of it was go's own
 * fetching.
 */
export function networkSeconds(
  { seconds, modules, pace }: Pick<Download, 'seconds' | 'modules' | 'pace'>,
  events: readonly GatewayEvent[],
): number {
  const given = events.filter(event => event.kind === 'placed' || (event.kind === 'served' && event.status === 200))
  const zips = new Set(given.flatMap(({ target }) => (target.endsWith('.zip') ? [target] : [])))
  return pace !== undefined && zips.size >= modules ? pace.fetchingSeconds : seconds
}

function plainGo(asked: readonly Asked[], parallel: number): number | undefined {
  const found = asked.filter(({ outcome }) => outcome === 'found')
  const mods = found.filter(({ target }) => target.endsWith('.mod'))
  const zips = new Map(found.filter(({ target }) => target.endsWith('.zip')).map(one => [one.target, one]))
  if (zips.size === 0 || mods.length < LEAST_FILES) return undefined
  // Many requests at a time make each other wait, and plain go has few: the quickest answers tell its round trip.
  const latencyMs = quantile(
    mods.map(({ ms }) => ms),
    QUICKEST,
  )
  const bytes = [...zips.values()].reduce((sum, one) => sum + one.bytes, 0)
  const transferMs = Math.max(1, busyMs([...zips.values()]) - latencyMs)
  const graphFiles = new Set(mods.map(({ target }) => target)).size
  const modules = [...zips.keys()].flatMap(target => parseObjectPath(target) ?? [])
  return predictSeconds(
    { connectMs: 2 * latencyMs, latencyMs, bytesPerSecond: (Math.max(1, bytes) / transferMs) * 1000, errorRate: 0 },
    { graphFiles, modules, otherBytes: 0 },
    bytes,
    { parallel, prefetch: undefined },
  )
}

/** Time within at least one of the requests. */
function busyMs(asked: readonly Asked[]): number {
  let [busy, until] = [0, Number.NEGATIVE_INFINITY]
  for (const { atMs, ms } of [...asked].sort((a, b) => a.atMs - b.atMs)) {
    busy += Math.max(0, atMs + ms - Math.max(until, atMs))
    until = Math.max(until, atMs + ms)
  }
  return busy
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
}
