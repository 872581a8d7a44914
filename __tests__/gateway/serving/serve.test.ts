import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildModule } from '../../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import { anyText } from '../../support/builders/text.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { faults } from '../../support/servers/faults.ts'
import { gatewayFor, type TestGateway, upstreamAt } from '../../support/worlds/gateway.ts'

const cleanUp = cleanUpAfterEach()

const module = buildModule({ path: 'example.com/m', version: 'v1.0.0', paddingBytes: 200_000 })
const ZIP = 'example.com/m/@v/v1.0.0.zip'

async function start(options: Partial<ProxyOptions> = {}): Promise<{ gateway: TestGateway; proxy: DemoProxy }> {
  const proxy = cleanUp(await startProxy({ modules: [module], ...options }))
  const gateway = cleanUp(await gatewayFor([module], [upstreamAt(proxy.url)], { ahead: false }))
  return { gateway, proxy }
}

interface Raw {
  readonly method?: string
  readonly path?: string
  readonly host?: string
}

/** Sends exactly this; fetch would mend it. */
function ask(url: string, { method = 'GET', path, host }: Raw): Promise<{ status: number; body: string }> {
  const { hostname, port, pathname } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path: path ?? `${pathname}/${ZIP}`, headers: { host: host ?? `${hostname}:${port}` } },
      res => {
        let body = ''
        res.setEncoding('latin1')
        res.on('data', (text: string) => {
          body += text
        })
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body }))
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

describe('who does not know the secret', () => {
  test('gets nothing, and no upstream hears of it', async () => {
    const { gateway, proxy } = await start()
    const { pathname, port } = new URL(gateway.url)
    const refused: readonly [Raw, number][] = [
      [{ path: `/${ZIP}` }, 403],
      [{ path: `${pathname.slice(0, -1)}0x/${ZIP}` }, 403],
      [{ path: `${pathname.toUpperCase()}/${ZIP}` }, 403],
      [{ path: `/x/..${pathname}/${ZIP}` }, 403],
      [{ path: '/' }, 403],
      [{ path: '*' }, 403],
      [{ path: `${gateway.url}/${ZIP}` }, 403],
      [{ host: 'evil.example' }, 403],
      [{ host: `localhost:${port}` }, 403],
      [{ host: '127.0.0.1' }, 403],
      [{ host: `127.0.0.1:${port}.evil.example` }, 403],
      [{ method: 'POST' }, 405],
      [{ method: 'PUT' }, 405],
      [{ method: 'DELETE' }, 405],
      [{ method: 'OPTIONS' }, 405],
      [{ method: 'PROPFIND' }, 405],
    ]
    for (const [raw, status] of refused) expect([raw, (await ask(gateway.url, raw)).status]).toEqual([raw, status])
    expect(proxy.requests).toEqual([])
  })

  test('has 2^128 secrets to try, and each gateway has its own', async () => {
    const secrets = [await start(), await start()].map(({ gateway }) => new URL(gateway.url).pathname.slice(1))
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{32}$/)
    expect(secrets[0]).not.toBe(secrets[1])
  })
})

test('10,000 requests of any shape, each on its own connection: no crash, and upstreams are asked by the grammar alone', async () => {
  const { gateway, proxy } = await start()
  const { hostname, port, pathname } = new URL(gateway.url)
  const piece = fc.oneof(
    fc.constantFrom('/', '//', '/..', '/@v/', '@latest', 'list', 'v1.0.0.zip', '%2e%2e', '%2f', '%00', '?', '#', ' '),
    fc.constantFrom('example.com/m', 'example.com/%21m', 'sumdb/sum.golang.org/', 'lookup/', 'tile/8/0/', 'supported'),
    fc.string({ maxLength: 12 }),
    anyText({ maxLength: 6 }),
  )
  const line = fc
    .tuple(
      fc.constantFrom('GET', 'HEAD', 'POST', 'get', ''),
      fc.array(piece, { maxLength: 6 }),
      fc.boolean(),
      fc.string(),
    )
    .map(([method, pieces, secret, header]) => {
      const target = `${secret ? pathname : ''}/${pieces.join('')}`.replace(/[\r\n]/g, '')
      return `${method} ${target} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nX: ${header.replace(/[\r\n]/g, '')}\r\n\r\n`
    })
  const batches = fc.sample(fc.array(line, { minLength: 100, maxLength: 100 }), { numRuns: 100, seed: 7 })
  for (const batch of batches) await sendRaw(hostname, Number(port), batch)
  expect((await ask(gateway.url, {})).status).toBe(200)
  const grammar = /^([a-z0-9!._~-]+\/)+(@v\/(list|[a-z0-9!._+~-]+\.(info|mod|zip))|@latest)$/
  expect(proxy.requests.map(({ path }) => path).filter(path => !grammar.test(path))).toEqual([])
}, 120_000)

/** Sends each on a connection of its own, without waiting for answers one by one; done when all are closed. */
async function sendRaw(host: string, port: number, texts: readonly string[]): Promise<void> {
  await Promise.all(
    texts.map(
      text =>
        new Promise<void>(resolve => {
          const socket = connect(port, host, () => socket.end(text))
          socket.on('error', () => {})
          socket.on('close', () => resolve())
          socket.resume()
        }),
    ),
  )
}

describe('what go gets', () => {
  test('is the file with its length, and by HEAD the length alone', async () => {
    const { gateway, proxy } = await start()
    const head = await fetch(`${gateway.url}/${ZIP}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(module.zip.length),
      '',
    ])
    const got = await fetch(`${gateway.url}/${ZIP}`)
    expect(Buffer.from(await got.arrayBuffer()).equals(module.zip)).toBe(true)
    expect(proxy.requests).toHaveLength(1)
  })

  test('is fetched once however many ask at the same time', async () => {
    // Long enough for all to be there before the answer is, on a busy machine too.
    const { gateway, proxy } = await start({ latencyMs: 150 })
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(gateway.url, {})))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect(proxy.requests).toHaveLength(1)
  })

  test('is kept for whoever left before it came, and freed when it was delivered', async () => {
    const { gateway, proxy } = await start({ latencyMs: 50 })
    const leaving = new AbortController()
    const left = fetch(`${gateway.url}/${ZIP}`, { signal: leaving.signal }).catch(() => 'left')
    while (proxy.requests.length === 0) await new Promise(resolve => setImmediate(resolve))
    leaving.abort()
    expect(await left).toBe('left')
    expect((await ask(gateway.url, {})).status).toBe(200)
    expect(proxy.requests).toHaveLength(1)
    expect((await ask(gateway.url, {})).status).toBe(200)
    expect(proxy.requests).toHaveLength(2)
  })
})

describe('what was verified elsewhere', () => {
  test('answers who waits for an upstream that will not come, and ends that request', async () => {
    const directory = cleanUp.directory('supply-')
    const path = join(directory, 'm.zip')
    writeFileSync(path, module.zip)
    let onAsked = () => {}
    const asked = new Promise<void>(resolve => {
      onAsked = resolve
    })
    const { gateway } = await start({
      fault: () => {
        onAsked()
        return faults.silent
      },
    })
    const waiting = ask(gateway.url, {})
    await asked
    gateway.supply(ZIP, path, module.zip.length)
    const { status, body } = await waiting
    expect([status, Buffer.from(body, 'latin1').equals(module.zip)]).toEqual([200, true])
    // No upstream is credited or blamed for it.
    expect(gateway.events.filter(({ kind }) => kind === 'served')).toMatchObject([{ from: undefined, status: 200 }])
    expect(gateway.figures()).toMatchObject({ retries: 0, rejected: 0 })
  })

  test('of what nobody asked for is left where it is', async () => {
    const { gateway } = await start()
    gateway.supply('example.com/other/@v/v1.0.0.zip', '/nonexistent', 1)
    expect((await ask(gateway.url, {})).status).toBe(200)
  })
})
