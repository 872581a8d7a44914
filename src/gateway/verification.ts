import { sumKey } from '../go/gosum.ts'
import { hashGoMod, hashZip, readModuleZip } from '../go/h1.ts'
import { MAX_ZIP_BYTES, type ZipSource } from '../go/zip.ts'
import type { Route } from './route.ts'

/** Size limits of go itself; list and info are ours: go reads them whole into memory. */
export const MAX_BYTES = {
  list: 16 << 20,
  latest: 1 << 20,
  info: 1 << 20,
  mod: 16 << 20,
  zip: MAX_ZIP_BYTES,
  sumdb: 1 << 20,
}

/** How content was found to be right. */
export type Proof = 'go.sum' | 'structure'

export type Verified =
  | { readonly ok: true; readonly proof: Proof }
  /** `wrong`: contradicts go.sum. `invalid`: no such object at all (a login page, half a file). */
  | { readonly ok: false; readonly fault: 'wrong' | 'invalid'; readonly what: string; readonly digest?: string }

/** Content, small or spooled. */
export interface Content extends ZipSource {
  /** All of it; only asked of what is small. */
  whole(): Promise<Buffer>
}

/**
 * Whether content is what was asked for. What has a go.sum line must have that hash; all must have the right shape.
 * @param unpack whether zips are unpacked for their hash, which is most of the work. go does it again anyway, so it
 * may be left to go where a wrong zip is not expected and can still be mended.
 */
export async function verify(
  route: Exclude<Route, { kind: 'sumdb' }>,
  content: Content,
  sums: ReadonlyMap<string, string>,
  unpack: boolean,
): Promise<Verified> {
  switch (route.kind) {
    case 'zip':
      return verifyZip(route.module, content, unpack ? sums.get(sumKey(route.module, 'zip')) : undefined)
    case 'mod':
      return verifyGoMod(await content.whole(), sums.get(sumKey(route.module, 'mod')))
    case 'info':
      return verifyInfo(await content.whole(), route.module.version)
    case 'latest':
      return verifyInfo(await content.whole(), undefined)
    case 'list':
      return verifyList(await content.whole())
  }
}

async function verifyZip(
  module: { readonly path: string; readonly version: string },
  content: Content,
  expected: string | undefined,
): Promise<Verified> {
  const checked = expected === undefined ? await readModuleZip(content, module) : await hashZip(content, module)
  if (!checked.ok) return invalid(checked.problems[0]?.message ?? 'it is no module zip')
  return typeof checked.value === 'string' ? compareHash(checked.value, expected) : STRUCTURE
}

function verifyGoMod(bytes: Buffer, expected: string | undefined): Verified {
  const text = decodeUtf8(bytes)
  const isGoMod = text !== undefined && /^\s*module\s/m.test(text) && !looksLikeHtml(text)
  if (expected === undefined) return isGoMod ? STRUCTURE : invalid('it is no go.mod')
  const compared = compareHash(hashGoMod(bytes), expected)
  // Half a file is an accident, which may happen to anybody.
  return compared.ok || (isGoMod && isWhole(text)) ? compared : invalid('it is no whole go.mod')
}

/** Ends with a line, and outside of every block. */
function isWhole(text: string): boolean {
  return text.endsWith('\n') && text.split('(').length === text.split(')').length
}

function verifyInfo(bytes: Buffer, version: string | undefined): Verified {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    const named = typeof value === 'object' && value !== null && 'Version' in value ? value.Version : undefined
    if (typeof named !== 'string' || named === '') return invalid('it names no version')
    // A branch or a commit is asked for by its name, and answered with the version that it is.
    if (version === undefined || !isCanonicalVersion(version))
      return isCanonicalVersion(named) ? STRUCTURE : invalid('it names no version')
    return named === version ? STRUCTURE : invalid('it names another version')
  } catch {
    return invalid('it is no JSON')
  }
}

/** `v1.2.3`, with whatever may stand behind it: golang.org/x/mod/semver.Canonical. */
function isCanonicalVersion(version: string): boolean {
  return /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+incompatible)?$/.test(version)
}

function verifyList(bytes: Buffer): Verified {
  const lines = bytes.toString('latin1').split('\n')
  return lines.every(line => /^(v\d[0-9A-Za-z.+-]*)?(\s.*)?$/.test(line))
    ? STRUCTURE
    : invalid('it is no list of versions')
}

const STRUCTURE: Verified = { ok: true, proof: 'structure' }

/** @param expected what go.sum has; undefined: it has no line */
export function compareHash(hash: string, expected: string | undefined): Verified {
  if (expected === undefined) return STRUCTURE
  if (hash === expected) return { ok: true, proof: 'go.sum' }
  return { ok: false, fault: 'wrong', what: `its hash is ${hash}, go.sum has ${expected}`, digest: hash }
}

function invalid(what: string): Verified {
  return { ok: false, fault: 'invalid', what }
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function looksLikeHtml(text: string): boolean {
  return /^\s*<(!doctype|html|head|body|\?xml)/i.test(text)
}
