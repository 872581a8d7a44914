import { parseModFile } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'
import { openGraph } from '../objects/graph.ts'
import { planGoMods, planModules, planOrder, type WantedObject } from '../objects/wanted.ts'
import type { Project } from '../project/project.ts'

/** What go will ask for. Where only the module graph tells, that grows as go.mod files arrive. */
export interface Foresight {
  /** All that is foreseen by now, in go's order. */
  wanted(): readonly WantedObject[]
  /** Takes in what the go.mod of a module says. @returns what is foreseen besides */
  learn(module: ModuleVersion, text: string): readonly WantedObject[]
  /** Modules on the graph's edge whose go.mod go fetches by itself. */
  fetchedByGo(): readonly ModuleVersion[]
}

type Foreseen = Pick<Project, 'sums' | 'missing' | 'listed' | 'graphs' | 'prunedGraphs' | 'goMods'>

/**
 * @param toolchain the one that go will switch to before anything else
 * @param isSheltered whether no upstream may be asked for a module
 */
export function openForesight(
  project: Foreseen,
  toolchain: ModuleVersion | undefined,
  isSheltered: (modulePath: string) => boolean,
): Foresight {
  const { sums, missing, listed } = project
  const graphs = project.graphs.map(openGraph)
  const pruned = project.prunedGraphs.map(openGraph)
  const all = [...graphs, ...pruned]
  for (const [module, file] of project.goMods) for (const graph of all) graph.learn(module, file)
  for (const graph of all) graph.newlyAwaited()
  const modules = [...missing]
  const isOpen = () => graphs.some(graph => !graph.isComplete())
  const inSums = planOrder({ sums, modules: [], toolchain })
  const goMods = inSums.filter(({ kind }) => kind === 'mod')
  /**
   * One after the other, the levels of a graph take a round trip each, and there may be forty: the go.mod files of go.sum
   * come together. Not before a first one came, where one can, for it may show that go needs no other.
   */
  let isDeep =
    listed.length > 0 ||
    graphs.every(graph => graph.awaited().every(({ path }) => isSheltered(path)) && !graph.isComplete())
  const within = (objects: readonly WantedObject[]) => objects.filter(({ module }) => !isSheltered(module.path))
  /** What the graphs show to be needed, then the other go.mod files. */
  const together = (needed: readonly ModuleVersion[], withOthers: boolean) => {
    const first = new Map(planGoMods(needed, sums).map(object => [object.target, object]))
    return [...first.values(), ...(withOthers ? goMods.filter(({ target }) => !first.has(target)) : [])]
  }
  return {
    wanted() {
      const toolchains = inSums.filter(({ kind }) => kind === 'zip')
      const awaited = all.flatMap(graph => graph.awaited())
      return within([...toolchains, ...together([...listed, ...awaited], isDeep), ...planModules(modules, sums)])
    },
    learn(module, text) {
      if (all.every(graph => graph.isComplete())) return []
      const file = parseModFile(text)
      const found = graphs.flatMap(graph => graph.learn(module, file))
      for (const graph of pruned) graph.learn(module, file)
      modules.push(...found)
      const becomesDeep = !isDeep && isOpen()
      isDeep ||= becomesDeep
      const needed = all.flatMap(graph => graph.newlyAwaited())
      return within([...together(needed, becomesDeep), ...planModules(found, sums)])
    },
    fetchedByGo: () => all.flatMap(graph => graph.awaited().filter(({ path }) => isSheltered(path))),
  }
}
