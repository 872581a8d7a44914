import { failed, ok, type Result } from '../errors.ts'
import { type Place, parsePlace } from '../places/place.ts'
import { type Given, inputProblem } from './given.ts'

/** One private key of `ssh-key`. */
export interface SshKey {
  /** Line of the input at which the key begins, from 1. */
  readonly line: number
  /** What it is for; undefined: every private host that no token is given for. */
  readonly place: Place | undefined
  /** Whole and well-formed, with its last line end. Empty: there is a heading and no key, as in runs without secrets. */
  readonly pem: string
}

/**
 * PEM blocks, each optionally after a line `host[:port][/path]:`; such a line alone is one whose secret is empty.
 * Usual damage to secrets is repaired: CRLF, `\n` written out, line ends that became spaces, a missing last one. No message holds a part of a key.
 */
export function parseSshKeys(given: Given): Result<readonly SshKey[]> {
  const text = withoutParameters(given.text.replace(/\r\n?/g, '\n').replaceAll('\\n', '\n'))
  const problem = (at: number, code: string, what: string, hint?: string) =>
    inputProblem(given, `SSH_KEY_${code}`, `line ${lineAt(text, at)}: ${what}`, { advice: hint })
  const keys: SshKey[] = []
  let from = 0
  for (const match of text.matchAll(BLOCK)) {
    const before = readHeadings(text, from, match.index)
    if (typeof before === 'string') return failed(problem(from, 'HEADING', before))
    const key = readKey(match[1] ?? '', match[2] ?? '')
    if ('fault' in key) return failed(problem(match.index, key.code, key.fault, key.hint))
    const place = before.at(-1)?.place
    keys.push(...before.slice(0, -1), { line: lineAt(text, match.index), place, pem: key.pem })
    from = match.index + match[0].length
  }
  const after = readHeadings(text, from, text.length)
  if (typeof after !== 'string' && keys.length + after.length > 0) return ok([...keys, ...after])
  return failed(problem(from, ...describeRest(text.slice(from))))
}

/** What `openssl ecparam -genkey` puts before a key, and ssh passes over; its lines still count. */
function withoutParameters(text: string): string {
  return text.replace(/-----BEGIN EC PARAMETERS-----[A-Za-z0-9+/=\s]*-----END EC PARAMETERS-----/g, block =>
    block.replace(/[^\n]+/g, ''),
  )
}

const BLOCK = /-----BEGIN ((?:[A-Z]+ )*PRIVATE KEY)-----(.*?)-----END \1-----/gs

function lineAt(text: string, index: number): number {
  const start = index + (/^\s*/.exec(text.slice(index))?.[0].length ?? 0)
  return text.slice(0, start).split('\n').length
}

/** The lines `host[:port][/path]:` of a stretch, each as a place without a key: only the last before a key has one. */
function readHeadings(text: string, from: number, to: number): readonly SshKey[] | string {
  const headings: SshKey[] = []
  const first = text.slice(0, from).split('\n').length
  for (const [i, raw] of text.slice(from, to).split('\n').entries()) {
    const heading = raw.trim()
    if (heading === '' || heading.startsWith('#')) continue
    if (!heading.endsWith(':')) return 'only a line `host[:port][/path]:` can precede a key'
    const place = parsePlace(heading.slice(0, -1), 'ssh')
    if (typeof place === 'string') return `before a key: ${place}`
    headings.push({ line: first + i, place, pem: '' })
  }
  return headings
}

type KeyFault = { readonly code: string; readonly fault: string; readonly hint?: string }

const PASSPHRASE: KeyFault = {
  code: 'PASSPHRASE',
  fault: 'the key has a passphrase, which cannot be entered here',
  hint: 'Create a key without one, for this purpose alone: ssh-keygen -t ed25519 -N "" -f deploy-key',
}
const BROKEN: KeyFault = {
  code: 'BROKEN',
  fault: 'the key is truncated or damaged',
  hint: 'Copy the whole file of the private key into the secret, from -----BEGIN to -----END.',
}

function readKey(kind: string, body: string): { readonly pem: string } | KeyFault {
  if (kind === 'ENCRYPTED PRIVATE KEY' || /^\s*Proc-Type:.*ENCRYPTED/s.test(body)) return PASSPHRASE
  const base64 = body.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return BROKEN
  const bytes = Buffer.from(base64, 'base64')
  const fault = kind === 'OPENSSH PRIVATE KEY' ? findOpensshFault(bytes) : findDerFault(bytes)
  if (fault !== undefined) return fault
  const lines = base64.match(/.{1,70}/g) ?? []
  return { pem: [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n') }
}

const MAGIC = 'openssh-key-v1\0'

/** Source: openssh-portable, PROTOCOL.key: magic, cipher, kdf, kdf options, number of keys, public key, private part. */
function findOpensshFault(bytes: Buffer): KeyFault | undefined {
  if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return BROKEN
  let at = MAGIC.length
  const next = (): Buffer | undefined => {
    if (at + 4 > bytes.length) return undefined
    const end = at + 4 + bytes.readUInt32BE(at)
    const value = end <= bytes.length ? bytes.subarray(at + 4, end) : undefined
    at = end
    return value
  }
  const cipher = next()?.toString('latin1')
  if (cipher !== undefined && cipher !== 'none') return PASSPHRASE
  next() // kdf
  next() // its options
  at += 4 // how many keys
  next() // the public one
  return next() === undefined || at !== bytes.length ? BROKEN : undefined
}

/** A DER sequence says its own length. */
function findDerFault(bytes: Buffer): KeyFault | undefined {
  const [tag, first = 0] = bytes
  const lengthBytes = first & 0x80 ? first & 0x7f : 0
  if (tag !== 0x30 || lengthBytes > 3 || bytes.length < 2 + lengthBytes) return BROKEN
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes)
  return bytes.length === 2 + lengthBytes + length ? undefined : BROKEN
}

/** What stands where a key should. */
function describeRest(text: string): [code: string, what: string, hint: string] {
  const hint = 'Give the file of the private key: it begins with -----BEGIN OPENSSH PRIVATE KEY-----.'
  if (/\b(ssh-(ed25519|rsa|dss)|ecdsa-sha2-\S+) AAAA/.test(text))
    return ['PUBLIC', 'this is the public half of a key', hint]
  if (text.includes('PuTTY-User-Key-File'))
    return ['PUTTY', 'this is a key in PuTTY’s format', 'Convert it in PuTTYgen: Conversions, Export OpenSSH key.']
  if (text.includes('-----BEGIN')) return ['BROKEN', 'the key has no END line', BROKEN.hint ?? '']
  return ['NONE', 'there is no private key here', hint]
}
