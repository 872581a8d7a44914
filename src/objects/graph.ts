import type { ModFile } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'
import { compareVersions } from '../go/semver.ts'

/** Where a module graph begins, and what bends it: all of it out of the project's own files. */
export interface GraphRoots {
  readonly kind: 'module' | 'workspace'
  /** The main modules: one, or all that go.work uses. */
  readonly mains: readonly MainModule[]
  readonly replaces: readonly Replacement[]
  /** `path version` of versions that no requirement counts of. */
  readonly excludes: ReadonlySet<string>
  /** Line keys of go.sum. */
  readonly sums: ReadonlyMap<string, string>
}

export interface MainModule extends ModFile {
  readonly path: string
}

export interface Replacement {
  readonly path: string
  /** undefined: every version. */
  readonly version: string | undefined
  /** A module, or a local directory with what its go.mod says. */
  readonly by: ModuleVersion | { readonly local: ModFile }
}

/** What go will need, as far as the go.mod files that are known tell it. */
export interface ModuleGraph {
  /** Takes in what the go.mod of a module says. @returns what is now selected besides */
  learn(module: ModuleVersion, file: ModFile): readonly ModuleVersion[]
  /** Modules whose go.mod go will read, of which nothing is known yet. */
  awaited(): readonly ModuleVersion[]
  /** Those that came to be awaited since this was last called. */
  newlyAwaited(): readonly ModuleVersion[]
  /** Whether nothing is awaited any more: then `selected` is go's own build list. */
  isComplete(): boolean
  /**
   * Modules that go will use, after `replace`. While the graph is incomplete, only those of which go.sum knows no newer
   * version that could still take their place.
   */
  selected(): readonly ModuleVersion[]
}

/**
 * Walks the module graph as go does (minimal version selection with graph pruning), while its go.mod files arrive in any
 * order. go.sum alone does not tell what go needs: it keeps the lines of what is needed no more.
 */
export function openGraph(roots: GraphRoots): ModuleGraph {
  const selection = openSelection(roots)
  const walk = openWalk(roots, selection)
  const told = new Set<string>()
  const untold = (modules: readonly ModuleVersion[]) => {
    const fresh = modules.filter(module => !told.has(keyOf(module)))
    for (const module of fresh) told.add(keyOf(module))
    return fresh
  }
  untold(selection.sure(walk.isComplete()))
  return {
    learn(module, file) {
      selection.forgetChanges()
      return walk.learn(module, file) ? untold(selection.sure(walk.isComplete(), selection.changed())) : []
    },
    awaited: walk.awaited,
    newlyAwaited: walk.newlyAwaited,
    isComplete: walk.isComplete,
    selected: () => selection.sure(walk.isComplete()),
  }
}

/** The newest version required of each module. */
interface VersionSelection {
  require(module: ModuleVersion): void
  versionOf(path: string): string | undefined
  /** Paths whose version changed since. */
  changed(): Iterable<string>
  forgetChanges(): void
  /** @param isComplete whether no version can change any more  @param paths of all where it is complete */
  sure(isComplete: boolean, paths?: Iterable<string>): readonly ModuleVersion[]
}

function openSelection({ mains, replaces, sums }: GraphRoots): VersionSelection {
  const versions = new Map<string, string>()
  const changed = new Set<string>()
  const newest = newestInSums(sums)
  const mainPaths = new Set(mains.map(({ path }) => path))
  return {
    require({ path, version }) {
      const best = versions.get(path)
      if (best !== undefined && compareVersions(best, version) >= 0) return
      versions.set(path, version)
      changed.add(path)
    },
    versionOf: path => versions.get(path),
    changed: () => changed,
    forgetChanges: () => changed.clear(),
    sure: (isComplete, paths) =>
      [...((isComplete ? undefined : paths) ?? versions.keys())].flatMap(path => {
        const version = versions.get(path)
        if (version === undefined || mainPaths.has(path)) return []
        const actual = replacementOf({ path, version }, replaces)
        if ('local' in actual) return []
        return isComplete || compareVersions(newest.get(path) ?? version, version) <= 0 ? [actual] : []
      }),
  }
}

/** How far go looks behind a module. Source: cmd/go/internal/modload, readModGraph. */
type Pruning = 'pruned' | 'unpruned' | 'workspace'

interface Walk {
  /** @returns whether anything was waiting for it */
  learn(module: ModuleVersion, file: ModFile): boolean
  awaited(): readonly ModuleVersion[]
  newlyAwaited(): readonly ModuleVersion[]
  isComplete(): boolean
}

/** In one piece: the steps of the walk lead to one another. */
function openWalk({ kind, mains, replaces, excludes }: GraphRoots, selection: VersionSelection): Walk {
  const mainPaths = new Set(mains.map(({ path }) => path))
  const known = new Map<string, ModFile>()
  /** What is to be done with a go.mod once it is there, by its module's key. */
  const waiting = new Map<string, { readonly module: ModuleVersion; readonly steps: ((file: ModFile) => void)[] }>()
  const visited = new Set<string>()
  const requirements = new Map<string, readonly ModuleVersion[]>()
  const work: (() => void)[] = []
  let fresh: ModuleVersion[] = []

  const visit = (module: ModuleVersion, pruning: Pruning): void => {
    const key = `${pruning} ${keyOf(module)}`
    if (visited.has(key) || mainPaths.has(module.path)) return
    visited.add(key)
    const step = (file: ModFile) => void work.push(() => expand(module, file, pruning))
    const actual = replacementOf(module, replaces)
    if ('local' in actual) return void step(actual.local)
    const file = known.get(keyOf(actual))
    if (file !== undefined) return void step(file)
    const place = waiting.get(keyOf(actual))
    if (place !== undefined) return void place.steps.push(step)
    waiting.set(keyOf(actual), { module: actual, steps: [step] })
    fresh.push(actual)
  }
  const require = (module: ModuleVersion, { requires }: ModFile): readonly ModuleVersion[] => {
    const counted = requires.filter(one => !excludes.has(keyOf(one)) && !NO_MODULES.has(one.path))
    requirements.set(keyOf(module), counted)
    for (const one of counted) selection.require(one)
    return counted
  }
  const expand = (module: ModuleVersion, file: ModFile, pruning: Pruning): void => {
    const required = require(module, file)
    if (pruning === 'pruned' && file.isPruned) return
    for (const one of required) visit(one, pruning === 'unpruned' || !file.isPruned ? 'unpruned' : 'pruned')
  }
  /** In a workspace go looks again at what one module requires and another raised to a newer version. */
  const raise = (): void => {
    const open: ModuleVersion[] = mains.map(({ path }) => ({ path, version: '' }))
    const seen = new Set<string>()
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const { path, version } of requirements.get(keyOf(next)) ?? []) {
        const selected = { path, version: selection.versionOf(path) ?? version }
        if (selected.version === version || seen.has(keyOf(selected))) continue
        seen.add(keyOf(selected))
        visit(selected, 'workspace')
        open.push(selected)
      }
    }
  }
  const settle = (): void => {
    do {
      for (let next = work.pop(); next !== undefined; next = work.pop()) next()
      if (kind === 'workspace' && waiting.size === 0) raise()
    } while (work.length > 0)
  }

  for (const main of mains)
    for (const one of require({ path: main.path, version: '' }, main)) visit(one, main.isPruned ? 'pruned' : 'unpruned')
  settle()
  return {
    learn(module, file) {
      const key = keyOf(module)
      if (known.has(key)) return false
      known.set(key, file)
      const steps = waiting.get(key)?.steps ?? []
      waiting.delete(key)
      for (const step of steps) step(file)
      settle()
      return steps.length > 0
    },
    awaited: () => [...waiting.values()].map(({ module }) => module),
    newlyAwaited() {
      const came = fresh
      fresh = []
      return came
    },
    isComplete: () => waiting.size === 0,
  }
}

/** Since go 1.21 these stand for lines of go.mod. */
const NO_MODULES = new Set(['go', 'toolchain'])

function keyOf({ path, version }: ModuleVersion): string {
  return `${path} ${version}`
}

/** A replacement for this version goes before one for all; without any the module itself. */
function replacementOf(module: ModuleVersion, replaces: readonly Replacement[]): Replacement['by'] {
  const own = replaces.filter(({ path }) => path === module.path)
  const one = own.find(({ version }) => version === module.version) ?? own.find(({ version }) => version === undefined)
  return one?.by ?? module
}

/** The newest version of each module that go.sum has a line of. */
function newestInSums(sums: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const newest = new Map<string, string>()
  for (const key of sums.keys()) {
    const [path = '', line = ''] = key.split(' ')
    const version = line.replace(/\/go\.mod$/, '')
    const best = newest.get(path)
    if (best === undefined || compareVersions(best, version) < 0) newest.set(path, version)
  }
  return newest
}
