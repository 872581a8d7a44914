import { constants, lutimesSync, readFileSync, statSync } from 'node:fs'
import {
  access,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileEntry, FileStat, Files, NewFile, OpenFile, Random } from '../effects.ts'
import { codeOf } from '../errors.ts'
import { absent } from './absent.ts'
import { deliver } from './named-files.ts'
import { waitingForDescriptors } from './open-files.ts'
import { holdDirectory } from './private-directory.ts'

/** The file system. Missing things are answers, not errors; everything else that fails rejects with Node's error. */
export function systemFiles(random: Random): Files {
  const read = (path: string) => readFile(path).catch(absent)
  return waitingForDescriptors<Files>({
    read,
    readText: async path => (await read(path))?.toString('utf8'),
    write: (path, data, mode) => replaceFile(path, data, mode, random),
    append: appendToFile,
    deliver: (path, data, how = {}) =>
      deliver(path, data, how, {
        replace: target => replaceFile(target, data, how.mode, random),
        append: target => appendToFile(target, data),
      }),
    // rm removes a link itself, never what it points to; behind a slash the path would be the link's target.
    remove: path => rm(withoutFinalSlash(path), { recursive: true, force: true, maxRetries: 3 }),
    makeDirectory: (path, mode = 0o755) => makeDirectory(path, mode),
    makeTemporaryDirectory: (parent, prefix, announce) => makeUnique(parent, prefix, announce, random),
    holdDirectory,
    list: listDirectory,
    kind: async path => {
      const stats = await stat(path).catch(absent)
      return stats === undefined ? undefined : kindOf(stats)
    },
    isWritable,
    stat: async paths => paths.map(statFile),
    readSmall: async (paths, maxBytes) => paths.map(path => readSmallFile(path, maxBytes)),
    modified: async paths => paths.map(modifiedMs),
    setTimes: async times => times.filter(setTime).length,
    isLocked,
    realPath: path => realpath(path).catch(absent),
    link: linkOrCopy,
    move: (from, to) => moveFile(from, to, random),
    open: openToRead,
    create: createFile,
  })
}

/** Not defined on Windows, where links need a privilege to be made. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
const DEFAULT_MODE = 0o644

/** A file that is replaced keeps mode and owner unless another mode is given; a link at `path` is replaced, never written through. */
async function replaceFile(
  path: string,
  data: string | Uint8Array,
  mode: number | undefined,
  random: Random,
): Promise<void> {
  const temporary = join(dirname(path), `.go-proxy-setup-${random.hex(8)}`)
  const before = mode === undefined ? await lstat(path).catch(absent) : undefined
  const kept = before?.isFile() ? before.mode & 0o777 : undefined
  // The mode is set at creation, so a secret is never readable by others, and a planted link is never followed.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW
  const file = await open(temporary, flags, mode ?? kept ?? DEFAULT_MODE)
  try {
    await file.writeFile(data)
    // Only root can give a file away: without this a file of another user's would become root's.
    if (kept !== undefined && before !== undefined && process.geteuid?.() === 0) {
      const made = await file.stat()
      // Where nothing is to be given, it must not fail: some mounts and containers allow no chown.
      if (made.uid !== before.uid || made.gid !== before.gid) await file.chown(before.uid, before.gid)
    }
    // The umask may have taken some of it.
    const exact = mode ?? kept
    if (exact !== undefined) await file.chmod(exact)
    await file.close()
    await rename(temporary, path)
  } catch (error) {
    // The first failure is the one to tell; whether the handle was closed by then does not matter.
    await file.close().catch(() => undefined)
    await rm(temporary, { force: true })
    throw error
  }
}

/**
 * With those above it. Node's own `recursive` never ends, and keeps the process from being stopped, where a file system says
 * of a new directory that it is not there: /proc does, for one.
 */
async function makeDirectory(path: string, mode: number): Promise<void> {
  try {
    await makeLast(path, mode)
  } catch (error) {
    const parent = dirname(path)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error
    // Where it is there by now, somebody has made it meanwhile, such as we ourselves for a directory beside this one.
    if ((await stat(parent).catch(absent)) === undefined) await makeDirectory(parent, mode)
    await makeLast(path, mode)
  }
}

async function makeLast(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error
  }
}

/** A name as mkdtemp would find it, but known before the directory is made; what is there already is not taken. */
async function makeUnique(
  parent: string,
  prefix: string,
  announce: ((path: string) => void) | undefined,
  random: Random,
): Promise<string> {
  for (let tries = 0; ; tries++) {
    const path = join(parent, `${prefix}${random.hex(3)}`)
    announce?.(path)
    try {
      await mkdir(path, { mode: 0o700 })
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries >= MAX_TRIES) throw error
    }
  }
}

const MAX_TRIES = 20

async function appendToFile(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | NO_FOLLOW, DEFAULT_MODE)
  try {
    await file.writeFile(data)
  } finally {
    await file.close()
  }
}

/** Another file system, or one without hard links, or a limit on them. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  }
}

async function moveFile(from: string, to: string, random: Random): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const temporary = join(dirname(to), `.go-proxy-setup-${random.hex(8)}`)
    await copyFile(from, temporary, constants.COPYFILE_EXCL)
    await rename(temporary, to)
    await rm(from)
  }
}

async function openToRead(path: string): Promise<OpenFile | undefined> {
  const stats = await lstat(path).catch(absent)
  if (!stats?.isFile()) return undefined
  const file = await open(path, constants.O_RDONLY | NO_FOLLOW).catch(absent)
  if (file === undefined) return undefined
  const { size } = await file.stat()
  return {
    size,
    read: async (offset, length) => {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, offset)
      return buffer.subarray(0, bytesRead)
    },
    close: () => file.close(),
  }
}

async function createFile(path: string, mode = DEFAULT_MODE): Promise<NewFile> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW, mode)
  return { write: chunk => file.writeFile(chunk), close: () => file.close() }
}

async function listDirectory(path: string): Promise<readonly FileEntry[]> {
  const entries = (await readdir(path, { withFileTypes: true }).catch(absent)) ?? []
  const found = await Promise.all(
    entries.map(async (entry): Promise<FileEntry[]> => {
      // A file may go between the listing and the look at it: then it is not there.
      const stats = await lstat(join(path, entry.name)).catch(absent)
      return stats === undefined
        ? []
        : [{ name: entry.name, kind: kindOf(entry), bytes: stats.size, modifiedMs: stats.mtimeMs }]
    }),
  )
  return found.flat()
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK)
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    absent(error as NodeJS.ErrnoException)
    return true
  }
}

/** The user, the file system, or a mark of the file's own forbids it. */
function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))
}

/** At once, for asked a thousand times a promise for each costs far more than the looks themselves. */
function statFile(path: string): FileStat | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats?.isFile() ? { bytes: stats.size, modifiedMs: stats.mtimeMs } : undefined
  } catch (error) {
    return absent(error as NodeJS.ErrnoException)
  }
}

/** Each at once: in the threads of Node, many small files take ten times as long. */
function readSmallFile(path: string, maxBytes: number): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats?.isFile() && stats.size <= maxBytes ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

function modifiedMs(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs
  } catch {
    return undefined
  }
}

function setTime({ path, timeMs }: { readonly path: string; readonly timeMs: number }): boolean {
  try {
    lutimesSync(path, timeMs / 1000, timeMs / 1000)
    return true
  } catch (error) {
    return absent(error as NodeJS.ErrnoException) !== undefined
  }
}

/** Device numbers are left out: what lies on an overlay has another one here than there. */
async function isLocked(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(absent)
  const locks = stats?.isFile() ? await readFile('/proc/locks', 'utf8').catch(() => '') : ''
  return locks.split('\n').some(line => / FLOCK /.test(line) && line.includes(`:${stats?.ino} `))
}

function kindOf(what: { isFile(): boolean; isDirectory(): boolean }): FileEntry['kind'] {
  return what.isFile() ? 'file' : what.isDirectory() ? 'directory' : 'other'
}

function withoutFinalSlash(path: string): string {
  return path.length > 1 ? path.replace(process.platform === 'win32' ? /[/\\]+$/ : /\/+$/, '') : path
}
