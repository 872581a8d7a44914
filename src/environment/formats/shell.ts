import { quoteForShell } from '../../text/shell.ts'
import type { Variable } from '../variables.ts'

/** Lines for `eval` in a POSIX shell: `export NAME='value'`. */
export function renderShell(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `export ${name}=${quoteForShell(value)}\n`).join('')
}
