import { basename, dirname, join, relative } from 'node:path'
import type { Clock, Files, OpenFile } from '../effects.ts'
import { failed, ok, type Problem, type Result, stoppedBefore, whyNotWritten } from '../errors.ts'
import { type InstallWorld, installToolchain } from '../toolchain/install.ts'
import type { GoPlatform } from '../toolchain/resolve.ts'
import type { CheckedBundle } from './check.ts'
import { digestOf, piecesOf } from './digest.ts'
import type { BundledFile } from './manifest.ts'
import { type BundledGo, MODULES, parseMember } from './members.ts'

export interface UnpackWorld extends Pick<InstallWorld, 'openTree' | 'inStaging' | 'arch' | 'signal'> {
  readonly files: Files
  readonly clock: Clock
  /** Of this machine. */
  readonly platform: GoPlatform
}

/** What of a bundle lies where it can be used. */
export interface UnpackedBundle {
  /** A directory that go can take modules from. Absolute. */
  readonly modules: string
  /** GOROOT of the Go that the bundle brought; undefined: it brought none, or for another machine. */
  readonly goroot: string | undefined
  readonly warnings: readonly Problem[]
}

/**
 * Unpacks a checked bundle into a directory that is not there yet: whole or not at all. Each file is hashed once more as it
 * is written, since the bundle may have changed after it was checked. Go is unpacked from its zip.
 * @param to absolute
 */
export async function unpackBundle(
  bundle: CheckedBundle,
  file: OpenFile,
  to: string,
  world: UnpackWorld,
): Promise<Result<UnpackedBundle>> {
  const { files } = world
  const parent = dirname(to)
  try {
    if (!(await isFree(to, files))) return failed(taken(to))
    await files.makeDirectory(parent)
    return await world.inStaging(parent, async staging => {
      const root = join(staging, basename(to))
      const written = await writeMembers(root, bundle, file, world)
      if (!written.ok) return written
      const go = await installGo(root, bundle.go, world)
      if (!go.ok) return go
      if (!(await isFree(to, files))) return failed(taken(to))
      await files.move(root, to)
      const { goroot, warnings } = go.value
      return ok({ modules: join(to, MODULES), goroot: goroot && join(to, relative(root, goroot)), warnings })
    })
  } catch (error) {
    return failed(notUnpacked(to, error))
  }
}

async function isFree(path: string, files: Pick<Files, 'kind'>): Promise<boolean> {
  return (await files.kind(path)) === undefined
}

async function writeMembers(
  root: string,
  { manifest, places }: CheckedBundle,
  file: OpenFile,
  { files, signal }: UnpackWorld,
): Promise<Result<undefined>> {
  await files.makeDirectory(join(root, MODULES))
  for (const one of manifest.files) {
    if (signal.aborted) return failed(STOPPED)
    const member = parseMember(one.name)
    const at = places.get(one.name)
    // Texts are for those who unpack it by hand, and proofs have done their work.
    if (member === undefined || member.kind === 'text' || member.kind === 'proof' || at === undefined) continue
    const path = join(root, MODULES, member.target)
    await files.makeDirectory(dirname(path))
    if (!(await writeMember(path, one, piecesOf(file, at, one.bytes), files))) return failed(changed(one))
  }
  return ok(undefined)
}

/** @returns whether it is still what it was when it was checked */
async function writeMember(
  path: string,
  { sha256 }: BundledFile,
  pieces: AsyncIterable<Buffer>,
  files: Pick<Files, 'create'>,
): Promise<boolean> {
  const created = await files.create(path)
  try {
    return (await digestOf(pieces, created.write)).sha256 === sha256
  } finally {
    await created.close()
  }
}

async function installGo(
  root: string,
  go: BundledGo | undefined,
  world: UnpackWorld,
): Promise<Result<Pick<UnpackedBundle, 'goroot' | 'warnings'>>> {
  if (go === undefined) return ok({ goroot: undefined, warnings: [] })
  const { version, module, h1 } = go
  if (go.os !== world.platform.os || go.arch !== world.platform.arch)
    return ok({ goroot: undefined, warnings: [otherPlatform(go, world.platform)] })
  const zip = join(root, MODULES, 'golang.org/toolchain/@v', `${module.version}.zip`)
  const installed = await installToolchain(
    { path: zip, module, version, h1 },
    { kind: 'cache', directory: root },
    world,
  )
  return installed.ok ? ok({ goroot: installed.value.goroot, warnings: [] }) : installed
}

const STOPPED = stoppedBefore('the bundle was unpacked')

function otherPlatform({ version, os, arch }: BundledGo, here: GoPlatform): Problem {
  return {
    code: 'BUNDLE_OTHER_PLATFORM',
    message: `The bundle’s Go ${version.slice(2)} is for ${os}/${arch}, and this machine is ${here.os}/${here.arch}: it is not unpacked.`,
    hint: 'Make the bundle on a machine of the same kind, or install Go here.',
  }
}

function changed({ name }: BundledFile): Problem {
  return {
    code: 'BUNDLE_WRONG',
    message: `${name} changed while the bundle was unpacked.`,
    hint: 'Does another program write to the file? Nothing of it was used.',
  }
}

function taken(path: string): Problem {
  return {
    code: 'BUNDLE_PLACE_TAKEN',
    message: `${path} is there already, so the bundle was not unpacked.`,
    hint: 'Name a directory that is not there yet.',
  }
}

function notUnpacked(path: string, error: unknown): Problem {
  return {
    code: 'BUNDLE_NOT_UNPACKED',
    message: `The bundle could not be unpacked into ${path}: ${whyNotWritten(error)}.`,
    hint: 'Name a directory that is not there yet, in one that has space and that this user may write to.',
  }
}
