import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Clock } from '../effects.ts'
import { codeOf } from '../errors.ts'

const { O_RDONLY, O_NONBLOCK = 0 } = constants
const CHUNK_BYTES = 1 << 20
const LOOK_EVERY_MS = 20
/** What another program writes comes sooner. */
const SILENT_MS = 10_000

/** Why a text was not read. */
export type ReadFault = 'TOO_LARGE' | 'NOTHING_CAME' | string

/** A text, or the code of what was wrong: Node's, or one of ours. */
export type ReadEnd = { readonly text: string } | { readonly fault: ReadFault }

/**
 * Reads a file that the user named, or what another program writes: a FIFO, `/dev/stdin`, `/dev/fd/63`; `-` is standard
 * input. No more than `mostBytes`, and no longer than something comes.
 */
export async function readBounded(path: string, mostBytes: number, clock: Clock): Promise<ReadEnd> {
  let file: FileHandle | undefined
  try {
    // The open of a FIFO that no program writes to would else wait for ever, where no timer ends it.
    file = await open(path === '-' ? '/dev/stdin' : path, O_RDONLY | O_NONBLOCK)
    const stat = await file.stat()
    if (stat.isDirectory()) return { fault: 'EISDIR' }
    if (stat.isFile() && stat.size > mostBytes) return { fault: 'TOO_LARGE' }
    return await readAll(file, mostBytes, stat.isFIFO() || stat.isSocket(), clock)
  } catch (error) {
    const fault = codeOf(error)
    return path === '-' && fault === IS_SOCKET ? readSocket(mostBytes, clock) : { fault }
  } finally {
    await file?.close()
  }
}

/** How Linux refuses to open a socket by its name. Node and other programs make one for a child's standard input. */
const IS_SOCKET = 'ENXIO'

/** Reads standard input where it is a socket. */
function readSocket(mostBytes: number, clock: Clock): Promise<ReadEnd> {
  const chunks: Buffer[] = []
  let bytes = 0
  let cancel = () => {}
  return new Promise(resolve => {
    const end = (result: ReadEnd) => {
      cancel()
      process.stdin.destroy()
      resolve(result)
    }
    const wait = () => {
      cancel()
      cancel = clock.after(SILENT_MS, () => end({ fault: 'NOTHING_CAME' }))
    }
    process.stdin.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > mostBytes) end({ fault: 'TOO_LARGE' })
      else wait()
    })
    process.stdin.once('end', () => end({ text: Buffer.concat(chunks).toString('utf8') }))
    process.stdin.once('error', error => end({ fault: codeOf(error) }))
    wait()
  })
}

/** @param comes it may have no writer yet */
async function readAll(file: FileHandle, mostBytes: number, comes: boolean, clock: Clock): Promise<ReadEnd> {
  const chunks: Buffer[] = []
  let bytes = 0
  let movedMs = clock.now()
  for (;;) {
    const read = await readSome(file)
    if (read !== undefined && read.length > 0) {
      chunks.push(read)
      bytes += read.length
      movedMs = clock.now()
      if (bytes > mostBytes) return { fault: 'TOO_LARGE' }
    } else if (read !== undefined && (bytes > 0 || !comes)) return { text: Buffer.concat(chunks).toString('utf8') }
    else if (clock.now() - movedMs >= SILENT_MS) return { fault: 'NOTHING_CAME' }
    else await clock.sleep(LOOK_EVERY_MS)
  }
}

/** @returns undefined where nothing has come yet */
async function readSome(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined
    throw error
  }
}
