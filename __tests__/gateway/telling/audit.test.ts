import { expect, test } from '@jest/globals'
import { buildModule } from '../../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import { renderAudit } from '../../../src/gateway/telling/audit.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { makeDatabase } from '../../support/servers/database.ts'
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

test('each line has all that was tried for its object by then, a second one too, and what it was measured with', () => {
  const [liar, good] = [upstreamAt('https://liar.example'), upstreamAt('https://good.example')]
  const target = 'm/@v/v1.0.0.zip'
  const asked = { kind: 'asked', target, status: 200, bytes: 7, ms: 2, attempt: 0 } as const
  const served = { kind: 'served', target, bytes: 0, ms: 1, from: undefined, proof: undefined, ahead: false } as const
  const measured = [
    { upstream: 'https://third.example', object: target, outcome: 'wrong content', bytes: 7, ms: 3 },
    { upstream: 'https://third.example', object: 'm/@v/v1.0.0.mod', outcome: 'found', bytes: 7, ms: 3 },
    { upstream: 'https://third.example', object: 'never/@v/v1.0.0.mod', outcome: 'found', bytes: 7, ms: 3 },
  ]
  const text = renderAudit(
    [
      { ...asked, upstream: liar, outcome: 'found', atMs: 1 },
      { kind: 'rejected', target, upstream: liar, via: undefined, fault: 'wrong', what: 'its hash is h1:x', atMs: 3 },
      { ...served, status: 502, atMs: 4 },
      { ...asked, upstream: good, outcome: 'server error', status: 500, atMs: 6 },
      { ...served, status: 502, atMs: 9 },
      { kind: 'placed', target: 'm/@v/v1.0.0.mod', from: good, bytes: 7, proof: 'go.sum', atMs: 9 },
    ],
    measured,
  )
  const lines = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  const triedOf = ({ tried }: { tried: readonly { upstream: string }[] }) => tried.map(({ upstream }) => upstream)
  expect(lines.map(triedOf)).toEqual([
    ['https://third.example', 'https://liar.example'],
    ['https://third.example', 'https://liar.example', 'https://good.example'],
    ['https://third.example'],
  ])
  expect(lines[0].tried).toMatchObject([
    { outcome: 'wrong content', measuring: true },
    { rejected: 'its hash is h1:x' },
  ])
})

test('a request to a checksum database whose name has a slash is told with what was tried for it', async () => {
  const module = modules[0] as (typeof modules)[0]
  const database = makeDatabase('sum.test.example/team_a', module)
  const base = '/sumdb/sum.test.example/team_a'
  const extra = (path: string) => (path.startsWith(base) ? database.answers.get(path.slice(base.length)) : undefined)
  const own = cleanUp(await startProxy({ modules, extra }))
  const gateway = cleanUp(await gatewayFor([], [upstreamAt(own.url, 'own')], { gosumdb: database.verifierKey }))
  const target = `sumdb/sum.test.example/team_a/lookup/${module.path}@${module.version}`
  expect((await fetch(`${gateway.url}/${target}`)).status).toBe(200)
  const lines = renderAudit(gateway.events)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines.find(({ object }) => object === target)).toMatchObject({
    status: 200,
    tried: [{ upstream: own.url, outcome: 'found', status: 200 }],
  })
})
