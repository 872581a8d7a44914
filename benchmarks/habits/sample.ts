/** Something with factors, each of which has a value: `{ way: 'two', status: '429' }`. */
export type Factors = Readonly<Record<string, string>>

/**
 * As few as possible of these, so that each pair of values that any of them has is in one that is chosen. Greedy: the
 * one with most pairs that are still missing comes next, the first of equals, so that the choice is always the same.
 */
export function pairwise<T>(all: readonly T[], factorsOf: (one: T) => Factors): readonly T[] {
  const left = new Map(all.map(one => [one, pairsOf(factorsOf(one))]))
  const missing = new Set([...left.values()].flat())
  const chosen = new Set<T>()
  while (missing.size > 0) {
    const [best, pairs] = [...left].reduce((most, other) =>
      countIn(missing, other[1]) > countIn(missing, most[1]) ? other : most,
    )
    chosen.add(best)
    left.delete(best)
    for (const pair of pairs) missing.delete(pair)
  }
  return all.filter(one => chosen.has(one))
}

function pairsOf(factors: Factors): readonly string[] {
  const values = Object.entries(factors).map(([name, value]) => `${name}=${value}`)
  return values.flatMap((one, i) => values.slice(i + 1).map(other => `${one} ${other}`))
}

function countIn(missing: ReadonlySet<string>, pairs: readonly string[]): number {
  return pairs.filter(pair => missing.has(pair)).length
}
