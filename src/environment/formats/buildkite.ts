import { quoteForShell } from '../../text/shell.ts'
import type { Variable } from '../variables.ts'

/**
 * A command for `eval` in a step or hook of Buildkite, which sets the variables for the later phases of the job. An
 * argument is split at its first `=`, and nothing in it is an escape; so only the shell's quoting counts. Source:
 * `buildkite-agent env set --help`; buildkite/agent, clicommand/env_set.go.
 */
export function renderBuildkite(variables: readonly Variable[]): string {
  if (variables.length === 0) return ''
  const words = variables.map(({ name, value }) => quoteForShell(`${name}=${value}`))
  return `buildkite-agent env set --output-format=quiet ${words.join(' ')}\n`
}
