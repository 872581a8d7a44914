import { join, parse, resolve, sep } from 'node:path'
import type { Files } from '../effects.ts'
import { isWithin } from '../places/within.ts'
import { expandGlob, isGlob } from './glob.ts'
import type { WorkingDirectory } from './inputs.ts'

/** The files that the patterns of `cache-dependency-path` mean, inside the workspace, each once, sorted. */
export async function findDependencyFiles(
  patterns: readonly string[],
  { base, workspace }: Pick<WorkingDirectory, 'base' | 'workspace'>,
  files: Pick<Files, 'list' | 'kind' | 'realPath'>,
): Promise<readonly string[]> {
  const limit = workspace && ((await files.realPath(workspace)) ?? workspace)
  const found = new Set<string>()
  for (const pattern of patterns) {
    for (const path of await expand(resolve(base, pattern), files)) {
      const real = await files.realPath(path)
      if (real === undefined || (limit && !isWithin(real, limit))) continue
      if ((await files.kind(real)) === 'file') found.add(real)
    }
  }
  return [...found].sort()
}

async function expand(path: string, files: Pick<Files, 'list'>): Promise<readonly string[]> {
  const { root } = parse(path)
  const segments = path.slice(root.length).split(sep)
  const globAt = segments.findIndex(isGlob)
  if (globAt < 0) return [path]
  return (await expandGlob(join(root, ...segments.slice(0, globAt)), segments.slice(globAt), files)) ?? []
}
