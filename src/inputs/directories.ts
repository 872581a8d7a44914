import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path'
import type { Files } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { isWithin } from '../places/within.ts'
import { quoteForShell } from '../text/shell.ts'
import { expandGlob, isGlob, MAXIMUM_VISITED } from './glob.ts'
import type { WorkingDirectory } from './inputs.ts'
import { findNearest } from './nearest.ts'

/** A directory that holds a module or a workspace. */
export interface FoundDirectory {
  /** Absolute, links resolved. */
  readonly path: string
  /** As the user would write it: relative to the base, with slashes. */
  readonly name: string
  readonly kind: 'module' | 'workspace'
  /** Where go was to be asked, if this was found above it. Absolute. */
  readonly askedIn?: string
}

type DirectoryFiles = Pick<Files, 'list' | 'kind' | 'realPath'>

/**
 * The directories that `working-directory` means, each once, in the order given. Empty only when none was named and
 * the default one holds no go.mod, nor one above it where that counts.
 */
export async function findDirectories(
  where: WorkingDirectory,
  files: DirectoryFiles,
): Promise<Result<readonly FoundDirectory[]>> {
  const problems: Problem[] = []
  const found = new Map<string, FoundDirectory>()
  for (const pattern of where.patterns) {
    const matched = await findMatches(pattern, where, files)
    if (!matched.ok) problems.push(...matched.problems)
    for (const directory of matched.ok ? matched.value : []) {
      if (!found.has(directory.path)) found.set(directory.path, directory)
    }
  }
  return problems.length > 0 ? failed(...problems) : ok([...found.values()])
}

async function findMatches(
  pattern: string,
  where: WorkingDirectory,
  files: DirectoryFiles,
): Promise<Result<readonly FoundDirectory[]>> {
  const { root, segments } = split(resolve(where.base, pattern))
  const globAt = segments.findIndex(isGlob)
  const fixed = globAt < 0 ? segments : segments.slice(0, globAt)
  // Before anything below it is looked at.
  const start = await resolveInside(join(root, ...fixed), pattern, where, files)
  if (!start.ok) return start
  if (globAt < 0) return findModule(start.value, pattern, where, files)
  const paths = await expandGlob(start.value, segments.slice(globAt), files)
  if (paths === undefined) {
    const what = `${pattern} leads into more than ${MAXIMUM_VISITED} directories`
    return problem('TOO_MANY', where, what, 'Use a narrower pattern.')
  }
  const found: FoundDirectory[] = []
  for (const path of paths) {
    if ((await kindOf(path, files)) === undefined) continue
    // A fixed name behind a glob can be a link that leads out.
    const real = await resolveInside(path, pattern, where, files)
    if (!real.ok) return real
    const module = await findModule(real.value, pattern, where, files)
    if (module.ok) found.push(...module.value)
  }
  if (found.length > 0) return ok(found)
  const what = `no directory that matches ${pattern} contains a go.mod or go.work`
  return problem(
    'NO_MODULE',
    where,
    what,
    'Check the pattern; a single * stands for one level, ** for any number of levels.',
  )
}

function split(path: string): { readonly root: string; readonly segments: readonly string[] } {
  const { root } = parse(path)
  const rest = path.slice(root.length)
  return { root, segments: rest === '' ? [] : rest.split(sep) }
}

async function findModule(
  path: string,
  pattern: string,
  where: WorkingDirectory,
  files: DirectoryFiles,
): Promise<Result<readonly FoundDirectory[]>> {
  const kind = await kindOf(path, files)
  if (kind !== undefined) return ok([{ path, name: await nameOf(path, where, files), kind }])
  const above = await findAbove(path, where, files)
  if (!where.named) return ok(where.upward && above !== undefined ? [{ ...above, askedIn: path }] : [])
  const what = `${pattern} contains neither go.mod nor go.work`
  const names = above === undefined ? await findNamesBelow(path, where, files) : [above.name]
  const which = names.length === 0 ? '.' : `: ${listNames(names)}`
  return problem('NO_MODULE', where, what, `Name the directory that contains it${which}`)
}

/** More directories are not looked into for an advice. */
const MAXIMUM_FOR_ADVICE = 2_000

/** The directories below one that hold a module or workspace, as the user would write them. */
async function findNamesBelow(
  start: string,
  where: WorkingDirectory,
  files: DirectoryFiles,
): Promise<readonly string[]> {
  const paths = (await expandGlob(start, ['**'], files, MAXIMUM_FOR_ADVICE)) ?? []
  const found = await Promise.all(paths.map(async path => ((await kindOf(path, files)) === undefined ? [] : [path])))
  return Promise.all(found.flat().map(path => nameOf(path, where, files)))
}

/** How many modules are named. */
const LISTED = 5

function listNames(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return `${names.slice(0, LISTED).join(', ')}${more}`
}

/** Where no directory was named and the default one holds no module: those below it that do, with the input for them. */
export async function warnOfModulesBelow(where: WorkingDirectory, files: DirectoryFiles): Promise<readonly Problem[]> {
  const names = await findNamesBelow(where.base, where, files)
  const [first] = names
  if (first === undefined) return []
  return [
    {
      code: 'PROJECT_IN_SUBDIRECTORY',
      message: `There is no go.mod here, only in ${listNames(names)}: nothing is downloaded for ${names.length === 1 ? 'it' : 'them'}.`,
      hint: where.inJob
        ? 'Name the directories in working-directory, one per line; `**` means all.'
        : `Name one with -C ${quoteForShell(first)}, or all with -C '**'.`,
    },
  ]
}

/** Of a job whose workspace holds nothing at all. */
export async function warnOfNoCheckout(
  { base, inJob }: WorkingDirectory,
  files: DirectoryFiles,
): Promise<readonly Problem[]> {
  if (!inJob || (await files.list(base).catch(() => [])).length > 0) return []
  return [
    {
      code: 'PROJECT_NOT_CHECKED_OUT',
      message: 'The workspace is empty: nothing is checked out, so nothing is downloaded.',
      hint: 'Put actions/checkout before this step.',
    },
  ]
}

/** Where go would look next: the nearest directory above that holds one, in the workspace if there is one. */
async function findAbove(
  start: string,
  where: WorkingDirectory,
  files: DirectoryFiles,
): Promise<FoundDirectory | undefined> {
  const limit = where.workspace && ((await files.realPath(where.workspace)) ?? where.workspace)
  for (let path = dirname(start); path !== dirname(path); path = dirname(path)) {
    if (limit !== undefined && !isWithin(path, limit)) return undefined
    const kind = await kindOf(path, files)
    if (kind !== undefined) return { path, name: await nameOf(path, where, files), kind }
  }
  return undefined
}

/** The real path of a directory that is there and lies in the workspace: a link must not lead out of it. */
async function resolveInside(
  path: string,
  pattern: string,
  where: WorkingDirectory,
  files: DirectoryFiles,
): Promise<Result<string>> {
  const { workspace } = where
  const real = await files.realPath(path)
  if (workspace !== undefined) {
    const limit = (await files.realPath(workspace)) ?? workspace
    if (!isWithin(real ?? path, limit) && !isWithin(real ?? path, workspace)) {
      const what = `${pattern} lies outside the workspace, or a link leads out of it`
      return problem('OUTSIDE', where, what, 'Name a directory of the checked-out repository.')
    }
  }
  if (real !== undefined && (await files.kind(real)) === 'directory') return ok(real)
  if ((await files.kind(path)) === 'file')
    return problem('MISSING', where, `${pattern} is a file`, `Name the directory that it lies in: ${dirname(pattern)}`)
  const what = isGlob(pattern) ? `no directory matches ${pattern}` : `there is no directory ${pattern}`
  const hints = [
    ...(await nearNames(path, where, files)),
    ...(/[,;\s]/.test(pattern) ? ['Write each directory on its own line.'] : []),
  ]
  const checkOut = where.inJob ? 'Is the repository checked out before this?' : 'Check its name.'
  return problem('MISSING', where, what, hints.length > 0 ? hints.join(' ') : checkOut)
}

/** `service` where there is `services`: what was probably meant for the first name that is not there. */
async function nearNames(path: string, where: WorkingDirectory, files: DirectoryFiles): Promise<readonly string[]> {
  let missing = path
  while (missing !== dirname(missing) && (await files.kind(dirname(missing))) !== 'directory')
    missing = dirname(missing)
  const entries = await files.list(dirname(missing)).catch(() => [])
  const names = entries.flatMap(({ kind, name }) => (kind === 'directory' ? name : []))
  const near = findNearest(basename(missing), names)
  return near === undefined ? [] : [`Did you mean ${await nameOf(join(dirname(missing), near), where, files)}?`]
}

async function kindOf(path: string, files: DirectoryFiles): Promise<FoundDirectory['kind'] | undefined> {
  if ((await files.kind(join(path, 'go.work'))) === 'file') return 'workspace'
  return (await files.kind(join(path, 'go.mod'))) === 'file' ? 'module' : undefined
}

async function nameOf(path: string, { base }: WorkingDirectory, files: DirectoryFiles): Promise<string> {
  const way = relative((await files.realPath(base)) ?? base, path)
  return way === '' ? '.' : way.split(sep).join('/')
}

function problem(code: string, { label }: WorkingDirectory, what: string, hint: string) {
  return failed({ code: `INPUT_DIRECTORY_${code}`, message: `${label}: ${what}.`, hint })
}
