import { createHash } from 'node:crypto'

/** The database's tiles hold eight levels each. Source: golang.org/design/25530-sumdb, golang.org/x/mod/sumdb (tileHeight). */
const HEIGHT = 8
const FULL_WIDTH = 2 ** HEIGHT
export const HASH_BYTES = 32

/**
 * The root of a complete subtree: of the leaves from `index * 2 ** level` on, `2 ** level` of them. All numbers are safe
 * integers, and only multiplied and divided by powers of two: shifts in JavaScript have 32 bits.
 */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** Consecutive hashes: `width` nodes of level `8 * level` from `256 * index` on. A full one has 256. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** The complete subtrees that make up a tree of this size, from the left, largest first. Source: RFC 6962, 2.1. */
export function peaksOf(size: number): readonly TreeNode[] {
  const peaks: TreeNode[] = []
  let start = 0
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level
    if (size - start < width) continue
    peaks.push({ level, index: start / width })
    start += width
  }
  return peaks
}

/** The tile that holds a node, as wide as it is in a tree of this size, and where in it the hashes below the node stand. */
export function tileOf({ level, index }: TreeNode, size: number) {
  const tileLevel = Math.floor(level / HEIGHT)
  const count = 2 ** (level - tileLevel * HEIGHT)
  const first = index * count
  const tileIndex = Math.floor(first / FULL_WIDTH)
  const start = first - tileIndex * FULL_WIDTH
  const tile = makeTile(tileLevel, tileIndex, size)
  return { tile, start, end: start + count }
}

function makeTile(level: number, index: number, size: number): Tile {
  const hashes = Math.floor(size / 2 ** (level * HEIGHT))
  return { level, index, width: Math.min(FULL_WIDTH, hashes - index * FULL_WIDTH) }
}

/** The tile that holds the hash of this full tile. */
export function parentOf({ level, index }: Tile, size: number): Tile {
  return makeTile(level + 1, Math.floor(index / FULL_WIDTH), size)
}

/** The place of a full tile's hash in its parent. */
export function nodeOf({ level, index }: Tile): TreeNode {
  return { level: (level + 1) * HEIGHT, index }
}

export function isFull({ width }: Tile): boolean {
  return width === FULL_WIDTH
}

/** The same tile when the tree has grown over it. */
export function fullOf(tile: Tile): Tile {
  return { ...tile, width: FULL_WIDTH }
}

/** `/tile/8/0/x001/x234/067.p/12`. Source: golang.org/x/mod/sumdb/tlog (Tile.Path). */
export function tilePath({ level, index, width }: Tile): string {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  return `/tile/${HEIGHT}/${level}/${path}${width === FULL_WIDTH ? '' : `.p/${width}`}`
}

/** RFC 6962, 2.1: leaves and nodes cannot be taken for each other. */
export function hashLeaf(record: string): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(record).digest()
}

export function hashNode(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()
}

/** The root of the complete subtree above these hashes, of which there are a power of two. */
export function hashSubtree(hashes: Buffer): Buffer {
  if (hashes.length <= HASH_BYTES) return hashes
  const middle = hashes.length / 2
  return hashNode(hashSubtree(hashes.subarray(0, middle)), hashSubtree(hashes.subarray(middle)))
}

/** The root of a tree, of the roots of its complete subtrees. */
export function hashPeaks(peaks: readonly Buffer[]): Buffer {
  return peaks.length === 0 ? createHash('sha256').digest() : peaks.reduceRight((right, left) => hashNode(left, right))
}
