import { describe, expect, test } from '@jest/globals'
import { startProxy } from '../../src/demo/proxy.ts'
import { fetchObject } from '../../src/upstream/fetch.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { findFreePort } from '../support/servers/ports.ts'

const cleanUp = cleanUpAfterEach()

function get(url: string) {
  const connections = cleanUp(createConnections())
  const deadlines = { headMs: 10_000, stallMs: 10_000, totalMs: 10_000 }
  return fetchObject(url, { deadlines, maxBytes: 1 << 20, publicUpstream: false }, transportOver(connections))
}

describe('an outcome tells', () => {
  test('the code of the connection’s error', async () => {
    const { kind, cause } = await get(`http://127.0.0.1:${await findFreePort()}/`)
    expect([kind, cause]).toEqual(['unreachable', 'ECONNREFUSED'])
  })

  test('which fault a certificate has, and the phases that were over before', async () => {
    const authority = await createAuthority(cleanUp.directory('cause-'))
    const tls = await authority.issue(['127.0.0.1'])
    const { port } = cleanUp(await startProxy({ modules: [], tls }))
    const { kind, cause, timings } = await get(`https://localhost:${port}/`)
    expect([kind, cause]).toEqual(['bad certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])
    expect(timings).toMatchObject({ lookupMs: expect.any(Number), connectMs: expect.any(Number), tlsMs: null })
  })

  test('what time the server takes it to be', async () => {
    const { url } = cleanUp(await startProxy({ modules: [] }))
    const { date } = await get(`${url}/x`)
    expect(Date.parse(date ?? '')).toBeGreaterThan(0)
  })
})
