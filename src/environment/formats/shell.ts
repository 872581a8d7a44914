import type { Variable } from '../variables.ts'

/** Lines for `eval` in a POSIX shell: `export NAME='value'`. */
export function renderShell(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`).join('')
}
