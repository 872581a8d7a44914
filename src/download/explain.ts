import type { Files } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { PlaceAnswer } from '../gateway/telling/answers.ts'
import { classifyGoError, type GoFailure } from '../go/failure.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import { moduleBefore, ownText, readLines } from '../go/words.ts'
import { findModuleLine, type NamedLine, nameIn } from '../project/lines.ts'
import { type ModuleDirectory, possible } from '../project/project.ts'
import { readLinesOf } from '../project/read-lines.ts'
import { answersOf } from './answers.ts'
import { findArrivals } from './arrivals.ts'
import type { AttemptEnd } from './attempt.ts'
import type { DownloadOptions } from './download.ts'
import { type Route, toProblem, type Unfinished } from './failure.ts'

/** Tells a failure with all that is known of it. */
export async function explain(
  failure: GoFailure,
  { end, directory }: { readonly end: AttemptEnd; readonly directory: ModuleDirectory },
  options: DownloadOptions,
  files: Files,
): Promise<Problem> {
  const { ahead, setup } = options
  // go's line on a broken zip names no module; its JSON does.
  const module = failure.module ?? (failure.code === 'GO_BAD_CONTENT' ? end.failedModules[0] : undefined)
  const route =
    module === undefined ? undefined : ((await findReplacement(module, directory, files)) ?? routeTo(module, end.words))
  const [path = '', version = ''] = (route?.asked ?? '').replace(/\/go\.mod$/, '').split('@')
  const others = new Set(end.failedModules.filter(one => one !== module))
  const isAboutPlaces = route !== undefined && !ABOUT_NO_PLACE.test(failure.code)
  const unfinished = failure.code.startsWith('DOWNLOAD_') ? await findUnfinished(options, files) : undefined
  // Where proxies answered until the end, what they said of the module that is named tells more than the time limit.
  const [left] = failure.code === 'DOWNLOAD_TIMEOUT' ? (unfinished?.missing ?? []) : []
  const subject = isAboutPlaces ? { path, version } : left
  const answers = subject === undefined ? [] : answersOf(subject, end, ahead)
  return toProblem({ ...atEndOfList(failure, answers), module }, directory, {
    answers,
    line:
      route === undefined
        ? failure.code === 'GO_TOO_OLD'
          ? await findGoLine(directory, files)
          : undefined
        : await findLine(route.named, directory, files),
    route,
    others: others.size,
    setup: setup ?? 'default',
    env: options.env,
    unfinished,
  })
}

/** Where proxies before `off` were asked and do not have it, `off` is not the cause. go passes on their errors itself. */
function atEndOfList(failure: GoFailure, answers: readonly PlaceAnswer[]): GoFailure {
  const isEnd = failure.code === 'GO_LOOKUP_DISABLED' && answers.length > 0 && answers.every(({ absent }) => absent)
  return isEnd ? { ...classifyGoError('404 Not Found'), text: failure.text } : failure
}

/** What is asked for in a module's place. go names the module, and not always the other. */
async function findReplacement(
  module: string,
  { modFiles }: ModuleDirectory,
  files: Pick<Files, 'readText'>,
): Promise<Route | undefined> {
  const [path, version] = module.split('@')
  for (const file of modFiles) {
    const text = await files.readText(file).catch(() => undefined)
    for (const line of text?.split('\n') ?? []) {
      const [, old, only, by, to] = /^\s*(?:replace\s+)?(\S+)(?:\s+(v\S+))?\s+=>\s+(\S+)\s+(v[^\s/]+)/.exec(line) ?? []
      if (old === path && (only === undefined || only === version) && by !== undefined && to !== undefined)
        return { asked: `${by}@${to}`, named: `${by}@${to}`, through: `replaced by ${by} ${to}` }
    }
  }
  return undefined
}

/** How go came to a module, as go tells it: another module requires it. */
function routeTo(module: string, words: string): Route {
  const lines = ownText(readLines(words)).split('\n')
  const parents = lines.map(line => moduleBefore(line, ' requires'))
  const parent = parents.find((_, i) => isAbout(module, lines[i + 1] ?? '') && parents[i] !== undefined)
  if (parent === undefined) return { asked: module, named: module, through: undefined }
  const outermost = parents.find((one, i) => one !== undefined && /^(?:go: )?\S+ requires$/.test(lines[i] ?? ''))
  return { asked: module, named: outermost ?? parent, through: `required by ${parent.replace('@', ' ')}` }
}

/** Whether a line begins with a module, and not with another whose version only begins alike. */
function isAbout(module: string, line: string): boolean {
  const text = line.trimStart()
  return text.startsWith(module) && !/^\w/.test(text.slice(module.length, module.length + 1))
}

/** The line of go.mod that asks for a version of Go. */
async function findGoLine(directory: ModuleDirectory, files: Pick<Files, 'readText'>) {
  const [file] = directory.modFiles
  if (file === undefined) return undefined
  const text = await files.readText(file).catch(() => undefined)
  const at = text?.split('\n').findIndex(line => /^\s*go\s+\d/.test(line)) ?? -1
  return at < 0 ? undefined : { file, line: at + 1, name: nameIn(directory, file) }
}

/** What had not arrived when the download ended before go did. */
async function findUnfinished(
  { project, gomodcache, choice, inputs }: DownloadOptions,
  files: Files,
): Promise<Unfinished & { readonly missing: readonly ModuleVersion[] }> {
  const { missing } = possible(project)
  const arrived = new Set((await findArrivals(missing, gomodcache, files)).map(({ module }) => module))
  const left = missing.filter(one => !arrived.has(one))
  return {
    missing: left,
    left: left.map(({ path, version }) => `${path} ${version}`),
    of: missing.length,
    from: redactGoproxy(choice.lastTry),
    timeoutMs: inputs.timeoutMs,
  }
}

/** Adds to a better explanation the line of go.mod that requires the module. */
export async function locate(
  problem: Problem,
  { module }: GoFailure,
  directory: ModuleDirectory,
  files: Pick<Files, 'readText'>,
): Promise<Problem> {
  const line = module === undefined ? undefined : await findLine(module, directory, files)
  if (module === undefined) return problem
  const named = `${module.replace('@', ' ')}${line === undefined ? '' : ` (${line.name}:${line.line})`}`
  // Once, in the sentence of ours: what go says stands behind it.
  const message = problem.message.replace(module, () => named)
  return { ...problem, message, ...(line === undefined ? {} : { at: { file: line.file, line: line.line } }) }
}

/** The project's or the machine's own matters. */
const ABOUT_NO_PLACE = /^(GO_(SUM_|MOD_|MODFILE_|TOO_OLD|DISK_|CACHE_|MODULES_)|DOWNLOAD_)/

async function findLine(
  module: string,
  directory: ModuleDirectory,
  files: Pick<Files, 'readText'>,
): Promise<NamedLine | undefined> {
  const [path = '', version = ''] = module.replace(/\/go\.mod$/, '').split('@')
  return findModuleLine({ path, version }, await readLinesOf([{ ...directory, sumFiles: [] }], files))
}
