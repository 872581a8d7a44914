import type { Measurement } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'

/** Predictions within this share of the shortest are equal: the measurement is no more exact. */
const EQUAL_SHARE = 0.1

/**
 * The candidate to put first. Among those as fast as the fastest, trust decides; among equals in trust, the one that
 * GOPROXY names today, then the official proxy, then the one that the download has begun with, then the order given.
 * @param usable measurements of candidates that may be chosen, fastest first
 * @returns undefined for an empty list
 */
export function findPreferred(usable: readonly Measurement[], begun?: Candidate): Measurement | undefined {
  const equal = Math.min(...usable.map(secondsOf)) * (1 + EQUAL_SHARE)
  const weigh = ({ candidate }: Measurement) => 2 * weightOf(candidate) + Number(candidate === begun)
  return usable
    .filter(one => secondsOf(one) <= equal)
    .reduce<Measurement | undefined>(
      (best, one) => (best === undefined || weigh(one) > weigh(best) ? one : best),
      undefined,
    )
}

/** How many times as long as through `other` the download through `one` may take, and `one` is still put before it. */
export function toleranceOver(one: Candidate, other: Candidate): number {
  return weightOf(one) > weightOf(other) ? 1 + EQUAL_SHARE : 1
}

function weightOf({ trust, incumbent }: Candidate): number {
  return (trust === 'mirror' ? 0 : 4) + (incumbent ? 2 : 0) + (trust === 'official' ? 1 : 0)
}

/** Seconds of the whole download; Infinity where nothing is predicted. */
export function secondsOf({ predictedSeconds }: Measurement): number {
  return predictedSeconds ?? Number.POSITIVE_INFINITY
}
