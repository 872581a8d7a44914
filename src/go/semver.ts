/** A module's version as go compares it; what follows a `+` does not count. Source: golang.org/x/mod/semver (Compare). */
const VERSION = /^v(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

/** Negative when a is older than b. What is no version is older than every version. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)]
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  for (const i of [1, 2, 3]) {
    const difference = compareNumbers(left[i] as string, right[i] as string)
    if (difference !== 0) return difference
  }
  return comparePrereleases(left[4], right[4])
}

/** Of any length, as semver allows it, which forbids zeros before them. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareTexts(a, b)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A version without one is newer than all that lead to it. */
function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const [left, right] = [a.split('.'), b.split('.')]
  for (const [i, one] of left.entries()) {
    const other = right[i]
    if (other === undefined) return 1
    const numbers = [/^\d+$/.test(one), /^\d+$/.test(other)] as const
    const difference =
      numbers[0] && numbers[1]
        ? compareNumbers(one, other)
        : numbers[0] || numbers[1]
          ? Number(numbers[1]) - Number(numbers[0])
          : compareTexts(one, other)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
