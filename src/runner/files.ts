import { constants } from 'node:fs'
import {
  appendFile,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileEntry, Files, Random } from '../effects.ts'

/** The file system. Missing things are answers, not errors; everything else that fails rejects with Node's error. */
export function systemFiles(random: Random): Files {
  const read = (path: string) => readFile(path).catch(absent)
  return {
    read,
    readText: async path => (await read(path))?.toString('utf8'),
    write: (path, data, mode = 0o644) => replaceFile(path, data, mode, random),
    append: (path, text) => appendFile(path, text),
    // rm removes a link itself, never what it points to.
    remove: path => rm(path, { recursive: true, force: true, maxRetries: 3 }),
    makeDirectory: async (path, mode = 0o755) => void (await mkdir(path, { recursive: true, mode })),
    // mkdtemp makes directories of mode 0700.
    makeTemporaryDirectory: (parent, prefix) => mkdtemp(join(parent, prefix)),
    list: listDirectory,
    kind: async path => {
      const stats = await stat(path).catch(absent)
      return stats === undefined ? undefined : stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other'
    },
    realPath: path => realpath(path).catch(absent),
  }
}

/** ENOTDIR: a parent of the path is a file, so there is nothing at the path either. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}

async function replaceFile(path: string, data: string | Uint8Array, mode: number, random: Random): Promise<void> {
  const temporary = join(dirname(path), `.go-proxy-setup-${random.hex(8)}`)
  // The mode is set at creation, so a secret is never readable by others, and a planted link is never followed.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
  const file = await open(temporary, flags, mode)
  try {
    await file.writeFile(data)
    await file.close()
    await rename(temporary, path)
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(temporary, { force: true })
    throw error
  }
}

async function listDirectory(path: string): Promise<readonly FileEntry[]> {
  const entries = (await readdir(path, { withFileTypes: true }).catch(absent)) ?? []
  const found = await Promise.all(
    entries.map(async (entry): Promise<FileEntry[]> => {
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other'
      // A file may go between the listing and the look at it: then it is not there.
      const stats = await lstat(join(path, entry.name)).catch(absent)
      return stats === undefined ? [] : [{ name: entry.name, kind, bytes: stats.size }]
    }),
  )
  return found.flat()
}
