import { delimiter, join } from 'node:path'
import type { Choice, Setting, SettingName } from '../choice/choice.ts'
import type { Environment } from '../effects.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import {
  type Carried,
  ORIGINAL_VARIABLE,
  type Originals,
  parseOriginals,
  renderOriginals,
  restoreOriginals,
} from '../settings/original.ts'

/** A variable of the environment, to be set. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/** Exported to later steps even where nothing changed, so that every tool in the job uses what was measured. */
export const ALWAYS: readonly SettingName[] = ['GOPROXY', 'GOPRIVATE', 'GOSUMDB']

/**
 * What later steps get: the settings of the job, and with them the user's own values for a second use. What an earlier
 * use set and this one does not is put back: it belongs to settings that are no more.
 * @param env as it is, with what an earlier use exported
 * @param gateway address of one that stays for later steps: stands before all proxies
 */
export function planExport(
  { settings, carried, laterTail }: Pick<Choice, 'settings' | 'carried' | 'laterTail'>,
  env: Environment,
  gateway?: string,
): readonly Variable[] {
  const original = restoreOriginals(env)
  const exported = settings
    .filter(
      ({ name, value, scope, changed }) => scope === 'job' && (changed || (ALWAYS.includes(name) && value !== '')),
    )
    .map(({ name, value }) => ({
      name: name as string,
      value: name === 'GOPROXY' && gateway ? `${gateway}|${laterTail}` : value,
    }))
  // A variable cannot be taken away from later steps; empty is unset for go.
  const putBack = Object.keys(parseOriginals(env[ORIGINAL_VARIABLE]))
    .filter(name => env[name] !== original[name] && !exported.some(one => one.name === name))
    .map(name => ({ name, value: original[name] ?? '' }))
  return withOriginals([...exported, ...putBack], env, carried)
}

/** With these stands what the environment held before them, for a later use to find it again. */
export function withOriginals(variables: readonly Variable[], env: Environment, carried: Carried): readonly Variable[] {
  if (variables.length === 0) return []
  const original = restoreOriginals(env)
  const originals: Originals = Object.fromEntries(
    variables.map(({ name, value }) => [name, { exported: value, original: original[name] ?? null }]),
  )
  return [...variables, { name: ORIGINAL_VARIABLE, value: renderOriginals(originals, carried) }]
}

/**
 * What makes this Go the one that a shell finds. GOROOT only where one is set: it would make go use another Go's files.
 */
export function goVariables(goroot: string, env: Environment): Readonly<Record<string, string>> {
  return { ...pathWith([join(goroot, 'bin')], env), ...(env['GOROOT'] ? { GOROOT: goroot } : {}) }
}

/** PATH with these directories in front; nothing where there are none. */
export function pathWith(directories: readonly string[], env: Environment): Readonly<Record<string, string>> {
  if (directories.length === 0) return {}
  const others = (env['PATH'] ?? '').split(delimiter).filter(one => one !== '' && !directories.includes(one))
  return { PATH: [...directories, ...others].join(delimiter) }
}

/** The environment of a go command that we start: the user's, without what it must not know, with the settings. */
export function childEnvironment(env: Environment, settings: readonly Setting[]): Environment {
  const set = settings.filter(setting => setting.changed).map(({ name, value }) => [name, value])
  return {
    ...withoutSecrets(env),
    ...Object.fromEntries(set),
    // git would hang at a question that cannot be answered here; go sets this itself only for its own git.
    GIT_TERMINAL_PROMPT: env['GIT_TERMINAL_PROMPT'] ?? '0',
  }
}
