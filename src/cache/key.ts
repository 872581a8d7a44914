import { createHash } from 'node:crypto'

/** Goes up when an entry's contents mean something else. */
const SCHEMA = 2

/** What is asked for, and how an entry is named. Entries of one digest differ by their size alone. */
export interface CacheKeys {
  /** Of entries made for exactly these sums; ends with a dash, since their size follows. */
  readonly exact: string
  /** Of any entry whose files may help. */
  readonly prefix: string
}

/** Modules are the same on every system and architecture, and so is an entry. */
export interface KeyMaterial {
  /** Lines of go.sum, or contents of the files that the user named; their order does not matter. */
  readonly lines: readonly string[]
  /** Whether private modules are in it: such entries are kept apart. */
  readonly withPrivate: boolean
}

export function cacheKeys({ lines, withPrivate }: KeyMaterial): CacheKeys {
  const prefix = `go-proxy-setup-${SCHEMA}${withPrivate ? '-private' : ''}-`
  const hash = createHash('sha256')
  // Each behind its length: no two lists of lines give the same bytes.
  for (const line of [...new Set(lines)].sort()) hash.update(`${Buffer.byteLength(line)} ${line}\n`)
  return { exact: `${prefix}${hash.digest('hex').slice(0, 32)}-`, prefix }
}

/**
 * The name of one entry. Its size stands in it, so that a look-up tells how much there is to fetch.
 * @param again set when the entry of the usual name is no good: entries cannot be replaced, and the newest one counts
 */
export function entryKey({ exact }: CacheKeys, bytes: number, again?: string): string {
  return `${exact}${bytes}${again === undefined ? '' : `-${again}`}`
}

/** The size in an entry's name; undefined for a name that is none of ours. */
export function bytesInKey(key: string, { prefix }: CacheKeys): number | undefined {
  const [, digits] = /^[0-9a-f]{32}-(\d{1,13})(?:-[0-9a-f]{1,16})?$/.exec(key.slice(prefix.length)) ?? []
  return key.startsWith(prefix) && digits !== undefined ? Number(digits) : undefined
}
