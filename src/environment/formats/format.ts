import type { Variable } from '../variables.ts'
import { renderGithub } from './github.ts'
import { renderJson } from './json.ts'
import { renderShell } from './shell.ts'

/** How `env` can print the settings. */
export const FORMATS: Readonly<Record<string, (variables: readonly Variable[]) => string>> = {
  shell: renderShell,
  json: renderJson,
  github: renderGithub,
}
