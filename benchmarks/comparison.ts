import { median } from '../src/benchmark/sample.ts'

/** Less than this more is not called worse, however sure it is. */
export const TOLERATED = 1.05

/** What chance alone does more seldom than this is not put down to it. */
const MOST_BY_CHANCE = 0.05
/** Below it, even the other's winning each round is what chance does more often. */
const LEAST_OUTCOMES = 5

export const RULE = `Worse: the median of the rounds' ratios is over ${TOLERATED}, and chance alone would give the ratios less than once in 20 times (one-sided paired t-test of their logarithms). A size has no noise: its ratio decides. What a round gets right or not is compared by a sign test, once in 20 times, too.`

export type Verdict = 'worse' | 'not worse beyond noise' | 'not judged'

/** How one figure of two programs compares; less is better. */
export interface Comparison {
  /** The median of the rounds' ratios, ours over theirs, and their extremes. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
  readonly verdict: Verdict
}

/**
 * A figure of both, round by round: what is measured in one round has met the same machine. Ratios are compared by
 * their logarithms, in which twice and half as much are equally far from the same.
 */
export function compareRounds(ours: readonly number[], theirs: readonly number[]): Comparison {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN))
  const ratio = median(ratios) ?? Number.NaN
  const spread = { ratio, lowest: Math.min(...ratios), highest: Math.max(...ratios) }
  // One round tells nothing of noise; and what could not be measured is 0.
  const judged = ratios.length > 1 && ratios.every(one => Number.isFinite(one) && one > 0)
  if (!judged) return { ...spread, verdict: 'not judged' }
  return { ...spread, verdict: verdictOf(ratio > TOLERATED && isAboveNoise(ratios.map(Math.log))) }
}

/** A figure without noise, such as a size. */
export function compareExact(ours: number, theirs: number): Comparison {
  const ratio = ours / theirs
  return { ratio, lowest: ratio, highest: ratio, verdict: verdictOf(ratio > TOLERATED) }
}

/** What each did right or not, round by round: only rounds in which the two differ tell something. */
export function compareOutcomes(
  ours: readonly boolean[],
  theirs: readonly boolean[],
): { readonly lost: number; readonly won: number; readonly verdict: Verdict } {
  const lost = ours.filter((right, round) => !right && theirs[round]).length
  const won = ours.filter((right, round) => right && !theirs[round]).length
  if (ours.length < LEAST_OUTCOMES) return { lost, won, verdict: 'not judged' }
  return { lost, won, verdict: verdictOf(chanceOf(lost, lost + won) < MOST_BY_CHANCE) }
}

function verdictOf(worse: boolean): Verdict {
  return worse ? 'worse' : 'not worse beyond noise'
}

/** That so many or more of so many tosses of a coin are heads. */
function chanceOf(heads: number, tosses: number): number {
  let [chance, one] = [0, 0.5 ** tosses]
  for (let k = 0; k <= tosses; k++) {
    if (k >= heads) chance += one
    one *= (tosses - k) / (k + 1)
  }
  return chance
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
