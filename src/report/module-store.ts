import type { ModuleStoreStory } from '../store/story.ts'
import { count, formatBytes } from './units.ts'

/** The module store of this step. Absent where none was asked for, or it could not be made. */
export interface ModuleStoreReport {
  readonly path: string
  /** Modules of which it has the zip. */
  readonly modules: number
  readonly files: number
  readonly bytes: number
  /** Private modules that are not in it. */
  readonly leftOut: number
}

export function moduleStoreReport({ path, files, leftOut }: ModuleStoreStory): ModuleStoreReport {
  return {
    path,
    modules: files.filter(({ kind }) => kind === 'zip').length,
    files: files.length,
    bytes: files.reduce((sum, one) => sum + one.bytes, 0),
    leftOut: leftOut.length,
  }
}

/** In one line; undefined where there is none. */
export function renderModuleStore({
  moduleStore: store,
}: {
  readonly moduleStore?: ModuleStoreReport
}): string | undefined {
  if (store === undefined) return undefined
  const without = store.leftOut === 0 ? '' : `, without ${count(store.leftOut, 'private module')}`
  return `Module store: ${count(store.modules, 'module')} (${formatBytes(store.bytes)}), checked against go.sum${without}, in ${store.path}.`
}
