import { safeJson } from '../../text/json.ts'
import type { Variable } from '../variables.ts'

/** One JSON object, a member a variable. */
export function renderJson(variables: readonly Variable[]): string {
  return `${safeJson(Object.fromEntries(variables.map(({ name, value }) => [name, value])), 2)}\n`
}
