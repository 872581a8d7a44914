import { join } from 'node:path'
import type { Files } from '../effects.ts'
import { escapeModulePath, escapeVersion, objectPath } from '../go/escape.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'

/** How far go is with unpacking the modules of a project. */
export interface Unpacked {
  /** Modules that were unpacked since the first look. */
  readonly done: number
  /** Modules that were not unpacked at the first look. */
  readonly total: number
  /** Directories that go fills now, or was filling when it was killed. */
  readonly open: readonly string[]
}

export interface UnpackingWatch {
  look(): Promise<Unpacked>
  /** What the last look found. */
  read(): Unpacked
}

/**
 * go makes `cache/download/M/@v/V.partial` before it unpacks into `M@V` and removes it afterwards. Source:
 * cmd/go/internal/modfetch, fetch.go. A look costs two stats for each module that is not yet done.
 */
export function watchUnpacking(
  modules: readonly ModuleVersion[],
  gomodcache: string,
  files: Pick<Files, 'modified'>,
): UnpackingWatch {
  let left = modules.flatMap(module => treeOf(module, gomodcache) ?? [])
  let total: number | undefined
  let seen: Unpacked = { done: 0, total: 0, open: [] }
  return {
    read: () => seen,
    async look() {
      const trees = await files.modified(left.map(({ tree }) => tree))
      const begun = left.filter((_, i) => trees[i] !== undefined)
      const marks = await files.modified(begun.map(({ mark }) => mark))
      const open = begun.filter((_, i) => marks[i] !== undefined)
      const done = new Set(begun.filter((_, i) => marks[i] === undefined))
      left = left.filter(one => !done.has(one))
      total ??= left.length
      seen = { done: total - left.length, total, open: open.map(({ tree }) => tree) }
      return seen
    },
  }
}

function treeOf(
  module: ModuleVersion,
  gomodcache: string,
): { readonly tree: string; readonly mark: string } | undefined {
  const [path, version] = [escapeModulePath(module.path), escapeVersion(module.version)]
  const key = objectPath(module, 'zip')
  if (path === undefined || version === undefined || key === undefined) return undefined
  return {
    tree: join(gomodcache, `${path}@${version}`),
    mark: downloadPath(gomodcache, partialOf(key)),
  }
}

/** The mark beside a zip that says that it is being unpacked. */
export function partialOf(zip: string): string {
  return zip.replace(/\.zip$/, '.partial')
}

/** More entries than this are not looked at in one tree. */
const MAX_ENTRIES = 1_000

/**
 * What changes while a tree is filled. go unpacks file by file, so what grows is where something was made last: the
 * directories changed last are looked into first.
 */
export async function printOfTree(directory: string, list: Files['list']): Promise<string> {
  const open = [{ path: directory, modifiedMs: 0 }]
  let [entries, bytes, newest] = [0, 0, 0]
  for (let next = open.pop(); next !== undefined && entries < MAX_ENTRIES; next = open.pop()) {
    const { path } = next
    const found = await list(path)
    entries += found.length
    for (const entry of found) {
      newest = Math.max(newest, entry.modifiedMs)
      if (entry.kind === 'directory') open.push({ path: join(path, entry.name), modifiedMs: entry.modifiedMs })
      else bytes += entry.bytes
    }
    open.sort((a, b) => a.modifiedMs - b.modifiedMs)
  }
  return `${entries} ${bytes} ${newest}`
}
