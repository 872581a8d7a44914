import type { Files } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { GoFailure } from '../go/failure.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { answersOf } from './answers.ts'
import type { AttemptEnd } from './attempt.ts'
import type { DownloadOptions } from './download.ts'
import { findRequireLine, toProblem } from './failure.ts'

/** Tells a failure with all that is known of it. */
export async function explain(
  failure: GoFailure,
  { end, directory }: { readonly end: AttemptEnd; readonly directory: ModuleDirectory },
  { ahead, setup }: DownloadOptions,
  files: Pick<Files, 'readText'>,
): Promise<Problem> {
  const { module } = failure
  const [path = '', version = ''] = (module ?? '').replace(/\/go\.mod$/, '').split('@')
  const others = new Set(end.failedModules.filter(one => one !== module))
  return toProblem(failure, directory, {
    answers: module === undefined || ABOUT_NO_PLACE.test(failure.code) ? [] : answersOf({ path, version }, end, ahead),
    line: module === undefined ? undefined : await findLine(module, directory, files),
    others: others.size,
    setup: setup ?? 'default',
  })
}

/** Shows a better explanation at the line of go.mod that requires the module. */
export async function locate(
  problem: Problem,
  { module }: GoFailure,
  directory: ModuleDirectory,
  files: Pick<Files, 'readText'>,
): Promise<Problem> {
  const line = module === undefined ? undefined : await findLine(module, directory, files)
  return line === undefined ? problem : { ...problem, at: { file: line.file, line: line.line } }
}

/** The project's or the machine's own matters. */
const ABOUT_NO_PLACE = /^(GO_(SUM_|MOD_|MODFILE_|TOO_OLD|DISK_|CACHE_|MODULES_)|DOWNLOAD_)/

async function findLine(module: string, directory: ModuleDirectory, files: Pick<Files, 'readText'>) {
  for (const file of directory.modFiles) {
    const text = await files.readText(file).catch(() => undefined)
    const line = text === undefined ? undefined : findRequireLine({ file, text }, module, directory)
    if (line !== undefined) return line
  }
  return undefined
}
