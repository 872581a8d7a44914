import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleVersion } from '../../go/module.ts'

/**
 * How an upstream comes by a module: `quick`, it has it; `fetches`, it gets the whole module from its source first,
 * whichever file is asked for, so that each module costs it seconds of work; `unknown` before its first answer.
 */
export type Pace = 'unknown' | 'quick' | 'fetches'

/** Which upstreams fetch what they are asked for, as the first answers for each module show. */
export interface Paces {
  /**
   * An answer of this upstream begins.
   * @param waitedMs how long it took to begin  @param flowedMs how much of that other bodies were coming from there
   */
  note(upstream: Candidate, module: ModuleVersion, waitedMs: number, flowedMs: number): void
  of(upstream: Candidate): Pace
  /** Whether it has begun to send a file of this module, and so has all of them. */
  has(upstream: Candidate, module: ModuleVersion): boolean
}

/** Longer than any round trip, and shorter than a fetch that would matter. */
const FETCH_MS = 500
/** The newest answer counts an eighth; at a smaller share of fetches the proxy has nearly everything. */
const NEWEST_SHARE = 1 / 8
const FETCHES_SHARE = 0.2

export function openPaces(): Paces {
  const seen = new Map<Candidate, Set<string>>()
  const shares = new Map<Candidate, number>()
  return {
    has: (upstream, module) => seen.get(upstream)?.has(keyOf(module)) ?? false,
    note(upstream, module, waitedMs, flowedMs) {
      const modules = seen.get(upstream) ?? new Set()
      seen.set(upstream, modules)
      const key = keyOf(module)
      // The other files of a module come from its store.
      if (modules.has(key)) return
      modules.add(key)
      const now = Number(waitedMs >= FETCH_MS)
      // It may have fetched, or the line was full: that tells nothing.
      if (now === 1 && waitedMs - flowedMs < FETCH_MS) return
      const before = shares.get(upstream)
      shares.set(upstream, before === undefined ? now : before + (now - before) * NEWEST_SHARE)
    },
    of(upstream) {
      // Public proxies have what the world uses.
      if (upstream.trust !== 'own') return 'quick'
      const share = shares.get(upstream)
      return share === undefined ? 'unknown' : share > FETCHES_SHARE ? 'fetches' : 'quick'
    },
  }
}

function keyOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`
}
