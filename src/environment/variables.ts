import type { Setting } from '../choice/choice.ts'
import type { Environment } from '../effects.ts'
import { ORIGINAL_VARIABLE, type Originals, renderOriginals } from '../settings/original.ts'

/** A variable of the environment, to be set. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/** What later steps get: each changed setting of the job, and with them the user's own values for a second use. */
export function planExport(settings: readonly Setting[], original: Environment): readonly Variable[] {
  const changed = settings.filter(setting => setting.scope === 'job' && setting.changed)
  if (changed.length === 0) return []
  const originals: Originals = Object.fromEntries(
    changed.map(({ name, value }) => [name, { exported: value, original: original[name] ?? null }]),
  )
  return [
    ...changed.map(({ name, value }) => ({ name, value })),
    { name: ORIGINAL_VARIABLE, value: renderOriginals(originals) },
  ]
}

/** Credentials of the runner and of this action, which no child of ours has a use for. */
const NOT_FOR_CHILDREN =
  /^(INPUT_|STATE_|GO_PROXY_SETUP_|ACTIONS_RUNTIME_TOKEN$|ACTIONS_ID_TOKEN_|ACTIONS_CACHE_URL$|ACTIONS_RESULTS_URL$|GITHUB_TOKEN$)/

/** The environment of a go command that we start: the user's, without what it must not know, with the settings. */
export function childEnvironment(env: Environment, settings: readonly Setting[]): Environment {
  const inherited = Object.entries(env).filter(([name]) => !NOT_FOR_CHILDREN.test(name.toUpperCase()))
  const set = settings.filter(setting => setting.changed).map(({ name, value }) => [name, value])
  return {
    ...Object.fromEntries([...inherited, ...set]),
    // A question nobody can answer would hang git; go sets this itself only for its own git.
    GIT_TERMINAL_PROMPT: env['GIT_TERMINAL_PROMPT'] ?? '0',
  }
}
