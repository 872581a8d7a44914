import { sumKey } from '../go/gosum.ts'
import { hashGoMod, hashZip, readModuleZip } from '../go/h1.ts'
import { faultOfRevInfo } from '../go/rev-info.ts'
import { MAX_ZIP_BYTES, type ZipSource } from '../go/zip.ts'
import type { ModuleRoute } from './object.ts'

/** go's own size limits; those of list, latest and info are ours, because go reads them whole into memory. */
export const MAX_BYTES = {
  list: 16 << 20,
  latest: 1 << 20,
  info: 1 << 20,
  mod: 16 << 20,
  zip: MAX_ZIP_BYTES,
  sumdb: 1 << 20,
}

/** What content was verified against. */
export type Proof = 'go.sum' | 'structure'

export type Verified =
  | { readonly ok: true; readonly proof: Proof }
  /** `wrong`: contradicts go.sum. `invalid`: not such an object at all (a login page, half a file). */
  | {
      readonly ok: false
      readonly fault: 'wrong' | 'invalid'
      readonly what: string
      readonly digest?: string
      /** Not damaged on the way: a retry a moment later would bring the same. */
      readonly settled?: boolean
    }

/** Content, small or spooled. */
export interface Content extends ZipSource {
  /** All of it; only asked of what is small. */
  whole(): Promise<Buffer>
}

/**
 * Whether content is what was asked for. What has a go.sum line must have that hash; all must have the right form.
 * @param unpack whether zips are unpacked for their hash, which is most of the work. go does it again anyway, so it
 * may be left to go where a wrong zip is not expected and a retry can still replace it.
 */
export async function verify(
  route: ModuleRoute,
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
      return verifyInfo(await content.whole(), route.module.path, route.module.version)
    case 'latest':
      return verifyInfo(await content.whole(), route.path, undefined)
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
  if (!checked.ok) return invalid(checked.problems[0]?.message ?? 'it is not a module zip')
  return typeof checked.value === 'string' ? compareHash(checked.value, expected) : STRUCTURE
}

function verifyGoMod(bytes: Buffer, expected: string | undefined): Verified {
  const text = decodeUtf8(bytes)
  const isGoMod = text !== undefined && /^\s*module[\s(]/m.test(text) && !looksLikeHtml(text)
  if (expected === undefined) return isGoMod ? STRUCTURE : invalid('it is not a go.mod file')
  const compared = compareHash(hashGoMod(bytes), expected)
  // Half a file is a transfer error, not a sign of forgery.
  return compared.ok || (isGoMod && isWhole(text)) ? compared : invalid('it is not a complete go.mod file')
}

/** Ends with a newline, outside of every block. */
function isWhole(text: string): boolean {
  return text.endsWith('\n') && text.split('(').length === text.split(')').length
}

/** What go accepts counts as right: go.sum has no lines for these answers. */
function verifyInfo(bytes: Buffer, modulePath: string, query: string | undefined): Verified {
  const fault = faultOfRevInfo(bytes.toString('utf8'), modulePath, query)
  if (fault === undefined) return STRUCTURE
  return { ...invalid(fault.what), settled: fault.fault === 'meaning' }
}

/** go skips lines that are not versions; a web page instead of the list is a failure. */
function verifyList(bytes: Buffer): Verified {
  const text = bytes.toString('latin1')
  return looksLikeHtml(text) || text.includes('\0') ? invalid('it is not a list of versions') : STRUCTURE
}

const STRUCTURE: Verified = { ok: true, proof: 'structure' }

/** @param expected what go.sum has; undefined: it has no line */
export function compareHash(hash: string, expected: string | undefined): Verified {
  if (expected === undefined) return STRUCTURE
  if (hash === expected) return { ok: true, proof: 'go.sum' }
  return { ok: false, fault: 'wrong', what: `its hash is ${hash}, go.sum has ${expected}`, digest: hash }
}

function invalid(what: string): Extract<Verified, { ok: false }> {
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
