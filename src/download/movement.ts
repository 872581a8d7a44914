import { basename, dirname, join } from 'node:path'
import type { Files } from '../effects.ts'

/** Looks into the module cache for signs that a download goes on although go prints nothing. */
export interface Movement {
  /** What happened since the last call. @param zips paths below cache/download of zips that were answered */
  look(zips: readonly string[]): Promise<Moved>
}

/** `arriving`: bytes come, or are on their way from somebody who may take long. `trying`: requests end without any. */
export type Moved = 'arriving' | 'trying' | 'nothing'

/** More directories than this are never read in one look: go fetches a few zips at a time. */
const MAX_LOOKED_AT = 64
/** Where toolchains lie, for which go prints no requests. */
const TOOLCHAINS = join('golang.org', 'toolchain', '@v')

/**
 * `-x` says nothing while bodies arrive. Then go writes into `V.zip<random>.tmp` beside where the zip will stand, and
 * git into a pack of its repository in `cache/vcs`. While go unpacks, `V.partial` stands beside `V.zip`: that may take
 * long and waits for nobody.
 */
export function watchMovement(gomodcache: string, files: Files): Movement {
  const download = join(gomodcache, 'cache', 'download')
  const list = (path: string) => files.list(path).catch(() => [])
  const complete = new Set<string>()
  let before = ''
  return {
    async look(zips) {
      const open = zips.filter(zip => !complete.has(zip)).slice(0, MAX_LOOKED_AT)
      const directories = [...new Set([...open.map(dirname), TOOLCHAINS])]
      const listings = new Map(
        await Promise.all(directories.map(async path => [path, await list(join(download, path))] as const)),
      )
      for (const zip of open) {
        const names = listings.get(dirname(zip))?.map(({ name }) => name) ?? []
        if (names.includes(basename(zip)) && !names.includes(partialOf(basename(zip)))) complete.add(zip)
      }
      const entries = [...listings.values()].flat()
      const names = new Set(entries.map(({ name }) => name))
      const unpacking = [...names].some(name => name.endsWith('.zip') && names.has(partialOf(name)))
      const growing = entries.filter(({ name }) => name.endsWith('.tmp')).map(({ name, bytes }) => `${name} ${bytes}`)
      const now = [...growing, ...(await fetchedByGit(join(gomodcache, 'cache', 'vcs'), list))].join('\n')
      const changed = now !== before && now !== ''
      before = now
      return changed || unpacking ? 'arriving' : 'nothing'
    },
  }
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

function partialOf(zip: string): string {
  return zip.replace(/\.zip$/, '.partial')
}
