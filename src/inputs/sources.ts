import { resolve } from 'node:path'
import type { Environment } from '../effects.ts'
import type { Given } from './given.ts'
import { type Face, type InputName, rowOf } from './table.ts'

/** Where inputs come from. */
export interface InputSource {
  readonly face: Face
  /** Absolute: what relative directories are relative to. */
  readonly base: string
  /** Absolute: what directories must lie in; undefined: no such limit. */
  readonly workspace: string | undefined
  /** What was given, or the default. */
  find(name: InputName): Given
}

/** INPUT_* as the runner sets them: it has put the defaults of action.yml in place. */
export function actionSource(env: Environment, cwd: string): InputSource {
  const workspace = env['GITHUB_WORKSPACE'] || undefined
  return {
    face: 'action',
    base: resolve(cwd, workspace ?? '.'),
    workspace: workspace && resolve(cwd, workspace),
    // The runner keeps hyphens in the variable's name.
    find: name => givenOrDefault(name, { [name]: env[`INPUT_${name.toUpperCase()}`] }),
  }
}

/** Options, before GO_PROXY_SETUP_*, before the default. INPUT_* belongs to the action alone. */
export function commandSource(
  options: Readonly<Partial<Record<InputName, string>>>,
  env: Environment,
  cwd: string,
): InputSource {
  const workspace = env['GITHUB_WORKSPACE'] || undefined
  return {
    face: 'command',
    base: resolve(cwd),
    workspace: workspace && resolve(cwd, workspace),
    find: name => {
      const variable = `GO_PROXY_SETUP_${name.toUpperCase().replaceAll('-', '_')}`
      if (options[name] !== undefined) return givenOrDefault(name, { [`--${name}`]: options[name] })
      return givenOrDefault(name, { [variable]: env[variable] })
    },
  }
}

/** @param texts one entry: what was written, under the name that the user wrote it under */
function givenOrDefault(name: InputName, texts: Readonly<Record<string, string | undefined>>): Given {
  const [label = name, text = ''] = Object.entries(texts)[0] ?? []
  const trimmed = name === 'credentials' ? text.trimStart() : text.trim()
  return { name, label, text: trimmed || rowOf(name).default }
}
