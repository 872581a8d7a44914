import { join } from 'node:path'
import type { Files, OpenFile } from '../effects.ts'
import { sumKey } from '../go/gosum.ts'
import { readAhead } from '../go/zip.ts'
import { type Content, MAX_BYTES, verify } from '../objects/verify.ts'
import type { CacheFile } from './select.ts'

export type CheckedFile =
  | { readonly ok: true; readonly target: string; readonly bytes: number }
  /** `what`: in plain words. */
  | { readonly ok: false; readonly target: string; readonly what: string }

/**
 * Whether a file below `directory` is what go.sum says; undefined when it is not there.
 * A hash is compared where go.sum has one; `.info`, which has none, must at least name its version.
 */
export async function checkFile(
  file: CacheFile,
  directory: string,
  files: Pick<Files, 'open'>,
): Promise<CheckedFile | undefined> {
  const { target, kind, module, hash } = file
  if (hash === undefined && kind !== 'info') return { ok: false, target, what: 'go.sum has no line for it' }
  const opened = await files.open(join(directory, target))
  if (opened === undefined) return undefined
  try {
    if (opened.size > MAX_BYTES[kind]) return { ok: false, target, what: 'it is too large' }
    const route = { kind, module, target }
    const sums = new Map(hash === undefined || kind === 'info' ? [] : [[sumKey(module, kind), hash]])
    const verified = await verify(route, contentOf(opened), sums, true)
    return verified.ok ? { ok: true, target, bytes: opened.size } : { ok: false, target, what: verified.what }
  } finally {
    await opened.close()
  }
}

/** In large pieces, for most files are small and the order of reading is the file's. */
function contentOf(opened: OpenFile): Content {
  return { ...readAhead(opened), whole: () => opened.read(0, opened.size) }
}

/** An `.info` with nothing in it but what go needs: its origin, a place in a repository, cannot be verified here. */
export function plainInfo(text: string): string {
  const { Version, Time } = JSON.parse(text) as Readonly<Record<string, unknown>>
  const isTime = typeof Time === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(Time)
  return JSON.stringify({ Version, ...(isTime && { Time }) })
}
