import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { readTrustedRoots } from '../../src/upstream/trust.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()
let root: string
beforeEach(() => {
  root = cleanUp.directory('trust-')
})

const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----`

function file(name: string, ...certificates: string[]): string {
  const path = join(root, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `a comment\n${certificates.map(pem).join('\nbetween them\n')}\n`)
  return path
}

const read = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform = 'linux') =>
  readTrustedRoots(env, platform, realFiles)

describe('what go trusts is trusted', () => {
  test('SSL_CERT_FILE alone replaces the system’s list', async () => {
    expect(await read({ SSL_CERT_FILE: file('own.pem', 'A', 'B', 'A') })).toEqual([pem('A'), pem('B')])
  })

  test('SSL_CERT_DIR: every file of every directory, beside the file', async () => {
    const SSL_CERT_FILE = file('own.pem', 'A')
    file('x/1.pem', 'B')
    file('y/2', 'C', 'D')
    mkdirSync(join(root, 'y/directory'))
    const SSL_CERT_DIR = [join(root, 'x'), join(root, 'nowhere'), join(root, 'y')].join(':')
    expect((await read({ SSL_CERT_FILE, SSL_CERT_DIR }))?.toSorted()).toEqual(['A', 'B', 'C', 'D'].map(pem))
  })

  test('NODE_EXTRA_CA_CERTS too', async () => {
    const env = { SSL_CERT_FILE: file('own.pem', 'A'), NODE_EXTRA_CA_CERTS: file('extra.pem', 'E') }
    expect(await read(env)).toEqual([pem('A'), pem('E')])
  })

  test('files that are not there or hold none leave Node’s own list', async () => {
    const env = { SSL_CERT_FILE: join(root, 'nowhere'), SSL_CERT_DIR: root, NODE_EXTRA_CA_CERTS: join(root, 'nowhere') }
    expect(await read(env)).toBeUndefined()
    writeFileSync(join(root, 'noise'), '-----BEGIN CERTIFICATE-----\nnever ends')
    expect(await read(env)).toBeUndefined()
  })

  test.each(['darwin', 'win32'] as const)(
    'on %s go has the system’s store, and SSL_CERT_FILE means nothing',
    async platform => {
      const env = { SSL_CERT_FILE: file('own.pem', 'A'), NODE_EXTRA_CA_CERTS: file('extra.pem', 'E') }
      const roots = await read(env, platform)
      expect(roots).toEqual(expect.arrayContaining([...tls.rootCertificates, pem('E')]))
      expect(roots).not.toContain(pem('A'))
    },
  )
})
