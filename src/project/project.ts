import type { ModuleVersion } from '../go/module.ts'

/** What this project needs, over all its working directories. */
export interface Project {
  /** Where `go mod download` runs, one run each; empty when there is no go.mod. */
  readonly directories: readonly ModuleDirectory[]
  /** Modules whose zip go will fetch, after `replace`, without duplicates, sorted as go asks for them. */
  readonly modules: readonly ModuleVersion[]
  /** Verified hashes by `go.sum` line key: `path version` for the zip, `path version/go.mod` for go.mod. */
  readonly sums: ReadonlyMap<string, string>
  /** Those of `modules` whose zip is not in GOMODCACHE. */
  readonly missing: readonly ModuleVersion[]
  /** The highest `go` line (`1.26.3`) and `toolchain` line (`go1.27.3`) of what go obeys: go.work, else go.mod. */
  readonly goLine: string | undefined
  readonly toolchainLine: string | undefined
  /** Every directory has a vendor directory that go will use. */
  readonly vendored: boolean
  /** Paths of the main modules themselves. */
  readonly mainModules: readonly string[]
}

export interface ModuleDirectory {
  /** Absolute. */
  readonly path: string
  /** As the user would write it: relative to the base. */
  readonly name: string
  readonly kind: 'module' | 'workspace'
  readonly vendored: boolean
  /** go.sum, or go.work.sum and the go.sum of every used module: the files that must stay as they are. Absolute. */
  readonly sumFiles: readonly string[]
}
