import { basename, dirname, join, resolve } from 'node:path'
import { detectSystem } from '../ci/system.ts'
import type { Effects, Environment, Files, InStaging } from '../effects.ts'
import { codeOf, failed, ok, type Problem, type Result } from '../errors.ts'

/** Our directories bear this name, so that no other program's is ever removed. */
const PREFIX = 'go-proxy-setup-'
const NAME = /^go-proxy-setup-[A-Za-z0-9]{6}$/
/** A file in each of them that says which process made it: other programs could use the same name. */
const OWNER = 'owner'
/** Two numbers of processes, two of the kernel's clock, and a word. */
const MARK_BYTES = 256
/** What a killed job left is removed by a later one after this long. */
const STALE_MS = 24 * 60 * 60 * 1000

/**
 * What uses a directory: a command as long as its process lives; the action's main only makes it, and post, another
 * process, still needs it.
 */
export type Maker = 'command' | 'action'

/** What the mark says. Process numbers are used again, and mean nothing to another container with the same directory. */
interface Mark {
  readonly processId: number
  readonly maker: Maker
  /** When the process began, and the first that can be seen beside it; both in the kernel's own count. */
  readonly began: string
  readonly firstBegan: string
}

/** Where the system does not say. */
const UNKNOWN = '-'

/** A directory for temporary things. */
interface Root {
  /** Absolute. */
  readonly path: string
  /** The variable that names it; undefined: it is the system's. */
  readonly variable?: string
}

const VARIABLES = process.platform === 'win32' ? ['TEMP', 'TMP'] : ['TMPDIR', 'TMP', 'TEMP']

/**
 * Where temporary things belong, best first: the runner's directory, which it empties with the job, what the environment
 * names, what another CI system has for the job, the system's. Where none of these can be written to, the home directory can: go has its caches there.
 */
export function temporaryRoots(env: Environment): readonly Root[] {
  const named = ['RUNNER_TEMP', ...VARIABLES, detectSystem(env)?.temporary ?? ''].flatMap(variable => {
    const value = env[variable]
    return value ? [{ path: resolve(value), variable }] : []
  })
  const own = process.platform === 'win32' ? systemRootsOnWindows(env) : ['/tmp', '/var/tmp', env['HOME']]
  const roots: readonly Root[] = [...named, ...own.flatMap(path => (path ? [{ path: resolve(path) }] : []))]
  return roots.filter(({ path }, i) => roots.findIndex(root => root.path === path) === i)
}

function systemRootsOnWindows(env: Environment): readonly (string | undefined)[] {
  const { SYSTEMROOT, LOCALAPPDATA, USERPROFILE } = env
  return [LOCALAPPDATA && join(LOCALAPPDATA, 'Temp'), SYSTEMROOT && join(SYSTEMROOT, 'temp'), USERPROFILE]
}

export interface TemporaryOptions {
  readonly env: Environment
  readonly files: Files
  /** Our own. */
  readonly processId: number
  readonly maker: Maker
  /** Called with the path before the directory is there: it must be removed however this process ends. */
  readonly announce?: (path: string) => void
}

export interface TemporaryDirectory {
  readonly path: string
  /** Variables that name a place where no directory can be made, so that this one was made elsewhere. */
  readonly warnings: readonly Problem[]
}

/** Makes a directory of mode 0700 of our own in the first place where one can be made. */
export async function makeTemporary(options: TemporaryOptions): Promise<Result<TemporaryDirectory>> {
  const failures: RootFailure[] = []
  for (const root of temporaryRoots(options.env)) {
    try {
      const path = await makeIn(root, options)
      return ok({ path, warnings: failures.flatMap(failure => replaced(failure, root)) })
    } catch (error) {
      failures.push({ root, error })
    }
  }
  const tried = failures.map(({ root, error }) => `${root.path}: ${whyNotMade(error)}`)
  return failed({
    code: 'TEMPORARY_DIRECTORY',
    message: `No temporary directory could be created (${tried.join('; ')}).`,
    hint: `${failures[0]?.root.variable ?? VARIABLES[0]} must name an existing directory that has space and that this user may write to.`,
  })
}

async function makeIn(
  { path }: Root,
  { files, processId, maker, announce }: Omit<TemporaryOptions, 'env'>,
): Promise<string> {
  const directory = await files.makeTemporaryDirectory(path, PREFIX, announce)
  try {
    const [began, firstBegan] = await Promise.all([beginOf(processId, files), beginOf(1, files)])
    await files.write(join(directory, OWNER), [processId, maker, began, firstBegan].join(' '), 0o600)
    return directory
  } catch (error) {
    await files.remove(directory).catch(() => {})
    throw error
  }
}

/**
 * A directory of ours in another than a temporary one, for what is moved from there as a whole.
 * @param parent absolute; it exists
 */
export function makeStaging(parent: string, options: Pick<TemporaryOptions, 'files' | 'processId'>): Promise<string> {
  return makeIn({ path: parent }, { ...options, maker: 'command' })
}

/** Stagings for the work of this process; those whose process is gone are removed first. */
export function openStagings(world: SweepWorld, processId: number): InStaging {
  const { files } = world
  return async (parent, work) => {
    await sweepIn(parent, await beginOf(1, files), world)
    const directory = await makeStaging(parent, { files, processId })
    try {
      return await work(directory)
    } finally {
      // What cannot be removed now is removed by a later run.
      await files.remove(directory).catch(() => undefined)
    }
  }
}

interface RootFailure {
  readonly root: Root
  readonly error: unknown
}

function replaced({ root: { variable, path }, error }: RootFailure, instead: Root): readonly Problem[] {
  if (variable === undefined) return []
  return [
    {
      code: 'TEMPORARY_DIRECTORY_REPLACED',
      message: `${variable} names ${path}, where no directory can be made: ${whyNotMade(error)}. ${instead.path} is used instead.`,
      hint: `Set ${variable} to an existing directory that has space and that this user may write to, or unset it.`,
    },
  ]
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'it is not a directory',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'its file system is read-only',
  ENOSPC: 'its disk is full',
  ELOOP: 'it is a link that leads nowhere',
}

function whyNotMade(error: unknown): string {
  const code = codeOf(error)
  const words = WORDS[code]
  return words === undefined ? code : `${words} (${code})`
}

/** Source: proc(5), /proc/pid/stat: the command in brackets is the second field, and the start time the 22nd. */
async function beginOf(processId: number, files: Files): Promise<string> {
  const stat = await files.readText(`/proc/${processId}/stat`).catch(() => undefined)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? UNKNOWN
}

/** An older mark is a number alone, of the action's. */
function parseMark(text: string): Mark | undefined {
  const [, id, maker = 'action', began = UNKNOWN, firstBegan = UNKNOWN] =
    /^(\d{1,10})(?: (command|action) (\d+|-) (\d+|-))?\s*$/.exec(text) ?? []
  const processId = Number(id)
  return processId > 0 ? { processId, maker: maker as Maker, began, firstBegan } : undefined
}

/**
 * Removes one of our directories, and nothing else: an attacker who wrote a path into our state must not use us as a
 * weapon.
 * @param inner a name in it: this alone
 */
export async function removeTemporary(path: string, env: Environment, files: Files, inner?: string): Promise<boolean> {
  const roots = temporaryRoots(env).map(root => root.path)
  // What is no directory has none of ours in it.
  const [real, ...places] = await Promise.all([path, ...roots].map(one => files.realPath(one).catch(() => undefined)))
  if (real === undefined) return true
  if (!places.includes(dirname(real)) || !NAME.test(basename(real))) return false
  const directory = await files.holdDirectory(real)
  if (directory === undefined) return false
  try {
    // Where a file system gives all files to one owner, ours are that owner's, too.
    if (!(await directory.isOfOwnerAbove())) return false
    await directory.remove(inner)
    return true
  } finally {
    await directory.close()
  }
}

type SweepWorld = Pick<Effects, 'files' | 'commands' | 'clock' | 'platform'>

/**
 * Removes directories that killed processes left: a command's at once, the action's after a day, for its post may be
 * to come. Other users may make directories of our name beside ours, with any mark: only what is this user's own and
 * closed to all others counts. Without our mark, with a process that lives, or where it cannot be looked at or removed,
 * a directory stays.
 */
export async function sweepTemporary(env: Environment, world: SweepWorld): Promise<void> {
  const { files } = world
  const first = await beginOf(1, files)
  for (const { path } of temporaryRoots(env)) {
    await sweepIn(path, first, world)
    // Those behind it are for the case that it is not there.
    if ((await files.kind(path).catch(() => undefined)) === 'directory') return
  }
}

async function sweepIn(root: string, first: string, world: SweepWorld): Promise<void> {
  const { files } = world
  const entries = await files.list(root).catch(() => [])
  for (const { kind, modifiedMs, name } of entries) {
    if (kind !== 'directory' || !NAME.test(name)) continue
    const directory = await files.holdDirectory(join(root, name)).catch(() => undefined)
    try {
      if (directory === undefined || !directory.isOwn || !directory.isPrivate || !directory.isFirm) continue
      const mark = parseMark((await directory.readSmall(OWNER, MARK_BYTES)) ?? '')
      if (mark !== undefined && (await isLeft(mark, modifiedMs, first, world))) await directory.remove()
    } catch {
      // What cannot be looked at or removed stays; the next run tries again.
    } finally {
      await directory?.close()
    }
  }
}

/** Whether its process is gone and no other one is to come. @param first see `Mark` */
async function isLeft(
  mark: Mark,
  modifiedMs: number,
  first: string,
  { files, commands, clock, platform }: SweepWorld,
): Promise<boolean> {
  // Elsewhere than on Linux process numbers are the same for all who share a directory.
  const sameNumbers = platform === 'linux' ? mark.firstBegan !== UNKNOWN && mark.firstBegan === first : true
  const atOnce = mark.maker === 'command' && sameNumbers
  if (!atOnce && clock.date().getTime() - modifiedMs <= STALE_MS) return false
  return !commands.isRunning(mark.processId) || (sameNumbers && (await isAnother(mark, files)))
}

/** Whether a process that lives has only the number of the one that is meant. */
async function isAnother({ processId, began }: Mark, files: Files): Promise<boolean> {
  const now = await beginOf(processId, files)
  return began !== UNKNOWN && now !== UNKNOWN && began !== now
}
