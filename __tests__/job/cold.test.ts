import { describe, expect, test } from '@jest/globals'
import { scalePolicy } from '../../benchmarks/habits/ways.ts'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, type ProxyRequest, startProxy } from '../../src/demo/proxy.ts'
import { planExport } from '../../src/environment/variables.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { buildReport } from '../../src/report/report.ts'
import type { Story } from '../../src/report/story.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { findSchemaFaults } from '../support/builders/report-schema.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type ColdOptions, type ColdServer, coldServer } from '../support/servers/cold.ts'
import { faults } from '../support/servers/faults.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { type JobRun, runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 6 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const names = modules.map(({ path }) => `${path}/@v/v1.0.0`)

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

/** A server of github.com/goproxy/goproxy that has nothing yet. */
async function cold(options: ColdOptions = {}): Promise<{ readonly server: ColdServer; readonly proxy: DemoProxy }> {
  const server = coldServer({ obeys: true, ...options })
  return { server, proxy: await proxy({ fault: server.fault }) }
}

function run(proxies: readonly DemoProxy[], options: Readonly<Record<string, string>> = {}): Promise<JobRun> {
  const project = cleanUp(
    createProject({ 'go.mod': goModOf('example.com/project', modules), 'go.sum': goSumOf(modules) }),
  )
  return runStory(
    project,
    {
      proxies: proxies.map(({ url }) => url).join(' '),
      fallback: 'off',
      retries: '1',
      'retry-delay': '10ms',
      ...options,
    },
    goEnvironment(project, { GONOSUMDB: '*' }),
    realFiles,
  )
}

const verdicts = ({ ranking }: Story) =>
  Object.fromEntries((ranking?.measurements ?? []).map(({ candidate, verdict }) => [candidate.name, verdict]))
const goproxyOf = ({ choice }: Story) => choice && planExport(choice, {}).find(({ name }) => name === 'GOPROXY')?.value
const isPolite = ({ headers }: ProxyRequest) => headers['disable-module-fetch'] === 'true'
const warnedOf = ({ warnings }: Story) => warnings.map(({ code }) => code).filter(code => !code.startsWith('SETTINGS_'))

test('two that take longer than a measurement may: the download begins at once, from the first', async () => {
  const [first, second] = [await cold({ obeys: false, fetchMs: 2_500 }), await cold({ obeys: false, fetchMs: 2_500 })]
  const { story, log } = await run([first.proxy, second.proxy], { 'benchmark-timeout': '1s' })
  expect([story.failure, story.download?.modules, story.download?.attempts.length]).toEqual([undefined, 6, 1])
  expect(log).not.toMatch(/Retrying for up to/)
  expect(log).toMatch(/Downloading through the gateway/)
  expect(goproxyOf(story)?.split(',')[0]).toBe(first.proxy.url)
})

test('two that take longer than a request may: as patient as with one', async () => {
  const [first, second] = [await proxy({ latencyMs: 1_200 }), await proxy({ latencyMs: 1_200 })]
  const project = cleanUp(
    createProject({
      'go.mod': goModOf('example.com/project', modules.slice(0, 2)),
      'go.sum': goSumOf(modules.slice(0, 2)),
    }),
  )
  const inputs = {
    proxies: `${first.url} ${second.url}`,
    fallback: 'off',
    'connect-timeout': '3s',
    'read-timeout': '1s',
    'benchmark-timeout': '200ms',
    'retry-delay': '100ms',
  }
  const policy = scalePolicy(defaultPolicy, 10)
  const { story } = await runStory(project, inputs, goEnvironment(project, { GONOSUMDB: '*' }), realFiles, { policy })
  expect([story.failure, story.download?.modules, story.download?.attempts.length]).toEqual([undefined, 2, 1])
})

describe('a cold proxy beside a good one', () => {
  test('stands behind it, and has the modules when the next job comes', async () => {
    const [good, { server, proxy: own }] = [await proxy({ latencyMs: 20 }), await cold()]
    const { story } = await run([own, good])
    expect(story.failure).toBeUndefined()
    expect(verdicts(story)).toEqual({ [good.url]: 'ok', [own.url]: 'cold' })
    expect(goproxyOf(story)).toBe(`${good.url},${own.url}`)
    expect(warnedOf(story)).toEqual([])
    expect([...server.fetched].sort()).toEqual(names)
    expect(story.gateway?.warmed).toEqual([{ name: own.url, modules: expect.any(Number), left: 0 }])
    const report = buildReport(story)
    expect(findSchemaFaults(report)).toEqual([])
    expect(renderSummary(report)).toMatch(
      /was cold, so it was asked to fetch the modules that other proxies sent: \d so far/,
    )
    const second = await run([own, good])
    expect(verdicts(second.story)[own.url]).toBe('ok')
    expect(second.story.choice?.proxy).toBe(own.url)
  })

  test('does not delay the step, and is asked for a few modules at a time', async () => {
    const [good, { server, proxy: own }] = [await proxy(), await cold({ fetchMs: 1_000_000 })]
    const { story } = await run([good, own])
    expect([story.failure, story.download?.modules]).toEqual([undefined, 6])
    expect(server.fetched.length).toBeLessThanOrEqual(4)
    expect(story.gateway?.warmed).toEqual([{ name: own.url, modules: 0, left: 6 }])
  })

  test('is left alone when it has too much to do', async () => {
    const own = await proxy({
      fault: request =>
        isPolite(request) ? faults.status(404, 'not found: temporarily unavailable') : faults.status(429),
    })
    const { story } = await run([await proxy(), own])
    expect([story.failure, verdicts(story)[own.url]]).toEqual([undefined, 'cold'])
    expect(own.requests.filter(one => !isPolite(one)).length).toBeLessThanOrEqual(4)
  })

  test('stays in the chain behind two good ones', async () => {
    const [one, two, { proxy: own }] = [await proxy(), await proxy(), await cold()]
    const { story } = await run([own, one, two])
    expect(goproxyOf(story)?.split(',').at(-1)).toBe(own.url)
    expect(goproxyOf(story)?.split(',').sort()).toEqual([one.url, two.url, own.url].sort())
  })

  test('keeps its place where the order given counts', async () => {
    const [good, { proxy: own }] = [await proxy(), await cold()]
    const { story } = await run([own, good], { selection: 'ordered' })
    expect([story.failure, story.choice?.proxy]).toEqual([undefined, own.url])
  })

  test('is cold behind a load balancer, too, which answers for it now and then', async () => {
    const server = coldServer({ obeys: true })
    const unavailable = faults.status(503, '<html><body><h1>503 Service Unavailable</h1>', {
      headers: { 'content-type': 'text/html', connection: 'close' },
    })
    let asked = 0
    const own = await proxy({ fault: request => (++asked % 2 === 1 ? unavailable : server.fault(request)) })
    const { story } = await run([await proxy(), own])
    expect([story.failure, verdicts(story)[own.url]]).toEqual([undefined, 'cold'])
  })

  test('whose source fails is sick, not cold', async () => {
    const sick = await proxy({ fault: () => faults.status(404, 'not found: bad upstream') })
    const { story } = await run([await proxy(), sick])
    expect([verdicts(story)[sick.url], story.gateway?.warmed]).toEqual(['unhealthy', []])
  })
})

describe('a cold proxy without a good one', () => {
  test('is simply used', async () => {
    const [dead, { server, proxy: own }] = [await proxy({ fault: () => faults.reset }), await cold()]
    const { story, log } = await run([dead, own])
    expect([story.failure, story.download?.modules, story.choice?.proxy]).toEqual([undefined, 6, own.url])
    expect([...server.fetched].sort()).toEqual(names)
    expect(log).not.toMatch(/No candidate can be used/)
    expect(goproxyOf(story)).toBe(own.url)
  })

  test('answers where nothing is measured', async () => {
    const [dead, { proxy: own }] = [await proxy({ fault: () => faults.reset }), await cold()]
    const { story } = await run([dead, own], { benchmark: 'off', download: 'false' })
    expect([goproxyOf(story), warnedOf(story)]).toEqual([own.url, []])
  })
})
