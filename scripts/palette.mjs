import { crc32, deflateSync } from 'node:zlib'

/**
 * A picture as a PNG with a palette, which is a third of the size for text on a plain ground. The most frequent colours
 * stay as they are; every other one becomes the nearest of these. Source: w3.org/TR/png-3.
 * @param {{ width: number, height: number, rgba: Buffer }} picture opaque
 * @param {number} colours at most 256
 * @returns {Buffer}
 */
export function encodePalette({ width, height, rgba }, colours) {
  const pixels = new Uint32Array(width * height)
  const counts = new Map()
  for (let i = 0; i < pixels.length; i++) {
    const colour = (rgba[i * 4] << 16) | (rgba[i * 4 + 1] << 8) | rgba[i * 4 + 2]
    pixels[i] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = choose(counts, colours)
  const indexes = new Map([...counts.keys()].map(colour => [colour, nearest(colour, palette)]))
  // A row is its filter, none, and one byte a pixel.
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexes.get(pixels[y * width + x])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a pixel, of a palette.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A share of the picture: grounds, however alike they are. */
const GROUND = 0.002

/** Grounds, and of the rest the most frequent ones that differ enough to be told apart. */
function choose(counts, colours) {
  const frequent = [...counts].sort((a, b) => b[1] - a[1])
  const pixels = frequent.reduce((sum, [, count]) => sum + count, 0)
  const grounds = frequent.filter(([, count]) => count > GROUND * pixels).map(([colour]) => colour)
  const palette = grounds.slice(0, colours)
  for (const apart of [32 ** 2, 12 ** 2, 0])
    for (const [colour] of frequent)
      if (palette.length < colours && !palette.some(one => distance(one, colour) <= apart)) palette.push(colour)
  return palette
}

function nearest(colour, palette) {
  let best = 0
  for (let i = 1; i < palette.length; i++) if (distance(palette[i], colour) < distance(palette[best], colour)) best = i
  return best
}

function distance(a, b) {
  return ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
