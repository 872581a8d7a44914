import type { ModuleVersion } from '../go/module.ts'
import type { ObjectKind } from '../objects/object.ts'

/** One file of a module store. */
export interface StoredFile {
  readonly module: ModuleVersion
  readonly kind: ObjectKind
  /** Below the store, as below a proxy's URL. */
  readonly target: string
  readonly bytes: number
  /** Its line in go.sum, which it was checked against; undefined for what go.sum has no lines of. */
  readonly hash: string | undefined
}

/** A module store that is there: whole. */
export interface ModuleStoreStory {
  /** Absolute. */
  readonly path: string
  readonly files: readonly StoredFile[]
  /** Private modules that are not in it, as `path@version`. */
  readonly leftOut: readonly string[]
}
