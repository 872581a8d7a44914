import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { peaksOf, type Tile, tileOf, tilePath } from '../../src/sumdb/tile.ts'

describe('the path of a tile', () => {
  test.each<[Tile, string]>([
    // golang.org/x/mod/sumdb/tlog, of Tile.
    [{ level: 4, index: 1_234_067, width: 1 }, '/tile/8/4/x001/x234/067.p/1'],
    [{ level: 4, index: 1_234_067, width: 256 }, '/tile/8/4/x001/x234/067'],
    [{ level: 0, index: 0, width: 255 }, '/tile/8/0/000.p/255'],
    [{ level: 0, index: 1000, width: 256 }, '/tile/8/0/x001/000'],
    [{ level: 0, index: 2 ** 45, width: 256 }, '/tile/8/0/x035/x184/x372/x088/832'],
  ])('%p is %s', (tile, path) => expect(tilePath(tile)).toBe(path))
})

/** Any size of a tree, small and huge ones. */
const size = fc.oneof(
  fc.integer({ min: 1, max: 70_000 }),
  fc.maxSafeNat().filter(n => n > 0),
)

describe('in a tree of any size', () => {
  test('the peaks are complete subtrees side by side, ever smaller, and cover it', () => {
    fc.assert(
      fc.property(size, n => {
        const peaks = peaksOf(n).map(({ level, index }) => ({
          start: BigInt(index) << BigInt(level),
          level: BigInt(level),
        }))
        let end = 0n
        for (const { start, level } of peaks) {
          expect(start).toBe(end)
          end = start + (1n << level)
        }
        expect(end).toBe(BigInt(n))
        expect(peaks.every(({ level }, i) => i === 0 || level < (peaks[i - 1]?.level ?? 0n))).toBe(true)
      }),
    )
  })

  test('a node is where 64-bit numbers say, in a tile that is there', () => {
    fc.assert(
      fc.property(size, fc.maxSafeNat(), fc.integer({ min: 0, max: 52 }), (n, at, wanted) => {
        const level = Math.min(wanted, Math.floor(Math.log2(n)))
        const index = at % Math.floor(n / 2 ** level)
        const { tile, start, end } = tileOf({ level, index }, n)
        // golang.org/x/mod/sumdb/tlog (tileForIndex, tileParent).
        const shift = BigInt(level % 8)
        const first = BigInt(index) << shift
        const hashes = BigInt(n) >> BigInt(level - (level % 8))
        const [tileIndex, offset] = [first >> 8n, first & 255n]
        const rest = hashes - (tileIndex << 8n)
        expect({ tile, start, end }).toEqual({
          tile: { level: Math.floor(level / 8), index: Number(tileIndex), width: Number(rest < 256n ? rest : 256n) },
          start: Number(offset),
          end: Number(offset + (1n << shift)),
        })
        expect(end).toBeLessThanOrEqual(tile.width)
      }),
    )
  })
})
