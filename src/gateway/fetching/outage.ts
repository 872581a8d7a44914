/**
 * Whether anybody answers at all. When nobody has for as long as one object is looked for, the other objects need not
 * each wait that long again: a job whose proxies are all gone ends once, not once for each module.
 */
export interface Outage {
  answered(): void
  failed(nowMs: number): void
  /** Until when an object that was first asked for at `begunMs` is looked for. */
  deadlineMs(begunMs: number): number
  /** Whether to ask for one more object. In an outage one at a time finds out whether it is over. */
  mayAsk(nowMs: number): boolean
}

/** @param patienceMs how long one object is looked for  @param probeMs between two attempts in an outage */
export function watchOutage(patienceMs: number, probeMs: number): Outage {
  let sinceMs: number | undefined
  let probedMs = Number.NEGATIVE_INFINITY
  const endMs = () => (sinceMs === undefined ? Number.POSITIVE_INFINITY : sinceMs + patienceMs)
  return {
    answered() {
      sinceMs = undefined
    },
    failed(nowMs) {
      sinceMs ??= nowMs
    },
    deadlineMs: begunMs => Math.min(begunMs + patienceMs, endMs()),
    mayAsk(nowMs) {
      if (nowMs < endMs()) return true
      if (nowMs - probedMs < probeMs) return false
      probedMs = nowMs
      return true
    },
  }
}
