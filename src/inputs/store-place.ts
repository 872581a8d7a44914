import { resolve } from 'node:path'
import { failed, ok, type Result } from '../errors.ts'
import { readYesNo } from './correct.ts'
import { type Given, inputProblem, showGiven } from './given.ts'
import type { ModuleStorePlace } from './inputs.ts'
import type { InputSource } from './sources.ts'
import { parsePath } from './values.ts'

/** Where `module-store` says. `./true` is a directory of that name. */
export function parseModuleStore(
  given: Given,
  { face, base }: Pick<InputSource, 'face' | 'base'>,
): Result<ModuleStorePlace | undefined> {
  if (/^(|false|False|FALSE)$/.test(given.text)) return ok(undefined)
  if (/^(true|True|TRUE)$/.test(given.text)) {
    if (face === 'action') return ok({ kind: 'temporary' })
    const what = 'a command removes its temporary directory when it ends'
    return failed(inputProblem(given, 'MODULE_STORE', what, { advice: 'Name a directory, such as .modules.' }))
  }
  const meant = readYesNo(given.text)
  if (meant !== undefined) {
    const advice = `Write ${meant}, or ./${showGiven(given)} for a directory of that name.`
    return failed(inputProblem(given, 'MODULE_STORE', `\`${showGiven(given)}\` is neither true nor false`, { advice }))
  }
  const path = parsePath(given, false)
  return path.ok ? ok({ kind: 'named', path: resolve(base, path.value) }) : path
}
