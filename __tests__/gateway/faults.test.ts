import { afterEach, describe, expect, test } from '@jest/globals'
import { type BuiltModule, buildModule } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { hashZip } from '../../src/go/h1.ts'
import { bufferSource } from '../../src/go/zip.ts'
import { FAULTS, KINDS, type Kind } from '../support/fault-matrix.ts'
import { faults, tampered, withOneMoreFile } from '../support/faults.ts'
import { gatewayFor, goModDownload, type TestGateway, upstreamAt } from '../support/gateway.ts'
import { cachedFiles, goEnvironment, projectOf, type TestProject } from '../support/project.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const modules = Array.from({ length: 5 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: i === 0 ? 300_000 : 3_000 }),
)
const wrong = new Map(modules.map(module => [module.path, tampered(module)]))

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  const started = await startProxy({ modules, ...options })
  closers.push(started.close)
  return started
}

async function gateway(...args: Parameters<typeof gatewayFor>): Promise<TestGateway> {
  const started = await gatewayFor(...args)
  closers.push(started.stop)
  return started
}

function project(): TestProject {
  const created = projectOf(modules)
  closers.push(created.remove)
  return created
}

function faultOf(kind: Kind, name: string): ProxyOptions['fault'] {
  const fault = FAULTS[name]?.(kind)
  return request => (request.path.endsWith(`.${kind}`) && fault !== 'closed' ? fault : undefined)
}

async function faulty(kind: Kind, name: string): Promise<string> {
  if (FAULTS[name]?.(kind) === 'closed') return 'http://127.0.0.1:1'
  const fault = faultOf(kind, name)
  return (await proxy(fault && { fault })).url
}

const rows = KINDS.flatMap(kind => Object.keys(FAULTS).map(name => [kind, name] as const))

describe('one upstream bad, one good: the job succeeds, and no wrong byte is in the module cache', () => {
  test.each(rows)('.%s: %s', async (kind, name) => {
    const [bad, good] = [await faulty(kind, name), (await proxy()).url]
    const { url } = await gateway(modules, [upstreamAt(bad), upstreamAt(good)])
    const work = project()
    const { code, words } = await goModDownload(work, url)
    expect([code, words]).toEqual([0, ''])
    expect(cachedFiles(goEnvironment(work), '.zip')).toHaveLength(modules.length)
  })

  test('a tampered zip that has the right shape, from a mirror: it never reaches go', async () => {
    const fault: ProxyOptions['fault'] = ({ path }) => {
      const module = wrong.get(path.split('/@v/')[0] ?? '')
      return module && path.endsWith('.zip') ? faults.send(module.zip) : undefined
    }
    const [bad, good] = [upstreamAt((await proxy({ fault })).url, 'mirror'), upstreamAt((await proxy()).url, 'mirror')]
    const running = await gateway(modules, [bad, good])
    expect(await goModDownload(project(), running.url)).toEqual({ code: 0, words: '' })
    expect(running.quarantined()).toEqual([bad.name])
  })

  test('a tampered go.mod', async () => {
    const fault: ProxyOptions['fault'] = ({ path }) =>
      path.endsWith('.mod') ? faults.send(Buffer.from(`module ${path.split('/@v/')[0]}\n`)) : undefined
    const [bad, good] = [upstreamAt((await proxy({ fault })).url), upstreamAt((await proxy()).url)]
    const running = await gateway(modules, [bad, good])
    expect(await goModDownload(project(), running.url)).toEqual({ code: 0, words: '' })
    expect(running.quarantined()).toEqual([bad.name])
  })
})

test('a zip with one more file is a whole module, of another hash', async () => {
  const [module] = modules as [BuiltModule]
  const zip = withOneMoreFile(module.zip)
  const hash = await hashZip(bufferSource(zip), module)
  expect(hash.ok && hash.value).toMatch(/^h1:/)
  expect(hash.ok && hash.value).not.toBe(module.h1)
})

describe('all upstreams bad: go is told so in our own words, and nothing hangs', () => {
  test.each(Object.keys(FAULTS).map(name => [name] as const))('%s', async name => {
    const [one, other] = [await faulty('mod', name), await faulty('mod', name)]
    const { url } = await gateway(modules, [upstreamAt(one), upstreamAt(other)])
    const { code, words } = await goModDownload(project(), url)
    expect(code).not.toBe(0)
    expect(words).toMatch(/no proxy could give it|not found/)
    expect(words).not.toMatch(/##\[|::error|log in/)
  })
})
