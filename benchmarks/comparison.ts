import { median } from '../src/benchmark/sample.ts'

/** Less than this more is not called worse, however sure it is. */
export const TOLERATED = 1.05

/** How one figure of two programs compares; of all figures less is better. */
export interface Comparison {
  /** The median of the rounds' ratios, ours over theirs, and their extremes. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
  readonly verdict: 'worse' | 'not worse beyond noise' | 'not judged'
}

export const RULE = `Worse: the median of the rounds' ratios is over ${TOLERATED}, and a one-sided paired t-test of the ratios' logarithms finds that chance alone would give this less than once in 20 times. A size has no noise: there the ratio decides.`

/**
 * A figure of both, round by round: what is measured in one round has met the same machine. Ratios are compared by
 * their logarithms, in which twice and half as much are equally far from the same.
 */
export function compareRounds(ours: readonly number[], theirs: readonly number[]): Comparison {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN))
  const ratio = median(ratios) ?? Number.NaN
  const spread = { ratio, lowest: Math.min(...ratios), highest: Math.max(...ratios) }
  // One round tells nothing of noise; and what could not be measured is 0.
  if (ratios.length < 2 || !ratios.every(one => Number.isFinite(one) && one > 0))
    return { ...spread, verdict: 'not judged' }
  const worse = ratio > TOLERATED && isAboveNoise(ratios.map(Math.log))
  return { ...spread, verdict: worse ? 'worse' : 'not worse beyond noise' }
}

/** A figure without noise, such as a size. */
export function compareExact(ours: number, theirs: number): Comparison {
  const ratio = ours / theirs
  return { ratio, lowest: ratio, highest: ratio, verdict: ratio > TOLERATED ? 'worse' : 'not worse beyond noise' }
}

/** One-sided paired t-test at 5 %: whether the differences' mean is above 0 by more than chance gives 1 time in 20. */
function isAboveNoise(differences: readonly number[]): boolean {
  const rounds = differences.length
  const mean = differences.reduce((sum, one) => sum + one, 0) / rounds
  const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (rounds - 1)
  return mean > (T_95[Math.min(rounds - 1, T_95.length) - 1] as number) * Math.sqrt(variance / rounds)
}

/** The 95 % quantiles of Student's distribution for 1, 2, … degrees of freedom; for more, the last is on the safe side. */
const T_95 = [
  6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.74,
  1.734, 1.729, 1.725,
]
