import type { Variable } from '../variables.ts'

/** One JSON object, a member a variable. */
export function renderJson(variables: readonly Variable[]): string {
  return `${JSON.stringify(Object.fromEntries(variables.map(({ name, value }) => [name, value])), null, 2)}\n`
}
