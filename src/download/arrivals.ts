import type { Files } from '../effects.ts'
import { objectPath } from '../go/escape.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'

/** A module's zip that is in the module cache. */
export interface Arrival {
  readonly module: ModuleVersion
  /** Path below cache/download: `example.com/m/@v/v1.0.0.zip`. */
  readonly key: string
  readonly bytes: number
  /** When its last byte was written, by the calendar. */
  readonly modifiedMs: number
}

/** Zips that were in the module cache when the project was read: what was fetched ahead of go since then counts as arrived. */
export function keysBefore(modules: readonly ModuleVersion[], missing: readonly ModuleVersion[]): Set<string> {
  const keyOf = (module: ModuleVersion) => objectPath(module, 'zip') ?? ''
  const away = new Set(missing.map(keyOf))
  return new Set(modules.map(keyOf).filter(key => !away.has(key)))
}

/** Which of these modules' zips are in the cache. */
export async function findArrivals(
  modules: readonly ModuleVersion[],
  gomodcache: string,
  files: Files,
): Promise<readonly Arrival[]> {
  const wanted = modules.flatMap(module => {
    const key = objectPath(module, 'zip')
    return key === undefined ? [] : [{ module, key }]
  })
  const stats = await files.stat(wanted.map(({ key }) => downloadPath(gomodcache, key)))
  return wanted.flatMap((one, i) => {
    const stat = stats[i]
    return stat === undefined ? [] : [{ ...one, ...stat }]
  })
}

/** Removes objects that go would not fetch again by itself, wrong as they may be. @param keys paths below cache/download */
export async function removeCached(keys: readonly string[], gomodcache: string, files: Files): Promise<void> {
  for (const key of keys) {
    const path = downloadPath(gomodcache, key)
    await files.remove(path)
    if (key.endsWith('.zip')) await files.remove(path.replace(/\.zip$/, '.ziphash'))
  }
}
