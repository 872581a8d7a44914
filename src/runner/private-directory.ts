import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { HeldDirectory } from '../effects.ts'
import { absent } from './absent.ts'

/** Not defined on Windows, where links need a privilege to be made and there are no FIFOs. */
const NO_FOLLOW = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const REMOVE = { recursive: true, force: true, maxRetries: 3 } as const

/**
 * Opens a directory that may be another user's. Node has no openat(2), but on Linux a name behind `/proc/self/fd/N` is
 * looked up in the open directory itself: a link that is put into the place of the directory afterwards leads nowhere.
 * Elsewhere the directory above has to forbid that (its owner is this user or root, and others may not rename in it).
 */
export async function holdDirectory(path: string): Promise<HeldDirectory | undefined> {
  if (process.platform === 'win32') {
    const stats = await lstat(path).catch(absent)
    return stats?.isDirectory()
      ? held({ path, base: path, stats, isFirm: true, isOwn: true, makePrivate, close })
      : undefined
  }
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | NO_FOLLOW).catch(notDirectory)
  if (handle === undefined) return undefined
  const stats = await handle.stat()
  const byHandle = `/proc/self/fd/${handle.fd}`
  const seen = await stat(byHandle).catch(() => undefined)
  const isFirm = seen !== undefined && isSame(seen, stats)
  return held({
    path,
    base: isFirm ? byHandle : path,
    stats,
    isFirm: isFirm || (await isShielded(dirname(path))),
    isOwn: stats.uid === process.geteuid?.(),
    makePrivate: () => handle.chmod(0o700),
    close: () => handle.close(),
  })
}

const makePrivate = async () => {}
const close = async () => {}

/** A link, or a file. */
function notDirectory(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ELOOP' || error.code === 'EACCES') return undefined
  return absent(error)
}

function isSame(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino
}

/** Whether no other user can put something else into the place of what lies there. */
async function isShielded(parent: string): Promise<boolean> {
  const stats = await stat(parent)
  const isTrusted = stats.uid === 0 || stats.uid === process.geteuid?.()
  const [sticky, writableByOthers] = [0o1000, 0o022]
  return isTrusted && ((stats.mode & sticky) !== 0 || (stats.mode & writableByOthers) === 0)
}

interface Opened {
  readonly path: string
  /** Where names in it are looked up. */
  readonly base: string
  readonly stats: Stats
  readonly isFirm: boolean
  readonly isOwn: boolean
  readonly makePrivate: () => Promise<void>
  readonly close: () => Promise<void>
}

function held({ path, base, stats, isFirm, isOwn, makePrivate, close }: Opened): HeldDirectory {
  const isPrivate = process.platform === 'win32' || (stats.mode & 0o777) === 0o700
  return {
    isFirm,
    isOwn,
    isPrivate,
    isOfOwnerAbove: async () => isOwn || (await stat(dirname(path))).uid === stats.uid,
    readSmall: (name, maxBytes) => readSmall(join(base, name), stats.uid, maxBytes),
    async remove(inner) {
      if (!isPrivate) await makePrivate()
      if (inner !== undefined) return rm(join(base, inner), REMOVE)
      for (let tries = 0; ; tries++) {
        for (const name of await readdir(base)) await rm(join(base, name), REMOVE)
        try {
          // Neither a link nor what is not empty goes this way, whatever is there by now.
          return await rmdir(path)
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException
          if (code === 'ENOENT') return
          // A child of ours that has not ended yet wrote into it.
          if (code !== 'ENOTEMPTY' || tries >= MAX_TRIES) throw error
        }
      }
    },
    close,
  }
}

const MAX_TRIES = 3

/** Waits for no FIFO, follows no link, and reads no file that is too large. */
async function readSmall(path: string, uid: number, maxBytes: number): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW).catch(error =>
    error.code === 'ENXIO' ? undefined : absent(error),
  )
  if (file === undefined) return undefined
  try {
    const stats = await file.stat()
    if (!stats.isFile() || stats.uid !== uid || stats.size > maxBytes) return undefined
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
