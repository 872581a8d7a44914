import { dirname, join, relative } from 'node:path'
import { trackedObjects } from '../build-cache/test-times.ts'
import type { CommandResult } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { isWithin } from '../places/within.ts'
import type { Project } from '../project/project.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { quoteForShell } from '../text/shell.ts'
import type { Job } from './job.ts'

/** The part of a job that this needs. */
export interface TimesJob {
  readonly inputs: Pick<Job['inputs'], 'testTimes' | 'workingDirectory'>
  readonly effects: Pick<Job['effects'], 'commands' | 'env' | 'files'>
  readonly policy: Pick<Job['policy'], 'goQueryMs'>
}

/** Where the project's modules are. */
export type ModulePlaces = readonly Pick<Project['directories'][number], 'path' | 'kind' | 'modFiles'>[]

/**
 * Gives tracked files and directories of the clean checkouts that hold the project's modules times that follow from
 * their content, where the inputs ask for that. @param directories none: the workspace's own checkout
 * @returns what was done, or why nothing was, in plain words; undefined: it was not asked for
 */
export async function setTestTimes(job: TimesJob, directories: ModulePlaces): Promise<string | undefined> {
  if (job.inputs.testTimes !== 'content') return undefined
  try {
    const told: string[] = []
    for (const checkout of await findCheckouts(job, directories))
      told.push(typeof checkout === 'string' ? checkout : await setTimes(checkout, job))
    return `test-times: ${[...new Set(told)].join('; ')}`
  } catch (error) {
    return `test-times: not all times could be set (${reasonOf(error)})`
  }
}

/** A commit that is checked out. */
interface Checkout {
  /** Its top directory; absolute. */
  readonly top: string
  /** Relative to where the job works; '' where that is the top itself, or lies in it. */
  readonly name: string
  /** The id of the commit's tree. */
  readonly tree: string
}

/** Real paths. */
interface CheckoutBounds {
  readonly base: string
  /** Checkouts lie in it; undefined: no such limit. */
  readonly workspace: string | undefined
}

/** Each once, or why there is none. A repository may lie below the workspace, and a go.work use modules of several. */
async function findCheckouts(job: TimesJob, directories: ModulePlaces): Promise<readonly (Checkout | string)[]> {
  const { base, workspace } = job.inputs.workingDirectory
  const real = async (path: string) => (await job.effects.files.realPath(path)) ?? path
  const bounds = { base: await real(base), workspace: workspace === undefined ? undefined : await real(workspace) }
  const named = directories.flatMap(({ path, kind, modFiles }) => (kind === 'module' ? [path] : modFiles.map(dirname)))
  const inside = named.filter(path => bounds.workspace === undefined || isWithin(path, bounds.workspace))
  const found = new Map<string, Checkout | string>()
  for (const directory of new Set(inside.length === 0 ? [bounds.base] : inside)) {
    const checkout = await findCheckout(directory, bounds, job)
    found.set(typeof checkout === 'string' ? checkout : checkout.top, checkout)
  }
  return [...found.values()]
}

async function findCheckout(
  directory: string,
  { base, workspace }: CheckoutBounds,
  job: TimesJob,
): Promise<Checkout | string> {
  const place = relative(base, directory) || 'the workspace'
  const places = await git(directory, job, 'rev-parse', '--show-toplevel', 'HEAD^{tree}')
  if (places.exitCode !== 0) return `${whyNoCheckout(places.stderr, place)}, so no time was set`
  const [top = '', tree = ''] = places.stdout.split('\n')
  // A directory above may be a checkout of something else, such as a home directory's.
  if (workspace !== undefined && !isWithin(top, workspace))
    return `${place} is not a git checkout of its own, so no time was set`
  return { top, name: isWithin(top, base) ? relative(base, top) : '', tree }
}

async function setTimes({ top, name, tree }: Checkout, job: TimesJob): Promise<string> {
  const read = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await git(top, job, ...args)
    return result.exitCode === 0 ? result.stdout : undefined
  }
  const which = name === '' ? 'the checkout' : `the checkout ${name}`
  // The user's own settings may hide new files.
  const status = await read('status', '--porcelain', '--untracked-files=normal', '--ignored')
  if (status === undefined) return `git status failed in ${which}, so no time was set`
  const lines = status.split('\n').filter(line => line !== '')
  const changed = lines.find(line => !line.startsWith('!! '))
  if (changed !== undefined) return `${which} is not clean (${changed.slice(3)}), so no time was set`
  // make would take what was built from other sources for newer than these: it has to see their real times.
  const [ignored] = lines
  if (ignored !== undefined)
    return `git ignores ${ignored.slice(3)}${name === '' ? '' : ` in ${name}`}, and make may compare its time with others, so no time was set; put this step right after the checkout`
  // Files of these kinds are left out by git status.
  const flagged = await read('ls-files', '-v')
  if (flagged === undefined || /^[a-zS] /m.test(flagged))
    return `git does not look at all files of ${which} (assume-unchanged, sparse), so no time was set`
  const listing = await read('ls-tree', '-r', '-t', '-z', '--full-tree', 'HEAD')
  if (listing === undefined) return `git ls-tree failed in ${which}, so no time was set`
  const objects = trackedObjects(listing, tree)
  const set = await job.effects.files.setTimes(objects.map(({ path, timeMs }) => ({ path: join(top, path), timeMs })))
  // git remembers the times of what it has compared.
  await read('update-index', '-q', '--refresh')
  return `${set} files and directories${name === '' ? '' : ` of ${name}`} have times that follow from their content`
}

function git(cwd: string, { effects, policy }: TimesJob, ...args: readonly string[]): Promise<CommandResult> {
  // No program that the repository's configuration names.
  return effects.commands.run('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd,
    env: { ...withoutSecrets(effects.env), LC_ALL: 'C' },
    timeoutMs: policy.goQueryMs,
  })
}

/** @param said what git prints to standard error, in English  @param place what git was asked about */
function whyNoCheckout(said: string, place: string): string {
  // Source: git's setup.c, die_upon_dubious_ownership.
  const [, owned] = /detected dubious ownership in repository at '([^'\n]+)'/.exec(said) ?? []
  if (owned === undefined) return `${place} is not a git checkout`
  const remedy = `git config --global --add safe.directory ${quoteForShell(sanitizeLine(owned))}`
  return `git refuses the checkout because its files belong to another user (\`${remedy}\` in an earlier step allows it)`
}
