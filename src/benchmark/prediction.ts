import type { ModuleVersion } from '../go/module.ts'
import { guessZipBytes, type Work } from './probe-plan.ts'

/** What is known of one candidate's speed. */
export interface Speed {
  /** Setting up a connection: name, TCP, TLS. */
  readonly connectMs: number
  /** One round trip with the answer's first byte. */
  readonly latencyMs: number
  readonly bytesPerSecond: number
  /** Share of requests that failed though the candidate works, 0 to 1. */
  readonly errorRate: number
}

export interface Mode {
  /** Requests that go keeps in flight (GOMAXPROCS). */
  readonly parallel: number
  /** Requests in flight where something fetches ahead of go; undefined when go is alone. */
  readonly prefetch: number | undefined
}

/** A failed request costs a new connection and one more round trip, at least. */
const RETRY_MS = 1_000

/**
 * Seconds that `go mod download` of this project would take through one candidate. Plain go asks for the graph's
 * go.mod files in parallel, for the `.info` of each module one after the other, then for the zips in parallel:
 * `connect + L·(graph/P + modules + modules/P) + bytes/rate`. With prefetch all requests share W sockets.
 */
export function predictSeconds(speed: Speed, work: Work, bytes: number, mode: Mode): number {
  const modules = work.modules.length
  const requests = work.graphFiles + 2 * modules
  const roundTrips =
    mode.prefetch === undefined
      ? work.graphFiles / mode.parallel + modules + modules / mode.parallel
      : Math.max(3, requests / mode.prefetch)
  const ms = speed.connectMs + speed.latencyMs * roundTrips + speed.errorRate * requests * RETRY_MS
  return ms / 1000 + bytes / speed.bytesPerSecond
}

/**
 * Bytes of all zips still to come: measured sizes where there are some, and for the rest guesses that are scaled by
 * how far the guesses were off where both are known.
 * @param measured zip bytes by module path.
 */
export function estimateBytes(modules: readonly ModuleVersion[], measured: ReadonlyMap<string, number>): number {
  let known = 0
  let guessedOfKnown = 0
  let guessedRest = 0
  for (const { path } of modules) {
    const bytes = measured.get(path)
    if (bytes === undefined) guessedRest += guessZipBytes(path)
    else {
      known += bytes
      guessedOfKnown += guessZipBytes(path)
    }
  }
  const scale = guessedOfKnown === 0 ? 1 : Math.min(3, Math.max(0.3, known / guessedOfKnown))
  return known + guessedRest * scale
}
