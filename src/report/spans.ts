/** A piece of time. */
export interface TimeSpan {
  readonly startMs: number
  readonly ms: number
}

/** The time that any of them covers, in order. */
export function union(spans: readonly TimeSpan[]): readonly TimeSpan[] {
  const merged: { startMs: number; ms: number }[] = []
  for (const { startMs, ms } of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1)
    if (last !== undefined && startMs <= last.startMs + last.ms)
      last.ms = Math.max(last.ms, startMs + ms - last.startMs)
    else merged.push({ startMs, ms })
  }
  return merged
}

/** The time of some that the others leave. @param others in order, and apart, as `union` gives them */
export function without(spans: readonly TimeSpan[], others: readonly TimeSpan[]): readonly TimeSpan[] {
  return spans.flatMap(({ startMs, ms }) => {
    const left: TimeSpan[] = []
    let from = startMs
    for (const other of others) {
      if (other.startMs >= startMs + ms) break
      if (other.startMs > from) left.push({ startMs: from, ms: other.startMs - from })
      from = Math.max(from, other.startMs + other.ms)
    }
    return from < startMs + ms ? [...left, { startMs: from, ms: startMs + ms - from }] : left
  })
}
