import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

/** What to do with the file that is found in the end. */
export interface Ways {
  /** Puts a new file in the place of the old one. */
  readonly replace: (path: string) => Promise<void>
  readonly append: (path: string) => Promise<void>
}

export interface Delivery {
  /** To what is there, instead of in its place. */
  readonly append?: boolean
  /**
   * A directory that others may have filled, such as the checkout: a link in it that leads out of it is not the user's
   * own, and not followed. Absolute.
   */
  readonly confinedTo?: string | undefined
}

/**
 * Puts data where the user said: into a device, a FIFO or what somebody has open (`/dev/fd/3`) as it is, and through
 * the user's own link to the file behind it. Everything else is a file that is replaced or added to.
 */
export async function deliver(
  path: string,
  data: string | Uint8Array,
  { append = false, confinedTo }: Delivery,
  ways: Ways,
): Promise<void> {
  const way = append ? ways.append : ways.replace
  const target = await findTarget(path, confinedTo)
  if (target === undefined) return way(path)
  const stats = await stat(path).catch(() => undefined)
  const exists = stats !== undefined && !stats.isDirectory()
  return exists && (isOpened(path) || !stats.isFile()) ? writeInto(path, data, stats) : way(target)
}

/** The file behind a link, or the path itself; undefined where there is a link that must not be followed. */
async function findTarget(path: string, confinedTo: string | undefined): Promise<string | undefined> {
  const own = await lstat(path).catch(() => undefined)
  if (own?.isSymbolicLink() !== true) return path
  // What a dangling link names can still be made.
  const target = await realpath(path).catch(async () => resolve(dirname(path), await readlink(path)))
  const limit = confinedTo && (await realpath(confinedTo).catch(() => confinedTo))
  const home = await realpath(dirname(path)).catch(() => dirname(path))
  return limit !== undefined && isWithin(home, limit) && !isWithin(target, limit) ? undefined : target
}

function isWithin(path: string, directory: string): boolean {
  const way = relative(directory, resolve(path))
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** Names for what is open already: to cut or replace it would take it from whoever opened it. */
function isOpened(path: string): boolean {
  return process.platform !== 'win32' && /^\/(dev\/(fd\/|std(out|err)$)|proc\/)/.test(resolve(path))
}

/** Not defined on Windows, which has neither. */
const AT_ONCE = constants.O_NONBLOCK ?? 0

async function writeInto(path: string, data: string | Uint8Array, stats: Stats): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_APPEND
  // A FIFO that nobody reads is an error (ENXIO) this way, and no wait for ever.
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
