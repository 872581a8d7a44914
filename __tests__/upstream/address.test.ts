import { lookup } from 'node:dns/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'
import { isPrivateAddress, isPrivateHost } from '../../src/upstream/address.ts'
import { openConnections } from '../../src/upstream/connection.ts'
import { fetchObject } from '../../src/upstream/fetch.ts'
import { type Authority, createAuthority } from '../support/certificates.ts'

const PRIVATE: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'no address': ['0.0.0.0', '::'],
  'private networks': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::1'],
  'shared by a provider’s customers': ['100.64.0.1', '100.127.255.255'],
  'link-local': ['169.254.0.1', 'fe80::1', 'febf::1'],
  'cloud metadata': ['169.254.169.254', 'fd00:ec2::254'],
  'for measurements': ['198.18.0.1', '198.19.255.255'],
  'multicast and reserved': ['224.0.0.1', '240.0.0.1', '255.255.255.255', 'ff02::1'],
  'IPv4 in IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::FFFF:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
  ],
}
const PUBLIC = [
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '128.0.0.1',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:4860:4860::8888',
  'fbff::1',
  'fec0:0:0:0::1',
  '::ffff:8.8.8.8',
]

describe('an address of this machine or network', () => {
  test.each(Object.entries(PRIVATE))('%s', (_name, addresses) => {
    expect(addresses.filter(address => !isPrivateAddress(address))).toEqual([])
    expect(addresses.filter(address => !isPrivateHost(address.includes(':') ? `[${address}]` : address))).toEqual([])
  })

  test('public ones and names are none', () => {
    expect(PUBLIC.filter(isPrivateAddress)).toEqual([])
    expect(['', 'localhost', 'proxy.golang.org', '10', '127.0.0'].filter(isPrivateAddress)).toEqual([])
  })

  test.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:169.254.169.254]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://①②⑦.0.0.1/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://metadata.localhost/',
  ])('however it is written in a URL: %s', url => {
    expect(isPrivateHost(new URL(url).hostname)).toBe(true)
  })

  test.each(['http://proxy.golang.org/', 'http://localhost.example/', 'http://134744072/', 'http://127.0.0.1.nip.io/'])(
    'a public one: %s',
    url => expect(isPrivateHost(new URL(url).hostname)).toBe(false),
  )
})

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Listening {
  readonly port: number
  readonly asked: readonly string[]
}

async function serve(
  listener: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Listening> {
  const asked: string[] = []
  const noting: RequestListener = (req, res) => {
    asked.push(req.url ?? '')
    listener(req, res)
  }
  const server = tls ? createTlsServer(tls, noting) : createServer(noting)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise(resolve => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

const redirect =
  (location: string): RequestListener =>
  (_, res) =>
    res.writeHead(302, { location }).end()

function connections(env: Readonly<Record<string, string>> = {}, authority?: Authority) {
  const pool = openConnections({
    env,
    trustedRoots: authority && [authority.cert],
    connectMs: 2_000,
    connectionsPerOrigin: 2,
    clock: systemClock,
  })
  closers.push(() => pool.close())
  return pool
}

function get(url: string, pool: ReturnType<typeof connections>, publicUpstream = true) {
  const deadlines = { headMs: 5_000, stallMs: 5_000, totalMs: 10_000 }
  return fetchObject(
    url,
    { deadlines, maxBytes: 1_000, publicUpstream },
    { connections: pool, clock: systemClock, userAgent: 'test' },
  )
}

/** Answers for every host of the internet, as an HTTP proxy; hosts of `direct` are connected to without it. */
async function internet(location: string, direct = '') {
  const gate = await serve(redirect(location))
  return { gate, pool: connections({ HTTP_PROXY: `http://127.0.0.1:${gate.port}`, NO_PROXY: direct }) }
}

/** This machine's own name, where its address is a private one: as a name that somebody lets point inside. */
const inside = await lookup(hostname()).then(
  ({ address }) => (isPrivateAddress(address) ? hostname() : undefined),
  () => undefined,
)

describe('a public upstream that redirects', () => {
  test.each(['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/latest/', 'http://2852039166/'])(
    'to the cloud’s metadata is refused: %s',
    async location => {
      const { gate, pool } = await internet(location)
      expect((await get('http://public.example/x', pool)).kind).toBe('redirect refused')
      expect(gate.asked).toEqual(['http://public.example/x'])
    },
  )

  test.each(['127.0.0.1', 'localhost', 'localhost.', '0x7f000001', '[::ffff:127.0.0.1]'])(
    'to this machine is refused: %s',
    async host => {
      const victim = await serve((_, res) => res.end('secret'))
      const { pool } = await internet(`http://${host}:${victim.port}/`)
      expect((await get('http://public.example/x', pool)).kind).toBe('redirect refused')
      expect(victim.asked).toEqual([])
    },
  )

  test('over another public one to this machine is refused', async () => {
    const victim = await serve((_, res) => res.end('secret'))
    const gate = await serve((req, res) =>
      redirect(req.url?.includes('second') ? `http://127.0.0.1:${victim.port}/` : 'http://second.example/')(req, res),
    )
    const pool = connections({ HTTP_PROXY: `http://127.0.0.1:${gate.port}` })
    expect((await get('http://first.example/x', pool)).kind).toBe('redirect refused')
    expect([gate.asked, victim.asked]).toEqual([['http://first.example/x', 'http://second.example/'], []])
  })

  const withName = inside === undefined ? test.skip : test
  withName('to a name that leads to a private address reaches nobody', async () => {
    const { pool } = await internet(`http://${inside}:1/`, inside)
    const seen: unknown[] = []
    const watched: typeof pool = {
      ...pool,
      reach: (url, publicOnly) => {
        seen.push([url.hostname, publicOnly])
        return pool.reach(url, publicOnly)
      },
    }
    expect((await get('http://public.example/x', watched)).kind).toBe('unreachable')
    expect(seen).toEqual([
      ['public.example', false],
      [inside, true],
    ])
  })

  test('names are looked up, and what is not public is forgotten', async () => {
    const victim = await serve((_, res) => res.end('secret'))
    const pool = connections()
    const url = new URL(`https://localhost:${victim.port}/`)
    expect(await pool.reach(url, true).catch(error => error.code)).toBe('ENETUNREACH')
    // It is reached where that is allowed, and does not speak TLS.
    expect(await pool.reach(url, false).catch(error => error.code)).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
  })
})

describe('an upstream of one’s own', () => {
  test('may redirect within its network', async () => {
    const store = await serve((_, res) => res.end('stored'))
    const own = await serve(redirect(`http://127.0.0.1:${store.port}/`))
    expect((await get(`http://127.0.0.1:${own.port}/x`, connections(), false)).kind).toBe('found')
  })
})

test('nobody is followed from https to http', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'authority-'))
  closers.push(() => rmSync(directory, { recursive: true }))
  const authority = await createAuthority(directory)
  const plain = await serve((_, res) => res.end('readable by all'))
  const secure = await serve(redirect(`http://127.0.0.1:${plain.port}/`), await authority.issue(['127.0.0.1']))
  for (const publicUpstream of [true, false]) {
    const outcome = await get(`https://127.0.0.1:${secure.port}/x`, connections({}, authority), publicUpstream)
    expect(outcome.kind).toBe('redirect refused')
  }
  expect(plain.asked).toEqual([])
})
