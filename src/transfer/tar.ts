/**
 * Reading a tar archive that an attacker may have written. Source: POSIX.1-2024 pax, "ustar Interchange Format"; GNU tar's
 * long names (`L`). Regular files and directories with relative names are all that there may be: links, devices and
 * names that lead elsewhere make the whole archive unacceptable.
 */
export type TarEvent =
  /** A regular file begins; its content follows as `data`. `name` has no `.`, no `..`, no empty part. */
  | { readonly kind: 'file'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'data'; readonly chunk: Buffer }
  | { readonly kind: 'end of file' }
  /** What none of our archives holds; its content is skipped. `what` completes a sentence that begins with the name. */
  | { readonly kind: 'unfit'; readonly name: string; readonly what: string }

/** The same of an archive that is being read; `at`: where in it the content begins. */
export type ArchiveEvent =
  | Exclude<TarEvent, { kind: 'file' }>
  | (Extract<TarEvent, { kind: 'file' }> & { readonly at: number })

/** Why an archive is refused, in plain words. */
export class TarError extends Error {}

const BLOCK = 512
/** Of a pax header or a long name. */
const MAX_META_BYTES = 1 << 16

/** @throws TarError for what none of our archives holds, too */
export async function* readTar(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Exclude<ArchiveEvent, { kind: 'unfit' }>, void> {
  for await (const event of readAnyTar(chunks)) {
    if (event.kind === 'unfit') throw new TarError(`${event.name} ${event.what}`)
    yield event
  }
}

/** @throws TarError where the archive is damaged */
export async function* readAnyTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEvent, void> {
  const input = openInput(chunks)
  let meta: Meta = {}
  for (;;) {
    const block = await input.exactly(BLOCK)
    // Two blocks of zeros end an archive; what stands behind them counts for nothing.
    if (block.every(byte => byte === 0)) break
    const header = readHeader(block)
    const padding = (BLOCK - (header.bytes % BLOCK)) % BLOCK
    if (header.type === 'x' || header.type === 'g' || header.type === 'L') {
      if (header.bytes > MAX_META_BYTES) throw new TarError('a header is too long')
      const data = await input.exactly(header.bytes)
      await input.exactly(padding)
      // A global header is a comment to us: a path or a size for all members makes no sense.
      if (header.type !== 'g') meta = header.type === 'L' ? { ...meta, path: cString(data) } : readPax(data)
      continue
    }
    const path = meta.path ?? header.name
    const bytes = meta.bytes ?? header.bytes
    meta = {}
    const what = whyUnfit(path, header.type)
    if (what !== undefined) {
      yield { kind: 'unfit', name: path, what }
      for await (const _ of input.upTo(bytes));
      await input.exactly((BLOCK - (bytes % BLOCK)) % BLOCK)
      continue
    }
    const name = plainName(path)
    if (header.type === '5') continue
    if (name === '') throw new TarError('a file has no name')
    yield { kind: 'file', name, bytes, at: input.position() }
    for await (const chunk of input.upTo(bytes)) yield { kind: 'data', chunk }
    yield { kind: 'end of file' }
    await input.exactly((BLOCK - (bytes % BLOCK)) % BLOCK)
  }
  // The program that writes into our input must not find it closed.
  await input.drain()
}

interface Meta {
  readonly path?: string
  readonly bytes?: number
}

function readHeader(block: Buffer): { readonly name: string; readonly type: string; readonly bytes: number } {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  if (sum !== readNumber(block.subarray(148, 156))) throw new TarError('it is not a tar archive, or is damaged')
  const prefix =
    block.toString('latin1', 257, 262) === 'ustar' && block[263] !== 0x20 ? cString(block.subarray(345, 500)) : ''
  const name = cString(block.subarray(0, 100))
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(block[156] as number),
    bytes: readNumber(block.subarray(124, 136)),
  }
}

/** Octal digits, or from the first byte's high bit on a big-endian number. */
function readNumber(field: Buffer): number {
  const first = field[0] as number
  const value =
    first & 0x80
      ? field.subarray(1).reduce((total, byte) => total * 256 + byte, first & 0x7f)
      : Number.parseInt(cString(field).trim() || '0', 8)
  if (!Number.isSafeInteger(value) || value < 0) throw new TarError('a header has a malformed number')
  return value
}

/** `length key=value\n`, over and over. Sparse files say their names and sizes otherwise, and are never ours. */
function readPax(data: Buffer): Meta {
  const found = new Map<string, string>()
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at)
    const length = Number(data.toString('latin1', at, space))
    if (space < 0 || !Number.isSafeInteger(length) || length < 5 || at + length > data.length) {
      throw new TarError('a pax header is damaged')
    }
    const [key = '', ...value] = data.toString('utf8', space + 1, at + length - 1).split('=')
    found.set(key, value.join('='))
    at += length
  }
  if ([...found.keys()].some(key => key.startsWith('GNU.sparse'))) throw new TarError('it contains a sparse file')
  const size = found.get('size')
  if (size !== undefined && !/^\d{1,15}$/.test(size)) throw new TarError('a pax header is damaged')
  const path = found.get('path')
  return { ...(path !== undefined && { path }), ...(size !== undefined && { bytes: Number(size) }) }
}

function whyUnfit(name: string, type: string): string | undefined {
  if (/[\0\\]/.test(name)) return 'contains a NUL or a backslash'
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'is an absolute path'
  if (name.split('/').includes('..')) return 'leads out of its directory'
  return ['0', '\0', '5'].includes(type) ? undefined : `is ${nameType(type)}`
}

/** Without `.` and empty parts. */
function plainName(name: string): string {
  return name
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/')
}

const TYPES: Readonly<Record<string, string>> = {
  1: 'a hard link',
  2: 'a symbolic link',
  3: 'a device',
  4: 'a device',
  6: 'a named pipe',
}

function nameType(type: string): string {
  return TYPES[type] ?? 'not a regular file'
}

function cString(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

interface Input {
  /** How many bytes were taken. */
  position(): number
  /** So many bytes, or a TarError when the input ends before. */
  exactly(bytes: number): Promise<Buffer>
  upTo(bytes: number): AsyncGenerator<Buffer, void>
  drain(): Promise<void>
}

function openInput(chunks: AsyncIterable<Buffer>): Input {
  const iterator = chunks[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  let position = 0
  const fill = async (): Promise<boolean> => {
    const next = await iterator.next()
    if (next.done) return false
    rest = next.value
    return true
  }
  async function* upTo(bytes: number): AsyncGenerator<Buffer, void> {
    for (let left = bytes; left > 0; ) {
      if (rest.length === 0 && !(await fill())) throw new TarError('it is truncated')
      const chunk = rest.subarray(0, left)
      rest = rest.subarray(chunk.length)
      left -= chunk.length
      position += chunk.length
      if (chunk.length > 0) yield chunk
    }
  }
  return {
    position: () => position,
    upTo,
    async exactly(bytes) {
      if (rest.length >= bytes) {
        const chunk = rest.subarray(0, bytes)
        rest = rest.subarray(bytes)
        position += bytes
        return chunk
      }
      const parts: Buffer[] = []
      for await (const chunk of upTo(bytes)) parts.push(chunk)
      return Buffer.concat(parts)
    },
    async drain() {
      while (await fill());
    },
  }
}
