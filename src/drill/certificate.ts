import { createPublicKey, type KeyObject, sign } from 'node:crypto'

/**
 * A certificate for 127.0.0.1 that signs itself, as PEM. A client that trusts this very certificate accepts it while it is
 * valid. Source: RFC 5280, section 4.1; DER is X.690.
 * @param privateKey of the curve P-256 @param from to: of this century, before 2050
 */
export function signOwnCertificate(privateKey: KeyObject, from: Date, to: Date): string {
  const name = sequence(set(sequence(identifier(OID.commonName), node(0x0c, Buffer.from('127.0.0.1')))))
  const extensions = sequence(
    // An authority, so that it may stand at the end of a chain: of itself alone.
    extension(OID.basicConstraints, sequence(node(0x01, Buffer.from([0xff])))),
    extension(OID.subjectAltName, sequence(node(0x87, Buffer.from([127, 0, 0, 1])))),
    extension(OID.extKeyUsage, sequence(identifier(OID.serverAuth))),
  )
  const body = sequence(
    node(0xa0, integer(2)),
    integer(1),
    sequence(identifier(OID.ecdsaWithSha256)),
    name,
    sequence(time(from), time(to)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    node(0xa3, extensions),
  )
  const signature = sign('sha256', body, privateKey)
  const der = sequence(body, sequence(identifier(OID.ecdsaWithSha256)), node(0x03, Buffer.from([0]), signature))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** Object identifiers, as their contents are encoded. */
const OID = {
  /** 1.2.840.10045.4.3.2 */
  ecdsaWithSha256: '2a8648ce3d040302',
  /** 2.5.4.3 */
  commonName: '550403',
  /** 2.5.29.19 */
  basicConstraints: '551d13',
  /** 2.5.29.17 */
  subjectAltName: '551d11',
  /** 2.5.29.37 */
  extKeyUsage: '551d25',
  /** 1.3.6.1.5.5.7.3.1 */
  serverAuth: '2b06010505070301',
} as const

/** A tag, the length of what follows, and that. */
function node(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const long = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length]
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return node(0x30, ...parts)
}

function set(...parts: readonly Buffer[]): Buffer {
  return node(0x31, ...parts)
}

/** @param value below 128 */
function integer(value: number): Buffer {
  return node(0x02, Buffer.from([value]))
}

function identifier(hex: string): Buffer {
  return node(0x06, Buffer.from(hex, 'hex'))
}

function extension(oid: string, value: Buffer): Buffer {
  return sequence(identifier(oid), node(0x04, value))
}

/** UTCTime: two digits of the year. */
function time(date: Date): Buffer {
  return node(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
}
