import { resolve } from 'node:path'
import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Given } from './given.ts'
import { findNearest } from './nearest.ts'
import { type Face, INPUT_NAMES, type InputName, rowOf } from './table.ts'

/** Where inputs come from. */
export interface InputSource {
  readonly face: Face
  /** Absolute: what relative directories are relative to. */
  readonly base: string
  /** Absolute: what directories must lie in; undefined: no such limit. */
  readonly workspace: string | undefined
  /** What was given, or the default. */
  find(name: InputName): Given
  /** Whether the user wrote it, be it the default; in a job this is unknown, for the runner writes every default. */
  isWritten(name: InputName): boolean
  /** The variables of the process: what an input's value may refer to. */
  readonly env: Environment
  /** About names that look like inputs and are none. */
  readonly warnings: readonly Problem[]
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
    isWritten: name => (env[`INPUT_${name.toUpperCase()}`]?.trim() || rowOf(name).default) !== rowOf(name).default,
    env,
    // The runner itself warns of inputs that action.yml does not have.
    warnings: [],
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
      const variable = variableOf(name)
      if (options[name] !== undefined) return givenOrDefault(name, { [`--${name}`]: options[name] })
      return givenOrDefault(name, { [variable]: env[variable] })
    },
    isWritten: name => (options[name] ?? env[variableOf(name)] ?? '').trim() !== '',
    env,
    warnings: findUnknownVariables(env),
  }
}

const PREFIX = 'GO_PROXY_SETUP_'

function variableOf(name: string): string {
  return PREFIX + name.toUpperCase().replaceAll('-', '_')
}

/** A misspelt variable would otherwise be ignored silently. */
function findUnknownVariables(env: Environment): readonly Problem[] {
  const names = INPUT_NAMES.filter(name => rowOf(name).faces?.includes('command') !== false)
  const known = new Set([...names.map(variableOf), ...OTHER_VARIABLES])
  const given = Object.keys(env).filter(name => name.startsWith(PREFIX) && env[name] && !known.has(name))
  return given.map(variable => {
    const word = variable.slice(PREFIX.length).toLowerCase().replaceAll('_', '-')
    const meant =
      names.find(name => rowOf(name).alias === word) ??
      findNearest(word, names, 3) ??
      names.find(name => name.startsWith(word) || word.startsWith(name))
    return {
      code: 'INPUT_VARIABLE_UNKNOWN',
      message: `${variable}: there is no such input.`,
      hint: meant === undefined ? '`go-proxy-setup help run` lists them.' : `Did you mean ${variableOf(meant)}?`,
    }
  })
}

/** Deadlines for tests: src/policy.ts. */
const OTHER_VARIABLES = [`${PREFIX}POLICY`]

/** @param texts one entry: what was written, under the name that the user wrote it under */
function givenOrDefault(name: InputName, texts: Readonly<Record<string, string | undefined>>): Given {
  const [label = name, text = ''] = Object.entries(texts)[0] ?? []
  const trimmed = name === 'credentials' ? text.trimStart() : text.trim()
  return { name, label, text: trimmed || rowOf(name).default }
}
