import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { fetchObject } from '../../src/upstream/fetch.ts'
import type { Outcome } from '../../src/upstream/outcome.ts'
import { type Authority, createAuthority } from '../support/builders/certificates.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import { startHttp2Origin } from '../support/servers/http2-origin.ts'
import { type LoopbackServer, startInternet, startTlsServer } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { type SocksOptions, type SocksRoute, startSocksProxy } from '../support/servers/socks-proxy.ts'
import { runGo } from '../support/worlds/go-command.ts'

const cleanUp = cleanUpAfterEach()
const cleanUpAll = cleanUpAfterAll()
let authority: Authority
let origin: LoopbackServer
beforeAll(async () => {
  authority = await createAuthority(cleanUpAll.directory('authority-'))
  const certificate = await authority.issue(['goproxy.test', 'other.test', '192.0.2.1'])
  origin = cleanUpAll(
    await startTlsServer(certificate, ({ url }, res) => {
      if (url === '/example.com/m/@v/v1.0.0.info') res.end('{"Version":"v1.0.0"}')
      else res.writeHead(404).end()
    }),
  )
})

const PATH = '/example.com/m/@v/v1.0.0.info'
const URL_OF = 'https://goproxy.test'

/** Connections of one run with these variables. */
function connectionsWith(env: Readonly<Record<string, string>>, headMs = 5_000, proxyAnswerMs = 400) {
  const pool = cleanUp(createConnections({ env, trustedRoots: [authority.cert], connectMs: 400, proxyAnswerMs }))
  return {
    pool,
    get: (url: string): Promise<Outcome> => {
      const deadlines = { headMs, stallMs: 5_000, totalMs: 10_000 }
      return fetchObject(url, { deadlines, maxBytes: 1_000, publicUpstream: false }, transportOver(pool))
    },
  }
}

/** Whether plain go can use it: its `go mod download` of a .info file. */
async function goSays(env: Readonly<Record<string, string>>, url = URL_OF): Promise<string> {
  const directory = cleanUp.directory('go-')
  const run = await runGo(['list', '-m', '-f', '{{.Version}}', 'example.com/m@v1.0.0'], {
    cwd: directory,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      GOPATH: join(directory, 'go'),
      GOCACHE: join(directory, 'cache'),
      GOPROXY: url,
      GOSUMDB: 'off',
      GOTOOLCHAIN: 'local',
      GOFLAGS: '-modcacherw',
      SSL_CERT_FILE: authority.file,
      SSL_CERT_DIR: '/nonexistent',
      ...env,
    },
  })
  return run.exitCode === 0 ? 'works' : run.stderr
}

const socks = async (options: SocksOptions = {}) =>
  cleanUp(await startSocksProxy({ routes: { 'goproxy.test:443': origin.port }, ...options }))
const LOGIN = { user: 'us:er', password: 'p@ss/wörd' }
const ENCODED = 'us%3Aer:p%40ss%2Fw%C3%B6rd'

describe('a SOCKS proxy', () => {
  test.each(['socks5', 'socks5h'])('is used over %s, and resolves the name', async scheme => {
    const { port, asked } = await socks()
    const env = { HTTPS_PROXY: `${scheme}://127.0.0.1:${port}` }
    expect((await connectionsWith(env).get(URL_OF + PATH)).kind).toBe('found')
    expect(await goSays(env)).toBe('works')
    expect(new Set(asked)).toEqual(new Set(['goproxy.test:443']))
  })

  test.each([
    ['a user and a password, percent-encoded', `${ENCODED}@`, LOGIN],
    ['a user without a password', 'user@', { user: 'user', password: '' }],
    ['a login that is not asked for', 'any:thing@', undefined],
  ])('takes %s', async (_, userinfo, login) => {
    const { port } = await socks(login && { login })
    const env = { https_proxy: `socks5://${userinfo}127.0.0.1:${port}` }
    expect([(await connectionsWith(env).get(URL_OF + PATH)).kind, await goSays(env)]).toEqual(['found', 'works'])
  })

  test('is given addresses as such, and http URLs too; NO_PROXY goes past it', async () => {
    const plain = createHttpServer((_, res) => res.end('plain'))
    await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
    cleanUp(() => plain.close())
    const { port, asked } = await socks({
      routes: {
        '<192.0.2.1>:443': origin.port,
        '<20010db8000000000000000000000001>:8080': (plain.address() as AddressInfo).port,
      },
    })
    const url = `socks5://127.0.0.1:${port}`
    const { get } = connectionsWith({ HTTPS_PROXY: url, HTTP_PROXY: url, NO_PROXY: 'past.invalid' })
    expect((await get(`https://192.0.2.1${PATH}`)).kind).toBe('found')
    expect((await get('http://[2001:db8::1]:8080/')).body.toString()).toBe('plain')
    expect((await get('https://past.invalid/')).kind).toBe('unknown host')
    expect(asked).toEqual(['<192.0.2.1>:443', '<20010db8000000000000000000000001>:8080'])
  })

  test('carries HTTP/2: one connection for all requests', async () => {
    const h2 = cleanUp(await startHttp2Origin(({ answer }) => answer(), {}, undefined, authority))
    const { port, connections } = await socks({
      routes: { '<127.0.0.1>:443': h2Port(h2.url), 'goproxy.test:443': h2Port(h2.url) },
    })
    const { get } = connectionsWith({ HTTPS_PROXY: `socks5://127.0.0.1:${port}` })
    await Promise.all(Array.from({ length: 8 }, (_, i) => get(`${URL_OF}/${i}`)))
    expect(connections()).toBe(1)
  })
})

function h2Port(url: string): number {
  return Number(new URL(url).port)
}

/** A server that says this to whatever comes first. */
async function says(text: string): Promise<number> {
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(text))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => void server.close())
  return (server.address() as AddressInfo).port
}

interface Fault {
  readonly env: Readonly<Record<string, string>>
  readonly connections?: () => number
}
const through = (url: string, connections?: () => number): Fault => ({
  env: { HTTPS_PROXY: url },
  ...(connections && { connections }),
})
const socksFault = async (options: SocksOptions, userinfo = '') => {
  const { port, connections } = await socks(options)
  return through(`socks5://${userinfo}127.0.0.1:${port}`, connections)
}
const reply = (route: SocksRoute) => () => socksFault({ routes: { 'goproxy.test:443': route } })
const httpFault = async (status: number, userinfo = '') => {
  const { port } = cleanUp(await startInternet({ 'goproxy.test': { status, reason: 'Secret <b>words</b>' } }))
  return through(`http://${userinfo}127.0.0.1:${port}`)
}

const OWN: readonly (readonly [name: string, open: () => Promise<Fault>, kind: string, does: string])[] = [
  [
    'nothing listens',
    async () => through(`socks5://u:hush@127.0.0.1:${await findFreePort()}`),
    'refuses',
    'refuses connections',
  ],
  [
    'its name does not resolve',
    async () => through('socks5h://u:hush@nowhere.invalid:1080'),
    'refuses',
    'has a name that does not resolve here',
  ],
  ['it is silent', () => socksFault({ greeting: 'silent' }), 'refuses', 'does not answer'],
  ['it closes', () => socksFault({ greeting: 'cut' }), 'unreachable', 'closes the connection without an answer'],
  ['it wants a login', () => socksFault({ login: LOGIN }), 'refuses', 'wants a user and a password'],
  ['it refuses the login', () => socksFault({ login: LOGIN }, 'u:hush@'), 'refuses', 'refuses the user and password'],
  [
    'it wants a login, without regard to what is offered',
    () => socksFault({ greeting: Buffer.from([5, 2]) }),
    'refuses',
    'wants a user and a password',
  ],
  [
    'it wants GSSAPI',
    () => socksFault({ greeting: Buffer.from([5, 1]) }),
    'refuses',
    'wants a way to log in that go does not have',
  ],
  ['it speaks SOCKS4', () => socksFault({ greeting: Buffer.from([0, 0x5b]) }), 'refuses', 'does not speak SOCKS5'],
  [
    'it speaks HTTP',
    async () => through(`socks5://127.0.0.1:${await says('HTTP/1.1 400 Bad\r\n\r\n')}`),
    'refuses',
    'does not speak SOCKS5',
  ],
  ['reply 7', reply({ reply: 7 }), 'refuses', 'opens no connections (SOCKS reply 7, command not supported)'],
  [
    'HTTP: nothing listens',
    async () => through(`http://u:hush@127.0.0.1:${await findFreePort()}`),
    'refuses',
    'refuses connections',
  ],
  [
    'HTTP: its name does not resolve',
    async () => through('nowhere.invalid:3128'),
    'refuses',
    'has a name that does not resolve here',
  ],
  [
    'HTTP: it speaks something else',
    async () => through(`http://127.0.0.1:${await says('220 ftp.example ready\r\n')}`),
    'refuses',
    'does not speak HTTP',
  ],
  ['HTTP: it wants a login', () => httpFault(407), 'refuses', 'wants a user and a password (407)'],
  ['HTTP: it refuses the login', () => httpFault(407, 'u:hush@'), 'refuses', 'refuses the user and password (407)'],
  ['HTTP: no CONNECT', () => httpFault(405), 'refuses', 'opens no connections (CONNECT: 405)'],
  [
    'HTTPS: it speaks no TLS',
    async () => through(`https://127.0.0.1:${await says('HTTP/1.1 400 Bad\r\n\r\n')}`),
    'refuses',
    'does not speak TLS',
  ],
]

const TARGETS: readonly (readonly [name: string, open: () => Promise<Fault>, does: string])[] = [
  ['reply 2', reply({ reply: 2 }), 'does not allow connections to it (SOCKS reply 2)'],
  ['reply 3', reply({ reply: 3 }), 'cannot connect to it (SOCKS reply 3, network unreachable)'],
  ['reply 4', reply({ reply: 4 }), 'cannot connect to it (SOCKS reply 4, host unreachable)'],
  ['reply 5', reply({ reply: 5 }), 'cannot connect to it (SOCKS reply 5, connection refused)'],
  [
    'reply 5 without an address',
    reply({ raw: Buffer.from([5, 5]) }),
    'cannot connect to it (SOCKS reply 5, connection refused)',
  ],
  ['reply 6', reply({ reply: 6 }), 'cannot connect to it (SOCKS reply 6, TTL expired)'],
  ['HTTP 403', () => httpFault(403), 'does not allow connections to it (403)'],
  ['HTTP 502', () => httpFault(502), 'cannot connect to it (502)'],
  ['HTTP 503', () => httpFault(503), 'cannot connect to it (503)'],
]

/** What may be the proxy's fault or the upstream's. */
const EITHER: readonly (readonly [name: string, route: SocksRoute, does: string])[] = [
  ['reply 1', { reply: 1 }, 'fails (SOCKS reply 1, general failure)'],
  ['reply 8', { reply: 8 }, 'does not take this kind of address (SOCKS reply 8)'],
  ['silence', 'silent', 'does not answer'],
  ['the end', 'cut', 'closes the connection without an answer'],
]

describe('when the network’s own proxy fails', () => {
  test.each(OWN)('%s: it is named without its password, and go fails too', async (_, open, kind, does) => {
    const { env, connections } = await open()
    const { get, pool } = connectionsWith(env)
    const outcomes = [
      await get(URL_OF + PATH),
      ...(await Promise.all(Array.from({ length: 20 }, () => get(URL_OF + PATH)))),
    ]
    const url = env['HTTPS_PROXY']?.replace(/\/\/.*@/, '//').replace(/^nowhere/, 'http://nowhere')
    const name = `the ${url?.startsWith('socks') ? 'SOCKS' : 'HTTP'} proxy ${url} (HTTPS_PROXY)`
    expect(new Set(outcomes.map(one => `${one.kind}: ${one.reason}`))).toEqual(
      new Set([`http proxy ${kind}: ${name} ${does}`]),
    )
    expect(pool.httpProxyFailure()?.reason).toBe(`${name} ${does}`)
    expect(connections?.() ?? 1).toBeLessThanOrEqual(3)
    if (!_.includes('silent')) expect(await goSays(env)).not.toBe('works')
  })

  test('one that served once and is away may come back', async () => {
    const proxy = await startInternet({ 'goproxy.test': origin.port })
    const { get } = connectionsWith({ HTTPS_PROXY: proxy.env['HTTPS_PROXY'] ?? '' })
    expect((await get(URL_OF + PATH)).kind).toBe('found')
    await proxy.close()
    const { kind, reason } = await get(`https://other.test${PATH}`)
    expect([kind, reason.endsWith('refuses connections')]).toEqual(['http proxy unreachable', true])
  })

  test('an answer may take longer than a connection, and go waits for it too', async () => {
    const { port } = await socks({ routes: { 'goproxy.test:443': origin.port }, delayMs: 800 })
    const { get } = connectionsWith({ HTTPS_PROXY: `socks5://127.0.0.1:${port}` }, 5_000, 5_000)
    expect((await get(URL_OF + PATH)).kind).toBe('found')
  })

  test('a value without a host is no way out, as for go, and nothing of it is shown', async () => {
    const outcome = await connectionsWith({ HTTPS_PROXY: 'hush:hu^sh@p.example' }).get(URL_OF + PATH)
    expect([outcome.kind, outcome.reason]).toEqual(['http proxy refuses', 'the HTTP proxy of HTTPS_PROXY has no host'])
  })

  test('a request ends before the proxy’s time is over, and blames the proxy all the same', async () => {
    const { env } = await socksFault({ greeting: 'silent' })
    const outcome = await connectionsWith(env, 100).get(URL_OF + PATH)
    expect([outcome.kind, outcome.reason]).toEqual([
      'http proxy unreachable',
      expect.stringMatching(/does not answer$/),
    ])
  })

  test.each(TARGETS)('%s is about the upstream', async (_, open, does) => {
    const { env } = await open()
    const { get, pool } = connectionsWith(env)
    const outcome = await get(URL_OF + PATH)
    expect([outcome.kind, outcome.reason.endsWith(`(HTTPS_PROXY) ${does}`)]).toEqual(['unreachable', true])
    expect(outcome.reason).not.toMatch(/Secret/)
    expect(pool.httpProxyFailure()).toBeUndefined()
  })

  test.each(EITHER)('%s is about the upstream where it serves another one, else its own', async (_, route, does) => {
    const { port } = await socks({ routes: { 'goproxy.test:443': route, 'other.test:443': origin.port } })
    const { get, pool } = connectionsWith({ HTTPS_PROXY: `socks5://127.0.0.1:${port}` })
    const before = await get(URL_OF + PATH)
    expect(before.kind).toMatch(/^http proxy/)
    expect(before.reason.endsWith(does)).toBe(true)
    expect((await get(`https://other.test${PATH}`)).kind).toBe('found')
    expect(pool.httpProxyFailure()).toBeUndefined()
    const after = await get(URL_OF + PATH)
    expect([after.kind, after.reason.endsWith(does)]).toEqual(['unreachable', true])
  })

  test('http URLs are sent to an HTTP proxy, and its 407 is its own', async () => {
    const { port } = cleanUp(await startInternet({}, { login: 'user:right' }))
    const outcome = await connectionsWith({ HTTP_PROXY: `http://user:wrong@127.0.0.1:${port}` }).get(
      'http://goproxy.test/x',
    )
    expect([outcome.kind, outcome.reason]).toEqual([
      'http proxy refuses',
      `the HTTP proxy http://127.0.0.1:${port} (HTTP_PROXY) refuses the user and password (407)`,
    ])
  })
})

describe('an HTTP proxy', () => {
  test('with a login, over TLS, for https', async () => {
    const tls = await authority.issue(['127.0.0.1'])
    const { env } = cleanUp(await startInternet({ 'goproxy.test': origin.port }, { login: 'user:p@ss:word', tls }))
    const other = Object.entries(env).map(([name, value]) => [name, value.replace('user:', 'other:')])
    const wrong = await connectionsWith(Object.fromEntries(other)).get(URL_OF + PATH)
    expect(wrong.reason).toMatch(/refuses the user and password \(407\)$/)
    expect((await connectionsWith(env).get(URL_OF + PATH)).kind).toBe('found')
    expect(await goSays(env)).toBe('works')
  })

  test('whose certificate is not trusted says so', async () => {
    const tls = await (await createAuthority(cleanUp.directory('other-'))).issue(['127.0.0.1'])
    const internet = cleanUp(await startInternet({ 'goproxy.test': origin.port }, { tls }))
    const outcome = await connectionsWith(internet.env).get(URL_OF + PATH)
    expect([outcome.kind, outcome.reason]).toEqual([
      'http proxy refuses',
      `the HTTP proxy https://127.0.0.1:${internet.port} (HTTPS_PROXY) has a certificate that is not trusted here`,
    ])
  })
})
