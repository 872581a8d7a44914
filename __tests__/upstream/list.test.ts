import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { parseGoproxy } from '../../src/go/goproxy.ts'
import { systemClock } from '../../src/runner/clock.ts'
import type { Connections } from '../../src/upstream/connection.ts'
import { fetchFromList } from '../../src/upstream/list.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { createConnections } from '../support/builders/connections.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'

/** Two servers of one name, with TLS and without. */
const cleanUp = cleanUpAfterAll()
let [secure, plain]: (DemoProxy | undefined)[] = []
let connections: Connections

beforeAll(async () => {
  const authority = await createAuthority(cleanUp.directory('list-'))
  const modules = [buildModule({ path: 'example.com/a', version: 'v1.0.0' })]
  secure = cleanUp(await startProxy({ modules, tls: await authority.issue(['localhost', '127.0.0.1']) }))
  plain = cleanUp(await startProxy({ modules }))
  connections = cleanUp(
    createConnections({ trustedRoots: [authority.cert], connectMs: 5_000, connectionsPerOrigin: 4 }),
  )
})

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

/** The header that the proxy saw. @param url with PORT for that of the server */
async function sent(
  url: string,
  place: { readonly host: string; readonly path?: string; readonly port?: number | undefined },
  file = 'example.com/a/@v/v1.0.0.mod',
) {
  const server = url.startsWith('https') ? secure : plain
  const list = parseGoproxy(url.replace('PORT', String(server?.port)))
  if (!list.ok) throw new Error(url)
  const login = { path: '', port: secure?.port, ...place, user: 'robot', token: 'cAnArY' }
  await fetchFromList(
    list.value,
    file,
    { deadlines: { headMs: 5_000, stallMs: 5_000, totalMs: 10_000 }, maxBytes: 1 << 20, publicUpstream: false },
    { connections, clock: systemClock, userAgent: 'test', logins: [login] },
  )
  return server?.requests.at(-1)?.headers.authorization
}

describe('a login is sent', () => {
  test.each([
    ['to its host and port', 'https://localhost:PORT', { host: 'localhost' }],
    ['below its path', 'https://localhost:PORT/go/all', { host: 'localhost', path: 'go' }],
    ['to its path itself', 'https://localhost:PORT/go/', { host: 'localhost', path: 'go' }],
  ])('%s', async (_, url, place) => {
    expect(await sent(url, place)).toBe(basic('robot:cAnArY'))
  })

  test.each([
    ['to another path', 'https://localhost:PORT/other', { host: 'localhost', path: 'go' }],
    ['to a path that only begins like it', 'https://localhost:PORT/golang', { host: 'localhost', path: 'go' }],
    ['above its path', 'https://localhost:PORT/', { host: 'localhost', path: 'go' }],
    ['to another port', 'https://localhost:PORT', { host: 'localhost', port: 1 }],
    ['to the usual port’s', 'https://localhost:PORT', { host: 'localhost', port: undefined }],
    ['to another name of the same server', 'https://127.0.0.1:PORT', { host: 'localhost' }],
    ['without TLS', 'http://localhost:PORT', { host: 'localhost' }],
  ] as const)('but not %s', async (_, url, place) => {
    expect(await sent(url, { ...(url.startsWith('http:') && { port: plain?.port }), ...place })).toBeUndefined()
  })

  test('and one that GOPROXY itself carries goes before it', async () => {
    expect(await sent('https://own:p%40ss@localhost:PORT', { host: 'localhost' })).toBe(basic('own:p@ss'))
  })
})

/** What the proxy is asked for, decoded. @param url with PORT for that of the server */
async function askedFor(url: string, path: string): Promise<string | undefined> {
  await sent(url, { host: 'localhost' }, path)
  return plain?.requests.at(-1)?.path
}

describe('a file is asked for where go asks for it', () => {
  const file = 'example.com/a/@v/v1.0.0.mod'
  test.each([
    ['below a path', 'http://localhost:PORT/go', `go/${file}`],
    ['below one that ends with a slash', 'http://localhost:PORT/go/', `go/${file}`],
    ['with one slash where there are several', 'http://localhost:PORT//go///', `go/${file}`],
    ['before a query', 'http://localhost:PORT/go?key=a%2Fb', `go/${file}?key=a/b`],
    ['before a query without a path', 'http://localhost:PORT?key=a', `${file}?key=a`],
    ['under a scheme in capitals', 'HTTP://localhost:PORT/go', `go/${file}`],
  ])('%s', async (_, url, path) => {
    expect(await askedFor(url, file)).toBe(path)
  })

  test('a branch’s name begins neither a query nor what is not sent', async () => {
    const path = 'example.com/a/@v/a?b#c 100%.info'
    expect(await askedFor('http://localhost:PORT/go?key=a', path)).toBe(`go/${path}?key=a`)
  })
})

test.each([
  ['as go looks there first', 'file:///srv/go,http://localhost:PORT'],
  ['as go does after a failure', 'http://localhost:1|file:///srv/go|http://localhost:PORT'],
  ['alone', 'file:///srv/go'],
])('what a directory may have is left to go, and nobody behind it hears of it: %s', async (_, goproxy) => {
  const before = plain?.requests.length
  const list = parseGoproxy(goproxy.replace('PORT', String(plain?.port)))
  const outcome = await fetchFromList(
    list.ok ? list.value : { entries: [], ending: undefined },
    'example.com/a/@v/v1.0.0.mod',
    { deadlines: { headMs: 5_000, stallMs: 5_000, totalMs: 10_000 }, maxBytes: 1 << 20, publicUpstream: false },
    { connections, clock: systemClock, userAgent: 'test' },
  )
  expect([outcome.kind, outcome.status, outcome.via]).toEqual(['absent', null, 'file:///srv/go'])
  expect(plain?.requests.length).toBe(before)
})
