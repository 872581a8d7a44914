/**
 * The form of go's build cache. Source: cmd/go/internal/cache, `fileName`, `putIndexEntry`, `get` (Go 1.21 to 1.26): for
 * each action a file that names its output and the output's size, for each output a file named after its SHA-256.
 */
export type EntryKind = 'action' | 'output'

export interface EntryName {
  readonly kind: EntryKind
  /** Of an action its id, of an output the SHA-256 of its content; 64 digits. */
  readonly hash: string
}

const SUFFIX: Readonly<Record<EntryKind, string>> = { action: 'a', output: 'd' }

/** @param name relative to GOCACHE, with slashes  @returns undefined for every other name */
export function parseEntryName(name: string): EntryName | undefined {
  const [, place, hash, suffix] = /^([0-9a-f]{2})\/([0-9a-f]{64})-([ad])$/.exec(name) ?? []
  if (hash === undefined || place === undefined || !hash.startsWith(place)) return undefined
  return { kind: suffix === 'a' ? 'action' : 'output', hash }
}

export function entryName({ kind, hash }: EntryName): string {
  return `${hash.slice(0, 2)}/${hash}-${SUFFIX[kind]}`
}

/** What an action's file says. */
export interface Action {
  readonly id: string
  /** SHA-256 of the output. */
  readonly output: string
  readonly bytes: number
  /** When it was made, by the calendar of the machine that made it; milliseconds. */
  readonly madeMs: number
}

/** `v1 ID OUTPUT SIZE TIME\n`, the numbers 20 wide, the time in nanoseconds. */
export const ACTION_BYTES = 175

/** @param id that the file's name gives  @returns undefined where go would not read it either */
export function parseAction(content: Uint8Array, id: string): Action | undefined {
  if (content.length !== ACTION_BYTES) return undefined
  const text = Buffer.from(content).toString('latin1')
  const [, own, output, size = '', time = ''] =
    /^v1 ([0-9a-f]{64}) ([0-9a-f]{64}) ( *\d{1,20}) ( *\d{1,20})\n$/.exec(text) ?? []
  if (own !== id || output === undefined || size.length !== 20 || time.length !== 20) return undefined
  const bytes = Number(size)
  const madeMs = Number(BigInt(time.trim()) / 1_000_000n)
  return Number.isSafeInteger(bytes) ? { id, output, bytes, madeMs } : undefined
}
