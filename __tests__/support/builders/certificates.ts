import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** A private key and the certificate that goes with it, both PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** An authority of the test's own: what it signed is trusted by whoever is given its file. */
export interface Authority {
  readonly cert: string
  /** A file with the authority's certificate. */
  readonly file: string
  /** A certificate for these host names and IPv4 addresses. */
  issue(names: readonly string[], validity?: { readonly from: Date; readonly to: Date }): Promise<Certificate>
  /** Variables that make go, git, curl and Node trust it, and nobody else. */
  readonly env: Readonly<Record<string, string>>
}

const EC = { keyType: 'ec', algorithm: 'sha256' } as const

/** @param directory where the authority's file is written; the caller removes it */
export async function createAuthority(directory: string): Promise<Authority> {
  const own = await generate([{ name: 'commonName', value: 'Test authority' }], {
    ...EC,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const file = join(directory, 'authority.pem')
  writeFileSync(file, own.cert)
  return {
    cert: own.cert,
    file,
    env: { SSL_CERT_FILE: file, SSL_CERT_DIR: '/nonexistent', GIT_SSL_CAINFO: file, NODE_EXTRA_CA_CERTS: file },
    async issue(names, validity) {
      const [commonName = 'nobody.example'] = names
      const signed = await generate([{ name: 'commonName', value: commonName }], {
        ...EC,
        ca: { key: own.private, cert: own.cert },
        ...(validity && { notBeforeDate: validity.from, notAfterDate: validity.to }),
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: names.map(toAltName) },
        ],
      })
      return { key: signed.private, cert: signed.cert }
    },
  }
}

function toAltName(name: string) {
  return /^\d+(\.\d+){3}$/.test(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const)
}
