import { createHash, createPublicKey, verify } from 'node:crypto'

/** Who signs notes, and with which key. */
interface VerifierKey {
  readonly name: string
  readonly hash: Buffer
  readonly publicKey: Buffer
}

/** `name+hash+key`. The hash is the beginning of that of name and key. Source: golang.org/x/mod/sumdb/note (NewVerifier). */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name = '', hash = '', key = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/i.exec(text) ?? []
  const bytes = decodeBase64(key)
  if (name === '' || bytes?.length !== 33 || bytes[0] !== ED25519) return undefined
  const expected = createHash('sha256').update(`${name}\n`).update(bytes).digest().subarray(0, 4)
  return expected.toString('hex') === hash.toLowerCase()
    ? { name, hash: expected, publicKey: bytes.subarray(1) }
    : undefined
}

const ED25519 = 1
/** DER prefix of an Ed25519 public key (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const SIGNATURE_BYTES = 64
const MAX_SIGNATURES = 100

/**
 * The text of a signed note, with its last line break, if this key signed it. A note is text, an empty line, and
 * signatures: `— name base64(hash ‖ signature)`. Those of other keys count for nothing, but must have the form; of two
 * by this key the first counts. Source: golang.org/x/mod/sumdb/note (Open); base64 is taken in its one right spelling only.
 */
export function openNote(note: string, verifierKey: string): string | undefined {
  const key = parseVerifierKey(verifierKey)
  const end = note.lastIndexOf('\n\n')
  if (key === undefined || end < 0 || !note.endsWith('\n') || hasControls(note)) return undefined
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.slice(0, MAX_SIGNATURES).map(parseSignature)
  if (lines.length > MAX_SIGNATURES || signatures.includes(undefined)) return undefined
  const own = signatures.find(one => one?.name === key.name && one.hash.equals(key.hash))
  if (own?.signature.length !== SIGNATURE_BYTES) return undefined
  const der = Buffer.concat([ED25519_PREFIX, key.publicKey])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), publicKey, own.signature) ? text : undefined
}

/** ASCII control characters other than the line break. */
export function hasControls(text: string): boolean {
  return /[\0-\x09\x0b-\x1f]/.test(text)
}

function parseSignature(line: string) {
  const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? []
  const bytes = decodeBase64(encoded)
  if (name === undefined || bytes === undefined || bytes.length < 5) return undefined
  return { name, hash: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}

/** undefined for all but the one right spelling; Node by itself passes over what does not belong. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
