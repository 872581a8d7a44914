import { dirname, join, parse, relative, resolve, sep } from 'node:path'
import type { Files } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { isWithin } from '../places/within.ts'
import { quoteForShell } from '../text/shell.ts'
import { expandGlob, isGlob, MAXIMUM_VISITED } from './glob.ts'
import type { WorkingDirectory } from './inputs.ts'

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
    return problem('TOO_MANY', what, 'Use a narrower pattern.')
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
  return problem('NO_MODULE', what, 'Check the pattern; a single * stands for one level, ** for any number of levels.')
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
  return problem('NO_MODULE', what, `Name the directory that contains it${which}`)
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

/** So many are named. */
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
      hint: `Name the directories in working-directory, one a line; \`**\` means all. On the command line: -C ${quoteForShell(first)}`,
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
  { workspace }: WorkingDirectory,
  files: DirectoryFiles,
): Promise<Result<string>> {
  const real = await files.realPath(path)
  if (workspace !== undefined) {
    const limit = (await files.realPath(workspace)) ?? workspace
    if (!isWithin(real ?? path, limit) && !isWithin(real ?? path, workspace)) {
      const what = `${pattern} lies outside the workspace, or a link leads out of it`
      return problem('OUTSIDE', what, 'Name a directory of the checked-out repository.')
    }
  }
  if (real !== undefined && (await files.kind(real)) === 'directory') return ok(real)
  const several = /[,;\s]/.test(pattern) ? ' Write each directory on its own line.' : ''
  return problem('MISSING', `there is no directory ${pattern}`, `Is the repository checked out before this?${several}`)
}

async function kindOf(path: string, files: DirectoryFiles): Promise<FoundDirectory['kind'] | undefined> {
  if ((await files.kind(join(path, 'go.work'))) === 'file') return 'workspace'
  return (await files.kind(join(path, 'go.mod'))) === 'file' ? 'module' : undefined
}

async function nameOf(path: string, { base }: WorkingDirectory, files: DirectoryFiles): Promise<string> {
  const way = relative((await files.realPath(base)) ?? base, path)
  return way === '' ? '.' : way.split(sep).join('/')
}

function problem(code: string, what: string, hint: string) {
  return failed({ code: `INPUT_DIRECTORY_${code}`, message: `working-directory: ${what}.`, hint })
}
