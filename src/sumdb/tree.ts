import { decodeBase64, openNote } from '../go/note.ts'
import { HASH_BYTES } from './tile.ts'

/** A tree head that the database has signed. */
export interface SignedTree {
  /** How many records it has: a safe integer. */
  readonly size: number
  /** Its root, in base64. */
  readonly hash: string
  /** The signed note, as go keeps it in GOPATH/pkg/sumdb/NAME/latest. */
  readonly note: string
}

const MAX_TEXT = 1e6

/** undefined when it is not signed by this key, or is no tree head. Source: golang.org/x/mod/sumdb/tlog (ParseTree). */
export function readSignedTree(note: string, verifierKey: string): SignedTree | undefined {
  const text = openNote(note, verifierKey)
  if (text === undefined || text.length > MAX_TEXT) return undefined
  const [, digits = '', hash = ''] = /^go\.sum database tree\n(0|[1-9]\d{0,15})\n([^\n]+)\n/.exec(text) ?? []
  const size = Number(digits)
  const isTree = digits !== '' && Number.isSafeInteger(size) && decodeBase64(hash)?.length === HASH_BYTES
  return isTree ? { size, hash, note } : undefined
}
