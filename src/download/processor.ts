/** Tells a process group that works from one that merely waits, by its processor time. */
export interface ProcessorWatch {
  /** @param usedMs processor time so far; undefined where the system does not tell, and then nothing is seen of it */
  look(usedMs: number | undefined, nowMs: number): boolean
}

/**
 * A group that works uses at least this share of one processor, as one that unpacks on a machine with fifty busy
 * neighbours would. A go that waits for a silent proxy uses none: less than 10 ms in 150 s (Go 1.26, Linux, `-x -json`,
 * 40 modules).
 */
const WORKING_SHARE = 0.02
/** The system counts in steps of 10 ms: fewer of them than three may be chance, in the short windows of tests. */
const LEAST_MS = 30

/** @param windowMs the time over which the share is taken: so long that one collection of garbage is no work */
export function watchProcessor(windowMs: number): ProcessorWatch {
  const leastMs = Math.max(LEAST_MS, WORKING_SHARE * windowMs)
  let from: { readonly usedMs: number; readonly atMs: number } | undefined
  return {
    look(usedMs, nowMs) {
      if (usedMs === undefined) return false
      const used = from === undefined ? 0 : usedMs - from.usedMs
      const worked = used >= leastMs
      // Less than before: a child has ended whose time no other process of the group has taken over.
      if (from === undefined || worked || used < 0 || nowMs - from.atMs >= windowMs) from = { usedMs, atMs: nowMs }
      return worked
    },
  }
}
