import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import type { Connections } from '../../src/upstream/connection.ts'
import { type FetchOptions, fetchObject } from '../../src/upstream/fetch.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const DEADLINES = { headMs: 5_000, stallMs: 5_000, totalMs: 10_000 }
const cleanUp = cleanUpAfterEach()

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  return listen(server, () => server.closeAllConnections())
}

async function listen(server: Server | ReturnType<typeof createTcpServer>, end: () => void): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => {
    end()
    return new Promise<void>(resolve => server.close(() => resolve()))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function connections(): Connections {
  return cleanUp(createConnections())
}

function get(url: string, options: Partial<FetchOptions> = {}, pool = connections()) {
  return fetchObject(
    url,
    { deadlines: DEADLINES, maxBytes: 1 << 20, publicUpstream: false, ...options },
    transportOver(pool),
  )
}

describe('one object from one upstream', () => {
  test('is found, with the times of its phases; the second over the same connection has none for connecting', async () => {
    const url = await serve((_, res) => res.end('hello'))
    const pool = connections()
    const first = await get(url, {}, pool)
    const second = await get(url, {}, pool)
    expect([first.kind, first.body.toString(), first.reused]).toEqual(['found', 'hello', false])
    expect(first.timings.connectMs).toEqual(expect.any(Number))
    expect([second.kind, second.reused, second.timings.connectMs]).toEqual(['found', true, null])
    expect(second.timings.firstByteMs).toEqual(expect.any(Number))
  })

  const answers: Record<string, [RequestListener, string]> = {
    '404': [(_, res) => res.writeHead(404).end('not found'), 'absent'],
    '410': [(_, res) => res.writeHead(410).end(), 'absent'],
    '404 of an upstream whose source failed': [
      (_, res) => res.writeHead(404).end('not found: bad upstream'),
      'absent for now',
    ],
    '401': [(_, res) => res.writeHead(401).end(), 'unauthorized'],
    '403': [(_, res) => res.writeHead(403).end('x'.repeat(100_000)), 'forbidden'],
    '429': [(_, res) => res.writeHead(429, { 'retry-after': '7' }).end(), 'limited'],
    '500': [(_, res) => res.writeHead(500).end(), 'server error'],
    '204': [(_, res) => res.writeHead(204).end(), 'unexpected status'],
    'gzip that was not asked for': [(_, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), 'encoded'],
    'a body above the cap': [(_, res) => res.end(Buffer.alloc(2 << 20)), 'too large'],
    'an endless body': [(_, res) => void res.write(Buffer.alloc(2 << 20)), 'too large'],
    'a reset before the head': [req => req.socket.resetAndDestroy(), 'cut'],
    'a body cut in the middle': [
      (req, res) => void res.writeHead(200, { 'content-length': 100 }).write('half', () => req.socket.destroy()),
      'cut',
    ],
    'headers without end': [(_, res) => res.writeHead(200, { 'x-long': 'a'.repeat(40_000) }).end(), 'protocol error'],
    'a redirect in circles': [(req, res) => res.writeHead(302, { location: req.url ?? '/' }).end(), 'redirect refused'],
    'a redirect to another scheme': [
      (_, res) => res.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      'redirect refused',
    ],
  }
  test.each(Object.entries(answers))('%s', async (_name, [listener, kind]) => {
    const outcome = await get(await serve(listener))
    expect(outcome.kind).toBe(kind)
    expect(outcome.body).toHaveLength(0)
  })

  test('a closed port is unreachable', async () => {
    expect((await get('http://127.0.0.1:1')).kind).toBe('unreachable')
  })

  test('an unknown host is told as such', async () => {
    expect((await get('http://name.invalid')).kind).toBe('unknown host')
  })

  test('silence ends at the deadline for the head', async () => {
    const url = await serve(() => {})
    expect((await get(url, { deadlines: { ...DEADLINES, headMs: 100 } })).kind).toBe('silent')
  })

  test('a body that stops in the middle ends at the deadline for a stall, and its bytes are counted', async () => {
    const url = await serve((_, res) => void res.write('half'))
    const outcome = await get(url, { deadlines: { ...DEADLINES, stallMs: 100 } })
    expect([outcome.kind, outcome.bytes]).toEqual(['stalled', 4])
  })

  test('a body that trickles ends at the deadline for the whole', async () => {
    const url = await serve((_, res) => {
      const timer = setInterval(() => res.write('.'), 20)
      res.on('close', () => clearInterval(timer))
    })
    const outcome = await get(url, { deadlines: { headMs: 5_000, stallMs: 5_000, totalMs: 200 } })
    expect(outcome.kind).toBe('stopped')
    expect(outcome.bytes).toBeGreaterThan(0)
  })

  test('the caller can stop it at any time, also before it began', async () => {
    const url = await serve(() => {})
    const controller = new AbortController()
    const running = get(url, { signal: controller.signal })
    controller.abort()
    expect((await running).kind).toBe('stopped')
    expect((await get(url, { signal: controller.signal })).kind).toBe('stopped')
  })

  test('an idle connection that the server closed is replaced, once and silently', async () => {
    let requests = 0
    const url = await serve((req, res) => {
      requests++
      // The second request of a connection finds it dead, as after a server's idle time.
      if (requests === 2) req.socket.resetAndDestroy()
      else res.end('ok')
    })
    const pool = connections()
    await get(url, {}, pool)
    expect((await get(url, {}, pool)).kind).toBe('found')
    expect(requests).toBe(3)
  })

  test('who only wants to know whether there is an answer follows no redirect', async () => {
    const url = await serve((_, res) => res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
    expect(await get(url, { redirects: 0 })).toMatchObject({ kind: 'redirect refused', status: 302 })
    expect(await get(url, { redirects: 1 })).toMatchObject({ kind: 'unreachable', status: null })
  })

  test('as many redirects are followed as by go, and what ends them is said in its words', async () => {
    const url = await serve((req, res) => {
      const left = Number(req.url?.slice(1))
      if (left === 0) res.end('there')
      else res.writeHead(302, { location: `/${left - 1}` }).end()
    })
    expect((await get(`${url}/9`)).kind).toBe('found')
    expect(await get(`${url}/10`)).toMatchObject({
      kind: 'redirect refused',
      reason: expect.stringContaining('stopped after 10 redirects'),
    })
  })

  test('redirects are followed without the headers meant for the first origin', async () => {
    const seen: (string | undefined)[] = []
    const second = await serve((req, res) => {
      seen.push(req.headers.authorization)
      res.end('moved')
    })
    const first = await serve((req, res) => {
      seen.push(req.headers.authorization)
      res.writeHead(302, { location: `${second}/x` }).end()
    })
    const outcome = await get(first, { headers: { authorization: 'Bearer secret' } })
    expect([outcome.kind, outcome.body.toString()]).toEqual(['found', 'moved'])
    expect(seen).toEqual(['Bearer secret', undefined])
  })

  test('where no descriptor is free, a connection waits for one', async () => {
    const url = new URL(await serve((_, res) => res.end('hello')))
    let full = 2
    const system = async () => {
      if (full-- > 0) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
      return [{ address: '127.0.0.1', family: 4 }]
    }
    const pool = cleanUp(createConnections({ names: { system, aside: async () => [] } }))
    expect((await get(`http://proxy.example:${url.port}/`, {}, pool)).kind).toBe('found')
  })

  test('a server that never completes the connection costs the deadline, no more', async () => {
    const sockets: Socket[] = []
    const url = await listen(
      createTcpServer(socket => sockets.push(socket)),
      () => {
        for (const socket of sockets) socket.destroy()
      },
    )
    const pool = cleanUp(createConnections({ connectMs: 100, connectionsPerOrigin: 1 }))
    expect((await get(url.replace('http:', 'https:'), {}, pool)).kind).toBe('unreachable')
  })
})

describe('an HTTP proxy of the network', () => {
  test('is used where HTTP_PROXY says so, and not where NO_PROXY or loopback says otherwise', async () => {
    const asked: string[] = []
    const gate = await serve((req, res) => {
      asked.push(req.url ?? '')
      res.end('through the proxy')
    })
    const tunnels: string[] = []
    const tunnel = createServer((_, res) => res.writeHead(501).end())
    tunnel.on('connect', (req, socket) => {
      tunnels.push(req.url ?? '')
      socket.end('HTTP/1.1 502 No\r\n\r\n')
    })
    const tunnelUrl = await listen(tunnel, () => tunnel.closeAllConnections())
    const direct = await serve((_, res) => res.end('direct'))
    const pool = cleanUp(
      createConnections({
        env: { HTTP_PROXY: gate, HTTPS_PROXY: tunnelUrl, NO_PROXY: '.internal.invalid,10.0.0.0/8' },
      }),
    )
    expect((await get(`${direct}/x`, {}, pool)).body.toString()).toBe('direct')
    expect((await get('http://a.internal.invalid/x', {}, pool)).kind).not.toBe('found')
    expect([asked, tunnels]).toEqual([[], []])
    expect((await get('http://proxy.invalid/x', {}, pool)).body.toString()).toBe('through the proxy')
    expect((await get('https://proxy.invalid/x', {}, pool)).kind).not.toBe('found')
    expect(tunnels).toEqual(['proxy.invalid:443'])
  })
})
