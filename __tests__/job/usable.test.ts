import { connect, createServer } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, type ProxyRequest, startProxy } from '../../src/demo/proxy.ts'
import { planExport } from '../../src/environment/variables.ts'
import { headline } from '../../src/report/headline.ts'
import { buildReport } from '../../src/report/report.ts'
import type { Story } from '../../src/report/story.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startOrigin } from '../support/servers/origins.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { type JobRun, runStory } from '../support/worlds/job.ts'
import { cachedFiles, createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const hidden = buildModule({ path: 'git.acme.internal/hidden', version: 'v1.0.0' })

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

async function closedPort(): Promise<string> {
  return (await startOrigin('closed', modules)).url
}

/** Of a server that resets connections: a port without a listener may become another test's at any moment. */
async function deadUrl(): Promise<string> {
  return (await proxy({ fault: () => faults.reset })).url
}

function create(all = modules): TestProject {
  return cleanUp(createProject({ 'go.mod': goModOf('example.com/project', all), 'go.sum': goSumOf(all) }))
}

interface Given {
  readonly project?: TestProject
  readonly env?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly signal?: AbortSignal
}

function run(options: Readonly<Record<string, string>>, given: Given = {}): Promise<JobRun> {
  const { project = create(), env = {}, command, signal } = given
  return runStory(
    project,
    { fallback: 'off', retries: '1', 'retry-delay': '10ms', ...options },
    goEnvironment(project, { GONOSUMDB: '*', ...env }),
    realFiles,
    { ...(command && { command }), ...(signal && { signal }) },
  )
}

/** The variable as later steps get it; undefined: it stays as it was. */
function exportedGoproxy({ choice }: Story): string | undefined {
  return choice && planExport(choice, {}).find(({ name }) => name === 'GOPROXY')?.value
}

const codes = ({ warnings }: Story) => warnings.map(({ code }) => code)
const pathsOf = ({ requests }: DemoProxy) => requests.map(({ path }) => path)
const isProbe = ({ headers }: ProxyRequest) => headers['disable-module-fetch'] !== undefined

/** Something listens on a closed port again. */
function revive(url: string, port: number): void {
  const server = createServer(client => {
    const upstream = connect(port, '127.0.0.1')
    client.pipe(upstream).pipe(client)
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy())
    cleanUp(() => client.destroy())
  })
  server.listen(Number(new URL(url).port), '127.0.0.1')
  cleanUp(server)
}

/** Fails its first requests. */
function ill(times: number): Partial<ProxyOptions> {
  let asked = 0
  return { fault: () => (asked++ < times ? faults.status(503) : undefined) }
}

describe('all candidates in trouble at once', () => {
  test('are asked again, and the download goes through a gateway as if nothing had been', async () => {
    const both = [await proxy(ill(6)), await proxy(ill(6))]
    const { story, log } = await run({ proxies: both.map(({ url }) => url).join(' ') })
    expect([story.failure, story.download?.modules]).toEqual([undefined, 3])
    expect(story.gateway).toBeDefined()
    expect(story.ranking?.measurements.some(({ usable }) => usable)).toBe(true)
    expect(log).toMatch(/No candidate can be used .*Retrying/)
    expect(both.map(({ url }) => url)).toContain(story.choice?.proxy)
  })

  test('whose connection is refused are waited for, too', async () => {
    const [url, good] = [await closedPort(), await proxy()]
    let asked = 0
    const other = await proxy({
      fault: () => {
        if (++asked === 6) revive(url, good.port)
        return faults.status(503)
      },
    })
    const { story } = await run({ proxies: `${url} ${other.url}` })
    expect([story.failure, story.choice?.proxy]).toEqual([undefined, url])
  })

  test('with `retries: 0` they are asked once', async () => {
    const both = [await proxy(ill(1_000)), await proxy(ill(1_000))]
    const { story } = await run({ proxies: both.map(({ url }) => url).join(' '), retries: '0' })
    expect(story.failure?.code).toBe('HTTP_SERVER_ERROR')
    for (const { requests } of both) expect(requests.filter(isProbe).length).toBeLessThanOrEqual(2)
  })

  test('asking again ends with the job', async () => {
    const stop = new AbortController()
    let asked = 0
    const fault = () => {
      if (++asked === 8) stop.abort()
      return faults.status(503)
    }
    const both = [await proxy({ fault }), await proxy({ fault })]
    const { story } = await run({ proxies: both.map(({ url }) => url).join(' ') }, { signal: stop.signal })
    expect(story.failure?.code).toBe('DOWNLOAD_CANCELLED')
  })

  test('what no time mends is not asked again', async () => {
    const both = [await proxy({ fault: () => faults.status(403) }), await proxy({ fault: () => faults.yesToAll })]
    const { log } = await run({ proxies: both.map(({ url }) => url).join(' ') })
    expect(log).not.toContain('Retrying')
  })

  test('for good: go tries what was named, alone; later steps get no other, and are told so', async () => {
    const both = [await proxy(ill(1_000)), await proxy(ill(1_000))]
    const { story } = await run({ proxies: both.map(({ url }) => url).join(' '), gateway: 'job' })
    expect(story.download?.attempts.map(({ goproxy }) => goproxy)).toEqual([both.map(({ url }) => url).join()])
    expect(story.failure?.code).toBe('HTTP_SERVER_ERROR')
    expect([exportedGoproxy(story), story.residence]).toEqual(['off', undefined])
    expect(codes(story)).toEqual(expect.arrayContaining(['NO_CANDIDATE_EXPORTED', 'GATEWAY_NOT_FOR_JOB']))
  })

  test('a command gets what was named, for it runs once', async () => {
    const [cold, other] = [
      await proxy({ fault: one => (isProbe(one) ? faults.status(503) : undefined) }),
      await closedPort(),
    ]
    const project = create()
    const { story } = await run({ proxies: `${cold.url} ${other}` }, { project, command: ['go', 'mod', 'download'] })
    expect(story.exitCode).toBe(0)
    expect(cachedFiles(goEnvironment(project), '.zip')).toHaveLength(3)
  })
})

describe('candidates that fail when measured and serve the last try', () => {
  test('are what later steps get, and what the headline names', async () => {
    const cold = (): Partial<ProxyOptions> => ({ fault: one => (isProbe(one) ? faults.status(503) : undefined) })
    const both = [await proxy(cold()), await proxy(cold())]
    const { story } = await run({ proxies: both.map(({ url }) => url).join(' ') })
    expect([story.failure, story.download?.modules]).toEqual([undefined, 3])
    expect(exportedGoproxy(story)).toBe(both[0]?.url)
    expect(headline(buildReport(story))).toContain(`${both[0]?.url}, 3 modules`)
  })

  test('own ones whose mirror of the checksum database fails are exported all the same, where no other was named', async () => {
    const broken: Partial<ProxyOptions> = {
      fault: ({ path }) =>
        path.endsWith('/supported') ? faults.status(200) : path.startsWith('sumdb/') ? faults.status(500) : undefined,
    }
    const both = [await proxy(broken), await proxy(broken)]
    const { story } = await run({ proxies: both.map(({ url }) => url).join(' ') }, { env: { GONOSUMDB: '' } })
    expect(story.failure).toBeUndefined()
    expect(exportedGoproxy(story)?.split(',').sort()).toEqual(both.map(({ url }) => url).sort())
    expect(codes(story)).toContain('SUMDB_MIRROR_BROKEN')
  })
})

describe('what was not measured', () => {
  async function warm(all = modules): Promise<TestProject> {
    const [project, filler] = [create(all), await proxy({ modules: all })]
    const env = goEnvironment(project, { GONOSUMDB: '*', GOPROXY: filler.url })
    expect((await runGo(['mod', 'download'], { cwd: project.directory, env })).exitCode).toBe(0)
    return project
  }

  test('is exported if it answers: one public file is asked of each, and dead ones are left out', async () => {
    const all = [hidden, ...modules]
    const [project, dead, ok] = [await warm(all), await deadUrl(), await proxy()]
    const unhealthy = await proxy({ fault: () => faults.status(502) })
    // An own proxy may lack what is public, and have what is needed.
    const internal = await proxy({ modules: [] })
    const names = [dead, unhealthy.url, ok.url, internal.url]
    const { story } = await run({ proxies: names.join(' ') }, { project })
    expect([story.failure, story.benchmarkSkipped]).toEqual([undefined, expect.stringContaining('module cache')])
    expect(exportedGoproxy(story)).toBe(`${ok.url},${internal.url}`)
    for (const one of [unhealthy, ok, internal]) expect(pathsOf(one)).toEqual(['example.com/m0/@v/v1.0.0.mod'])
  })

  test.each([
    ['off', 'off'],
    ['direct', undefined],
  ])(
    'and where none answers GOPROXY stays as it was, or is off with `fallback: off` (%s)',
    async (fallback, exported) => {
      const project = await warm()
      const { story } = await run({ proxies: `${await deadUrl()} ${await deadUrl()}`, fallback }, { project })
      expect([story.failure, exportedGoproxy(story)]).toEqual([undefined, exported])
      expect(codes(story)).toContain('NO_CANDIDATE_EXPORTED')
    },
  )

  test('what the user set stays', async () => {
    const project = await warm()
    const env = { GOPROXY: 'https://athens.corp.example,direct' }
    const options = { proxies: `${await deadUrl()} ${await deadUrl()}`, fallback: 'direct' }
    const { story } = await run(options, { project, env })
    expect(exportedGoproxy(story)).toBe(env.GOPROXY)
  })

  test('with the benchmark off likewise, beside the download', async () => {
    const [dead, ok] = [await deadUrl(), await proxy()]
    const { story } = await run({ proxies: `${dead} ${ok.url}`, benchmark: 'off' })
    expect([story.failure, exportedGoproxy(story)]).toEqual([undefined, ok.url])
  })
})
