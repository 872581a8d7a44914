import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'

/** One member of an archive, as wrong as a test wants it. */
export interface Member {
  readonly name: string
  readonly content?: Uint8Array | string
  /** `0` regular, `1` hard link, `2` symbolic link, `5` directory, … */
  readonly type?: string
  readonly linkTo?: string
  readonly prefix?: string
}

/** A ustar archive with its end. */
export function buildTar(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(buildMember), Buffer.alloc(1024)])
}

/** One member without an archive's end; names of more than 100 bytes get a pax header before it. */
export function buildMember({ name, content = '', type = '0', linkTo = '', prefix = '' }: Member): Buffer {
  const body = Buffer.from(content)
  const long =
    Buffer.byteLength(name) > 100 ? buildMember({ name: 'pax', type: 'x', content: paxRecord('path', name) }) : ''
  const header = Buffer.alloc(512)
  header.write(name.slice(0, 100), 0)
  header.write('0000644\0', 100)
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write(type, 156)
  header.write(linkTo.slice(0, 100), 157)
  header.write('ustar\x0000', 257)
  header.write(prefix, 345)
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([Buffer.from(long), header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  const digits = String(rest + String(rest).length).length
  return `${rest + digits} ${key}=${value}\n`
}

/** Compressed as an entry was that the library made: the way is a part of the entry's identity. */
export function compressLike(entry: Buffer, archive: Buffer): Buffer {
  const isZstd = entry.readUInt32LE(0) === 0xfd2fb528
  return isZstd ? execFileSync('zstd', ['-qc'], { input: archive, maxBuffer: 1 << 30 }) : gzipSync(archive)
}

export function decompress(entry: Buffer): Buffer {
  const isZstd = entry.readUInt32LE(0) === 0xfd2fb528
  return execFileSync(isZstd ? 'zstd' : 'gzip', ['-dc'], { input: entry, maxBuffer: 1 << 30 })
}
