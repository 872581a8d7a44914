import { dirname, join, resolve } from 'node:path'
import type { Files } from '../effects.ts'
import { objectPath } from '../go/escape.ts'
import { isPruned, type ModFile, parseModFile } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'
import { type GraphRoots, type ModuleGraph, openGraph, type Replacement } from '../objects/graph.ts'
import type { GoMod, Replace } from './gomod.ts'

/** A go.mod or go.work with the directory that its local paths begin in. */
interface RootedAt<T> {
  readonly directory: string
  readonly value: T
}

/**
 * Where the module graph of a project begins. go.work's own replacements go before those of its modules.
 * @param work undefined: one module without a workspace
 */
export async function findRoots(
  mods: readonly RootedAt<GoMod>[],
  work: RootedAt<{ readonly replaces: readonly Replace[] }> | undefined,
  sums: ReadonlyMap<string, string>,
  files: Pick<Files, 'readText'>,
): Promise<GraphRoots> {
  const placed = [...(work === undefined ? [] : [work]), ...mods]
  const replaces = placed.flatMap(({ directory, value }) => value.replaces.map(replace => ({ directory, replace })))
  return {
    kind: work === undefined ? 'module' : 'workspace',
    mains: mods.map(({ value }) => ({ path: value.path, requires: value.requires, isPruned: isPruned(value.goLine) })),
    replaces: await Promise.all(
      replaces.map(async ({ directory, replace: { path, version, by } }): Promise<Replacement> => {
        if (!('directory' in by)) return { path, version, by }
        const text = await files.readText(join(resolve(directory, by.directory), 'go.mod')).catch(() => undefined)
        return { path, version, by: { local: parseModFile(text ?? '') } }
      }),
    ),
    excludes: new Set(mods.flatMap(({ value }) => value.excludes.map(({ path, version }) => `${path} ${version}`))),
    sums,
  }
}

/** What go.mod files that lie in the module cache tell of a graph. */
export interface KnownGraph {
  readonly graph: ModuleGraph
  readonly learned: readonly (readonly [ModuleVersion, ModFile])[]
}

/** Walks the graph as far as the go.mod files in the module cache lead. */
export async function walkCached(
  roots: GraphRoots,
  gomodcache: string,
  files: Pick<Files, 'stat' | 'readText'>,
): Promise<KnownGraph> {
  const graph = openGraph(roots)
  const learned: (readonly [ModuleVersion, ModFile])[] = []
  const absent = new Set<string>()
  for (;;) {
    const awaited = graph.awaited().flatMap(module => {
      const target = objectPath(module, 'mod')
      return target === undefined || absent.has(target)
        ? []
        : [{ module, path: downloadPath(gomodcache, target), target }]
    })
    if (awaited.length === 0) return { graph, learned }
    const stats = await files.stat(awaited.map(({ path }) => path))
    await Promise.all(
      awaited.map(async ({ module, path, target }, i) => {
        const text = stats[i] === undefined ? undefined : await files.readText(path).catch(() => undefined)
        if (text === undefined) return void absent.add(target)
        const file = parseModFile(text)
        graph.learn(module, file)
        learned.push([module, file])
      }),
    )
  }
}

/** The directory that local paths of a go.mod or go.work begin in. */
export function place<T>(file: string, value: T): RootedAt<T> {
  return { directory: dirname(file), value }
}
