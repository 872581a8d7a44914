import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  openSync,
  read,
  rmSync,
  unlinkSync,
  writeSync,
  writevSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { isFull } from '../../errors.ts'
import type { Content } from '../../objects/verify.ts'

/** Bytes that were received and wait to be verified and served. */
export interface Stored extends Content {
  stream(): Readable
  /** The file of ours that holds them, which may be moved away; undefined when there is none, or it has no name. */
  readonly path?: string
  /** Frees them; nothing may read them afterwards. */
  drop(): void
}

export interface SpoolWriter {
  write(chunk: Buffer): void
  finish(): Stored
  discard(): void
}

/** Keeps bodies in memory up to a budget, and beyond it in files that no other user can read. */
export interface Spool {
  open(): SpoolWriter
  /** The same, but in a file with a name, whatever its size. */
  openFile(): SpoolWriter
  /** Frees whatever is still kept. */
  close(): void
}

const readFd = promisify(read)

/** Received chunks are views of larger buffers, so a small body is copied. */
const SMALL_BYTES = 64 << 10

/** @param directory ours, mode 0700, existing  @param budgetBytes of all bodies in memory together */
export function openSpool(directory: string, budgetBytes: number): Spool {
  const memory: Memory = { budgetBytes, usedBytes: 0 }
  const kept = new Set<() => void>()
  let files = 0
  const nextPath = () => join(directory, `spool-${files++}`)
  const keep: Keep = free => {
    const once = () => {
      if (kept.delete(once)) free()
    }
    kept.add(once)
    return once
  }
  return {
    open: () => openInMemory(memory, nextPath, keep),
    openFile: () => openOrElse(() => openInFile(nextPath(), keep)) ?? openInMemory(memory, nextPath, keep),
    close() {
      for (const free of [...kept]) free()
    },
  }
}

interface Memory {
  readonly budgetBytes: number
  usedBytes: number
}

/** @returns what calls `free` once, at the latest when the spool is closed */
type Keep = (free: () => void) => () => void

/** In memory until the budget is used up, and then in a file without a name. */
function openInMemory(memory: Memory, nextPath: () => string, keep: Keep): SpoolWriter {
  const chunks: Buffer[] = []
  let size = 0
  let file: number | undefined
  let drop = keep(() => {
    memory.usedBytes -= size
  })
  const moveToFile = () => {
    file = openOrElse(() => openUnnamed(nextPath()))
    if (file === undefined) return
    for (const chunk of chunks) writeAll(file, chunk)
    chunks.length = 0
    drop()
    const fd = file
    drop = keep(() => closeSync(fd))
  }
  return {
    write(chunk) {
      size += chunk.length
      if (file !== undefined) return writeAll(file, chunk)
      memory.usedBytes += chunk.length
      chunks.push(chunk)
      if (memory.usedBytes > memory.budgetBytes) moveToFile()
    },
    finish: () =>
      file === undefined
        ? storedInMemory(size < SMALL_BYTES ? [Buffer.concat(chunks)] : chunks, size, drop)
        : storedInFile(file, size, drop),
    discard: () => drop(),
  }
}

function openInFile(path: string, keep: Keep): SpoolWriter {
  const fd = openPrivate(path)
  let size = 0
  let waiting: Buffer[] = []
  let waitingBytes = 0
  // Most were moved into the module cache by then, and asking first costs a tenth of a removal that fails.
  const remove = keep(() => existsSync(path) && rmSync(path, { force: true }))
  const drop = keep(() => closeSync(fd))
  const flush = () => {
    writeTogether(fd, waiting)
    waiting = []
    waitingBytes = 0
  }
  return {
    write(chunk) {
      size += chunk.length
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes >= TOGETHER_BYTES) flush()
    },
    finish() {
      flush()
      drop()
      return { ...storedElsewhere(path, size), path, drop: remove }
    },
    discard() {
      drop()
      remove()
    },
  }
}

/** @returns undefined when no descriptor is free: memory is what is left then */
function openOrElse<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch (error) {
    if (isFull(error)) return undefined
    throw error
  }
}

function openPrivate(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o600)
}

/** Where the system allows it the file has no name from the start: even SIGKILL leaves nothing behind. */
function openUnnamed(path: string): number {
  const fd = openPrivate(path)
  try {
    unlinkSync(path)
  } catch {
    // Windows: the directory is removed with the step.
  }
  return fd
}

/** Bodies arrive in small chunks, and a system call costs as much as some kilobytes. */
const TOGETHER_BYTES = 256 << 10

function writeTogether(fd: number, chunks: readonly Buffer[]): void {
  const written = chunks.length > 0 ? writevSync(fd, chunks) : 0
  const all = chunks.reduce((sum, { length }) => sum + length, 0)
  if (written < all) writeAll(fd, Buffer.concat(chunks).subarray(written))
}

function writeAll(fd: number, chunk: Buffer): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at)
}

/** As they arrived: most are only passed on, so they are not copied. */
function storedInMemory(chunks: readonly Buffer[], size: number, drop: () => void): Stored {
  return {
    size,
    read: async (offset, length) => sliceOf(chunks, offset, offset + length),
    whole: async () => Buffer.concat(chunks, size),
    stream: () => Readable.from(chunks),
    drop,
  }
}

function sliceOf(chunks: readonly Buffer[], from: number, to: number): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (const chunk of chunks) {
    if (at >= to) break
    if (at + chunk.length > from) parts.push(chunk.subarray(Math.max(0, from - at), to - at))
    at += chunk.length
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

function storedInFile(fd: number, size: number, drop: () => void): Stored {
  const readAt = async (offset: number, length: number) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await readFd(fd, bytes, at, bytes.length - at, offset + at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  }
  return {
    size,
    read: readAt,
    whole: () => readAt(0, size),
    stream: () => createReadStream('', { fd, start: 0, autoClose: false }),
    drop,
  }
}

/** Content in a file that does not belong to the spool, and stays where it is. */
export function storedElsewhere(path: string, size: number): Stored {
  const read = async (offset: number, length: number) => {
    const file = openSync(path, 'r')
    const stored = storedInFile(file, size, () => {})
    return stored.read(offset, length).finally(() => closeSync(file))
  }
  return { size, read, whole: () => read(0, size), stream: () => createReadStream(path), drop: () => {} }
}
