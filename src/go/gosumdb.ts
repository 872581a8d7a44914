import { failed, ok, type Result } from '../errors.ts'
import type { ModuleVersion } from './module.ts'
import { hasControls, openNote, parseVerifierKey } from './note.ts'

/** A GOSUMDB value. Source: `go help module-auth`, golang.org/x/mod/sumdb/note. */
export type Gosumdb =
  | { readonly kind: 'off' }
  | {
      readonly kind: 'database'
      readonly name: string
      /** `name+hash+key`. */
      readonly verifierKey: string
      /** Set when the value names a URL: then go asks it alone, never a proxy. */
      readonly url: string | undefined
    }

/** The key that is built into the go command. */
const BUILT_IN_KEY = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
export const OFFICIAL_SUMDB = 'sum.golang.org'
/** Google's own alias of the database for where the first name is blocked; known to the go command. */
export const ALIAS_SUMDB = 'sum.golang.google.cn'

export function parseGosumdb(text: string): Result<Gosumdb> {
  const fields = text.trim().split(/\s+/)
  const [first = '', url] = fields
  if (first === '' && fields.length === 1) return parseGosumdb(OFFICIAL_SUMDB)
  if (fields.length > 2) return gosumdbFault('it has more than two words')
  if (url !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url)))
    return gosumdbFault('its second word is not a URL')
  // go knows both only where nothing stands behind them, and takes them for keys then.
  if (url !== undefined && (first === 'off' || first === ALIAS_SUMDB)) return gosumdbFault(`${first} stands alone`)
  if (first === 'off') return ok({ kind: 'off' })
  if (first === ALIAS_SUMDB)
    return ok({
      kind: 'database',
      name: OFFICIAL_SUMDB,
      verifierKey: BUILT_IN_KEY,
      url: `https://${ALIAS_SUMDB}`,
    })
  const verifierKey = first === OFFICIAL_SUMDB ? BUILT_IN_KEY : first
  const key = parseVerifierKey(verifierKey)
  if (key === undefined)
    return gosumdbFault('its first word is neither off, sum.golang.org, sum.golang.google.cn nor name+hash+key')
  return ok({ kind: 'database', name: key.name, verifierKey, url })
}

function gosumdbFault(what: string) {
  return failed({
    code: 'GOSUMDB_SYNTAX',
    message: `The GOSUMDB value is not valid: ${what}.`,
    hint: 'Allowed: off, sum.golang.org, or name+hash+key; all but off may have a URL after a space.',
  })
}

/** What a good lookup says: the two go.sum hashes of the module, under the database's signature over the tree. */
export interface LookupRecord {
  readonly zip: string
  readonly mod: string
}

/** `path@version`, escaped, below `/lookup/`. That the record is in the tree is proven by `sumdb/`, and by go. */
export function parseLookup(body: string, module: ModuleVersion, verifierKey: string): Result<LookupRecord> {
  const record = parseRecord(body)
  if (record === undefined) return lookupFault('it has the wrong form')
  if (!isSignedNote(record.note, verifierKey)) return lookupFault('its signature is not the database’s')
  const found = findHashes(record.text, module)
  return found === undefined ? lookupFault('it is about another module') : ok(found)
}

function lookupFault(what: string) {
  return failed({
    code: 'SUMDB_LOOKUP',
    message: `The checksum database sent an invalid answer: ${what}.`,
    hint: 'Ask the database itself instead of a mirror of it.',
  })
}

/** An answer to a lookup, taken apart: nothing in it is believed yet. */
export interface DatabaseRecord {
  /** Its place in the tree, from 0. */
  readonly id: number
  /** go.sum lines, with the last line break: what the tree has the hash of. */
  readonly text: string
  /** The signed head of a tree that has the record. */
  readonly note: string
}

/** Source: golang.org/x/mod/sumdb/tlog (ParseRecord). */
export function parseRecord(body: string): DatabaseRecord | undefined {
  const [, number = '', rest = ''] = /^\+?(\d{1,20})\n([\s\S]*)$/.exec(body) ?? []
  const id = Number(number)
  const end = rest.indexOf('\n\n')
  if (number === '' || !Number.isSafeInteger(id) || end < 0) return undefined
  const text = rest.slice(0, end + 1)
  return hasControls(text) ? undefined : { id, text, note: rest.slice(end + 2) }
}

/** What a record says of this module; as by go, the first h1 of each counts. */
export function findHashes(text: string, { path, version }: ModuleVersion): LookupRecord | undefined {
  const lines = text.split('\n')
  const find = (prefix: string) => lines.find(line => line.startsWith(`${prefix} h1:`))?.slice(prefix.length + 1)
  const [zip, mod] = [find(`${path} ${version}`), find(`${path} ${version}/go.mod`)]
  return zip && mod ? { zip, mod } : undefined
}

/** Whether a note (a tree head of `/latest`) carries this database's signature. */
export function isSignedNote(note: string, verifierKey: string): boolean {
  return openNote(note, verifierKey) !== undefined
}
