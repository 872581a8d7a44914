import type { Files } from '../effects.ts'
import { downloadPath } from '../go/module-cache.ts'
import type { CacheFile } from './select.ts'

/** Sizes in bytes of those files that are in the module cache, by target. */
export async function sizesIn(
  gomodcache: string,
  wanted: readonly CacheFile[],
  files: Pick<Files, 'stat'>,
): Promise<ReadonlyMap<string, number>> {
  const stats = await files.stat(wanted.map(({ target }) => downloadPath(gomodcache, target)))
  return new Map(
    wanted.flatMap(({ target }, i) => {
      const bytes = stats[i]?.bytes
      return bytes === undefined ? [] : [[target, bytes] as const]
    }),
  )
}
