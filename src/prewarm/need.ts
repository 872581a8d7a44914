import { parseModFile } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'
import { openGraph } from '../objects/graph.ts'
import { planGoMods, planModules, planOrder, type WantedObject } from '../objects/wanted.ts'
import type { Project } from '../project/project.ts'

/** What go asks a proxy for with an empty module cache. Where only the module graph tells, it grows as go.mod files come. */
export interface ProxyNeed {
  /** All that is known by now: go.mod files, then `.info`, then zips. */
  wanted(): readonly WantedObject[]
  /** Takes in what the go.mod of a module says. @returns what is needed besides */
  learn(module: ModuleVersion, text: string): readonly WantedObject[]
}

/** What a project says of its needs. */
type NeedyProject = Pick<Project, 'sums' | 'modules' | 'listed' | 'graphs' | 'prunedGraphs'>

/**
 * Only what has a line in go.sum, and of its lines for go.mod files only those that go reads: go.sum keeps lines of what is
 * needed no more, and a proxy may have to fetch a whole module for one file.
 * @param project as it is read with an empty module cache
 * @param toolchain the one that go switches to before anything else
 */
export function openNeed(
  { sums, modules, listed, graphs, prunedGraphs }: NeedyProject,
  toolchain: ModuleVersion | undefined,
): ProxyNeed {
  const growing = graphs.map(openGraph)
  const pruned = prunedGraphs.map(openGraph)
  const known = new Map<string, WantedObject>()
  const add = (objects: readonly WantedObject[]) => {
    const fresh: WantedObject[] = []
    for (const object of objects) {
      if (known.has(object.target)) continue
      known.set(object.target, object)
      fresh.push(object)
    }
    return fresh
  }
  const awaited = () => [...growing, ...pruned].flatMap(graph => graph.newlyAwaited())
  const zipOfToolchain = planOrder({ sums, modules: [], toolchain }).filter(({ kind }) => kind === 'zip')
  add([...zipOfToolchain, ...planGoMods([...listed, ...awaited()], sums), ...planModules(modules, sums)])
  return {
    wanted: () => inOrder([...known.values()]),
    learn(module, text) {
      const file = parseModFile(text)
      const found = growing.flatMap(graph => graph.learn(module, file))
      for (const graph of pruned) graph.learn(module, file)
      return inOrder(add([...planGoMods(awaited(), sums), ...planModules(found, sums)]))
    },
  }
}

const ORDER: readonly WantedObject['kind'][] = ['mod', 'info', 'zip']

/** Small files first: whichever file of a module is asked for first, a proxy that lacks it fetches the whole module. */
function inOrder(objects: readonly WantedObject[]): readonly WantedObject[] {
  return objects.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}
