import { statSync } from 'node:fs'
import { type Reached, whyNotSaved } from '../src/build-cache/save.ts'
import { defaultPolicy } from '../src/policy.ts'
import { go, historyOf, type ProjectName, RAISES_EACH, sourceOf } from './job-projects.ts'
import { createGenerator } from './random.ts'

/** What one first job stored. */
export interface FirstJob {
  /** Bytes of the archives. */
  readonly setupGo: number
  readonly modules: number
  readonly build: number
  /** Of the build cache's entries, unpacked. */
  readonly used: number
}

/** Bytes stored over some commits, the first job's included. */
export interface StoredBytes {
  readonly setupGo: number
  readonly ours: number
  readonly eachRun: number
  /** How many entries of the build cache ours stored. */
  readonly builds: number
  readonly raised: number
}

const COMMITS = 50

/**
 * What would be stored over fifty commits, each seventh of which raises some dependency, without building them: which
 * packages a commit makes anew follows from what imports what, and how large their outputs are from one build. An archive
 * is as large as the first job's; the decision is the product's own.
 */
export function simulate(name: ProjectName, first: FirstJob): StoredBytes {
  const packages = readPackages(name)
  const exported = [...packages.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  const modules = [...new Set([...packages.values()].map(({ module }) => module))].filter(one => one !== '')
  const random = createGenerator(23)
  const dependents = new Map([...packages.keys()].map(path => [path, new Set([path])]))
  for (const [path, { deps }] of packages) for (const dep of deps) dependents.get(dep)?.add(path)
  const history = historyOf(name, COMMITS)
  let stored = { setupGo: first.setupGo, ours: first.modules + first.build, eachRun: first.modules + first.build }
  let [builds, raised] = [1, 0]
  // Since the entry that a job restores.
  let fresh = new Set<string>()
  for (const [i, commit] of history.entries()) {
    const before = history[i - 1]?.edits ?? new Map<string, number>()
    const changed = new Set(
      [...commit.edits].filter(([file, times]) => before.get(file) !== times).map(([file]) => file),
    )
    const isRaise = (i + 1) % RAISES_EACH === 0
    const module = isRaise ? modules[Math.floor(random() * modules.length)] : undefined
    for (const [path, one] of packages) {
      if (one.module === module || one.files.some(file => changed.has(file)))
        for (const dependent of dependents.get(path) ?? []) fresh.add(dependent)
    }
    const bytes = [...fresh].reduce((sum, path) => sum + (packages.get(path)?.bytes ?? 0), 0)
    const newBytes = (bytes / exported) * first.used
    const facts = { names: ['one'], bytes: first.used, newBytes, reached: REACHED, isDefaultBranch: true }
    const saves = whyNotSaved(facts, defaultPolicy.buildCache) === undefined
    const moduleBytes = isRaise ? first.modules : 0
    stored = {
      setupGo: stored.setupGo + (isRaise ? first.setupGo : 0),
      ours: stored.ours + moduleBytes + (saves ? first.build : 0),
      eachRun: stored.eachRun + moduleBytes + first.build,
    }
    if (saves) fresh = new Set()
    builds += saves ? 1 : 0
    raised += isRaise ? 1 : 0
  }
  return { ...stored, builds, raised }
}

/** An older commit's entry, as good as it can be. */
const REACHED: Reached = { found: true, unknown: false, exact: false, whole: true, failed: false, spoiled: false }

interface Package {
  /** '' for the standard library. */
  readonly module: string
  /** Relative to the project, for its own. */
  readonly files: readonly string[]
  readonly deps: readonly string[]
  /** Of its compiled output. */
  readonly bytes: number
}

/** Builds the project where that was not done yet, in the caller's own build cache. */
function readPackages(name: ProjectName): ReadonlyMap<string, Package> {
  const source = sourceOf(name)
  const fields = 'ImportPath,Dir,GoFiles,Deps,Export,Module'
  const output = go(source, 'list', '-export', '-deps', `-json=${fields}`, './...')
  return new Map(
    output.split(/^(?=\{$)/m).map(text => {
      const one = JSON.parse(text) as Listed
      const isOwn = one.Dir.startsWith(source)
      const files = isOwn ? (one.GoFiles ?? []).map(file => `${one.Dir}/${file}`.slice(source.length + 1)) : []
      const bytes = one.Export === undefined ? 0 : statSync(one.Export).size
      return [one.ImportPath, { module: isOwn ? '' : (one.Module?.Path ?? ''), files, deps: one.Deps ?? [], bytes }]
    }),
  )
}

interface Listed {
  readonly ImportPath: string
  readonly Dir: string
  readonly GoFiles?: readonly string[]
  readonly Deps?: readonly string[]
  readonly Export?: string
  readonly Module?: { readonly Path: string }
}
