/** What was seen of something under way. */
export interface Sighting {
  readonly nowMs: number
  /** Done so far, in any unit. */
  readonly amount: number
  /** Still to do, in the same unit; undefined: unknown. */
  readonly left: number | undefined
}

/** What can honestly be said of it. */
export interface KnownRate {
  /** Units per second of late; undefined: unknown yet. */
  readonly perSecond: number | undefined
  /** Milliseconds until it is done, in steps that a reader can follow; undefined: unknown. */
  readonly leftMs: number | undefined
}

export interface RateWatch {
  note(sighting: Sighting): KnownRate
}

/** The rate is that of about so long. */
const RATE_OVER_MS = 4_000
/** The expected end follows what the rate says within about so long. */
const END_OVER_MS = 3_000
/** What began later has no rate. */
const RATE_AFTER_MS = 1_000
/** A first burst says little about the end. */
const LEFT_AFTER_MS = 2_000
/** Less is left than can be said: what takes longer after all must not stand at one second. */
const LEAST_LEFT_MS = 500
/** A remaining time that grows is told anew only when it has grown by so much. */
const GROWTH = 1.25
/** After so long without movement the end is unknown, unless its movements are further apart than that as a rule. */
const STILL_MS = 2_000
const STILL_GAPS = 3
/** A guess beyond this is none. */
const MOST_LEFT_MS = 2 * 3_600_000

/**
 * How fast something goes, and when it will be done. The rate is an exponential mean over what was seen, so that bursts
 * and pauses do not make it jump; the expected end moves slowly, too. What is not known is not said: no remaining time at
 * the beginning, none when the expected end has passed, none while nothing moves.
 */
export function watchRate(): RateWatch {
  let first: Sighting | undefined
  let last: Sighting | undefined
  let [sum, weight] = [0, 0]
  let moves = 0
  let movedMs = 0
  let endMs: number | undefined
  let shownMs: number | undefined
  const rateAt = (sighting: Sighting, afterMs: number): number => {
    const kept = Math.exp(-afterMs / RATE_OVER_MS)
    const moved = Math.max(0, sighting.amount - (last?.amount ?? sighting.amount))
    sum = sum * kept + (moved / (afterMs / 1000)) * (1 - kept)
    weight = weight * kept + (1 - kept)
    return sum / weight
  }
  const isStill = (nowMs: number): boolean => {
    const gapMs = (movedMs - (first?.nowMs ?? nowMs)) / Math.max(1, moves)
    return nowMs - movedMs > Math.max(STILL_MS, STILL_GAPS * gapMs)
  }
  const expectEnd = ({ nowMs, left }: Sighting, rate: number, afterMs: number): number | undefined => {
    if (left === undefined || rate <= 0 || isStill(nowMs)) return undefined
    const target = nowMs + (left / rate) * 1000
    return endMs === undefined ? target : endMs + (target - endMs) * (1 - Math.exp(-afterMs / END_OVER_MS))
  }
  return {
    note(sighting) {
      const { nowMs, amount } = sighting
      first ??= sighting
      if (amount > (last?.amount ?? amount)) {
        moves++
        movedMs = nowMs
      }
      const afterMs = last === undefined ? 0 : nowMs - last.nowMs
      const rate = afterMs > 0 ? rateAt(sighting, afterMs) : weight > 0 ? sum / weight : 0
      last = sighting
      const isRate = nowMs - first.nowMs >= RATE_AFTER_MS && amount > first.amount
      if (!isRate) return { perSecond: undefined, leftMs: undefined }
      endMs = expectEnd(sighting, rate, afterMs)
      shownMs = nowMs - first.nowMs < LEFT_AFTER_MS || endMs === undefined ? undefined : tell(endMs - nowMs, shownMs)
      return { perSecond: rate, leftMs: shownMs }
    },
  }
}

/** What is said of a remaining time. @param before what was said last */
function tell(leftMs: number, before: number | undefined): number | undefined {
  if (leftMs < LEAST_LEFT_MS || leftMs > MOST_LEFT_MS) return undefined
  const rounded = inSteps(leftMs)
  const grewLittle = before !== undefined && rounded > before && rounded < before * GROWTH
  return grewLittle ? before : rounded
}

/** Coarser the further away: to one second, five, ten, and a minute. */
function inSteps(ms: number): number {
  const step = ms <= 20_000 ? 1_000 : ms <= 60_000 ? 5_000 : ms <= 300_000 ? 10_000 : 60_000
  return Math.ceil(ms / step) * step
}
