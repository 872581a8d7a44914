import { basename, dirname, join } from 'node:path'
import type { Files } from '../effects.ts'
import { objectPath } from '../go/escape.ts'
import type { ModuleVersion } from '../go/module.ts'
import { clonesPath, downloadPath } from '../go/module-cache.ts'
import { partialOf, printOfTree, type UnpackingWatch } from './unpacking.ts'

/** Looks into the module cache for signs that a download goes on although go prints nothing. */
export interface Movement {
  /** What happened since the last call. @param zips paths below cache/download of zips that were answered */
  look(zips: readonly string[]): Promise<Moved>
}

/**
 * `arriving`: bytes come, or a source that may take long has them on the way, or go works on what it has.
 * `trying`: requests end without any.
 */
export type Moved = 'arriving' | 'trying' | 'nothing'

/** More directories than this are never read in one look: go fetches a few zips at a time. */
const MAX_LOOKED_AT = 64
/** So many modules whose zip go makes itself from a repository. */
const MAX_MADE = 16
/** Where toolchains lie, for which go prints no requests. */
const TOOLCHAINS = join('golang.org', 'toolchain', '@v')

/**
 * `-x` says nothing while bodies arrive. Then go writes into `V.zip<random>.tmp` beside where the zip will stand, and
 * git into a pack of its repository in `cache/vcs`. Nor does it while go unpacks, which waits for no host and may take
 * long: of zips that it fetched, and of those that lay there before it began. Expensive looks are taken only where
 * cheap ones show nothing.
 */
export function watchMovement(
  { modules, gomodcache }: { readonly modules: readonly ModuleVersion[]; readonly gomodcache: string },
  unpacking: UnpackingWatch,
  files: Files,
): Movement {
  const download = downloadPath(gomodcache)
  const list = (path: string) => files.list(path).catch(() => [])
  const made = newestDirectories(modules, download, files)
  const complete = new Set<string>()
  const fetched = printWatch()
  const appeared = printWatch()
  const filled = printWatch()
  return {
    async look(zips) {
      const open = zips.filter(zip => !complete.has(zip)).slice(0, MAX_LOOKED_AT)
      const directories = [...new Set([...open.map(dirname), TOOLCHAINS, ...(await made())])]
      const listings = new Map(
        await Promise.all(directories.map(async path => [path, await list(join(download, path))] as const)),
      )
      let unpacksFetched = false
      for (const zip of open) {
        const names = new Set(listings.get(dirname(zip))?.map(({ name }) => name))
        if (!names.has(basename(zip))) continue
        if (names.has(partialOf(basename(zip)))) unpacksFetched = true
        else complete.add(zip)
      }
      const growing = [...listings.values()].flat().filter(({ name }) => name.endsWith('.tmp'))
      const ofGit = await fetchedByGit(clonesPath(gomodcache), list)
      const moved = fetched.differs([...growing.map(({ name, bytes }) => `${name} ${bytes}`), ...ofGit])
      const { done, open: trees } = await unpacking.look()
      const more = appeared.differs([String(done), ...trees])
      if (moved || more || unpacksFetched) return 'arriving'
      const toolchains = toolchainTrees(listings.get(TOOLCHAINS)?.map(({ name }) => name) ?? [], gomodcache)
      const prints = await Promise.all([...trees, ...toolchains].map(tree => printOfTree(tree, list)))
      return filled.differs(prints) ? 'arriving' : 'nothing'
    },
  }
}

/** Compares each look with the one before. The first look has nothing to compare with. */
function printWatch(): { differs(seen: readonly string[]): boolean } {
  let before: string | undefined
  return {
    differs(seen) {
      const now = seen.join('\n')
      const changed = before !== undefined && now !== before
      before = now
      return changed
    },
  }
}

/**
 * The directories of modules in which something appeared last: also where go makes a zip from a repository, for which
 * there is no request. @returns paths below cache/download
 */
function newestDirectories(
  modules: readonly ModuleVersion[],
  download: string,
  files: Pick<Files, 'modified'>,
): () => Promise<readonly string[]> {
  let open = [...new Set(modules.flatMap(module => objectPath(module, 'zip') ?? []))]
  return async () => {
    const there = await files.modified(open.map(zip => join(download, zip)))
    open = open.filter((_, i) => there[i] === undefined)
    const directories = [...new Set(open.map(dirname))]
    const times = await files.modified(directories.map(path => join(download, path)))
    return directories
      .flatMap((path, i) => ({ path, modifiedMs: times[i] ?? 0 }))
      .filter(({ modifiedMs }) => modifiedMs > 0)
      .sort((a, b) => b.modifiedMs - a.modifiedMs)
      .slice(0, MAX_MADE)
      .map(({ path }) => path)
  }
}

/** Where go unpacks a toolchain now. @param names what lies beside the toolchains' zips */
function toolchainTrees(names: readonly string[], gomodcache: string): readonly string[] {
  return names
    .filter(name => name.endsWith('.zip') && names.includes(partialOf(name)))
    .map(name => join(gomodcache, 'golang.org', `toolchain@${name.replace(/\.zip$/, '')}`))
}

/** What changes while git fetches: a repository's directory when it begins, and then the pack that comes. */
async function fetchedByGit(directory: string, list: Files['list']): Promise<readonly string[]> {
  const repositories = [...(await list(directory))].sort((a, b) => b.modifiedMs - a.modifiedMs).slice(0, MAX_LOOKED_AT)
  const packs = await Promise.all(repositories.map(({ name }) => list(join(directory, name, 'objects', 'pack'))))
  return [
    ...repositories.map(({ name, modifiedMs }) => `${name} ${modifiedMs}`),
    ...packs.flat().map(({ name, bytes }) => `${name} ${bytes}`),
  ]
}
