import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Files, NewFile, Random } from '../effects.ts'
import { failed, ok, type Problem, type Result, stoppedBefore, whyNotWritten } from '../errors.ts'
import { objectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import { listsOf } from '../store/contents.ts'
import { leadsOut } from '../store/place.ts'
import type { ModuleStoreStory } from '../store/story.ts'
import type { KeptGo } from '../toolchain/story.ts'
import { tarEnd, tarHeader, tarPadding } from '../transfer/tar-header.ts'
import { digestOf, piecesOf } from './digest.ts'
import { type BundledFile, renderManifest } from './manifest.ts'
import { MANIFEST, MODULES, proofName, TEXTS } from './members.ts'

/** What goes into a bundle. */
export interface BundleSource {
  readonly store: ModuleStoreStory
  /** Go itself, proven; undefined: it stays out. */
  readonly go: KeptGo | undefined
}

export interface BundlePlace {
  /** Absolute. What is there is replaced. */
  readonly path: string
  /** Links in this directory that lead out of it are not followed on the way there. */
  readonly confinedTo: string | undefined
}

export interface BundleWorld {
  readonly files: Files
  readonly random: Random
  /** Aborts when we are stopped. */
  readonly signal: AbortSignal
}

export interface WrittenBundle {
  readonly bytes: number
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string
  readonly members: number
}

/** Where a member's content comes from. */
type MemberSource = { readonly name: string } & ({ readonly file: string } | { readonly text: string | Buffer })

/**
 * Writes a bundle: an uncompressed tar archive, since zips do not get smaller, with its manifest first. The same modules
 * give the same bytes. The file gets its name when it is whole.
 */
export async function writeBundle(
  source: BundleSource,
  { path, confinedTo }: BundlePlace,
  world: BundleWorld,
): Promise<Result<WrittenBundle>> {
  const { files, random, signal } = world
  const partial = `${path}.${random.hex(4)}.partial`
  try {
    if (await leadsOut(path, confinedTo, files)) throw Object.assign(new Error(), { code: 'LEADS_OUT' })
    const members = membersOf(source)
    const described: BundledFile[] = []
    for (const member of members) {
      if (signal.aborted) return failed(STOPPED)
      described.push({ name: member.name, ...(await describe(member, files)) })
    }
    const manifest = renderManifest({ sums: sumsOf(source), files: described })
    const written = await writeArchive(partial, [{ name: MANIFEST, text: manifest }, ...members], described, world)
    if (written === undefined) return failed(STOPPED)
    await files.move(partial, path)
    return ok({ ...written, members: members.length + 1 })
  } catch (error) {
    return failed(notWritten(path, error))
  } finally {
    // It is not there where all went well; where it cannot be removed, what went wrong before is to be told.
    await files.remove(partial).catch(() => undefined)
  }
}

/** Why no bundle can be written to a path, before anything is fetched for it; undefined: it may be. */
export async function findObstacle(path: string, files: Pick<Files, 'kind'>): Promise<Problem | undefined> {
  const [there, parent] = [await files.kind(path), await files.kind(dirname(path))]
  if (parent !== 'directory') return noPlace(path, 'its directory is not there')
  if (there === 'directory') return noPlace(path, 'it is a directory')
  // As root one would put a file in the place of /dev/stdout.
  return there === 'other' ? noPlace(path, 'it is not a regular file, and would be replaced') : undefined
}

function noPlace(path: string, why: string): Problem {
  return {
    code: 'BUNDLE_NOT_WRITTEN',
    message: `The bundle cannot be written to ${path}: ${why}.`,
    hint: 'Name a file in an existing directory: go-proxy-setup bundle -o modules.tar',
  }
}

/** In the order of their names' bytes, which is the archive's. */
function membersOf({ store, go }: BundleSource): readonly MemberSource[] {
  const ofGo =
    go === undefined
      ? []
      : [
          { name: `${MODULES}/${objectPath(go.module, 'zip') ?? ''}`, file: go.path },
          ...[...go.proof.answers].map(([path, text]) => ({ name: proofName(go.proof.database, path), text })),
        ]
  return [
    ...[...TEXTS].map(([name, text]) => ({ name, text })),
    ...store.files.map(({ target }) => ({ name: `${MODULES}/${target}`, file: join(store.path, target) })),
    ...[...listsOf(store.files)].map(([target, text]) => ({ name: `${MODULES}/${target}`, text })),
    ...ofGo,
  ].sort((a, b) => Buffer.from(a.name).compare(Buffer.from(b.name)))
}

function sumsOf({ store, go }: BundleSource): readonly string[] {
  const lines = store.files.flatMap(({ kind, module, hash }) =>
    kind === 'info' || hash === undefined ? [] : [`${sumKey(module, kind)} ${hash}`],
  )
  const ofGo = go === undefined ? [] : [`${sumKey(go.module, 'zip')} ${go.h1}`]
  return [...new Set([...lines, ...ofGo])].sort((a, b) => Buffer.from(a).compare(Buffer.from(b)))
}

async function describe(member: MemberSource, files: Files): Promise<Omit<BundledFile, 'name'>> {
  if ('text' in member) {
    const bytes = bytesOf(member.text)
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  const { bytes, sha256 } = await readMember(member, files)
  return { bytes, sha256 }
}

function bytesOf(text: string | Buffer): Buffer {
  return typeof text === 'string' ? Buffer.from(text) : text
}

async function readMember(
  member: Extract<MemberSource, { file: string }>,
  files: Files,
  onPiece?: (piece: Buffer) => unknown,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const file = await files.open(member.file)
  if (file === undefined) throw Object.assign(new Error(`${member.name} is gone`), { code: 'ENOENT' })
  try {
    return await digestOf(piecesOf(file), onPiece)
  } finally {
    await file.close()
  }
}

/** @returns undefined where we were stopped */
async function writeArchive(
  path: string,
  members: readonly MemberSource[],
  described: readonly BundledFile[],
  { files, signal }: BundleWorld,
): Promise<Omit<WrittenBundle, 'members'> | undefined> {
  const known = new Map(described.map(one => [one.name, one]))
  const archive = openArchive(await files.create(path))
  try {
    for (const member of members) {
      if (signal.aborted) return undefined
      const { name } = member
      const text = 'text' in member ? bytesOf(member.text) : undefined
      const bytes = text?.length ?? known.get(name)?.bytes ?? 0
      await archive.write(tarHeader(name, bytes))
      if (text !== undefined) await archive.write(text)
      else if ('file' in member) {
        const { sha256 } = await readMember(member, files, archive.write)
        if (sha256 !== known.get(name)?.sha256) throw Object.assign(new Error(`${name} changed`), { code: 'CHANGED' })
      }
      await archive.write(tarPadding(bytes))
    }
    await archive.write(tarEnd())
    return archive.digest()
  } finally {
    await archive.close()
  }
}

function openArchive(file: NewFile) {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    async write(chunk: Buffer): Promise<void> {
      hash.update(chunk)
      bytes += chunk.length
      await file.write(chunk)
    },
    digest: () => ({ bytes, sha256: hash.digest('hex') }),
    close: () => file.close(),
  }
}

const STOPPED = stoppedBefore('the bundle was written')

function notWritten(path: string, error: unknown): Problem {
  return {
    code: 'BUNDLE_NOT_WRITTEN',
    message: `The bundle could not be written to ${path}: ${whyNotWritten(error)}.`,
    hint: 'Name a file in an existing directory that has space and that this user may write to.',
  }
}
