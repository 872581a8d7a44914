/** How fast one proxy is asked: never faster than the user allows, and more slowly for a while after it refused. */
export interface RequestPace {
  /** Milliseconds until the next request may be sent; 0: now. */
  waitMs(nowMs: number): number
  sent(nowMs: number): void
  /**
   * A request was refused (429, 503).
   * @param sentMs when it was sent: what was refused of one burst lowers the rate once
   * @param holdMs nothing is sent for so long, since the proxy asks for that; undefined: it names no time
   * @returns whether the rate is now lower than it ever was
   */
  refused(nowMs: number, sentMs: number, holdMs: number | undefined): boolean
  /** A good answer came: after a while of these the rate rises again. */
  answered(nowMs: number): void
  /** Requests a second, now. */
  rate(): number
  /** The lowest that it ever was. */
  lowestRate(): number
}

/** One request in ten seconds is not too much for any proxy that works. */
export const LEAST_RATE = 0.1
/** So long after a refusal, and after the pause that it asked for, the lower rate holds. */
const SLOW_MS = 30_000

/** @param wanted requests a second, more than 0: the highest rate. No burst is saved up while nothing is sent. */
export function openPace(wanted: number): RequestPace {
  const least = Math.min(LEAST_RATE, wanted)
  let rate = wanted
  let lowest = wanted
  let nextMs = Number.NEGATIVE_INFINITY
  let loweredMs = Number.NEGATIVE_INFINITY
  let slowUntilMs = Number.NEGATIVE_INFINITY
  const gapMs = () => 1_000 / rate
  return {
    waitMs: nowMs => Math.max(0, nextMs - nowMs),
    sent(nowMs) {
      nextMs = Math.max(nextMs, nowMs + gapMs())
    },
    refused(nowMs, sentMs, holdMs) {
      if (sentMs >= loweredMs) {
        rate = Math.max(least, rate / 2)
        loweredMs = nowMs
      }
      nextMs = Math.max(nextMs, nowMs + Math.max(gapMs(), holdMs ?? 0))
      slowUntilMs = Math.max(slowUntilMs, nowMs + (holdMs ?? 0) + SLOW_MS)
      const isLower = rate < lowest
      lowest = Math.min(lowest, rate)
      return isLower
    },
    answered(nowMs) {
      if (rate === wanted || nowMs < slowUntilMs) return
      rate = Math.min(wanted, rate * 2)
      slowUntilMs = nowMs + SLOW_MS
    },
    rate: () => rate,
    lowestRate: () => lowest,
  }
}
