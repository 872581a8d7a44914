import { dirname, join } from 'node:path'
import type { CacheFile } from '../cache/select.ts'
import { checkFile, plainInfo } from '../cache/verify.ts'
import type { Files, InStaging } from '../effects.ts'
import { failed, ok, type Problem, type Result, stoppedBefore, whyNotWritten } from '../errors.ts'
import { downloadPath } from '../go/module-cache.ts'
import { listsOf } from './contents.ts'
import { holdsOnlyModules, leadsOut } from './place.ts'
import type { StoredFile } from './story.ts'

export interface StorePlan {
  readonly files: readonly CacheFile[]
  readonly gomodcache: string
  /** Where the store is to be. Absolute. */
  readonly path: string
  /** Links in this directory that lead out of it are not followed on the way there. */
  readonly confinedTo: string | undefined
}

export interface StoreWorld {
  readonly files: Files
  readonly inStaging: InStaging
  /** Aborts when we are stopped. */
  readonly signal: AbortSignal
}

/**
 * Links verified files of the module cache into a directory that a build elsewhere can use as `GOPROXY=file://…`, where
 * links cannot be, copies them. Each is checked where it lies in the end. The directory gets its name when it is whole; a
 * store that was there before makes way for it, anything else stays.
 */
export async function makeStore(plan: StorePlan, world: StoreWorld): Promise<Result<readonly StoredFile[]>> {
  const { files } = world
  const parent = dirname(plan.path)
  try {
    if (await leadsOut(plan.path, plan.confinedTo, files)) throw Object.assign(new Error(), { code: 'LEADS_OUT' })
    await files.makeDirectory(parent)
    return await world.inStaging(parent, async staging => {
      const root = join(staging, 'modules')
      await files.makeDirectory(root)
      const stored = await fill(root, plan, world)
      if (!stored.ok) return stored
      const isTaken = await moveIn(root, plan.path, staging, files)
      return isTaken ? failed(taken(plan.path)) : stored
    })
  } catch (error) {
    return failed(notWritten(plan.path, error))
  }
}

async function fill(
  root: string,
  plan: StorePlan,
  { files, signal }: StoreWorld,
): Promise<Result<readonly StoredFile[]>> {
  const stored: StoredFile[] = []
  for (const file of plan.files) {
    if (signal.aborted) return failed(STOPPED)
    const bytes = await place(file, root, plan.gomodcache, files)
    if (bytes === undefined && file.required) return failed(incomplete(file))
    if (typeof bytes === 'string') {
      if (file.required) return failed(wrong(file, bytes))
      await files.remove(join(root, file.target))
    } else if (bytes !== undefined) stored.push({ ...pick(file), bytes })
  }
  for (const [target, text] of listsOf(stored)) await files.write(join(root, target), text)
  return ok(stored)
}

function pick({ module, kind, target, hash }: CacheFile): Omit<StoredFile, 'bytes'> {
  return { module, kind, target, hash }
}

/** @returns its size; undefined where the module cache does not have it; what is wrong with it, in plain words */
async function place(
  file: CacheFile,
  root: string,
  gomodcache: string,
  files: Files,
): Promise<number | string | undefined> {
  const from = downloadPath(gomodcache, file.target)
  const to = join(root, file.target)
  if ((await files.kind(from)) !== 'file') return undefined
  await files.makeDirectory(dirname(to))
  await files.link(from, to)
  const checked = await checkFile(file, root, files)
  if (checked === undefined) return 'it is not a regular file'
  if (!checked.ok) return checked.what
  if (file.kind !== 'info') return checked.bytes
  // A new file in its place: where the proxy found the module is not to go with it, and nothing proves it.
  const info = plainInfo((await files.readText(to)) ?? '')
  await files.remove(to)
  await files.write(to, info)
  return Buffer.byteLength(info)
}

/** Puts the store in its place, and what is a store or empty there out of the way. @returns whether other things stay there */
async function moveIn(root: string, path: string, staging: string, files: Files): Promise<boolean> {
  const kind = await files.kind(path)
  if (kind === undefined) {
    await files.move(root, path)
    return false
  }
  if (kind !== 'directory' || !(await holdsOnlyModules(path, files))) return true
  const before = join(staging, 'before')
  await files.move(path, before)
  try {
    await files.move(root, path)
  } catch (error) {
    await files.move(before, path)
    throw error
  }
  return false
}

const STOPPED = stoppedBefore('the module store was made')

function incomplete({ module: { path, version }, kind }: CacheFile): Problem {
  return {
    code: 'MODULE_STORE_INCOMPLETE',
    message: `The module store was not made: the ${KIND_NAMES[kind]} of ${path} ${version} is not in the module cache.`,
    hint: 'Download the modules in the same step: `download: true`.',
  }
}

function wrong({ module: { path, version }, kind }: CacheFile, what: string): Problem {
  return {
    code: 'MODULE_STORE_WRONG',
    message: `The module store was not made: the ${KIND_NAMES[kind]} of ${path} ${version} in the module cache is wrong: ${what}.`,
    hint: 'Remove the module cache (go clean -modcache), or this module from it, and run the step again.',
  }
}

const KIND_NAMES = { mod: 'go.mod file', info: '.info file', zip: 'zip' }

function taken(path: string): Problem {
  return {
    code: 'MODULE_STORE_TAKEN',
    message: `The module store was not made: ${path} is there and holds other things than modules.`,
    hint: 'Name a directory that is not there yet; one that an earlier run made is replaced.',
  }
}

function notWritten(path: string, error: unknown): Problem {
  return {
    code: 'MODULE_STORE_NOT_WRITTEN',
    message: `The module store could not be made in ${path}: ${whyNotWritten(error)}.`,
    hint: 'Set module-store to a directory that is not there yet, in one that this user may write to.',
  }
}
