import type { Files } from '../effects.ts'
import { failed, ok, type Result } from '../errors.ts'
import { objectPath } from '../go/escape.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'
import { isOlder } from '../go/version.ts'
import type { GoSettings } from '../settings/settings.ts'
import type { ProjectWorld } from './edit-json.ts'
import { modulesInSums } from './gomod.ts'
import { walkCached } from './graph.ts'
import { type NamedDirectory, type Part, readModule } from './module.ts'
import type { Project } from './project.ts'
import { findWorkspace, readWorkspace } from './workspace.ts'

/** Reads go.mod, go.work and their sums in every directory; all that is wrong in any of them is told together. */
export async function readProject(
  directories: readonly NamedDirectory[],
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Project>> {
  const parts = await Promise.all(directories.map(directory => readDirectory(directory, settings, world)))
  const problems = parts.flatMap(part => (part.ok ? [] : part.problems))
  if (problems.length > 0) return failed(...problems)
  const values = parts.flatMap(part => (part.ok ? [part.value] : []))
  // Two modules of one workspace are one run of go there.
  const unique = [...new Map(values.map(value => [value.directory.path, value])).values()]
  const sums = new Map(unique.flatMap(part => [...part.sums]))
  const vendored = unique.length > 0 && unique.every(part => part.directory.vendored)
  // go needs nothing of what only a vendored part requires. Where all are vendored, their modules are told of and measured.
  const needing = vendored ? unique : unique.filter(part => !part.directory.vendored)
  const listed = needing.flatMap(part => part.modules ?? [])
  const graphs = needing.flatMap(part => (part.modules === undefined ? [part.graph] : []))
  const prunedGraphs = needing.flatMap(part => (part.modules === undefined ? [] : [part.graph]))
  const needs = await findNeeds({ listed, graphs }, settings, world.files)
  return ok({
    ...needs,
    listed,
    graphs,
    prunedGraphs,
    directories: unique.map(part => part.directory),
    sums,
    goLine: newest(unique.flatMap(part => part.goLines)),
    toolchainLine: newest(unique.flatMap(part => part.toolchainLines)),
    vendored,
    mainModules: unique.flatMap(part => part.mainModules),
  })
}

/** The same project once more files lie in the module cache, which may tell what it needs. */
export async function readNeeds(
  project: Project,
  settings: Pick<GoSettings, 'gomodcache'>,
  files: Pick<Files, 'stat' | 'readText'>,
): Promise<Project> {
  return { ...project, ...(await findNeeds(project, settings, files)) }
}

type Needs = Pick<Project, 'modules' | 'missing' | 'openEnded' | 'perhaps' | 'goMods'>

async function findNeeds(
  { listed, graphs }: Pick<Project, 'listed' | 'graphs'>,
  { gomodcache }: Pick<GoSettings, 'gomodcache'>,
  files: Pick<Files, 'stat' | 'readText'>,
): Promise<Needs> {
  const inSums = graphs.flatMap(({ sums }) => modulesInSums(sums))
  // Where all of go.sum is there, nothing is to be fetched, and nothing depends on the graph.
  const isCached = inSums.length > 0 && (await findMissing(inSums, gomodcache, files)).length === 0
  const walked = isCached ? [] : await Promise.all(graphs.map(graph => walkCached(graph, gomodcache, files)))
  const selected = isCached ? inSums : walked.flatMap(({ graph }) => graph.selected().filter(isModule).toSorted(byPath))
  const modules = uniqueModules([...listed, ...selected])
  const openEnded = walked.some(({ graph }) => !graph.isComplete())
  const known = new Set(modules.map(keyOf))
  const others = openEnded ? uniqueModules(inSums).filter(module => !known.has(keyOf(module))) : []
  return {
    modules,
    missing: await findMissing(modules, gomodcache, files),
    openEnded,
    perhaps: { modules: others, missing: await findMissing(others, gomodcache, files) },
    goMods: walked.flatMap(({ learned }) => learned),
  }
}

async function readDirectory(
  directory: NamedDirectory,
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Part>> {
  const work = await findWorkspace(directory.path, settings.GOWORK, world.files)
  return work === undefined ? readModule(directory, settings, world) : readWorkspace(work, directory, settings, world)
}

async function findMissing(
  modules: readonly ModuleVersion[],
  gomodcache: string,
  files: Pick<Files, 'stat'>,
): Promise<readonly ModuleVersion[]> {
  const paths = modules.map(module => objectPath(module, 'zip'))
  const stats = await files.stat(paths.map(path => downloadPath(gomodcache, path ?? '')))
  return modules.filter((_, i) => paths[i] === undefined || stats[i] === undefined)
}

function uniqueModules(modules: readonly ModuleVersion[]): readonly ModuleVersion[] {
  return [...new Map(modules.map(module => [keyOf(module), module])).values()]
}

/** A path or a version that leads out of the module cache is none of a module's. */
function isModule(module: ModuleVersion): boolean {
  return objectPath(module, 'zip') !== undefined
}

/** As go sorts its build list. */
function byPath(a: ModuleVersion, b: ModuleVersion): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

function keyOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`
}

function newest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (best, version) => (best === undefined || isOlder(best, version) ? version : best),
    undefined,
  )
}
