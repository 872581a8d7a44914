import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { LINE_BREAK, obstructed } from './refusal.ts'

/**
 * A line a variable for `withEnv(….split('\n') as List)` of a Jenkinsfile: `NAME=value`, split at the first `=`, with no
 * quotes, escapes or references. An empty value removes the variable: for go it is the same. Source: Jenkins' page of basic
 * steps, withEnv; workflow-basic-steps-plugin, EnvStep.java.
 */
export function renderJenkins(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `${name}=${value}\n`).join('')
}

export function jenkinsObstacles(variables: readonly Variable[]): readonly Problem[] {
  return obstructed('jenkins', variables, [{ ...LINE_BREAK, why: 'would end the line' }], '--format json')
}
