import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { type FetchOptions, fetchObject } from '../../src/upstream/fetch.ts'
import type { OutcomeKind } from '../../src/upstream/outcome.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()

const BODY = Buffer.from(Array.from({ length: 1_000 }, (_, i) => i % 251))
const CUT_AT = 400
const TAG = '"one"'

interface Got {
  readonly kind: OutcomeKind
  readonly status: number | null
  readonly bytes: number
  readonly taken: Buffer
  /** Of each request after the first. */
  readonly ranges: readonly (string | undefined)[]
  readonly ifRanges: readonly (string | undefined)[]
}

/** Cuts the first answer in the middle; what follows is as told. */
async function get(
  rest: (req: IncomingMessage, res: ServerResponse, nth: number) => void,
  {
    headers = { etag: TAG, 'content-length': String(BODY.length) },
    ...options
  }: Partial<FetchOptions> & { headers?: Record<string, string> } = {},
): Promise<Got> {
  const later: IncomingMessage[] = []
  let first = true
  const listener: RequestListener = (req, res) => {
    if (!first) {
      later.push(req)
      return rest(req, res, later.length)
    }
    first = false
    cutShort(res.writeHead(200, headers), BODY.subarray(0, CUT_AT))
  }
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const connections = createConnections()
  cleanUp(async () => {
    await connections.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  let taken: Buffer[] = []
  const outcome = await fetchObject(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    {
      deadlines: { headMs: 5_000, stallMs: 5_000, totalMs: 10_000 },
      maxBytes: 1 << 20,
      publicUpstream: false,
      openBody: () => {
        taken = []
        return { write: chunk => void taken.push(chunk) }
      },
      resume: () => true,
      ...options,
    },
    transportOver(connections),
  )
  return {
    ...outcome,
    taken: Buffer.concat(taken),
    ranges: later.map(req => req.headers.range),
    ifRanges: later.map(req => req.headers['if-range']?.toString()),
  }
}

function cutShort(res: ServerResponse, part: Buffer): void {
  res.write(part, () => res.socket?.destroy())
}

/** The rest as a sound server sends it. */
function sendRest(req: IncomingMessage, res: ServerResponse, replaced: Record<string, string | number> = {}): void {
  const from = Number(/^bytes=(\d+)-$/.exec(req.headers.range ?? '')?.[1])
  const part = BODY.subarray(from)
  res
    .writeHead(206, {
      'content-range': `bytes ${from}-${BODY.length - 1}/${BODY.length}`,
      'content-length': part.length,
      etag: TAG,
      ...replaced,
    })
    .end(part)
}

describe('a body that is cut', () => {
  test('goes on where it was, with the tag that says that it is the same', async () => {
    const got = await get((req, res) => sendRest(req, res))
    expect([got.kind, got.status, got.bytes, got.taken.equals(BODY)]).toEqual(['found', 200, BODY.length, true])
    expect([got.ranges, got.ifRanges]).toEqual([[`bytes=${CUT_AT}-`], [TAG]])
  })

  test('a weak tag vouches for no bytes: the date does, if there is one', async () => {
    const date = 'Thu, 01 Jan 2026 00:00:00 GMT'
    const weak = { etag: 'W/"one"' }
    const dated = await get((req, res) => sendRest(req, res, weak), { headers: { ...weak, 'last-modified': date } })
    const plain = await get((req, res) => sendRest(req, res, weak), { headers: weak })
    expect([dated.kind, dated.ifRanges, plain.kind, plain.ifRanges]).toEqual(['found', [date], 'found', [undefined]])
  })

  test('goes on again when the rest is cut, too, and when the server is away for a moment', async () => {
    const got = await get((req, res, nth) => {
      if (nth === 1) {
        const head = { 'content-range': `bytes ${CUT_AT}-${BODY.length - 1}/${BODY.length}` }
        return cutShort(res.writeHead(206, head), BODY.subarray(CUT_AT, CUT_AT + 100))
      }
      if (nth === 2) return void res.writeHead(503).end()
      sendRest(req, res)
    })
    expect([got.kind, got.taken.equals(BODY)]).toEqual(['found', true])
    expect(got.ranges).toEqual([`bytes=${CUT_AT}-`, `bytes=${CUT_AT + 100}-`, `bytes=${CUT_AT + 100}-`])
  })

  test('a server that gives byte by byte is not asked for ever', async () => {
    const got = await get((req, res) => {
      const from = Number(/\d+/.exec(req.headers.range ?? '')?.[0])
      const head = { 'content-range': `bytes ${from}-${BODY.length - 1}/${BODY.length}` }
      cutShort(res.writeHead(206, head), BODY.subarray(from, from + 1))
    })
    expect([got.kind, got.ranges.length]).toEqual(['cut', 3])
  })

  const range = (text: string) => (req: IncomingMessage, res: ServerResponse) =>
    sendRest(req, res, { 'content-range': text })
  const hostile: Record<string, (req: IncomingMessage, res: ServerResponse) => void> = {
    'begins before where it was': range(`bytes ${CUT_AT - 10}-${BODY.length - 1}/${BODY.length}`),
    'begins behind where it was': range(`bytes ${CUT_AT + 10}-${BODY.length - 1}/${BODY.length}`),
    'is of another total': range(`bytes ${CUT_AT}-${BODY.length}/${BODY.length + 1}`),
    'is of an unknown total': range(`bytes ${CUT_AT}-${BODY.length - 1}/*`),
    'ends before the end': range(`bytes ${CUT_AT}-${CUT_AT + 10}/${BODY.length}`),
    'ends behind the end': range(`bytes ${CUT_AT}-${BODY.length + 10}/${BODY.length}`),
    'says no range': range(''),
    'has another tag': (req, res) => sendRest(req, res, { etag: '"two"' }),
    'has another length than its range': (req, res) => sendRest(req, res, { 'content-length': 10 }),
    'is encoded': (req, res) => sendRest(req, res, { 'content-encoding': 'gzip' }),
    'is several parts': (_, res) =>
      res.writeHead(206, { 'content-type': 'multipart/byteranges; boundary=x' }).end('--x'),
    'is the whole anew': (_, res) => res.writeHead(200, { 'content-length': BODY.length }).end(BODY),
    'is not to be had': (_, res) => res.writeHead(416).end(),
    'is a redirect': (_, res) => res.writeHead(302, { location: '/elsewhere' }).end(),
    'brings more than it says': (_, res) => {
      const head = { 'content-range': `bytes ${CUT_AT}-${BODY.length - 1}/${BODY.length}` }
      res.writeHead(206, head).end(Buffer.concat([BODY.subarray(CUT_AT), Buffer.from('more')]))
    },
  }
  test.each(Object.entries(hostile))('a rest that %s is refused: the answer is the cut one', async (_, rest) => {
    const got = await get(rest)
    expect([got.kind, got.status, got.ranges.length]).toEqual(['cut', 200, 1])
    expect(got.taken.length).toBeLessThan(BODY.length)
  })

  test.each([
    ['the caller does not want it', { resume: () => false }],
    ['the server says that it sends no parts', { headers: { etag: TAG, 'accept-ranges': 'none' } }],
    ['the server says nothing, and little came', { headers: {} }],
  ])('is not gone on with where %s', async (_, options) => {
    const got = await get((req, res) => sendRest(req, res), options)
    expect([got.kind, got.ranges]).toEqual(['cut', []])
  })

  test('of an unknown length may have a rest, but no larger one than allowed', async () => {
    const ranges = { 'accept-ranges': 'bytes' }
    const got = await get((req, res) => sendRest(req, res), { maxBytes: BODY.length, headers: ranges })
    expect([got.kind, got.taken.equals(BODY)]).toEqual(['found', true])
    const large = await get((req, res) => sendRest(req, res), { maxBytes: BODY.length - 1, headers: ranges })
    expect([large.kind, large.taken.length]).toEqual(['cut', CUT_AT])
  })
})

test('a body that flows is ended by no deadline but that of the whole, however slow', async () => {
  const server = createServer((_, res) => {
    let sent = 0
    const timer = setInterval(() => {
      if (sent++ < 20) return void res.write('x')
      clearInterval(timer)
      res.end()
    }, 50)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const connections = createConnections()
  cleanUp(async () => {
    await connections.close()
    await new Promise(resolve => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const deadlines = { headMs: 400, sendMs: 400, stallMs: 400, totalMs: 30_000 }
  const options = { deadlines, maxBytes: 100, publicUpstream: false }
  const { kind, bytes } = await fetchObject(url, options, transportOver(connections))
  expect([kind, bytes]).toEqual(['found', 20])
})
