import { constants } from 'node:http2'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { startProxy } from '../../src/demo/proxy.ts'
import type { Connections } from '../../src/upstream/connection.ts'
import { fetchObject } from '../../src/upstream/fetch.ts'
import type { Outcome } from '../../src/upstream/outcome.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Http2Origin, type Http2Request, startHttp2Origin } from '../support/servers/http2-origin.ts'
import { until } from '../support/until.ts'

const cleanUp = cleanUpAfterEach()

interface World {
  readonly origin: Http2Origin
  readonly pool: Connections
  readonly get: (path: string) => Promise<Outcome>
}

async function world(...args: Parameters<typeof startHttp2Origin>): Promise<World> {
  const origin = cleanUp(await startHttp2Origin(...args))
  return { origin, ...clientOf(origin.url, origin.trustedRoots) }
}

function clientOf(url: string, trustedRoots: readonly string[]): Pick<World, 'pool' | 'get'> {
  const pool = cleanUp(createConnections({ trustedRoots, connectMs: 5_000, connectionsPerOrigin: 128 }))
  const deadlines = { headMs: 5_000, stallMs: 5_000, totalMs: 20_000 }
  const transport = transportOver(pool)
  const options = { deadlines, maxBytes: 1 << 20, publicUpstream: false }
  return { pool, get: path => fetchObject(`${url}/${path}`, options, transport) }
}

/** So many objects, a hundred at a time, as a download would ask for them. */
async function getMany(count: number, get: World['get']): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < count; i = next++) outcomes.push(await get(String(i)))
  }
  await Promise.all(Array.from({ length: 100 }, worker))
  return outcomes
}

function kindsOf(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {}
  for (const { kind } of outcomes) kinds[kind] = (kinds[kind] ?? 0) + 1
  return kinds
}

const { NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_INTERNAL_ERROR, NGHTTP2_PROTOCOL_ERROR, NGHTTP2_REFUSED_STREAM } = constants

describe('a connection that all requests to an origin share', () => {
  test('is one, however many come at once', async () => {
    const { get, origin } = await world(({ answer }) => answer())
    const outcomes = await getMany(600, get)
    expect([kindsOf(outcomes), origin.sessions(), origin.requests()]).toEqual([{ found: 600 }, 1, 600])
    expect(outcomes.filter(({ reused }) => !reused).length).toBeLessThanOrEqual(100)
  })

  test('that was opened ahead: its first request tells the times of connecting', async () => {
    const { get, origin, pool } = await world(({ answer }) => answer())
    pool.openAhead(new URL(origin.url))
    await until(() => pool.openedTo(origin.url) > 0)
    const [first, second] = [await get('1'), await get('2')]
    expect([first, second].map(({ kind, reused }) => [kind, reused])).toEqual([
      ['found', false],
      ['found', true],
    ])
    expect([typeof first.timings.tlsMs, second.timings.tlsMs, origin.sessions()]).toEqual(['number', null, 1])
  })

  test('serves more requests than the server allows at once', async () => {
    const { get, origin } = await world(({ answer }) => answer(), { maxConcurrentStreams: 7 })
    expect([kindsOf(await getMany(200, get)), origin.sessions()]).toEqual([{ found: 200 }, 1])
  })

  test('that says goodbye ends what it has taken, and one other takes the rest', async () => {
    // As nginx after a thousand requests: what it has it serves, what comes later it does not look at.
    const { get, origin } = await world(({ answer, number, session, stream }) => {
      if (number === 150) session.goaway(0, stream.id ?? 0)
      answer()
    })
    const outcomes = await getMany(600, get)
    expect([kindsOf(outcomes), origin.sessions()]).toEqual([{ found: 600 }, 2])
  })

  test('that says goodbye again and again costs a connection each time and nothing else', async () => {
    const taken = new WeakMap<object, number>()
    const { get, origin } = await world(({ answer, session }) => {
      const count = (taken.get(session) ?? 0) + 1
      taken.set(session, count)
      answer()
      if (count === 200) session.close()
    })
    expect(kindsOf(await getMany(1_000, get))).toEqual({ found: 1_000 })
    expect(origin.sessions()).toBeLessThanOrEqual(7)
  })

  test('that is lost is replaced by one, and the requests without an answer go out again', async () => {
    const { get, origin } = await world(({ answer, number, session }) => {
      if (number === 150) session.destroy()
      else answer()
    })
    const outcomes = await getMany(600, get)
    expect([kindsOf(outcomes), origin.sessions()]).toEqual([{ found: 600 }, 2])
  })

  test('that is lost with bodies on their way is told once by all of them', async () => {
    const { origin, pool } = await world(({ stream }) => {
      stream.respond({ ':status': 200, 'content-length': 1_000_000 })
      // One piece after the other: the last one of a connection may be held back for company.
      const write = setInterval(() => stream.write('half'), 5)
      stream.once('close', () => clearInterval(write))
    })
    const begun = new Set<number>()
    const get = (i: number) =>
      fetchObject(
        `${origin.url}/${i}`,
        {
          deadlines: { headMs: 10_000, stallMs: 10_000, totalMs: 20_000 },
          maxBytes: 1 << 20,
          publicUpstream: false,
          // What had no answer yet would be asked for again.
          onProgress: () => void (begun.add(i).size === 20 && setImmediate(origin.cutAll)),
        },
        transportOver(pool),
      )
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => get(i)))
    expect([kindsOf(outcomes), origin.sessions()]).toEqual([{ cut: 20 }, 1])
    expect([...new Set(outcomes.map(({ lostConnection }) => lostConnection))]).toEqual([1])
  })

  test('that a server ends because of too much says so', async () => {
    const { get } = await world(({ session }) => session.goaway(NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from('too many')))
    expect(await get('x')).toMatchObject({ kind: 'limited', reason: 'it limits the number of requests' })
  })
})

describe('one request that the server resets', () => {
  test.each([
    ['INTERNAL_ERROR', NGHTTP2_INTERNAL_ERROR, 'cut'],
    ['PROTOCOL_ERROR', NGHTTP2_PROTOCOL_ERROR, 'cut'],
    ['CANCEL', constants.NGHTTP2_CANCEL, 'cut'],
    ['ENHANCE_YOUR_CALM', NGHTTP2_ENHANCE_YOUR_CALM, 'limited'],
  ])('with %s fails alone', async (_name, code, kind) => {
    const { get, origin } = await world(({ answer, path, stream }) => (path === '/bad' ? stream.close(code) : answer()))
    const [bad, ...others] = await Promise.all([get('bad'), get('1'), get('2')])
    expect([bad?.kind, bad?.lostConnection, kindsOf(others)]).toEqual([kind, undefined, { found: 2 }])
    expect([origin.sessions(), origin.requests()]).toEqual([1, 3])
  })

  test('in the middle of the body is no whole answer, whatever the code', async () => {
    for (const code of [NGHTTP2_INTERNAL_ERROR, constants.NGHTTP2_CANCEL, constants.NGHTTP2_NO_ERROR]) {
      const { get } = await world(({ stream }) => {
        stream.respond({ ':status': 200, 'content-length': 100 })
        stream.write('half', () => stream.close(code))
      })
      expect(await get('x')).toMatchObject({ kind: 'cut', bytes: 4 })
    }
  })

  test('because it did not begin with it goes out again, silently', async () => {
    const { get, origin } = await world(({ answer, number, stream }) =>
      number === 1 ? stream.close(NGHTTP2_REFUSED_STREAM) : answer(),
    )
    expect((await get('x')).kind).toBe('found')
    expect([origin.sessions(), origin.requests()]).toEqual([1, 2])
  })

  test('because it never begins with any is told in the end', async () => {
    const { get, origin } = await world(({ stream }) => stream.close(NGHTTP2_REFUSED_STREAM))
    expect((await get('x')).kind).toBe('cut')
    expect(origin.requests()).toBe(4)
  })
})

describe('what is no HTTP/2 answer', () => {
  test('headers without end', async () => {
    const { get } = await world(({ stream }) => {
      stream.respond({
        ':status': 200,
        ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-${i}`, 'a'.repeat(1_000)])),
      })
      stream.end()
    })
    expect((await get('x')).kind).toBe('cut')
  })

  test('a header that cannot be sent fails that request alone', async () => {
    const { get, origin, pool } = await world(({ answer }) => answer())
    const bad = await fetchObject(
      `${origin.url}/x`,
      {
        deadlines: { headMs: 5_000, stallMs: 5_000, totalMs: 5_000 },
        maxBytes: 100,
        publicUpstream: false,
        headers: { 'x-bad': 'a\nb' },
      },
      transportOver(pool),
    )
    expect([bad.kind, (await get('y')).kind]).toEqual(['protocol error', 'found'])
  })
})

test('a connection on which something was silent takes no new requests, and those under way end there', async () => {
  let slow: Http2Request | undefined
  const { get, origin, pool } = await world(request => {
    if (request.path === '/slow') slow = request
    else request.answer()
  })
  const running = get('slow')
  await get('a')
  pool.suspect(new URL(origin.url))
  expect((await get('b')).kind).toBe('found')
  expect(origin.sessions()).toBe(2)
  slow?.answer()
  expect((await running).kind).toBe('found')
})

describe('an origin that speaks HTTP/1.1', () => {
  test('is asked over as many connections as requests, the first one among them', async () => {
    const authority = await createAuthority(cleanUp.directory('authority-'))
    const tls = await authority.issue(['127.0.0.1'])
    const origin = cleanUp(await startProxy({ modules: [], tls, extra: () => Buffer.from('good') }))
    const { get } = clientOf(origin.url, [authority.cert])
    for (let i = 0; i < 5; i++) expect(await get(String(i))).toMatchObject({ kind: 'found', reused: i > 0 })
    expect(origin.connections()).toBe(1)
    const many = await Promise.all(Array.from({ length: 20 }, (_, i) => get(String(i))))
    expect(kindsOf(many)).toEqual({ found: 20 })
    expect(origin.connections()).toBeLessThanOrEqual(20)
  })
})

test('a connection that cannot be opened is tried once for all who wait for it', async () => {
  let attempts = 0
  const server = createServer(socket => {
    attempts++
    socket.on('error', () => {})
    socket.once('data', () => socket.resetAndDestroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => new Promise<void>(resolve => server.close(() => resolve())))
  const { get } = clientOf(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, [])
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => get(String(i))))
  expect([kindsOf(outcomes), attempts]).toEqual([{ cut: 20 }, 1])
  expect((await get('again')).kind).toBe('cut')
  expect(attempts).toBe(2)
})
