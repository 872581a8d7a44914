import { afterEach, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { openConnections } from '../../src/upstream/connection.ts'
import { findAnsweringSumdbs } from '../../src/upstream/sumdb.ts'
import { makeDatabase } from '../support/database.ts'
import { faults } from '../support/faults.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const module = buildModule({ path: 'example.com/m', version: 'v1.0.0' })
const [own, other] = [makeDatabase('sum.corp.example', module), makeDatabase('sum.corp.example', module)]

/** A server that answers `/latest` so. */
async function serve(latest: string, silent = false): Promise<string> {
  const server = await startProxy({
    modules: [],
    extra: path => (path === '/latest' ? Buffer.from(latest) : undefined),
    ...(silent ? { fault: () => faults.silent } : {}),
  })
  closers.push(server.close)
  return server.url
}

function find(urls: readonly string[], gosumdb: string): Promise<readonly string[]> {
  const clock = systemClock
  const connections = openConnections({
    env: {},
    trustedRoots: undefined,
    clock,
    connectMs: 500,
    connectionsPerOrigin: 2,
  })
  closers.push(() => connections.close())
  return findAnsweringSumdbs(urls, gosumdb, 500, { connections, clock, userAgent: 'test' })
}

describe('a checksum database answers', () => {
  test('when its tree head carries its own signature; silence, HTML and other keys are no answers', async () => {
    const good = await serve(own.head)
    const urls = [
      await serve(other.head),
      good,
      await serve('<!doctype html><title>Log in</title>'),
      await serve(own.head.replace('\n1\n', '\n2\n')),
      await serve('', true),
      'http://127.0.0.1:1',
    ]
    expect(await find(urls, own.verifierKey)).toEqual([good])
  })

  test.each(['off', 'no such database'])('never for GOSUMDB=%s', async gosumdb => {
    expect(await find([await serve(own.head)], gosumdb)).toEqual([])
  })
})
