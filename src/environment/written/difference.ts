import { bareOf, splitLines } from './block.ts'

/** A line that one of two texts has and the other has not. Numbers count from 1, each in its own text. */
export interface LineChange {
  readonly line: number
  readonly removed?: string
  readonly added?: string
}

/** Beyond so many lines on both sides what lies between is told as a whole: no file of settings is so long. */
const MOST_CELLS = 4_000_000

/**
 * What differs line by line, in order. Ends of lines do not count: a last line that gets one has not
 * changed for its reader.
 */
export function findLineChanges(before: string, after: string): readonly LineChange[] {
  const [old, fresh] = [splitLines(before).map(bareOf), splitLines(after).map(bareOf)]
  let start = 0
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start++
  let same = 0
  while (same < Math.min(old.length, fresh.length) - start && old.at(-1 - same) === fresh.at(-1 - same)) same++
  const [removed, added] = [old.slice(start, old.length - same), fresh.slice(start, fresh.length - same)]
  const kept = longestCommon(removed, added)
  const changes: LineChange[] = []
  let [i, j] = [0, 0]
  for (const [inOld, inFresh] of [...kept, [removed.length, added.length] as const]) {
    for (; i < inOld; i++) changes.push({ line: start + i + 1, removed: removed[i] ?? '' })
    for (; j < inFresh; j++) changes.push({ line: start + j + 1, added: added[j] ?? '' })
    i++
    j++
  }
  return changes
}

/** The positions, in both, of a longest common sequence. */
function longestCommon(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > MOST_CELLS) return []
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}
