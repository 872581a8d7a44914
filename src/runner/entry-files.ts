import {
  closeSync,
  copyFileSync,
  futimesSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Thousands of small files in directories below one, without a promise for each. For a process that does nothing else.
 * @param pending a file in `root`, for what is being written
 */
export function entryFiles(root: string, pending: string) {
  const made = new Set<string>()
  const makeFor = (path: string): void => {
    const directory = dirname(path)
    if (made.has(directory)) return
    mkdirSync(directory, { recursive: true })
    made.add(directory)
  }
  const namesIn = listOnce(root)
  return {
    // In a job that built nothing there is no GOCACHE either.
    places: () =>
      (ifThere(() => readdirSync(root, { withFileTypes: true })) ?? [])
        .filter(entry => entry.isDirectory() && PLACE.test(entry.name))
        .map(({ name }) => name),
    list: (place: string) => filesIn(root, place),
    read: (name: string) => ifThere(() => readFileSync(join(root, name))),
    size: (name: string) => (namesIn(dirname(name)).has(basename(name)) ? sizeOf(join(root, name)) : undefined),
    begin: () => {
      const temporary = join(root, pending)
      makeFor(temporary)
      const file = openAnew(temporary)
      return {
        write: (chunk: Uint8Array) => {
          for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at)
        },
        keep: (name: string, stampMs: number) => {
          futimesSync(file, stampMs / 1000, stampMs / 1000)
          closeSync(file)
          makeFor(join(root, name))
          renameSync(temporary, join(root, name))
        },
        discard: () => {
          closeSync(file)
          rmSync(temporary, { force: true })
        },
      }
    },
    link: (name: string, directory: string) => {
      const to = join(directory, name)
      makeFor(to)
      try {
        linkSync(join(root, name), to)
      } catch {
        // Another file system, or one without hard links.
        copyFileSync(join(root, name), to)
      }
    },
    writeNew: (name: string, text: string) => {
      makeFor(join(root, name))
      try {
        writeFileSync(join(root, name), text, { flag: 'wx' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    },
  }
}

/** Source: cmd/go/internal/cache, `Open`. */
const PLACE = /^[0-9a-f]{2}$/

function sizeOf(path: string): number | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  return stats?.isFile() ? stats.size : undefined
}

/** Asked of thousands of names, nearly all of which are not there: one look at their directory tells. */
function listOnce(root: string): (directory: string) => ReadonlySet<string> {
  const listed = new Map<string, ReadonlySet<string>>()
  return directory => {
    const names = listed.get(directory) ?? new Set(ifThere(() => readdirSync(join(root, directory))) ?? [])
    listed.set(directory, names)
    return names
  }
}

/** Where a file lies in the way, which is rare, it is removed: a removal beforehand would fail for each of thousands. */
function openAnew(path: string): number {
  try {
    return openSync(path, 'wx', 0o666)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    rmSync(path, { force: true })
    return openSync(path, 'wx', 0o666)
  }
}

function filesIn(
  root: string,
  directory: string,
): readonly { readonly name: string; readonly bytes: number; readonly modifiedMs: number }[] {
  return readdirSync(join(root, directory)).flatMap(inner => {
    const name = `${directory}/${inner}`
    const stats = lstatSync(join(root, name), { throwIfNoEntry: false })
    return stats?.isFile() ? [{ name, bytes: stats.size, modifiedMs: stats.mtimeMs }] : []
  })
}

function ifThere<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
