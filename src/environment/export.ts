import { join } from 'node:path'
import type { Environment, Outputs } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { ToolchainStory } from '../toolchain/story.ts'
import type { Variable } from './variables.ts'

/** Hands the variables to later steps. What could not be handed over comes back: the job goes on without it. */
export function exportVariables(
  variables: readonly Variable[],
  outputs: Pick<Outputs, 'exportVariable'>,
): readonly Problem[] {
  return variables.flatMap(({ name, value }) => outputs.exportVariable(name, value) ?? [])
}

/**
 * Makes a Go the one that later steps find; nothing where they would find it anyhow. Neither GOTOOLCHAIN nor, where none
 * is set, GOROOT: docs/decisions/toolchain.md.
 */
export function exportGo(
  { goroot, from }: Pick<ToolchainStory, 'goroot' | 'from'>,
  env: Environment,
  outputs: Pick<Outputs, 'addPath' | 'exportVariable'>,
): readonly Problem[] {
  if (from === 'PATH') return []
  const added = outputs.addPath(join(goroot, 'bin'))
  const root = env['GOROOT'] ? outputs.exportVariable('GOROOT', goroot) : undefined
  return [added, root].filter(problem => problem !== undefined)
}

/** Puts directories in front of PATH for later steps. */
export function exportPaths(directories: readonly string[], outputs: Pick<Outputs, 'addPath'>): readonly Problem[] {
  return directories.flatMap(directory => outputs.addPath(directory) ?? [])
}
