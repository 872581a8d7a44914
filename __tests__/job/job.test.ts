import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { buildReport } from '../../src/report/report.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults } from '../support/servers/faults.ts'
import { contentOf } from '../support/worlds/download.ts'
import { type JobRun, runStory } from '../support/worlds/job.ts'
import { cachedFiles, createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const FILES = { 'go.mod': goModOf('example.com/project', modules), 'go.sum': goSumOf(modules) }

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

function create(files: Readonly<Record<string, string>> = FILES): TestProject {
  return cleanUp(createProject(files))
}

interface Given {
  readonly project?: TestProject
  readonly env?: Readonly<Record<string, string>>
}

function run(options: Readonly<Record<string, string>>, { project = create(), env = {} }: Given = {}): Promise<JobRun> {
  return runStory(
    project,
    { fallback: 'off', retries: '1', 'retry-delay': '10ms', ...options },
    goEnvironment(project, { GONOSUMDB: '*', ...env }),
  )
}

describe('the benchmark is left out, and that is said, where there is nothing to gain', () => {
  test.each<[string, (urls: readonly [string, string]) => readonly [Record<string, string>, Given?], RegExp]>([
    ['one candidate', ([url]) => [{ proxies: url }], /only one candidate/],
    ['a configured GOPROXY', ([url]) => [{}, { env: { GOPROXY: url } }], /configured/],
    ['GOPROXY=off', () => [{ download: 'false' }, { env: { GOPROXY: 'off' } }], /names no proxy/],
    ['switched off', urls => [{ proxies: urls.join(' '), benchmark: 'off' }], /switched off/],
    [
      'vendored modules',
      urls => [
        { proxies: urls.join(' ') },
        { project: create({ ...FILES, 'vendor/modules.txt': '# example.com/m0 v1.0.0\n' }) },
      ],
      /vendored/,
    ],
  ])('%s', async (_, given, says) => {
    const [a, b] = [await proxy(), await proxy()]
    const { story, log } = await run(...given([a.url, b.url]))
    expect(story.ranking).toBeUndefined()
    expect(story.benchmarkSkipped).toMatch(says)
    expect(story.failure).toBeUndefined()
    expect(log + JSON.stringify(buildReport(story))).toMatch(says)
  })

  test('all modules are cached: each candidate is asked for one file, to see whether it answers', async () => {
    const [a, b] = [await proxy(), await proxy()]
    const project = create()
    const options = { proxies: `${a.url} ${b.url}` }
    expect((await run(options, { project })).story.ranking).toBeDefined()
    const asked = [a.requests.length, b.requests.length]
    const again = await run(options, { project })
    expect(again.story.benchmarkSkipped).toMatch(/module cache/)
    expect(again.story.failure).toBeUndefined()
    for (const [i, { requests }] of [a, b].entries())
      expect(requests.slice(asked[i]).map(({ path }) => path)).toEqual(['example.com/m0/@v/v1.0.0.mod'])
  })
})

describe('who may hear of what', () => {
  const lookups = (proxies: readonly DemoProxy[]) =>
    proxies.flatMap(({ requests }) => requests.map(({ path }) => path)).filter(path => path.includes('/lookup/'))
  const sumdb = makeDatabase('sum.corp.example', modules[0] as (typeof modules)[0])
  const supporting: Partial<ProxyOptions> = {
    extra: path => (path.endsWith('/supported') ? Buffer.alloc(0) : undefined),
  }

  test.each<[string, RegExp]>([
    ['example.com/m0', /m1@v1/],
    ['example.com', /^$/],
  ])('the checksum database is asked for no module that GONOSUMDB has (%s)', async (GONOSUMDB, asked) => {
    const proxies = [await proxy(supporting), await proxy(supporting)]
    const { story } = await run(
      { proxies: proxies.map(({ url }) => url).join(' '), download: 'false' },
      { env: { GONOSUMDB, GOSUMDB: sumdb.verifierKey } },
    )
    expect(story.ranking).toBeDefined()
    expect(lookups(proxies)[0] ?? '').toMatch(asked)
    expect(lookups(proxies).filter(path => path.includes('example.com/m0'))).toEqual([])
  })

  test('with GOPRIVATE=* no proxy is asked for the built-in set either', async () => {
    const proxies = [await proxy(), await proxy()]
    const { story } = await run(
      { proxies: proxies.map(({ url }) => url).join(' ') },
      { project: create({ 'README.md': '' }), env: { GOPRIVATE: '*' } },
    )
    expect(story.benchmarkSkipped).toMatch(/GOPRIVATE and private-domains cover/)
    expect(proxies.flatMap(({ requests }) => requests)).toEqual([])
  })
})

test('a toolchain that go will fetch is announced before the benchmark, and counted', async () => {
  const proxies = [await proxy(), await proxy()]
  const project = create({ ...FILES, 'go.mod': goModOf('example.com/project', modules, '1.99.0') })
  const given = { project, env: { GOTOOLCHAIN: 'auto' } }
  const options = { proxies: proxies.map(({ url }) => url).join(' '), download: 'false' }
  const { story, log } = await run(options, given)
  expect(log).toContain('go.mod asks for go1.99.0; go will fetch that toolchain (about 70 MB).')
  expect(story.ranking?.expectedBytes).toBeGreaterThan(70e6)
  const { log: local } = await run(options, { project, env: { GOTOOLCHAIN: 'local' } })
  expect(local).not.toContain('toolchain')
})

describe('the download', () => {
  test('happens although GO111MODULE=off', async () => {
    const { url } = await proxy()
    const project = create()
    const { story } = await run({ proxies: url }, { project, env: { GO111MODULE: 'off' } })
    expect([story.failure, cachedFiles(goEnvironment(project), '.zip').length]).toEqual([undefined, 3])
    expect(story.choice?.settings.find(({ name }) => name === 'GO111MODULE')).toMatchObject({
      value: 'on',
      scope: 'download',
    })
  })

  test('of several modules and a workspace at once, all sums as they were', async () => {
    const { url } = await proxy()
    const [m0, m1, m2] = modules.map(module => [module]) as [typeof modules, typeof modules, typeof modules]
    const project = create({
      'one/go.mod': goModOf('example.com/one', m0),
      'one/go.sum': goSumOf(m0),
      'work/go.work': 'go 1.21\n\nuse (\n\t./a\n\t./b\n)\n',
      'work/a/go.mod': goModOf('example.com/a', m1),
      'work/a/go.sum': goSumOf(m1),
      'work/b/go.mod': goModOf('example.com/b', m2),
      'work/b/go.sum': goSumOf(m2),
    })
    const files = ['one/go.sum', 'work/go.work', 'work/go.work.sum', 'work/a/go.sum', 'work/b/go.sum'].map(name =>
      join(project.directory, name),
    )
    const before = contentOf(files)
    const { story } = await run({ proxies: url, 'working-directory': 'one\nwork' }, { project })
    expect(story.failure).toBeUndefined()
    expect(story.project?.directories.map(({ kind }) => kind)).toEqual(['module', 'workspace'])
    expect(cachedFiles(goEnvironment(project), '.zip')).toHaveLength(3)
    expect(contentOf(files)).toEqual(before)
  })

  test('that took longer than slow-after gets a warning, and no more than that', async () => {
    const { url } = await proxy()
    const slow = await run({ proxies: url, 'slow-after': '1ms' })
    expect(slow.story.warnings.map(({ code }) => code)).toContain('DOWNLOAD_SLOW')
    expect(slow.story.failure).toBeUndefined()
    const fast = await run({ proxies: url, 'slow-after': '10m' })
    expect(fast.story.warnings.map(({ code }) => code)).not.toContain('DOWNLOAD_SLOW')
  })

  test('tells each request with its time under RUNNER_DEBUG', async () => {
    const { url } = await proxy()
    const { log } = await run({ proxies: url, gateway: 'off' })
    for (const { path } of modules) expect(log).toMatch(new RegExp(`200 ${url}/${path}/@v/v1\\.0\\.0\\.zip \\d+ ms`))
  })

  test('goes on without a benchmark that no candidate survives, and with what the inputs allow', async () => {
    const [a, b] = [
      await proxy({ fault: ({ earlier }) => (earlier === 0 ? faults.status(503) : undefined) }),
      await proxy(),
    ]
    const { story } = await run({ proxies: `${a.url} ${b.url}` })
    expect(story.failure).toBeUndefined()
    expect(story.choice?.proxy).toBe(b.url)
  })
})

test('a password in GOPROXY is in no log, no report and no warning, also where go tells of the URL', async () => {
  const { url } = await proxy()
  // go sends no password over http, and says so.
  const GOPROXY = url.replace('http://', 'http://robot:hunter2secret@')
  const { story, log } = await run({ gateway: 'off' }, { env: { GOPROXY } })
  expect(story.failure).toBeDefined()
  expect(story.warnings.map(({ code }) => code)).toContain('CANDIDATES_CREDENTIALS_IN_URL')
  expect(log + JSON.stringify(buildReport(story))).not.toContain('hunter2secret')
})
