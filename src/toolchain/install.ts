import { basename, join } from 'node:path'
import type { Clock, Files, InStaging } from '../effects.ts'
import { codeOf, failed, ok, type Problem, type Result, stoppedBefore, whyNotWritten } from '../errors.ts'
import type { ModuleVersion } from '../go/module.ts'
import { readAhead, type ZipSource } from '../go/zip.ts'
import { type InstalledGo, readInstalled } from './installed.ts'
import { type ToolPaths, type ToolPlace, toolPaths } from './places.ts'
import { type NewTree, unpackToolchain } from './unpack.ts'

/** A toolchain's zip, and what it must be. */
export interface ToolchainZip {
  /** The file: ours. */
  readonly path: string
  readonly module: ModuleVersion
  /** Such as `go1.26.7`. */
  readonly version: string
  /** Its proven hash. */
  readonly h1: string
}

export interface InstallWorld {
  readonly files: Files
  readonly clock: Clock
  readonly openTree: (root: string) => NewTree
  readonly inStaging: InStaging
  /** As Node names it: `x64`. */
  readonly arch: string
  /** Aborts when we are stopped. */
  readonly signal: AbortSignal
}

/**
 * Unpacks a toolchain beside its place and moves it there when its hash is the proven one: whole or not at all.
 * @returns the one that lies there: ours, or that of another job that was faster; problems: `TOOLCHAIN_WRONG` and
 * `ZIP_INVALID` of the zip, the others of the place
 */
export async function installToolchain(
  zip: ToolchainZip,
  place: ToolPlace,
  world: InstallWorld,
): Promise<Result<InstalledGo>> {
  const { files } = world
  const paths = toolPaths(place, zip.version, world.arch)
  try {
    await files.makeDirectory(paths.parent)
    return await world.inStaging(paths.parent, async staging => {
      const root = join(staging, 'go')
      const unpacked = await unpackInto(root, zip, world)
      if (world.signal.aborted) return failed(STOPPED)
      if (!unpacked.ok) return unpacked
      if (unpacked.value !== zip.h1) return failed(wrongHash(zip, unpacked.value))
      return moveIn(root, staging, { place, paths, version: zip.version }, world)
    })
  } catch (error) {
    return failed(notWritten(place, error))
  }
}

async function unpackInto(
  root: string,
  zip: ToolchainZip,
  { files, openTree, signal }: InstallWorld,
): Promise<Result<string>> {
  const file = await files.open(zip.path)
  if (file === undefined) throw Object.assign(new Error(`${zip.path} is gone`), { code: 'ENOENT' })
  try {
    const source = readAhead(file)
    // Unpacking takes seconds, and a runner waits for seven of them: when we are stopped, the zip ends.
    const read: ZipSource['read'] = async (offset, length) =>
      signal.aborted ? Buffer.alloc(0) : source.read(offset, length)
    return await unpackToolchain({ size: source.size, read }, zip.module, openTree(root))
  } finally {
    await file.close()
  }
}

interface Destination {
  readonly place: ToolPlace
  readonly paths: ToolPaths
  readonly version: string
}

/** Another job's directory is complete within this time, or a virus scanner has let go of ours. */
const TRIES = 20
const PAUSE_MS = 200
/** What is not complete after this long was left by a job that is no more. */
const LEFT_MS = 10 * 60_000

async function moveIn(
  root: string,
  staging: string,
  { place, paths, version }: Destination,
  { files, clock }: InstallWorld,
): Promise<Result<InstalledGo>> {
  const { goroot, marker } = paths
  for (let tries = 1; ; tries++) {
    const there = await readInstalled(place, goroot, marker, files)
    if (there?.version === version) return ok(there)
    try {
      await files.move(root, goroot)
      break
    } catch (error) {
      const [[changedMs], [complete]] = await Promise.all([files.modified([goroot]), files.stat([marker])])
      const ageMs = clock.date().getTime() - (changedMs ?? Number.POSITIVE_INFINITY)
      // It stays, and waiting does not change it.
      if (complete !== undefined && there !== undefined) return failed(otherGo(paths, there, version))
      const isLeft = complete === undefined && ageMs > LEFT_MS
      if (isLeft) await files.move(goroot, join(staging, `left-${tries}`))
      else if (tries >= TRIES) throw error
      else await clock.sleep(PAUSE_MS)
    }
  }
  try {
    await files.write(marker, '')
  } catch (error) {
    // Without its mark it would be taken for half of one, and never be replaced soon.
    await files.move(goroot, join(staging, 'unmarked'))
    throw error
  }
  return ok({ version, goroot, where: place.kind })
}

function wrongHash({ module, h1 }: ToolchainZip, found: string): Problem {
  return {
    code: 'TOOLCHAIN_WRONG',
    message: `The zip of ${module.path} ${module.version} has the hash ${found}; the checksum database has ${h1}.`,
    hint: 'The proxy sent something else; another proxy has to serve it.',
  }
}

function otherGo({ goroot, marker }: ToolPaths, { version: there }: InstalledGo, version: string): Problem {
  return {
    code: 'TOOLCHAIN_NOT_WRITTEN',
    message: `Go could not be installed in ${goroot}: it is marked as complete, and is ${there.slice(2)} by its VERSION file, not ${version.slice(2)}.`,
    hint: `Remove that directory, and ${basename(marker)} beside it.`,
  }
}

function notWritten({ directory }: ToolPlace, error: unknown): Problem {
  const code = codeOf(error)
  const why = code === 'ENOTEMPTY' || code === 'EEXIST' ? 'another job is writing there' : whyNotWritten(error)
  return {
    code: 'TOOLCHAIN_NOT_WRITTEN',
    message: `Go could not be installed in ${directory}: ${why}.`,
    hint: 'Go needs some 300 MB there: set RUNNER_TOOL_CACHE to a directory that has them and that this user may write to.',
  }
}

const STOPPED = stoppedBefore('Go was installed')
