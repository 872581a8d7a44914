import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
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
}

/**
 * Puts data where the user said: into a device, a FIFO or what another program has open (`/dev/fd/3`) as it is, and through
 * the user's own link to the file behind it. Everything else is a file that is replaced or added to. Rejects with the
 * code `LEADS_OUT` where a link on the way leads out of `confinedTo`.
 */
export async function deliver(
  path: string,
  data: string | Uint8Array,
  { append = false, confinedTo }: DeliverOptions,
  ways: Ways,
): Promise<void> {
  const way = append ? ways.append : ways.replace
  const opened = isOpened(path) ? await stat(path).catch(() => undefined) : undefined
  if (opened !== undefined) return writeInto(path, data, opened)
  const limit = confinedTo && (await realpath(confinedTo).catch(() => confinedTo))
  const { home, name } = await locate(resolve(path), limit)
  const held = limit === undefined ? undefined : await hold(home)
  try {
    const file = join(held?.path ?? home, name)
    const stats = await lstat(file).catch(() => undefined)
    const isSpecial = stats && !stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()
    await (isSpecial ? writeInto(file, data, stats) : way(file))
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

async function writeInto(path: string, data: string | Uint8Array, stats: Stats): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_APPEND
  // A FIFO without a reader is an error (ENXIO) this way, and no wait for ever.
  const probe = await open(path, flags | AT_ONCE)
  const file = stats.isFIFO() ? await openAgain(path, flags, probe) : probe
  try {
    await file.writeFile(data)
  } finally {
    await file.close()
  }
}

/** With a reader there opening does not wait, and writing then waits for the reader instead of failing. */
async function openAgain(path: string, flags: number, probe: FileHandle): Promise<FileHandle> {
  try {
    return await open(path, flags)
  } finally {
    await probe.close()
  }
}
