import type { Variable } from '../variables.ts'

/** Lines for `>> "$GITHUB_ENV"`: `name=value`, or between marks where a value has lines that could pass for others. */
export function renderGithub(variables: readonly Variable[]): string {
  return variables
    .map(({ name, value }) => {
      if (!/[\r\n]/.test(value)) return `${name}=${value}\n`
      const mark = markNotIn(value)
      return `${name}<<${mark}\n${value}\n${mark}\n`
    })
    .join('')
}

function markNotIn(value: string): string {
  let mark = 'GO_PROXY_SETUP_END'
  while (value.includes(mark)) mark += '_'
  return mark
}
