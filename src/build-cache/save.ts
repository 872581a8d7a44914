import type { Policy } from '../policy.ts'
import type { UsedEntries } from './used.ts'
import { formatMegabytes } from './words.ts'

/** What main knows of the entry that it restored or could not restore. */
export interface Reached {
  /** An entry of this job's name could be reached. */
  readonly found: boolean
  /** The service did not say whether there is one. */
  readonly unknown: boolean
  /** It was made for this commit. */
  readonly exact: boolean
  /** All of it is in GOCACHE. */
  readonly whole: boolean
  /** It could not be taken, and this machine is not to blame: perhaps no job can take it. */
  readonly failed: boolean
  /** Some of it was wrong: it is as good as none, and the next one takes its place. */
  readonly spoiled: boolean
}

/** Whether what is stored takes the place of an entry for the same commit. */
export function replacesEntry({ exact, failed, spoiled }: Reached): boolean {
  return spoiled || (exact && failed)
}

/** Why nothing is stored beside an entry that can be reached. */
export const NOT_USED_HERE = 'there is one, although it could not be used here'

export interface SaveBuildFacts extends UsedEntries {
  readonly reached: Reached
  readonly isDefaultBranch: boolean
}

/**
 * Why nothing would be stored whatever the job built, in plain words; undefined: that depends on what it built. An entry
 * costs space that older ones then lose, and only what the default branch stores reaches others.
 */
export function whyNeverSaved({
  reached,
  isDefaultBranch,
}: Pick<SaveBuildFacts, 'reached' | 'isDefaultBranch'>): string | undefined {
  if (isFirst(reached)) return undefined
  if (reached.exact && !reached.failed) return 'this commit has one already'
  // Given up, it is there for the next job. One that no job can take would else stand in the way of all later ones.
  if (!reached.whole && !(reached.failed && isDefaultBranch)) return NOT_USED_HERE
  if (!isDefaultBranch) return 'this is not the default branch, and the default branch’s entry could be used'
  return undefined
}

/** No entry can be reached: the next job would build all anew. */
function isFirst({ found, spoiled }: Reached): boolean {
  return !found || spoiled
}

/** Why nothing is stored, in plain words; undefined: it pays. */
export function whyNotSaved(
  { names, bytes, newBytes, ...known }: SaveBuildFacts,
  { minimumNewBytes, minimumNewShare }: Policy['buildCache'],
): string | undefined {
  const never = whyNeverSaved(known)
  if (never !== undefined) return never
  if (names.length === 0) return 'the job built nothing'
  if (isFirst(known.reached)) return newBytes > 0 ? undefined : 'the job built nothing new'
  const least = Math.max(minimumNewBytes, minimumNewShare * bytes)
  if (newBytes > least) return undefined
  return `only ${formatMegabytes(newBytes)} are new, and saving pays only from ${formatMegabytes(least)} on`
}
