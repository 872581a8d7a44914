import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'
import { openConnections } from '../../src/upstream/connection.ts'
import { type SendRequest, sendOnce } from '../../src/upstream/send.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Answering, startCollector } from '../support/servers/collector.ts'
import { startHttp2Origin } from '../support/servers/http2-origin.ts'
import { startSilence } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'

const cleanUp = cleanUpAfterEach()

/** Sends a body of many pieces. */
async function send(
  url: string,
  { timeoutMs = 20_000, trustedRoots }: { timeoutMs?: number; trustedRoots?: readonly string[] } = {},
) {
  const connections = cleanUp(
    openConnections({ env: {}, trustedRoots, connectMs: 10_000, connectionsPerOrigin: 1, clock: systemClock }),
  )
  const sending: SendRequest = {
    url: new URL(`${url}/v1/traces?a=b`),
    body: { method: 'POST', content: CONTENT },
    headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
    maxBytes: 1_000,
    deadlines: { headMs: timeoutMs, stallMs: timeoutMs, totalMs: timeoutMs },
  }
  return sendOnce(sending, { connections, clock: systemClock, userAgent: 'test' })
}

const CONTENT = Buffer.alloc(300_000, 'x')

describe('what is sent', () => {
  test('arrives whole, with its headers', async () => {
    const server = cleanUp(await startCollector())
    expect(await send(server.url)).toMatchObject({ accepted: true, kind: 'found', status: 200 })
    expect(server.requests).toHaveLength(1)
    const [request] = server.requests
    expect(request?.body.equals(CONTENT)).toBe(true)
    expect(request).toMatchObject({ method: 'POST', path: '/v1/traces?a=b' })
    expect(request?.headers).toMatchObject({ authorization: 'Bearer t', 'content-length': '300000' })
  })

  test('arrives over HTTP/2, too', async () => {
    let arrived: Promise<Buffer> | undefined
    const origin = await startHttp2Origin(({ stream, answer }) => {
      arrived = buffer(stream)
      void arrived.then(answer)
    })
    cleanUp(origin)
    const { trustedRoots } = origin
    const end = await send(origin.url, { trustedRoots })
    expect([end.accepted, end.answer.toString()]).toEqual([true, 'good'])
    expect((await arrived)?.equals(CONTENT)).toBe(true)
  })

  const answers: readonly (readonly [string, Answering, object])[] = [
    ['202', response => response.writeHead(202).end(), { accepted: true, status: 202 }],
    ['400', response => response.writeHead(400).end('no'), { accepted: false, status: 400 }],
    ['307', response => response.writeHead(307, { location: '/other' }).end(), { accepted: false, status: 307 }],
    ['300 without an address', response => response.writeHead(300).end(), { accepted: false, status: 300 }],
    [
      'a long answer',
      response => response.end('x'.repeat(5_000)),
      { kind: 'too large', reason: 'its answer is too large' },
    ],
    [
      'no HTTP',
      response => response.socket?.end('hello\r\n\r\n'),
      { accepted: false, reason: 'its answer is not valid HTTP' },
    ],
    ['an end', response => response.socket?.destroy(), { accepted: false, reason: 'it closed the connection early' }],
  ]
  test.each(answers)('is sent once, whatever the answer: %s', async (_, answer, expected) => {
    const server = cleanUp(await startCollector(answer))
    expect(await send(server.url)).toMatchObject(expected)
    expect(server.requests).toHaveLength(1)
  })

  test('is given up in time', async () => {
    const { port } = cleanUp(await startSilence())
    expect(await send(`http://127.0.0.1:${port}`, { timeoutMs: 200 })).toMatchObject({ accepted: false, status: null })
    expect(await send(`http://127.0.0.1:${await findFreePort()}`)).toMatchObject({
      accepted: false,
      reason: 'no connection',
    })
  })
})
