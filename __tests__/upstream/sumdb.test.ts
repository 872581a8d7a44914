import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { findAnsweringSumdbs } from '../../src/upstream/sumdb.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults } from '../support/servers/faults.ts'

const cleanUp = cleanUpAfterEach()

const module = buildModule({ path: 'example.com/m', version: 'v1.0.0' })
const [own, other] = [makeDatabase('sum.corp.example', module), makeDatabase('sum.corp.example', module)]

/** A server that answers `/latest` so. */
async function serve(latest: string, silent = false): Promise<string> {
  const server = cleanUp(
    await startProxy({
      modules: [],
      extra: path => (path === '/latest' ? Buffer.from(latest) : undefined),
      ...(silent ? { fault: () => faults.silent } : {}),
    }),
  )
  return server.url
}

function find(urls: readonly string[], gosumdb: string): Promise<readonly string[]> {
  const clock = systemClock
  const connections = cleanUp(createConnections({ clock, connectMs: 500, connectionsPerOrigin: 2 }))
  return findAnsweringSumdbs(urls, gosumdb, 500, transportOver(connections, clock))
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
