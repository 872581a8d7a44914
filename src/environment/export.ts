import type { Outputs } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Variable } from './variables.ts'

/** Hands the variables to later steps. What could not be handed over comes back: the job goes on without it. */
export function exportVariables(
  variables: readonly Variable[],
  outputs: Pick<Outputs, 'exportVariable'>,
): readonly Problem[] {
  return variables.flatMap(({ name, value }) => outputs.exportVariable(name, value) ?? [])
}
