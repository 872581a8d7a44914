import type { ModFile } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { GraphRoots } from '../objects/graph.ts'

/** What this project needs, over all its working directories. */
export interface Project {
  /** Where `go mod download` runs, one run each; empty when there is no go.mod. */
  readonly directories: readonly ModuleDirectory[]
  /**
   * Modules whose zip go will fetch, after `replace`, without duplicates: all of them, unless the list is `openEnded`.
   */
  readonly modules: readonly ModuleVersion[]
  /** Verified hashes by `go.sum` line key: `path version` for the zip, `path version/go.mod` for go.mod. */
  readonly sums: ReadonlyMap<string, string>
  /** Those of `modules` whose zip is not in GOMODCACHE. */
  readonly missing: readonly ModuleVersion[]
  /**
   * Whether go will look into go.mod files that are not in GOMODCACHE, and may find there that it needs more modules: in
   * a workspace, and before go 1.17.
   */
  readonly openEnded: boolean
  /**
   * The other modules whose zip go.sum has a line of, where the list is open-ended: go may need them, or they are lines
   * that stayed when the need was gone.
   */
  readonly perhaps: Pick<Project, 'modules' | 'missing'>
  /** What go.mod files list; what only module graphs tell comes besides. */
  readonly listed: readonly ModuleVersion[]
  /** Where the module graphs begin that tell, and the go.mod files that are known of them. */
  readonly graphs: readonly GraphRoots[]
  /** Where the other module graphs begin: they tell only which go.mod files go reads. */
  readonly prunedGraphs: readonly GraphRoots[]
  readonly goMods: readonly (readonly [ModuleVersion, ModFile])[]
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
  /**
   * The files whose requirements go obeys: go.mod, or the file that `-modfile` in GOFLAGS names; in a workspace go.work
   * and the go.mod of every used module. Absolute.
   */
  readonly modFiles: readonly string[]
  /** go.sum, or go.work.sum and the go.sum of every used module: the files that must stay as they are. Absolute. */
  readonly sumFiles: readonly string[]
  /** Modules that go.mod lists and whose zip go.sum has no line of: the download succeeds, and a build fails. */
  readonly unsummed?: readonly ModuleVersion[]
}

/** Where there is no go.mod. */
export const EMPTY_PROJECT: Project = {
  directories: [],
  modules: [],
  sums: new Map(),
  missing: [],
  openEnded: false,
  perhaps: { modules: [], missing: [] },
  listed: [],
  graphs: [],
  prunedGraphs: [],
  goMods: [],
  goLine: undefined,
  toolchainLine: undefined,
  vendored: false,
  mainModules: [],
}

/** What go fetches or may fetch, and of that what is not in GOMODCACHE. */
export function possible({ modules, missing, perhaps }: Project): Pick<Project, 'modules' | 'missing'> {
  return { modules: [...modules, ...perhaps.modules], missing: [...missing, ...perhaps.missing] }
}
