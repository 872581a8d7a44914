import { type CacheFile, type Selection, selectFiles } from '../cache/select.ts'
import { compareVersions } from '../go/semver.ts'
import type { StoredFile } from './story.ts'

/** What a module store of a project holds. */
export interface StoreContents {
  readonly files: readonly CacheFile[]
  /** Private modules that stay out, as `path@version`, in order. */
  readonly leftOut: readonly string[]
}

/** The files that go.sum vouches for. @param selection `isLeftOut`: private modules that stay out */
export function planStore(selection: Selection): StoreContents {
  const files = selectFiles(selection)
  const all = selectFiles({ ...selection, isLeftOut: () => false })
  const leftOut = all.filter(({ kind, module }) => kind === 'zip' && selection.isLeftOut(module.path))
  return { files, leftOut: [...new Set(leftOut.map(({ module }) => `${module.path}@${module.version}`))].sort() }
}

/**
 * The lists of versions, by their place: of each module the versions that can be had, oldest first, as go keeps them.
 * Source: cmd/go/internal/modfetch, rewriteVersionList.
 */
export function listsOf(files: readonly Pick<StoredFile, 'kind' | 'module' | 'target'>[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string[]>()
  for (const { kind, module, target } of files) {
    if (kind !== 'zip') continue
    const place = target.replace(/[^/]+$/, 'list')
    versions.set(place, [...(versions.get(place) ?? []), module.version])
  }
  const inOrder = (a: string, b: string) => compareVersions(a, b) || (a < b ? -1 : 1)
  return new Map([...versions].map(([place, list]) => [place, `${list.sort(inOrder).join('\n')}\n`]))
}
