import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { encodeLogin, startInternet } from '../support/servers/internet.ts'
import { type ServerHabits, startModuleServer } from '../support/servers/module-server.ts'
import { startSocksProxy } from '../support/servers/socks-proxy.ts'
import { goModDownload } from '../support/worlds/gateway.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const module = buildModule({ path: 'example.com/a', version: 'v1.0.0' })
const objects = new Map(
  (['info', 'mod', 'zip'] as const).map(kind => [`/example.com/a/@v/v1.0.0.${kind}`, module[kind]]),
)
const BIG = '/big'

async function serve(habits: Omit<ServerHabits, 'objects'>) {
  const server = cleanUp(
    await startModuleServer({ objects: new Map([...objects, [BIG, Buffer.alloc(32 << 20)]]), ...habits }),
  )
  const agent = new Agent({ keepAlive: true })
  cleanUp(() => agent.destroy())
  const begin = async (path: string): Promise<IncomingMessage> => {
    const [res] = await once(get({ host: '127.0.0.1', port: server.port, path, agent }), 'response')
    return res
  }
  const ask = async (path = '/example.com/a/@v/v1.0.0.info') => {
    const res = await begin(path)
    res.resume()
    await once(res, 'end')
    return { status: res.statusCode, after: res.headers['retry-after'] }
  }
  return { server, begin, ask }
}

describe('a server that limits', () => {
  test('counts a request until the last byte of its response', async () => {
    const { server, begin, ask } = await serve({ atOnce: { most: 1, status: 429, retryAfterSeconds: 7 } })
    const big = await begin(BIG)
    expect(await ask()).toEqual({ status: 429, after: '7' })
    big.resume()
    await once(big, 'end')
    expect(await ask()).toEqual({ status: 200, after: undefined })
    expect(server.ledger()).toMatchObject({
      requests: 3,
      refused: [{ path: '/example.com/a/@v/v1.0.0.info', status: 429, atMs: expect.any(Number) }],
      mostAtOnce: 2,
      banned: false,
    })
  })

  test('admits so many a second, and no more', async () => {
    const { server, ask } = await serve({ aSecond: { rate: 0.001, burst: 2, status: 503 } })
    expect([await ask(), await ask(), await ask()].map(({ status }) => status)).toEqual([200, 200, 503])
    expect(server.ledger().refused).toHaveLength(1)
  })

  test('bans for good after so many refusals', async () => {
    const { server, ask } = await serve({ aSecond: { rate: 0.001, burst: 1, status: 429 }, banAfter: 2 })
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push((await ask()).status)
    expect(statuses).toEqual([200, 429, 429, 403, 403])
    expect(server.ledger().banned).toBe(true)
  })
})

describe('proxies of the network, for the real go', () => {
  const LOGIN = 'ci:p@ss:word/1'
  const kinds = {
    'SOCKS5, RFC 1928': async (routes: Record<string, number>, login?: string) => {
      const [user = '', password = ''] = (login ?? '').split(/:(.*)/s)
      const proxy = await startSocksProxy({ routes, ...(login === undefined ? {} : { login: { user, password } }) })
      return { ...proxy, url: `socks5://${login === undefined ? '' : `${encodeLogin(login)}@`}127.0.0.1:${proxy.port}` }
    },
    'HTTP CONNECT': async (routes: Record<string, number>, login?: string) => {
      const { env, ...proxy } = await startInternet(routes, login === undefined ? {} : { login })
      return { ...proxy, url: env['HTTPS_PROXY'] ?? '' }
    },
  }

  async function download(start: (typeof kinds)[keyof typeof kinds], login?: string, change = (url: string) => url) {
    const authority = await createAuthority(cleanUp.directory('authority-'))
    const server = cleanUp(await startModuleServer({ objects, certificate: await authority.issue(['goproxy.test']) }))
    const proxy = cleanUp(await start({ 'goproxy.test:443': server.port }, login))
    const project = cleanUp(projectOf([module]))
    const env = goEnvironment(project, {
      ...authority.env,
      GOPROXY: 'https://goproxy.test',
      GONOSUMDB: '*',
      HTTPS_PROXY: change(proxy.url),
    })
    const { exitCode } = await runGo(['mod', 'download'], { cwd: project.directory, env })
    return { exitCode, requests: server.ledger().requests }
  }

  test.each(Object.entries(kinds))('%s, with and without a password', async (_, start) => {
    const through = { exitCode: 0, requests: 3 }
    expect(await download(start)).toEqual(through)
    expect(await download(start, LOGIN)).toEqual(through)
  })

  test.each(Object.entries(kinds))('%s, with a wrong password and with none', async (_, start) => {
    const refused = { exitCode: 1, requests: 0 }
    expect(await download(start, LOGIN, url => url.replace('ci:', 'other:'))).toEqual(refused)
    expect(await download(start, LOGIN, url => url.replace(/\/\/.*@/, '//'))).toEqual(refused)
  })

  test.each(Object.entries(kinds))('%s knows no other host', async (_, start) => {
    const project = cleanUp(projectOf([module]))
    const proxy = cleanUp(await start({}))
    const env = goEnvironment(project, { GOPROXY: 'https://other.test', HTTPS_PROXY: proxy.url })
    expect((await runGo(['mod', 'download'], { cwd: project.directory, env })).exitCode).toBe(1)
    expect(proxy.asked).toContain('other.test:443')
  })
})

test('a module server is one for the real go', async () => {
  const { server } = await serve({})
  const project = cleanUp(projectOf([module]))
  expect((await goModDownload(project, `http://127.0.0.1:${server.port}`)).code).toBe(0)
})
