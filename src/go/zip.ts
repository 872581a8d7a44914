import { ok, type Problem, type Result } from '../errors.ts'

/** Random access to a zip's bytes: a buffer, or a spooled file. */
export interface ZipSource {
  readonly size: number
  read(offset: number, length: number): Promise<Buffer>
}

export function bufferSource(bytes: Buffer): ZipSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}

const READ_AHEAD_BYTES = 1 << 20

/** Reads in large pieces: a caller that asks for small ones in order rarely touches the file. */
export function readAhead(source: ZipSource): ZipSource {
  let from = 0
  let piece: Buffer = Buffer.alloc(0)
  return {
    size: source.size,
    async read(offset, length) {
      const end = Math.min(offset + length, source.size)
      if (offset < from || end > from + piece.length) {
        if (length >= READ_AHEAD_BYTES) return source.read(offset, length)
        from = offset
        piece = await source.read(offset, READ_AHEAD_BYTES)
      }
      return piece.subarray(offset - from, Math.max(offset, end) - from)
    },
  }
}

/** One file of a module zip, its place and sizes as the central directory says them; nothing is believed before it is checked. */
export interface ZipEntry {
  /** UTF-8 bytes as stored: h1 sorts by them. */
  readonly nameBytes: Buffer
  readonly name: string
  readonly method: 'stored' | 'deflated'
  readonly compressedSize: number
  readonly size: number
  /** CRC-32 of the content, which go compares too. */
  readonly crc: number
  /** Whether the CRC stands behind the data once more. */
  readonly descriptor: boolean
  readonly headerOffset: number
}

/** Limits of Go's module zips: go.dev/ref/mod#zip-path-size-constraints. */
export const MAX_ZIP_BYTES = 500 << 20
const MAX_ENTRIES = 1 << 20
const MAX_DIRECTORY_BYTES = 64 << 20
const END_SIZE = 22
const MAX_COMMENT = 0xffff

export function zipFault(what: string): { readonly ok: false; readonly problems: readonly [Problem] } {
  return {
    ok: false,
    problems: [
      {
        code: 'ZIP_INVALID',
        message: `The module zip is invalid: ${what}.`,
        hint: 'The proxy did not send the module; another proxy has to serve it.',
      },
    ],
  }
}

/**
 * Reads a zip's central directory, hostile input: every offset, size and name is checked against the file's real size.
 * Refused: encryption, other methods than stored and deflated, several disks, an entry that begins or ends outside
 * of the data, totals above Go's limit. Source: APPNOTE.TXT 6.3, archive/zip.
 */
export async function readZipDirectory(source: ZipSource): Promise<Result<readonly ZipEntry[]>> {
  if (source.size > MAX_ZIP_BYTES) return zipFault('it is larger than 500 MiB')
  const directory = await locateDirectory(source)
  if (!directory.ok) return directory
  const { offset, size, count } = directory.value
  const bytes = await source.read(offset, size)
  if (bytes.length !== size) return zipFault('it is truncated')
  const entries: ZipEntry[] = []
  let total = 0
  let at = 0
  for (let i = 0; i < count; i++) {
    const entry = readEntry(bytes, at, offset)
    if (!entry.ok) return entry
    entries.push(entry.value.entry)
    total += entry.value.entry.size
    if (total > MAX_ZIP_BYTES) return zipFault('it unpacks to more than 500 MiB')
    at = entry.value.next
  }
  if (at !== size) return zipFault('its directory has more entries than it says')
  return ok(entries)
}

interface Directory {
  readonly offset: number
  readonly size: number
  readonly count: number
}

async function locateDirectory(source: ZipSource): Promise<Result<Directory>> {
  const tailSize = Math.min(source.size, END_SIZE + MAX_COMMENT)
  const tailOffset = source.size - tailSize
  const tail = await source.read(tailOffset, tailSize)
  const end = findEnd(tail)
  if (end < 0) return zipFault('it has no end-of-directory record (truncated, or not a zip)')
  let count = tail.readUInt16LE(end + 10)
  let size = tail.readUInt32LE(end + 12)
  let offset = tail.readUInt32LE(end + 16)
  if (tail.readUInt16LE(end + 4) !== 0) return zipFault('it spans several disks')
  let limit = tailOffset + end
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
    const wide = await readZip64End(source, limit)
    if (!wide.ok) return wide
    if (wide.value !== undefined) ({ count, size, offset, limit } = wide.value)
  }
  if (count > MAX_ENTRIES || size > MAX_DIRECTORY_BYTES) return zipFault('its directory is too large')
  if (offset + size > limit || count * 46 > size) return zipFault('its directory lies outside of the file')
  return ok({ offset, size, count })
}

/**
 * Whether every reader must find the same entries: nothing between the directory and the end record, nothing behind
 * that, no second directory as zip64 has one. Where readers could disagree, a hash of ours says nothing of what go
 * would unpack.
 */
export async function isPlainZip(source: ZipSource): Promise<boolean> {
  const end = await source.read(source.size - END_SIZE, END_SIZE)
  if (end.length !== END_SIZE || end.readUInt32LE(0) !== 0x06054b50 || end.readUInt16LE(20) !== 0) return false
  const [count, size, offset] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)]
  return count !== 0xffff && offset + size === source.size - END_SIZE
}

/** The last end record whose comment ends with the file, as archive/zip looks for it. */
function findEnd(tail: Buffer): number {
  for (let i = tail.length - END_SIZE; i >= 0; i--) {
    if (tail.readUInt32LE(i) === 0x06054b50 && i + END_SIZE + tail.readUInt16LE(i + 20) <= tail.length) return i
  }
  return -1
}

async function readZip64End(
  source: ZipSource,
  end: number,
): Promise<Result<(Directory & { readonly limit: number }) | undefined>> {
  if (end < 20) return ok(undefined)
  const locator = await source.read(end - 20, 20)
  if (locator.readUInt32LE(0) !== 0x07064b50) return ok(undefined)
  const at = Number(locator.readBigUInt64LE(8))
  if (!(at + 56 <= end - 20)) return zipFault('its zip64 record lies outside of the file')
  const record = await source.read(at, 56)
  if (record.length !== 56 || record.readUInt32LE(0) !== 0x06064b50) return zipFault('its zip64 record is missing')
  return ok({
    count: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
    limit: at,
  })
}

function readEntry(
  bytes: Buffer,
  at: number,
  dataEnd: number,
): Result<{ readonly entry: ZipEntry; readonly next: number }> {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return zipFault('its directory is damaged')
  const flags = bytes.readUInt16LE(at + 8)
  const method = bytes.readUInt16LE(at + 10)
  const nameLength = bytes.readUInt16LE(at + 28)
  const extraLength = bytes.readUInt16LE(at + 30)
  const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32)
  if (next > bytes.length) return zipFault('its directory is damaged')
  const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength)
  const sizes = widen(
    {
      size: bytes.readUInt32LE(at + 24),
      compressedSize: bytes.readUInt32LE(at + 20),
      headerOffset: bytes.readUInt32LE(at + 42),
    },
    bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength),
  )
  if (flags & 1) return zipFault('it is encrypted')
  if (method !== 0 && method !== 8) return zipFault(`it uses compression method ${method}`)
  if (sizes === undefined || sizes.headerOffset + 30 + sizes.compressedSize > dataEnd)
    return zipFault('an entry lies outside of the file')
  if (method === 0 && sizes.size !== sizes.compressedSize)
    return zipFault('the sizes of a stored entry contradict each other')
  const entry: ZipEntry = {
    nameBytes,
    name: nameBytes.toString('utf8'),
    method: method === 0 ? 'stored' : 'deflated',
    crc: bytes.readUInt32LE(at + 16),
    descriptor: (flags & 8) !== 0,
    ...sizes,
  }
  return ok({ entry, next })
}

interface Sizes {
  size: number
  compressedSize: number
  headerOffset: number
}

/** Takes the 64-bit values of the extra field for those that do not fit 32 bits; undefined when they are missing. */
function widen(sizes: Sizes, extra: Buffer): Sizes | undefined {
  const wanted = (['size', 'compressedSize', 'headerOffset'] as const).filter(name => sizes[name] === 0xffffffff)
  if (wanted.length === 0) return sizes
  const wide = { ...sizes }
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    for (const [i, name] of wanted.entries()) {
      const place = at + 4 + i * 8
      if (place + 8 > at + 4 + extra.readUInt16LE(at + 2) || place + 8 > extra.length) return undefined
      wide[name] = Number(extra.readBigUInt64LE(place))
    }
    return wide
  }
  return undefined
}

/** Where an entry's data begins: behind its local header, whose name must be the directory's. */
export async function locateData(source: ZipSource, entry: ZipEntry): Promise<Result<number>> {
  const header = await source.read(entry.headerOffset, 30 + entry.nameBytes.length)
  if (header.length !== 30 + entry.nameBytes.length || header.readUInt32LE(0) !== 0x04034b50)
    return zipFault('an entry has no header')
  if (header.readUInt16LE(26) !== entry.nameBytes.length || !header.subarray(30).equals(entry.nameBytes)) {
    return zipFault('an entry has two names')
  }
  const offset = entry.headerOffset + header.length + header.readUInt16LE(28)
  return offset + entry.compressedSize > source.size ? zipFault('an entry lies outside of the file') : ok(offset)
}

/**
 * What is wrong with a content's CRC-32, judged as archive/zip does: against the directory's, which may be left 0, and
 * the one behind the data where there is such.
 */
export async function findCrcFault(
  source: ZipSource,
  entry: ZipEntry,
  dataOffset: number,
  crc: number,
): Promise<string | undefined> {
  if (entry.descriptor) {
    const bytes = await source.read(dataOffset + entry.compressedSize, 16)
    // The signature before it is usual, but may be missing.
    const at = bytes.length >= 8 && bytes.readUInt32LE(0) === 0x08074b50 ? 4 : 0
    if (bytes.length < at + 12 || bytes.readUInt32LE(at) !== entry.crc) return 'a file has two checksums'
  } else if (entry.crc === 0) return undefined
  return crc === entry.crc ? undefined : 'a file’s checksum is wrong'
}
