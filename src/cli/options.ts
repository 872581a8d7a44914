import { resolve } from 'node:path'
import { failed, type Problem, type Result } from '../errors.ts'
import { readOptions, readSecretPaths } from '../inputs/options.ts'
import { type CheckedInputs, readInputs } from '../inputs/read.ts'
import { commandSource } from '../inputs/sources.ts'
import type { InputName } from '../inputs/table.ts'
import type { VerbWorld } from './world.ts'

/** What commander has read from the arguments. */
export type Options = Readonly<Record<string, unknown>>

/** The inputs from options and environment. Secrets come from files, since other users can read a process's arguments. */
export async function readInputsFrom(
  options: Options,
  { effects, cwd }: Pick<VerbWorld, 'effects' | 'cwd'>,
): Promise<Result<CheckedInputs>> {
  const secrets: Partial<Record<InputName, string>> = {}
  for (const [name, path] of Object.entries(readSecretPaths(options))) {
    const text = await effects.files.readText(resolve(cwd, path)).catch(() => undefined)
    if (text === undefined) return failed(unreadableSecret(name, path))
    secrets[name as InputName] = text
  }
  const read = readInputs(commandSource({ ...readOptions(options), ...secrets }, effects.env, cwd))
  return read.ok && read.value.inputs.gateway === 'job' ? failed(NO_JOB_HERE) : read
}

function unreadableSecret(name: string, path: string): Problem {
  return {
    code: 'INPUT_SECRET_FILE',
    message: `--${name}-file: ${path} cannot be read.`,
    hint: 'Name a file that exists and that this user may read.',
  }
}

const NO_JOB_HERE: Problem = {
  code: 'USAGE_NO_JOB',
  message: '--gateway job works only in the action; the command line has no post step to stop it.',
  hint: 'For one command: go-proxy-setup exec -- go build ./...',
}
