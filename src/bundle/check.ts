import { createHash } from 'node:crypto'
import type { Files, OpenFile } from '../effects.ts'
import { codeOf, failed, ok, type Problem, type Result, stoppedBefore, whyNotRead } from '../errors.ts'
import { parseGoSum } from '../go/gosum.ts'
import { readAhead } from '../go/zip.ts'
import { type Content, verify } from '../objects/verify.ts'
import { listsOf } from '../store/contents.ts'
import { readTar, TarError } from '../transfer/tar.ts'
import { piecesOf } from './digest.ts'
import { type BundledFile, type Manifest, MOST_MANIFEST_BYTES, notABundle, readManifest } from './manifest.ts'
import { type BundledGo, type BundleMember, goIn, MANIFEST, parseMember } from './members.ts'
import { findUnproven } from './proof.ts'

/** A bundle that is what its manifest says, all of it. */
export interface CheckedBundle {
  readonly manifest: Manifest
  /** Where in the file each member's content is. */
  readonly places: ReadonlyMap<string, number>
  readonly go: BundledGo | undefined
  readonly bytes: number
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string
}

export interface CheckWorld {
  readonly files: Pick<Files, 'open' | 'realPath' | 'kind'>
  /** GOSUMDB: whose key proves a Go. */
  readonly gosumdb: string
  /** Aborts when we are stopped. */
  readonly signal: AbortSignal
}

/** So many wrong members are named. */
const NAMED = 20

/**
 * Whether a file is a bundle, and every member the one that its manifest names, with the hash that go.sum has of it. Its
 * content is not trusted until then: nothing is unpacked, and no name in it leads anywhere.
 * @param work called with the open file where it is
 */
export async function withBundle<T>(
  path: string,
  world: CheckWorld,
  work: (bundle: CheckedBundle, file: OpenFile) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openBundle(path, world.files)
  if (!opened.ok) return opened
  const file = opened.value
  try {
    const checked = await check(file, world)
    return checked.ok ? await work(checked.value, file) : failed(...checked.problems.map(one => named(one, path)))
  } finally {
    await file.close()
  }
}

async function openBundle(path: string, files: CheckWorld['files']): Promise<Result<OpenFile>> {
  try {
    // A link of the user's own is followed.
    const file = await files.open((await files.realPath(path)) ?? path)
    if (file !== undefined) return ok(file)
    const kind = await files.kind(path)
    if (kind === 'other') return failed(unreadable(path, 'it is not a regular file'))
    return failed(unreadable(path, whyNotRead(kind === 'directory' ? 'EISDIR' : 'ENOENT')))
  } catch (error) {
    return failed(unreadable(path, whyNotRead(codeOf(error))))
  }
}

async function check(file: OpenFile, { signal, gosumdb }: CheckWorld): Promise<Result<CheckedBundle>> {
  const whole = createHash('sha256')
  const read = await readMembers(hashing(piecesOf(file), whole, signal))
  if (signal.aborted) return failed(STOPPED)
  if (!read.ok) return read
  const { manifest, places, faults } = read.value
  const sums = parseGoSum(manifest.sums.join('\n')).hashes
  const lists = listsIn(manifest)
  for (const one of manifest.files) {
    if (signal.aborted) return failed(STOPPED)
    const at = places.get(one.name)
    if (at === undefined || faults.some(({ name }) => name === one.name)) continue
    const what = await faultInContent(one, contentAt(file, at, one.bytes), { sums, lists })
    if (what !== undefined) faults.push({ name: one.name, what })
  }
  if (faults.length > 0) return failed(...tellFaults(faults))
  const go = goIn(sums)
  const unproven =
    go === undefined ? undefined : await findUnproven(go, gosumdb, readerIn(manifest, places, file), signal)
  if (unproven !== undefined) return failed(unproven)
  return ok({ manifest, places, go, bytes: file.size, sha256: whole.digest('hex') })
}

async function* hashing(
  pieces: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  for await (const piece of pieces) {
    if (signal.aborted) return
    hash.update(piece)
    yield piece
  }
}

interface MemberFault {
  readonly name: string
  /** Completes a sentence that begins with the member. */
  readonly what: string
}

interface ReadMembers {
  readonly manifest: Manifest
  readonly places: ReadonlyMap<string, number>
  readonly faults: MemberFault[]
}

/** Reads the archive once, and holds each member against the manifest, which comes first. */
async function readMembers(pieces: AsyncIterable<Buffer>): Promise<Result<ReadMembers>> {
  const places = new Map<string, number>()
  const faults: MemberFault[] = []
  let manifest: Manifest | undefined
  let known = new Map<string, BundledFile>()
  let begun: { readonly name: string; readonly text: Buffer[] | undefined } | undefined
  let hash = createHash('sha256')
  try {
    for await (const event of readTar(pieces)) {
      if (event.kind === 'file') {
        const { name, bytes, at } = event
        if (manifest === undefined && (name !== MANIFEST || bytes > MOST_MANIFEST_BYTES))
          return failed(notABundle('it does not begin with a manifest'))
        if (places.has(name)) return failed(notABundle(`${nameMember(name)} is there twice`))
        places.set(name, at)
        begun = { name, text: manifest === undefined ? [] : undefined }
        hash = createHash('sha256')
        const what = manifest && faultInHeader(bytes, known.get(name))
        if (what !== undefined) faults.push({ name, what })
        if (faults.length >= NAMED) return failed(...tellFaults(faults))
      } else if (event.kind === 'data') {
        hash.update(event.chunk)
        begun?.text?.push(event.chunk)
      } else if (begun?.text !== undefined) {
        const read = readManifest(Buffer.concat(begun.text).toString('utf8'))
        if (!read.ok) return read
        manifest = read.value
        known = new Map(manifest.files.map(one => [one.name, one]))
      } else if (begun !== undefined) {
        const expected = known.get(begun.name)
        const isTold = faults.at(-1)?.name === begun.name
        if (!isTold && expected !== undefined && hash.digest('hex') !== expected.sha256)
          faults.push({ name: begun.name, what: 'has another SHA-256 than the manifest says' })
      }
    }
  } catch (error) {
    if (!(error instanceof TarError)) throw error
    return failed(notABundle(error.message))
  }
  if (manifest === undefined) return failed(notABundle('it is empty'))
  const missing = manifest.files.filter(({ name }) => !places.has(name))
  faults.push(...missing.map(({ name }) => ({ name, what: 'is missing' })))
  return ok({ manifest, places, faults })
}

/** What is wrong with a member as its header has it. @param expected what the manifest says of it */
function faultInHeader(bytes: number, expected: BundledFile | undefined): string | undefined {
  if (expected === undefined) return 'is not in the manifest'
  return expected.bytes === bytes ? undefined : `has ${bytes} bytes, and the manifest says ${expected.bytes}`
}

/** The content of a small member by its name; undefined: there is none. */
function readerIn({ files }: Manifest, places: ReadonlyMap<string, number>, file: OpenFile) {
  const known = new Map(files.map(({ name, bytes }) => [name, bytes]))
  return async (name: string): Promise<Buffer | undefined> => {
    const [at, bytes] = [places.get(name), known.get(name)]
    return at === undefined || bytes === undefined ? undefined : file.read(at, bytes)
  }
}

/** The list of each module's versions as it has to be, by target. */
function listsIn({ files }: Manifest): ReadonlyMap<string, string> {
  return listsOf(
    files.flatMap(({ name }) => {
      const member = parseMember(name)
      return member?.kind === 'zip' ? [member] : []
    }),
  )
}

function contentAt(file: OpenFile, at: number, bytes: number): Content {
  const part = {
    size: bytes,
    read: (offset: number, length: number) => file.read(at + offset, Math.min(length, bytes - offset)),
  }
  return { ...readAhead(part), whole: () => part.read(0, bytes) }
}

/** Whether the content of a member that is as the manifest says is what go will take it for. */
async function faultInContent(
  { name }: BundledFile,
  content: Content,
  { sums, lists }: { readonly sums: ReadonlyMap<string, string>; readonly lists: ReadonlyMap<string, string> },
): Promise<string | undefined> {
  const member = parseMember(name)
  if (member === undefined || member.kind === 'proof') return undefined
  if (member.kind === 'text')
    return (await content.whole()).toString('utf8') === member.text ? undefined : 'is not the text of such a bundle'
  if (member.kind === 'list') {
    const isRight = (await content.whole()).toString('utf8') === lists.get(member.target)
    return isRight ? undefined : 'does not name the versions that the bundle has'
  }
  const verified = await verify(member, content, sums, true)
  return verified.ok ? undefined : `is not what go.sum says: ${verified.what}`
}

function tellFaults(faults: readonly MemberFault[]): readonly Problem[] {
  const shown = faults.slice(0, NAMED)
  const more = faults.length - shown.length
  return shown.map(({ name, what }, i) => ({
    code: 'BUNDLE_WRONG',
    message: `${nameMember(name)} ${what}${i === shown.length - 1 && more > 0 ? `; ${more} more are wrong` : ''}.`,
    hint: 'Copy the bundle again, or make it again. Nothing of it was used.',
  }))
}

/** A problem of the file as a whole, with its name. */
function named(problem: Problem, path: string): Problem {
  if (problem.code !== 'BUNDLE_NOT_READ') return problem
  return { ...problem, message: problem.message.replace(/^The file /, () => `${path} `) }
}

/** The module and which file of it; other members by their name. */
function nameMember(name: string): string {
  const member = parseMember(name)
  const what = member === undefined ? undefined : describeMember(member)
  return what === undefined ? `The member ${name.slice(0, 200)}` : `${what} (${name})`
}

function describeMember(member: BundleMember): string | undefined {
  switch (member.kind) {
    case 'text':
    case 'proof':
      return undefined
    case 'list':
      return `The list of versions of ${member.target.slice(0, -'/@v/list'.length)}`
    default: {
      const { path, version } = member.module
      return `${{ zip: 'The zip', mod: 'The go.mod file', info: 'The .info file' }[member.kind]} of ${path} ${version}`
    }
  }
}

const STOPPED = stoppedBefore('the bundle was checked')

function unreadable(path: string, why: string): Problem {
  return {
    code: 'BUNDLE_NOT_READ',
    message: `${path} cannot be read: ${why}.`,
    hint: 'Name a file that `go-proxy-setup bundle -o FILE` made.',
  }
}
