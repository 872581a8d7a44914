import { crc32, inflateSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { encodePalette } from '../../scripts/palette.mjs'

/** The chunks of a PNG by name, each checked. */
function chunksOf(png: Buffer): ReadonlyMap<string, Buffer> {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  return chunks
}

test('a picture keeps its grounds, and every other colour becomes the nearest one', () => {
  const [white, grey, black, dark] = [0xffffff, 0xf6f8fa, 0x000000, 0x030303]
  const pixels = [white, white, white, grey, grey, black, black, dark]
  const rgba = Buffer.from(pixels.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255, 255]))
  const chunks = chunksOf(encodePalette({ width: 4, height: 2, rgba }, 3))
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
  expect([...(chunks.get('IHDR') ?? [])]).toEqual([0, 0, 0, 4, 0, 0, 0, 2, 8, 3, 0, 0, 0])
  const palette = chunks.get('PLTE')?.toString('hex').match(/.{6}/g) ?? []
  expect(palette.toSorted()).toEqual(['000000', 'f6f8fa', 'ffffff'])
  const rows = [...inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))]
  const colours = rows.map((index, i) => (i % 5 === 0 ? '|' : palette[index]))
  expect(colours.join(' ')).toBe('| ffffff ffffff ffffff f6f8fa | f6f8fa 000000 000000 000000')
})
