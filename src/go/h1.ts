import { createHash, hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { ok, type Result } from '../errors.ts'
import type { ModuleVersion } from './module.ts'
import { findCrcFault, locateData, readZipDirectory, type ZipEntry, type ZipSource, zipFault } from './zip.ts'

/** The `h1:` hash of a go.mod file, as go.sum holds it. Source: golang.org/x/mod/sumdb/dirhash.Hash1. */
export function hashGoMod(bytes: Uint8Array): string {
  return summarize([`${sha256(bytes)}  go.mod\n`])
}

/** Takes the content of one file of a zip, piece by piece. */
export interface ContentTaker {
  write(chunk: Buffer): void
  close(): void
}

/**
 * The `h1:` hash of a module zip as go computes it: SHA-256 over one line for each file, sorted by the bytes of its
 * name. Input is hostile: every name must begin with `path@version/`, none may occur twice (also not in another case),
 * none may leave the directory, and the sizes must be what the directory says.
 * @param take called for each file, in that order, with its name below `path@version/`: what it takes is proven by the
 * hash of the whole alone
 */
export async function hashZip(
  source: ZipSource,
  module: ModuleVersion,
  take?: (name: string) => ContentTaker,
): Promise<Result<string>> {
  const directory = await readModuleZip(source, module)
  if (!directory.ok) return directory
  const prefix = `${module.path}@${module.version}/`
  const lines: string[] = []
  for (const entry of [...directory.value].sort((a, b) => a.nameBytes.compare(b.nameBytes))) {
    const taker = take?.(entry.name.slice(prefix.length))
    const digest = await hashEntry(source, entry, taker).finally(() => taker?.close())
    if (!digest.ok) return digest
    lines.push(`${digest.value}  ${entry.name}\n`)
  }
  return ok(summarize(lines))
}

/** The entries of what has the shape of this module's zip; nothing is unpacked, and no content is checked. */
export async function readModuleZip(source: ZipSource, module: ModuleVersion): Promise<Result<readonly ZipEntry[]>> {
  const directory = await readZipDirectory(source)
  if (!directory.ok) return directory
  const fault = findNameFault(directory.value, `${module.path}@${module.version}/`)
  if (fault !== undefined) return zipFault(fault)
  return findOverlap(directory.value) ? zipFault('two entries share their data') : directory
}

function summarize(lines: readonly string[]): string {
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`
}

function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

function findNameFault(entries: readonly ZipEntry[], prefix: string): string | undefined {
  const seen = new Set<string>()
  for (const { name, nameBytes } of entries) {
    if (Buffer.byteLength(name) !== nameBytes.length || !Buffer.from(name).equals(nameBytes))
      return 'a file name is not UTF-8'
    if (!name.startsWith(prefix)) return 'it contains files that do not belong to this module'
    if (name.includes('\n')) return 'a file name contains a line break'
    if (name.includes('\\') || name.split('/').some(element => element === '..' || element === '.' || element === '')) {
      // A directory entry ends with a slash; module zips have none, and go refuses them too.
      return 'a file name leads out of its directory'
    }
    const folded = name.toLowerCase()
    if (seen.has(folded)) return 'two files have the same name'
    seen.add(folded)
  }
  return undefined
}

/** Entries that share bytes are how a small zip unpacks to terabytes. */
function findOverlap(entries: readonly ZipEntry[]): boolean {
  const sorted = [...entries].sort((a, b) => a.headerOffset - b.headerOffset)
  return sorted.some((entry, i) => {
    const before = sorted[i - 1]
    return (
      before !== undefined &&
      before.headerOffset + 30 + before.nameBytes.length + before.compressedSize > entry.headerOffset
    )
  })
}

/** Above this an entry is inflated in a stream instead of at once, so that memory stays small. */
const STREAM_FROM_BYTES = 2 << 20
/** Each piece of a stream goes to another thread and back: in zlib's own of 16 kB the waiting takes longer than the work. */
const CHUNK_BYTES = 1 << 20
/** zlib's own limit. */
const MINIMUM_CHUNK_BYTES = 64

async function hashEntry(source: ZipSource, entry: ZipEntry, taker: ContentTaker | undefined): Promise<Result<string>> {
  const offset = await locateData(source, entry)
  if (!offset.ok) return offset
  const large = entry.size > STREAM_FROM_BYTES || entry.compressedSize > STREAM_FROM_BYTES
  const digest = await (large ? digestLarge : digestSmall)(source, entry, offset.value, taker)
  if (!digest.ok) return digest
  const fault = await findCrcFault(source, entry, offset.value, digest.value.crc)
  return fault === undefined ? ok(digest.value.sha256) : zipFault(fault)
}

interface Digest {
  /** Hexadecimal. */
  readonly sha256: string
  readonly crc: number
}

async function digestSmall(
  source: ZipSource,
  entry: ZipEntry,
  offset: number,
  taker: ContentTaker | undefined,
): Promise<Result<Digest>> {
  const data = await source.read(offset, entry.compressedSize)
  if (data.length !== entry.compressedSize) return zipFault('it is truncated')
  const content = entry.method === 'stored' ? data : inflateWhole(data, entry.size)
  if (content === undefined) return zipFault('compressed data is damaged')
  if (content.length !== entry.size) return zipFault('a file is not as long as the directory says')
  taker?.write(content)
  return ok({ sha256: sha256(content), crc: crc32(content) })
}

/** @returns undefined where it is damaged, or longer than announced */
function inflateWhole(data: Buffer, size: number): Buffer | undefined {
  try {
    // One byte more than announced is room enough to notice that the size is a lie, and all of it in one piece.
    const room = size + 1
    return inflateRawSync(data, { maxOutputLength: room, chunkSize: Math.max(MINIMUM_CHUNK_BYTES, room) })
  } catch {
    return undefined
  }
}

async function digestLarge(
  source: ZipSource,
  entry: ZipEntry,
  offset: number,
  taker: ContentTaker | undefined,
): Promise<Result<Digest>> {
  const hash = createHash('sha256')
  let size = 0
  let crc = 0
  try {
    for await (const chunk of contentOf(source, entry, offset)) {
      size += chunk.length
      if (size > entry.size) return zipFault('a file is longer than the directory says')
      hash.update(chunk)
      crc = crc32(chunk, crc)
      taker?.write(chunk)
    }
  } catch {
    return zipFault('compressed data is damaged')
  }
  return size === entry.size
    ? ok({ sha256: hash.digest('hex'), crc })
    : zipFault('a file is not as long as the directory says')
}

async function* contentOf(source: ZipSource, entry: ZipEntry, offset: number): AsyncGenerator<Buffer> {
  const raw = rawChunks(source, entry, offset)
  if (entry.method === 'stored') {
    yield* raw
    return
  }
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES })
  const input = Readable.from(raw)
  input.on('error', error => inflate.destroy(error))
  input.pipe(inflate)
  try {
    for await (const chunk of inflate) yield chunk as Buffer
  } finally {
    input.destroy()
    inflate.destroy()
  }
}

async function* rawChunks(source: ZipSource, entry: ZipEntry, offset: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < entry.compressedSize; ) {
    const chunk = await source.read(offset + done, Math.min(CHUNK_BYTES, entry.compressedSize - done))
    if (chunk.length === 0) throw new Error('cut')
    done += chunk.length
    yield chunk
  }
}
