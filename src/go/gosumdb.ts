import { createHash, createPublicKey, verify } from 'node:crypto'
import { failed, ok, type Result } from '../errors.ts'
import type { ModuleVersion } from './module.ts'

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

interface VerifierKey {
  readonly name: string
  readonly hash: Buffer
  readonly publicKey: Buffer
}

function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name = '', hash = '', key = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? []
  const bytes = decodeBase64(key)
  if (name === '' || bytes?.length !== 33 || bytes[0] !== 1) return undefined
  const expected = createHash('sha256').update(`${name}\n`).update(bytes).digest().subarray(0, 4)
  return expected.toString('hex') === hash ? { name, hash: expected, publicKey: bytes.subarray(1) } : undefined
}

/** undefined for all but the one right spelling; Node by itself passes over what does not belong. */
function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** What a good lookup says: the two go.sum hashes of the module, under the database's signature over the tree. */
export interface LookupRecord {
  readonly zip: string
  readonly mod: string
}

/** `path@version`, escaped, below `/lookup/`. */
export function parseLookup(body: string, module: ModuleVersion, verifierKey: string): Result<LookupRecord> {
  const parts = /^\d+\n((?:[^\n]+\n)+)\n([\s\S]+)$/.exec(body)
  const key = parseVerifierKey(verifierKey)
  if (!parts || !key) return lookupFault('it has the wrong form')
  const [, record = '', note = ''] = parts
  if (!hasValidSignature(note, key)) return lookupFault('its signature is not the database’s')
  const lines = record.split('\n')
  const find = (prefix: string) => lines.find(line => line.startsWith(`${prefix} h1:`))?.slice(prefix.length + 1)
  const zip = find(`${module.path} ${module.version}`)
  const mod = find(`${module.path} ${module.version}/go.mod`)
  return zip && mod ? ok({ zip, mod }) : lookupFault('it is about another module')
}

function lookupFault(what: string) {
  return failed({
    code: 'SUMDB_LOOKUP',
    message: `The checksum database sent an invalid answer: ${what}.`,
    hint: 'Ask the database itself instead of a mirror of it.',
  })
}

/** Whether a note (a tree head of `/latest`) carries this database's signature. */
export function isSignedNote(note: string, verifierKey: string): boolean {
  const key = parseVerifierKey(verifierKey)
  return key !== undefined && hasValidSignature(note, key)
}

/** DER prefix of an Ed25519 public key (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** A signed note: text ending in a newline, an empty line, `— name base64(hash ‖ signature)` lines. */
function hasValidSignature(note: string, key: VerifierKey): boolean {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return false
  const signed = note.slice(0, end + 1)
  const publicKey = createPublicKey({
    key: Buffer.concat([ED25519_PREFIX, key.publicKey]),
    format: 'der',
    type: 'spki',
  })
  return note
    .slice(end + 2)
    .split('\n')
    .some(line => {
      const [, name, encoded = ''] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
      const bytes = decodeBase64(encoded)
      if (name !== key.name || bytes?.length !== 68 || !bytes.subarray(0, 4).equals(key.hash)) return false
      return verify(null, Buffer.from(signed), publicKey, bytes.subarray(4))
    })
}
