import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '../errors.ts'
import { isWithin } from '../places/within.ts'

/** What to do with the file that is found in the end. */
export interface Ways {
  /** Puts a new file in the place of the old one. */
  readonly replace: (path: string) => Promise<void>
  readonly append: (path: string) => Promise<void>
}

export interface DeliverOptions {
  /** To what is there, instead of in its place. */
  readonly append?: boolean
  /**
   * A directory that others may have filled, such as the checkout: a link in it that leads out of it is not the user's
   * own. In the file's place it is not followed, on the way there it is an error. Absolute.
   */
  readonly confinedTo?: string | undefined
  /** How long the reader of a FIFO or a pipe may take nothing. */
  readonly stallMs?: number
  /** Of a file that is put there or replaced, whatever the umask; undefined: it keeps its own. */
  readonly mode?: number | undefined
}

/**
 * Puts data where the user said: into a device, a FIFO or what another program has open (`/dev/fd/3`) as it is, and through
 * the user's own link to the file behind it. Everything else is a file that is replaced or added to. Rejects with the
 * code `LEADS_OUT` where a link on the way leads out of `confinedTo`, and with `READER_STALLED` where a reader takes
 * nothing more.
 */
export async function deliver(path: string, data: string | Uint8Array, how: DeliverOptions, ways: Ways): Promise<void> {
  const { append = false, confinedTo } = how
  const way = append ? ways.append : ways.replace
  const opened = isOpened(path) ? await stat(path).catch(() => undefined) : undefined
  if (opened !== undefined) return writeInto(path, data, how)
  const limit = confinedTo && (await realpath(confinedTo).catch(() => confinedTo))
  const { home, name } = await locate(resolve(path), limit)
  const held = limit === undefined ? undefined : await hold(home)
  try {
    const file = join(held?.path ?? home, name)
    const stats = await lstat(file).catch(() => undefined)
    const isSpecial = stats && !stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()
    await (isSpecial ? writeInto(file, data, how) : way(file))
  } finally {
    await held?.close()
  }
}

interface Located {
  /** The directory, links resolved. */
  readonly home: string
  readonly name: string
}

/** Links in one path that are followed. Source: path_resolution(7). */
const MAX_LINKS = 40

/** The file behind the links, whether it is there or not; or the first link that must not be followed. */
async function locate(path: string, limit: string | undefined): Promise<Located> {
  const start = await homeOf(path, limit)
  if (start.leads === 'out') throw leadsOut(path)
  let at: Located = { home: start.home, name: basename(path) }
  for (let links = 0; links < MAX_LINKS; links++) {
    const link = await readlink(join(at.home, at.name)).catch(() => undefined)
    if (link === undefined) return at
    const target = resolve(at.home, link)
    const next = await homeOf(target, limit)
    // In a directory that others filled, the link is not the user's own.
    if (limit !== undefined && isWithin(at.home, limit) && !isWithin(next.home, limit)) return at
    if (next.leads === 'out') throw leadsOut(path)
    at = { home: next.home, name: basename(target) }
  }
  throw Object.assign(new Error(`too many links: ${path}`), { code: 'ELOOP' })
}

/** The directory of a path, and whether one passes through `limit` on the way to it and ends outside. */
async function homeOf(
  path: string,
  limit: string | undefined,
): Promise<{ readonly home: string; readonly leads: 'out' | 'where it says' }> {
  const home = await realOf(dirname(path))
  if (limit === undefined || isWithin(home, limit)) return { home, leads: 'where it says' }
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    if (isWithin(await realOf(above), limit)) return { home, leads: 'out' }
  }
  return { home, leads: 'where it says' }
}

function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

function leadsOut(path: string): Error {
  return Object.assign(new Error(`a link leads out: ${path}`), { code: 'LEADS_OUT' })
}

/**
 * On Linux names behind `/proc/self/fd/N` are looked up in the open directory: a link that takes the place of one of
 * its parents after they were looked at changes nothing. undefined where that cannot be had.
 */
async function hold(home: string): Promise<{ readonly path: string; close(): Promise<void> } | undefined> {
  if (process.platform !== 'linux') return undefined
  const handle = await open(home, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(
    () => undefined,
  )
  if (handle === undefined) return undefined
  const path = `/proc/self/fd/${handle.fd}`
  const real = await realpath(path).catch(() => undefined)
  if (real === home) return { path, close: () => handle.close() }
  await handle.close()
  if (real !== undefined) throw leadsOut(home)
  return undefined
}

/** Names for what is open already: to truncate or replace it would take it from the program that opened it. */
function isOpened(path: string): boolean {
  return process.platform !== 'win32' && /^\/(dev\/(fd\/|std(out|err)$)|proc\/[^/]+\/fd\/\d+$)/.test(resolve(path))
}

/** Not defined on Windows, which has neither. */
const AT_ONCE = constants.O_NONBLOCK ?? 0

async function writeInto(
  path: string,
  data: string | Uint8Array,
  { stallMs = STALL_MS }: DeliverOptions,
): Promise<void> {
  // A FIFO without a reader is an error (ENXIO) this way, and one whose reader is busy says so (EAGAIN): no wait for ever.
  const file = await open(path, constants.O_WRONLY | constants.O_APPEND | AT_ONCE)
  try {
    await writeAll(file, Buffer.from(data), stallMs)
  } finally {
    await file.close()
  }
}

/** A reader that takes nothing for so long has stopped. */
const STALL_MS = 10_000
const LOOK_MS = 20

async function writeAll(file: FileHandle, bytes: Buffer, stallMs: number): Promise<void> {
  let written = 0
  let movedMs = performance.now()
  while (written < bytes.length) {
    const now = await writeSome(file, bytes.subarray(written))
    written += now
    if (now > 0) movedMs = performance.now()
    else if (performance.now() - movedMs < stallMs) await sleep(LOOK_MS)
    else throw Object.assign(new Error('its reader accepts no data'), { code: 'READER_STALLED' })
  }
}

/** @returns how many bytes; 0 where there is no room now */
async function writeSome(file: FileHandle, bytes: Buffer): Promise<number> {
  try {
    return (await file.write(bytes)).bytesWritten
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0
    throw error
  }
}
