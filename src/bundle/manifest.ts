import { failed, ok, type Problem, type Result } from '../errors.ts'
import { parseGoSum } from '../go/gosum.ts'
import { MAX_BYTES } from '../objects/verify.ts'
import { showCharacters } from '../text/characters.ts'
import { goIn, parseMember, sumKeyOf, TOOLCHAIN } from './members.ts'

/** What a bundle says of itself. */
export interface Manifest {
  /** Lines of go.sum, and such a line of Go where that is in it. */
  readonly sums: readonly string[]
  /** Every other member, in the order in which they stand in the archive. */
  readonly files: readonly BundledFile[]
}

export interface BundledFile {
  readonly name: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

const FORMAT = 'go-proxy-setup bundle'
const VERSION = 1
/** Of a manifest: some 200 for each of 100,000 files. */
export const MOST_MANIFEST_BYTES = 32 << 20
const MOST_FILES = 200_000
const TEXT_BYTES = 64 << 10

export function renderManifest({ sums, files }: Manifest): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, sums, files }, undefined, 1)}\n`
}

/**
 * Reads a manifest, which an attacker may have written: each file in it has a name that a bundle can have, and each zip and
 * go.mod file a line of go.sum.
 */
export function readManifest(text: string): Result<Manifest> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failed(notABundle('its manifest is not JSON'))
  }
  const { format, version, sums, files } = Object(value) as Readonly<Record<string, unknown>>
  if (format !== FORMAT) return failed(notABundle('its manifest is not that of a bundle'))
  if (version !== VERSION)
    return failed({
      ...notABundle(
        `it is a bundle of version ${showCharacters(String(version)).slice(0, 20)}, and this program reads version ${VERSION}`,
      ),
      hint: 'Use the go-proxy-setup that made it, or a newer one.',
    })
  if (!isListOf(sums, isText) || !isListOf(files, isFile)) return failed(notABundle('its manifest is damaged'))
  const known = parseGoSum(sums.join('\n'))
  if (known.faults.length > 0 || known.hashes.size !== sums.length)
    return failed(notABundle('its manifest has a line that go.sum could not have, or has one twice'))
  // Only one is proven, so a second one would be taken on trust.
  const gos = [...known.hashes.keys()].filter(key => key.startsWith(`${TOOLCHAIN} `))
  if (gos.length > (goIn(known.hashes) === undefined ? 0 : 1))
    return failed(notABundle('its manifest has more than one Go, or one that cannot be proven'))
  const names = new Set<string>()
  for (const { name, bytes } of files) {
    const what = faultOf(name, bytes, known.hashes)
    if (what !== undefined || names.has(name))
      return failed(notABundle(`its manifest has ${showCharacters(name).slice(0, 200)}, ${what ?? 'twice'}`))
    names.add(name)
  }
  return ok({ sums, files })
}

function faultOf(name: string, bytes: number, sums: ReadonlyMap<string, string>): string | undefined {
  const member = parseMember(name)
  if (member === undefined) return 'which no bundle has'
  const most = member.kind === 'text' || member.kind === 'proof' ? TEXT_BYTES : MAX_BYTES[member.kind]
  if (bytes > most) return 'which is too large'
  const key = sumKeyOf(member)
  return key === undefined || sums.has(key) ? undefined : 'and no line of go.sum for it'
}

/** Of any list only so many entries are looked at. */
function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.length <= MOST_FILES && value.every(isOne)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2_000 && !/[\r\n]/.test(value)
}

function isFile(value: unknown): value is BundledFile {
  const { name, bytes, sha256 } = Object(value) as Partial<BundledFile>
  return isText(name) && Number.isSafeInteger(bytes) && Number(bytes) >= 0 && /^[0-9a-f]{64}$/.test(String(sha256))
}

/** @param what completes a sentence about the file */
export function notABundle(what: string): Problem {
  return {
    code: 'BUNDLE_NOT_READ',
    message: `The file is not a bundle, or is damaged: ${what}.`,
    hint: 'Name a file that `go-proxy-setup bundle -o FILE` made, and copy it again if it was copied.',
  }
}
