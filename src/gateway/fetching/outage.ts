/**
 * Whether any upstream answers at all. When none has for as long as one object may take, the other objects need not
 * each wait that long again: a job whose proxies are all down fails once, not once for each module.
 */
export interface Outage {
  answered(): void
  failed(nowMs: number): void
  /** When to give up an object that was first asked for at `begunMs`. */
  deadlineMs(begunMs: number): number
  /** Whether to ask for one more object. During an outage one at a time probes whether it is over. */
  mayAsk(nowMs: number): boolean
}

/** @param patienceMs how long one object may take  @param probeMs between two probes during an outage */
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
