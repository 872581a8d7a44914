import { resolve } from 'node:path'
import type { Files } from '../effects.ts'
import { codeOf, failed, type Problem, type Result, whyNotRead } from '../errors.ts'
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
    const read = await readSecret(resolve(cwd, path), effects.files)
    if ('why' in read) return failed(unreadableSecret(name, path, read.why))
    secrets[name as InputName] = read.text
  }
  const read = readInputs(commandSource({ ...readOptions(options), ...secrets }, effects.env, cwd))
  return read.ok && read.value.inputs.gateway === 'job' ? failed(NO_JOB_HERE) : read
}

async function readSecret(
  path: string,
  files: Pick<Files, 'readText'>,
): Promise<{ readonly text: string } | { readonly why: string }> {
  try {
    const text = await files.readText(path)
    return text === undefined ? { why: whyNotRead('ENOENT') } : { text }
  } catch (error) {
    return { why: whyNotRead(codeOf(error)) }
  }
}

function unreadableSecret(name: string, path: string, why: string): Problem {
  return {
    code: 'INPUT_SECRET_FILE',
    message: `--${name}-file: ${path} cannot be read: ${why}.`,
    hint: 'Name a file that exists and that this user may read.',
  }
}

const NO_JOB_HERE: Problem = {
  code: 'USAGE_NO_JOB',
  message: '--gateway job works only in the action; the command line has no post step to stop it.',
  hint: 'For one command: go-proxy-setup exec -- go build ./...',
}
