import { failed, ok, type Problem, type Result } from '../errors.ts'
import {
  fullOf,
  HASH_BYTES,
  hashPeaks,
  hashSubtree,
  isFull,
  nodeOf,
  parentOf,
  peaksOf,
  type Tile,
  type TreeNode,
  tileOf,
  tilePath,
} from './tile.ts'
import type { SignedTree } from './tree.ts'

/** Reads one tile of the database, unchecked. */
export type ReadTile = (path: string) => Promise<Result<Buffer>>

/** Hashes of nodes, in order, or why they are not proven: `wrong tiles` contradict the tree. */
export type ProvenHashes = { readonly ok: true; readonly value: readonly Buffer[] } | Unproven
export type Unproven =
  | { readonly ok: false; readonly why: 'wrong tiles' }
  | { readonly ok: false; readonly why: 'unread'; readonly problems: readonly Problem[] }

const WRONG: Unproven = { ok: false, why: 'wrong tiles' }

/**
 * The hashes of these nodes of a tree, read from tiles of just this tree. As by go, every tile is proven before anything
 * in it is used: those at the tree's right edge together by the signed hash, every other by its parent.
 * Source: golang.org/x/mod/sumdb/tlog (tileHashReader.ReadHashes).
 */
export async function readHashes(tree: SignedTree, nodes: readonly TreeNode[], read: ReadTile): Promise<ProvenHashes> {
  const plan = planTiles(tree.size, nodes)
  const tiles = [...plan.edge, ...plan.inner]
  const answers = await Promise.all(tiles.map(tile => readTile(tile, read)))
  // One is enough to tell: all came the same way.
  const unread = answers.find(answer => !answer.ok)
  if (unread?.ok === false) return { ok: false, why: 'unread', problems: unread.problems }
  const bytes = new Map<string, Buffer>()
  for (const [i, tile] of tiles.entries()) {
    const answer = answers[i]
    if (!answer?.ok || answer.value.length !== tile.width * HASH_BYTES) return WRONG
    bytes.set(tilePath(tile), answer.value)
  }
  const hashOf = (node: TreeNode) => {
    const { tile, start, end } = tileOf(node, tree.size)
    return hashSubtree((bytes.get(tilePath(tile)) as Buffer).subarray(start * HASH_BYTES, end * HASH_BYTES))
  }
  const root = hashPeaks(peaksOf(tree.size).map(hashOf))
  if (root.toString('base64') !== tree.hash) return WRONG
  // Parents come first.
  for (const tile of plan.inner)
    if (!hashOf(nodeOf(tile)).equals(hashSubtree(bytes.get(tilePath(tile)) as Buffer))) return WRONG
  return { ok: true, value: nodes.map(hashOf) }
}

/** The tiles at the right edge, which hold the peaks, and those that lead from them to the nodes, parents first. */
function planTiles(size: number, nodes: readonly TreeNode[]) {
  const edge = new Map(
    peaksOf(size)
      .map(peak => tileOf(peak, size).tile)
      .map(tile => [tilePath(tile), tile]),
  )
  const inner = new Map<string, Tile>()
  for (const node of nodes) {
    const way: Tile[] = []
    // Only a full tile has a parent, and one that is not full is at the edge: so this ends.
    for (let { tile } = tileOf(node, size); !edge.has(tilePath(tile)); tile = parentOf(tile, size)) way.push(tile)
    for (const tile of way.reverse()) inner.set(tilePath(tile), tile)
  }
  return { edge: [...edge.values()], inner: [...inner.values()] }
}

/** A part of a tile may be gone from the server when the tree has since grown over it: then the full tile begins with it. */
async function readTile(tile: Tile, read: ReadTile): Promise<Result<Buffer>> {
  const answer = await read(tilePath(tile))
  if (answer.ok || isFull(tile)) return answer
  const full = fullOf(tile)
  const whole = await read(tilePath(full))
  if (!whole.ok) return failed(...answer.problems)
  return ok(
    whole.value.length === full.width * HASH_BYTES ? whole.value.subarray(0, tile.width * HASH_BYTES) : whole.value,
  )
}
