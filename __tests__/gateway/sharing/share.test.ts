import { request } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../../src/demo/modules.ts'
import { type Fault, startProxy } from '../../../src/demo/proxy.ts'
import { parseAddresses, renderAddresses } from '../../../src/gateway/resident.ts'
import type { SharePlan } from '../../../src/gateway/sharing/place.ts'
import { createConnections, transportOver } from '../../support/builders/connections.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { until } from '../../support/until.ts'
import { gatewayFor, type TestGateway, upstreamAt } from '../../support/worlds/gateway.ts'

const cleanUp = cleanUpAfterEach()

const library = buildModule({ path: 'modules.test.io/library', version: 'v1.0.0' })
const strange = buildModule({ path: 'modules.test.io/strange', version: 'v1.0.0', paddingBytes: 5_000 })
const stranger = buildModule({ path: 'modules.test.io/stranger', version: 'v1.0.0' })
const secret = buildModule({ path: 'modules.test.io/secret', version: 'v1.0.0' })
const internal = buildModule({ path: 'git.corp.internal/team/m', version: 'v1.0.0' })
const all = [library, strange, stranger, secret, internal]

const SHARE: SharePlan = {
  place: { address: '127.0.0.1', port: 0, network: '127.0.0.1/8' },
  withPrivate: false,
  patterns: 'modules.test.io/secret',
  connections: 8,
  strangeBytes: 1e6,
  requests: 100,
}

async function start(share: Partial<SharePlan> = {}) {
  const proxy = cleanUp(await startProxy({ modules: all }))
  const options = { ahead: false, share: { ...SHARE, ...share } }
  const gateway = cleanUp(await gatewayFor([library, secret], [upstreamAt(proxy.url)], options))
  return { gateway, proxy, shared: sharedOf(gateway) }
}

function sharedOf({ shared }: TestGateway): string {
  if (shared === undefined || !('url' in shared)) throw new Error(`not shared: ${JSON.stringify(shared)}`)
  return shared.url
}

const zipOf = ({ path, version }: { path: string; version: string }) => `${path}/@v/${version}.zip`

interface Answer {
  readonly status: number
  readonly text: string
}

/** Sends exactly this; fetch would mend it. @param from the address that the request comes from */
function ask(url: string, target: string, { host, from }: { host?: string; from?: string } = {}): Promise<Answer> {
  const { hostname, port, pathname } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = {
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: `${pathname}/${target}`,
      headers: { host: host ?? new URL(url).host },
      localAddress: from,
      agent: false as const,
    }
    const sent = request(options, res => {
      let text = ''
      res.setEncoding('latin1')
      res.on('data', (chunk: string) => {
        text += chunk
      })
      res.on('end', () => resolve({ status: res.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

const statusOf = async (url: string, target: string, how: Parameters<typeof ask>[2] = {}) =>
  (await ask(url, target, how)).status

describe('the second address of a gateway', () => {
  test('serves what loopback serves, under a secret of its own, to its own Host alone', async () => {
    const { gateway, shared, proxy } = await start()
    const [own, others] = [new URL(gateway.url), new URL(shared)]
    expect([own.port === others.port, own.pathname === others.pathname]).toEqual([false, false])
    expect(others.pathname).toMatch(/^\/[0-9a-f]{32}$/)
    const crossed = [
      await statusOf(`${others.origin}${own.pathname}`, zipOf(library)),
      await statusOf(`${own.origin}${others.pathname}`, zipOf(library)),
      await statusOf(others.origin, zipOf(library)),
      await statusOf(shared, zipOf(library), { host: own.host }),
      await statusOf(shared, zipOf(library), { host: `localhost:${others.port}` }),
      await statusOf(shared, zipOf(library), { host: 'evil.example' }),
    ]
    expect([crossed, proxy.requests]).toEqual([crossed.map(() => 403), []])
    expect((await ask(shared, zipOf(library))).text).toBe(library.zip.toString('latin1'))
  })

  test('a private module is refused in every spelling that a code host takes for the same', async () => {
    const { shared, proxy } = await start({ patterns: 'modules.test.io/Secret' })
    for (const path of ['modules.test.io/secret', 'modules.test.io/!se!cret', 'modules.test.io/secret.git/v2'])
      expect([path, await statusOf(shared, `${path}/@v/list`)]).toEqual([path, 403])
    expect(proxy.requests).toEqual([])
  })

  test('who hangs up makes no room for more until what was begun for them has ended', async () => {
    const answers: (() => void)[] = []
    let isHeld = true
    const hold: Fault = (_, res, good) => void answers.push(() => res.end(good))
    const slow = cleanUp(await startProxy({ modules: all, fault: () => (isHeld ? hold : undefined) }))
    const options = { ahead: false, share: { ...SHARE, connections: 1 } }
    const shared = sharedOf(cleanUp(await gatewayFor([library, secret], [upstreamAt(slow.url)], options)))
    const { hostname, port, pathname } = new URL(shared)
    const leaver = request({ hostname, port, path: `${pathname}/${zipOf(library)}`, agent: false })
    leaver.on('error', () => {})
    leaver.end()
    await until(() => answers.length > 0)
    leaver.destroy()
    // Until its connection is seen to be closed a second one is closed unanswered.
    const later = () => statusOf(shared, zipOf(strange)).catch(() => 0)
    let status = 0
    while (status === 0) status = await later()
    expect(status).toBe(503)
    isHeld = false
    for (const answer of answers) answer()
    while (status === 503) status = await later()
    expect(status).toBe(200)
  })

  test('there is none unless it was asked for', async () => {
    const gateway = cleanUp(await gatewayFor([library], [], { ahead: false }))
    expect(gateway.shared).toBeUndefined()
  })

  test('private modules are refused there, by every path, and no upstream hears of them', async () => {
    const { gateway, shared, proxy } = await start()
    for (const { path, version } of [secret, internal]) {
      for (const target of [
        `${path}/@v/list`,
        `${path}/@latest`,
        ...['info', 'mod', 'zip'].map(kind => `${path}/@v/${version}.${kind}`),
      ]) {
        const { status, text } = await ask(shared, target)
        expect([target, status, text]).toEqual([target, 403, expect.stringContaining(`${path} is private here`)])
      }
      const lookup = await ask(shared, `sumdb/sum.golang.org/lookup/${path}@${version}`)
      expect(lookup).toMatchObject({ status: 403, text: expect.stringContaining('is private here') })
    }
    expect(proxy.requests).toEqual([])
    // This job gets them all the same.
    expect(await statusOf(gateway.url, zipOf(secret))).toBe(200)
    expect(await statusOf(shared, zipOf(secret))).toBe(403)
  })

  test('unless the user says so', async () => {
    const { shared } = await start({ withPrivate: true })
    expect([await statusOf(shared, zipOf(secret)), await statusOf(shared, zipOf(internal))]).toEqual([200, 200])
  })

  test('what a proxy gives for a login is not given on', async () => {
    const upstream = upstreamAt('https://user:password@127.0.0.1:1')
    const asked: string[] = []
    for (const withPrivate of [false, true]) {
      const gateway = cleanUp(
        await gatewayFor([library], [upstream], { ahead: false, share: { ...SHARE, withPrivate } }),
      )
      const { status, text } = await ask(sharedOf(gateway), zipOf(library))
      asked.push(`${status} ${/asked with a login/.test(text)}`)
    }
    expect(asked).toEqual(['403 true', '502 false'])
  })

  test('a login from netrc or credentials counts as one in the URL', async () => {
    const connections = cleanUp(createConnections({ connectMs: 1_000, connectionsPerOrigin: 4 }))
    const login = { host: '127.0.0.1', port: 1, path: '', user: 'user', token: 'token' }
    const transport = { ...transportOver(connections), logins: [login] }
    const upstream = upstreamAt('https://127.0.0.1:1')
    const gateway = cleanUp(await gatewayFor([library], [upstream], { ahead: false, transport, share: SHARE }))
    expect(await statusOf(sharedOf(gateway), zipOf(library))).toBe(403)
  })

  test('modules that go.sum does not name end at a limit; those of the project do not', async () => {
    const { shared, gateway } = await start({ strangeBytes: 2_000 })
    expect(await statusOf(shared, zipOf(strange))).toBe(200)
    const refused = await ask(shared, zipOf(stranger))
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('which is the limit')
    // What they have had costs nothing more.
    expect(await statusOf(shared, zipOf(strange))).toBe(200)
    expect(await statusOf(shared, zipOf(library))).toBe(200)
    expect(await statusOf(gateway.url, zipOf(stranger))).toBe(200)
  })

  test('requests end at a limit, which those of this job do not count for', async () => {
    const { gateway, shared } = await start({ requests: 2 })
    const statuses: number[] = []
    for (const url of [gateway.url, shared, shared, shared, gateway.url])
      statuses.push(await statusOf(url, zipOf(library)))
    expect(statuses).toEqual([200, 200, 200, 403, 200])
  })

  test('who asks from another network is cut off before it has said anything', async () => {
    const { shared, proxy } = await start({ place: { address: '127.0.0.1', port: 0, network: '127.0.5.0/24' } })
    await expect(ask(shared, zipOf(library))).rejects.toThrow(/ECONNRESET|socket hang up/)
    expect(proxy.requests).toEqual([])
    if (process.platform === 'linux') expect(await statusOf(shared, zipOf(library), { from: '127.0.5.7' })).toBe(200)
  })

  test('on IPv6, its Host is in brackets', async () => {
    const { shared } = await start({ place: { address: '::1', port: 0, network: '::1/128' } })
    expect(shared).toMatch(/^http:\/\/\[::1\]:\d+\/[0-9a-f]{32}$/)
    expect(await statusOf(shared, zipOf(library))).toBe(200)
  })

  test('a port that is taken leaves the gateway to this job', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    cleanUp(taken)
    await new Promise(resolve => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const proxy = cleanUp(await startProxy({ modules: all }))
    const share = { ...SHARE, place: { ...SHARE.place, port } }
    const gateway = cleanUp(await gatewayFor([library], [upstreamAt(proxy.url)], { ahead: false, share }))
    expect(gateway.shared).toEqual({ fault: 'EADDRINUSE' })
    expect(await statusOf(gateway.url, zipOf(library))).toBe(200)
  })

  test('closes with the gateway', async () => {
    const { gateway, shared } = await start()
    expect(await statusOf(shared, zipOf(library))).toBe(200)
    await gateway.close()
    await expect(ask(shared, zipOf(library))).rejects.toThrow('ECONNREFUSED')
  })
})

describe('the line that says the addresses', () => {
  const url = 'http://127.0.0.1:1/aa'
  test.each([undefined, { url: 'http://172.17.0.1:2/bb' }, { fault: 'EADDRINUSE' }])('%j', shared => {
    expect(parseAddresses(renderAddresses({ url, shared }))).toEqual({ url, shared })
  })

  test.each([undefined, '', 'what is this'])('%j is none', line => {
    expect(parseAddresses(line)).toBeUndefined()
  })
})
