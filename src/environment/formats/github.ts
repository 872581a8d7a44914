import type { Variable } from '../variables.ts'

/** Lines for `>> "$GITHUB_ENV"`: `name=value`, for a value without line breaks. */
export function renderGithub(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `${name}=${value}\n`).join('')
}
