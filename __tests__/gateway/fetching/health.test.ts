import { describe, expect, test } from '@jest/globals'
import type { Candidate } from '../../../src/candidates/candidate.ts'
import { buildModule } from '../../../src/demo/modules.ts'
import {
  type DemoProxy,
  type Fault,
  type ProxyOptions,
  type ProxyRequest,
  startProxy,
} from '../../../src/demo/proxy.ts'
import { parseGoproxy } from '../../../src/go/goproxy.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { faults, tampered } from '../../support/servers/faults.ts'
import { gatewayFor, goModDownload, QUICK_GATEWAY, type TestGateway, upstreamAt } from '../../support/worlds/gateway.ts'
import { cachedFiles, goEnvironment, projectOf } from '../../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 40 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 2_000 }),
)

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

async function gateway(...args: Parameters<typeof gatewayFor>): Promise<TestGateway> {
  return cleanUp(await gatewayFor(...args))
}

/** The real go with the gateway alone before it; the number of zips it got. */
async function download({ url }: TestGateway): Promise<number> {
  const project = cleanUp(projectOf(modules))
  expect(await goModDownload(project, url)).toEqual({ code: 0, words: '' })
  return cachedFiles(goEnvironment(project), '.zip').length
}

const zips =
  (fault: Fault, times = Number.POSITIVE_INFINITY): NonNullable<ProxyOptions['fault']> =>
  ({ path, earlier }) =>
    path.endsWith('.zip') && earlier < times ? fault : undefined

describe('a fault that passes: everything comes from the only upstream', () => {
  const passing = {
    'a reset': faults.reset,
    'a cut': faults.cut,
    'status 500': faults.status(500),
    // Twice the same from the only one would be final.
    'half a file of agreeing length': [faults.half, faults.status(500)],
  }
  test.each(Object.entries(passing))('%s, twice for each zip', async (_, fault) => {
    const [first, second = first] = [fault].flat()
    const fails = (request: ProxyRequest) =>
      request.path.endsWith('.zip') ? [first, second][request.earlier] : undefined
    const only = await proxy({ fault: fails })
    // Every request counts, so a busy machine must not look like a silent proxy.
    const deadlines = { headMs: 10_000, stallMs: 10_000, totalMs: 10_000 }
    const running = await gateway(modules, [upstreamAt(only.url)], { deadlines })
    expect(await download(running)).toBe(modules.length)
    expect(only.requests).toHaveLength(5 * modules.length)
  })
})

describe('who fails is not asked first for ever', () => {
  const failing = {
    'half a file of agreeing length': faults.half,
    'a login page': faults.portal,
    'status 500': faults.status(500),
  }
  test.each(Object.entries(failing))('%s for each zip', async (_, fault) => {
    const bad = await proxy({ fault: zips(fault) })
    const good = await proxy()
    // So narrow that not all zips are under way before the first one failed.
    const policy = {
      ...QUICK_GATEWAY,
      window: { initial: 4, initialOwn: 4, maximumTrusted: 4, maximumMirror: 4, minimum: 1, ceiling: 1_024 },
    }
    const running = await gateway(modules, [upstreamAt(bad.url, 'mirror'), upstreamAt(good.url)], { policy })
    expect(await download(running)).toBe(modules.length)
    // What was under way when the first failures were seen is not called back.
    const asked = bad.requests.filter(({ path }) => path.endsWith('.zip'))
    expect(asked.length).toBeLessThan(modules.length / 2)
  })

  test('and one that sent wrong content is asked nothing any more', async () => {
    const wrong = new Map(modules.map(module => [module.path, tampered(module).zip]))
    const liar = await proxy({
      fault: ({ path }) =>
        path.endsWith('.zip') ? faults.send(wrong.get(path.split('/@v/')[0] ?? '') ?? Buffer.alloc(0)) : undefined,
    })
    const good = await proxy()
    const running = await gateway(modules, [upstreamAt(liar.url, 'mirror'), upstreamAt(good.url)])
    expect(await download(running)).toBe(modules.length)
    expect(running.quarantined()).toEqual([liar.url])
    const before = liar.requests.length
    await fetch(`${running.url}/example.com/m0/@v/v1.0.0.zip`)
    expect(liar.requests).toHaveLength(before)
  })
})

describe('a body that trickles', () => {
  const large = [buildModule({ path: 'example.com/large', version: 'v1.0.0', paddingBytes: 100_000 })]
  // 100 bytes each 50 ms: no silence is ever long enough for a deadline, and the whole would take a minute.
  const slow = zips(faults.trickle(100, 50))

  test('is fetched elsewhere while go waits for it', async () => {
    const [bad, good] = [await proxy({ modules: large, fault: slow }), await proxy({ modules: large })]
    const running = await gateway(large, [upstreamAt(bad.url), upstreamAt(good.url)])
    const project = cleanUp(projectOf(large))
    expect(await goModDownload(project, running.url)).toEqual({ code: 0, words: '' })
    expect(good.requests.some(({ path }) => path.endsWith('.zip'))).toBe(true)
    expect(running.events).toContainEqual(expect.objectContaining({ kind: 'asked', outcome: 'stalled' }))
  })

  test.each([
    ['nobody else is there', []],
    ['the others turn out worse', [upstreamAt('http://127.0.0.1:1')]],
  ])('is waited for where %s', async (_, others) => {
    const small = [buildModule({ path: 'example.com/small', version: 'v1.0.0', paddingBytes: 3_000 })]
    const steady = await proxy({ modules: small, fault: slow })
    const running = await gateway(small, [upstreamAt(steady.url), ...others])
    const project = cleanUp(projectOf(small))
    expect(await goModDownload(project, running.url)).toEqual({ code: 0, words: '' })
    expect(steady.requests.filter(({ path }) => path.endsWith('.zip'))).toHaveLength(1 + others.length)
  })
})

test('a gateway that ends in the middle costs nothing: go finds the rest behind it', async () => {
  const behind = await proxy()
  const upstream = await proxy({ latencyMs: 20 })
  const running = await gateway(modules, [upstreamAt(upstream.url)], { ahead: false })
  const project = cleanUp(projectOf(modules))
  const ended = goModDownload(project, `${running.url}|${behind.url}`)
  while (!running.events.some(({ kind }) => kind === 'served')) await new Promise(resolve => setImmediate(resolve))
  await running.close()
  expect(await ended).toEqual({ code: 0, words: '' })
  expect(cachedFiles(goEnvironment(project), '.zip')).toHaveLength(modules.length)
  expect(behind.requests.length).toBeGreaterThan(0)
})

describe('a trusted proxy that lies', () => {
  const lie = new Map(modules.map(module => [`${module.path}/@v/${module.version}.zip`, tampered(module).zip]))
  const lying: ProxyOptions['fault'] = ({ path }) => (lie.has(path) ? faults.send(lie.get(path) as Buffer) : undefined)

  test('reaches go with nothing where nobody would run go once more', async () => {
    const [bad, good] = [await proxy({ fault: lying }), await proxy()]
    const running = await gateway(modules, [upstreamAt(bad.url), upstreamAt(good.url)], { mends: false })
    expect(await download(running)).toBe(modules.length)
    expect(running.quarantined()).toEqual([bad.url])
  })

  test('as one of a configured list goes alone: the others of the list stay', async () => {
    const [bad, good] = [await proxy({ fault: lying }), await proxy()]
    const list = parseGoproxy(`${bad.url}|${good.url}`)
    if (!list.ok) throw new Error('no list')
    const chain: Candidate = { ...upstreamAt(`${bad.url}|${good.url}`), list: list.value, configured: true }
    const running = await gateway(modules, [chain], { mends: false })
    expect(await download(running)).toBe(modules.length)
    expect(running.quarantined()).toEqual([bad.url])
    expect(good.requests.filter(({ path }) => path.endsWith('.zip'))).toHaveLength(modules.length)
  })
})
