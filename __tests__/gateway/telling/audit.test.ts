import { expect, test } from '@jest/globals'
import { buildModule } from '../../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import { renderAudit } from '../../../src/gateway/telling/audit.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { faults, tampered } from '../../support/servers/faults.ts'
import { gatewayFor, goModDownload, type TestGateway, upstreamAt } from '../../support/worlds/gateway.ts'
import { projectOf } from '../../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = ['a', 'b'].map(name => buildModule({ path: `example.com/${name}`, version: 'v1.0.0' }))

async function proxy(fault?: ProxyOptions['fault']): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...(fault && { fault }) }))
}

async function download(gateway: TestGateway): Promise<readonly Record<string, unknown>[]> {
  cleanUp(gateway)
  const project = cleanUp(projectOf(modules))
  expect(await goModDownload(project, gateway.url)).toEqual({ code: 0, words: '' })
  const text = renderAudit(gateway.events)
  expect(text).not.toContain(new URL(gateway.url).pathname.slice(1))
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
}

test('one line for each file that go asked for: who was tried, how it ended, how it was verified', async () => {
  const wrong = tampered(modules[0] as (typeof modules)[0]).zip
  const liar = await proxy(({ path }) => {
    if (path.endsWith('a/@v/v1.0.0.zip')) return faults.send(wrong)
    return path.endsWith('.info') ? faults.status(500, 'SECRET-OF-THE-BODY') : undefined
  })
  const good = await proxy()
  const lines = await download(
    await gatewayFor(modules, [upstreamAt(liar.url, 'mirror'), upstreamAt(good.url, 'mirror')]),
  )
  expect(lines.map(({ object }) => object).sort()).toEqual(
    modules.flatMap(({ path }) => ['info', 'mod', 'zip'].map(kind => `${path}/@v/v1.0.0.${kind}`)),
  )
  expect(lines.find(({ object }) => object === 'example.com/a/@v/v1.0.0.zip')).toMatchObject({
    status: 200,
    from: good.url,
    verified: 'go.sum',
    ahead: true,
    tried: [
      { upstream: liar.url, outcome: 'found', rejected: expect.stringContaining('h1:') },
      { upstream: good.url, outcome: 'found' },
    ],
  })
  expect(JSON.stringify(lines)).not.toContain('SECRET-OF-THE-BODY')
})

test('what was fetched ahead and never asked for is told too', () => {
  const upstream = upstreamAt('https://user:token@proxy.corp.example/path?signature=x')
  const text = renderAudit([
    {
      kind: 'asked',
      target: 'm/@v/v1.0.0.zip',
      upstream,
      outcome: 'found',
      status: 200,
      bytes: 7,
      atMs: 1.4,
      ms: 2.6,
      attempt: 0,
    },
  ])
  expect(JSON.parse(text)).toMatchObject({
    object: 'm/@v/v1.0.0.zip',
    status: null,
    tried: [{ bytes: 7, atMs: 1, ms: 3 }],
  })
  expect(text).not.toMatch(/token|signature/)
})
