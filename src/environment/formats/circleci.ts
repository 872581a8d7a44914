import type { Variable } from '../variables.ts'
import { renderShell } from './shell.ts'

/**
 * Lines for `>> "$BASH_ENV"` of CircleCI, which bash reads before each later step of the job: the shell's own quoting, for
 * every step sources the file. Source: CircleCI's page of environment variables, Parameters and bash environment.
 */
export function renderCircleci(variables: readonly Variable[]): string {
  return renderShell(variables)
}
