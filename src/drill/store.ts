import { dirname } from 'node:path'
import { type CacheFile, type Selection, selectFiles } from '../cache/select.ts'
import { checkFile } from '../cache/verify.ts'
import type { Files } from '../effects.ts'
import { parseObjectPath } from '../go/escape.ts'
import { downloadPath } from '../go/module-cache.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { Project } from '../project/project.ts'

/** Where fronts have their answers from: `cache/download` of a module cache, which is only read. */
export interface ModuleStore {
  /** Of a module cache. */
  readonly directory: string
  /** What go.sum vouches for. Paths below `cache/download`. */
  readonly proven: ReadonlySet<string>
  /** A file that a proxy would serve; undefined: there is none. Only paths of the module protocol are looked at. */
  read(target: string): Promise<Buffer | undefined>
}

type StoreFiles = Pick<Files, 'open' | 'read' | 'stat'>

/** Files of a project that fronts serve. */
export interface StoredProject {
  readonly project: Pick<Project, 'modules' | 'perhaps' | 'sums'>
  /** Patterns of what no front is asked for. */
  readonly privatePatterns: string
}

/**
 * Opens the download directory of a module cache.
 * @param needs `all`: every file that go.sum has a line of, for nothing tells which of them go will read; `modules`: a
 * job has just filled it, so it lacks only files that go does not read
 * @returns undefined where it lacks something of that, or has it otherwise than go.sum says
 */
export async function openStore(
  gomodcache: string,
  { project, privatePatterns }: StoredProject,
  needs: 'all' | 'modules',
  files: StoreFiles,
): Promise<ModuleStore | undefined> {
  const proven = new Set<string>()
  for (const file of selectAll(project)) {
    const checked = await checkFile(file, downloadPath(gomodcache), files)
    if (checked === undefined ? needs === 'all' || file.required : !checked.ok) return undefined
    if (checked !== undefined && file.hash !== undefined) proven.add(file.target)
  }
  return {
    directory: gomodcache,
    proven,
    async read(target) {
      const module = parseObjectPath(target)
      if (module === undefined || matchesPatterns(privatePatterns, module.path)) return undefined
      return files.read(downloadPath(gomodcache, target)).catch(() => undefined)
    },
  }
}

/**
 * Puts the private modules of a store into a module cache that is empty yet, so that no proxy and no host is asked for them.
 */
export async function placePrivate(
  store: ModuleStore,
  { project, privatePatterns }: StoredProject,
  gomodcache: string,
  files: Pick<Files, 'read' | 'write' | 'makeDirectory'>,
): Promise<void> {
  for (const { module, kind, target } of selectAll(project)) {
    if (!matchesPatterns(privatePatterns, module.path)) continue
    for (const path of kind === 'zip' ? [target, `${target}hash`] : [target]) {
      const bytes = await files.read(downloadPath(store.directory, path))
      if (bytes === undefined) continue
      const place = downloadPath(gomodcache, path)
      await files.makeDirectory(dirname(place))
      await files.write(place, bytes)
    }
  }
}

/** Files of a module cache that contradict go.sum. */
export async function findWrong(
  gomodcache: string,
  { project }: StoredProject,
  files: Pick<Files, 'open'>,
): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const file of selectAll(project)) {
    if (file.hash === undefined) continue
    const checked = await checkFile(file, downloadPath(gomodcache), files)
    if (checked?.ok === false) wrong.push(file.target)
  }
  return wrong
}

function selectAll({ sums, modules, perhaps }: StoredProject['project']): readonly CacheFile[] {
  const selection: Selection = { sums, modules, perhaps: perhaps.modules, isLeftOut: () => false }
  return selectFiles(selection)
}
