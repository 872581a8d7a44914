import { constants } from 'node:fs'
import { lstat, mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileEntry, Files, Random } from '../effects.ts'

/** The file system. Missing things are answers, not errors; everything else that fails rejects with Node's error. */
export function systemFiles(random: Random): Files {
  const read = (path: string) => readFile(path).catch(absent)
  return {
    read,
    readText: async path => (await read(path))?.toString('utf8'),
    write: (path, data, mode) => replaceFile(path, data, mode, random),
    append: appendToFile,
    // rm removes a link itself, never what it points to; behind a slash the path would be the link's target.
    remove: path => rm(withoutFinalSlash(path), { recursive: true, force: true, maxRetries: 3 }),
    makeDirectory: async (path, mode = 0o755) => void (await mkdir(path, { recursive: true, mode })),
    // mkdtemp makes directories of mode 0700.
    makeTemporaryDirectory: (parent, prefix) => mkdtemp(join(parent, prefix)),
    list: listDirectory,
    kind: async path => {
      const stats = await stat(path).catch(absent)
      return stats === undefined ? undefined : kindOf(stats)
    },
    realPath: path => realpath(path).catch(absent),
  }
}

/** A parent that is a file, a link that leads round in a circle, a name no file can have: nothing is at such a path either. */
const ABSENT: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']

function absent(error: NodeJS.ErrnoException): undefined {
  if (ABSENT.includes(error.code)) return undefined
  throw error
}

/** Not defined on Windows, where links need a privilege to be made. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
const DEFAULT_MODE = 0o644

/** A file that is replaced keeps its mode unless another is given; a link at `path` is replaced, never written through. */
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
    if (kept !== undefined) await file.chmod(kept)
    await file.close()
    await rename(temporary, path)
  } catch (error) {
    // The first failure is the one to tell; whether the handle was closed by then does not matter.
    await file.close().catch(() => undefined)
    await rm(temporary, { force: true })
    throw error
  }
}

async function appendToFile(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | NO_FOLLOW, DEFAULT_MODE)
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
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

function kindOf(what: { isFile(): boolean; isDirectory(): boolean }): FileEntry['kind'] {
  return what.isFile() ? 'file' : what.isDirectory() ? 'directory' : 'other'
}

function withoutFinalSlash(path: string): string {
  return path.length > 1 ? path.replace(process.platform === 'win32' ? /[/\\]+$/ : /\/+$/, '') : path
}
