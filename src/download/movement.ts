import { dirname, join } from 'node:path'
import type { Files } from '../effects.ts'

/** Looks into the module cache for signs that a download goes on although go prints nothing. */
export interface Movement {
  /** Whether anything grew since the last call. @param zips paths below cache/download of zips that may be arriving. */
  moved(zips: readonly string[]): Promise<boolean>
}

/** More directories than this are never read in one look: go fetches a few zips at a time. */
const MAX_LOOKED_AT = 16

/**
 * go writes a body into `V.zip<random>.tmp` beside where the zip will stand, and git into `cache/vcs`: `-x` says
 * nothing while these grow.
 */
export function watchMovement(gomodcache: string, files: Files): Movement {
  let before = ''
  return {
    async moved(zips) {
      const download = join(gomodcache, 'cache', 'download')
      const directories = [...new Set(zips.slice(-MAX_LOOKED_AT).map(zip => dirname(join(download, zip))))]
      const toolchain = join(download, 'golang.org', 'toolchain', '@v')
      const listings = await Promise.all([...directories, toolchain].map(path => files.list(path).catch(() => [])))
      const growing = listings.flat().filter(entry => entry.name.endsWith('.tmp'))
      const repositories = await files.list(join(gomodcache, 'cache', 'vcs')).catch(() => [])
      const now = [
        ...growing.map(({ name, bytes }) => `${name} ${bytes}`),
        ...repositories.map(({ name, modifiedMs }) => `${name} ${modifiedMs}`),
      ].join('\n')
      const changed = now !== before
      before = now
      return changed && now !== ''
    },
  }
}
