import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { buildTar, compressLike, decompress, type Member } from '../support/builders/tar.ts'
import { type CleanUp, cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import { type Fault, startFakeCache } from '../support/servers/fake-cache.mjs'
import { tampered } from '../support/servers/faults.ts'
import { type Origin, startOrigin } from '../support/servers/origins.ts'
import { checkOut, checkOutProject, createJob, useAction } from '../support/worlds/action.ts'
import type { Job, StepResult } from '../support/worlds/fake-runner.mjs'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 6 }, (_, i) =>
  buildModule({ path: `modules.test.io/m${i}`, version: 'v1.0.0', paddingBytes: i === 0 ? 900_000 : 40_000 }),
)

const DOWNLOAD = { stallMs: 5_000, lastTryMs: 5_000 }
const POLICY = JSON.stringify({ download: DOWNLOAD })
/** Where the service is to be found silent it may be so for 2 s instead of 10; a sound one may not seem so on a busy machine. */
const STALL_MS = 2_000
const IMPATIENT = JSON.stringify({ cache: { stallMs: STALL_MS }, download: DOWNLOAD })
/** A step that takes longer hangs: three times the service's silence, twice over for a busy machine, and the work itself. */
const HANGS_AFTER_MS = 6 * STALL_MS + 20_000

async function origin(latencyMs = 0, bytesPerSecond?: number): Promise<Origin> {
  return cleanUp(await startOrigin('good', modules, { latencyMs, ...(bytesPerSecond && { bytesPerSecond }) }))
}

type Service = Awaited<ReturnType<typeof startFakeCache>>

async function cacheService(options: Parameters<typeof startFakeCache>[0] = {}): Promise<Service> {
  return cleanUp(await startFakeCache(options))
}

function newJob(service: Pick<Service, 'env'>, env: Readonly<Record<string, string>> = {}, keep = cleanUp): Job {
  const job = keep(createJob({ GONOSUMDB: 'example.com', GO_PROXY_SETUP_POLICY: POLICY, ...service.env, ...env }))
  checkOutProject(job, modules)
  return job
}

/** The next job on a runner of the same kind, where RUNNER_TEMP has the same path. */
function forgetModules(job: Job): void {
  rmSync(join(job.root, 'modcache'), { recursive: true, force: true })
}

interface CacheOfReport {
  readonly restore: string
  readonly reason: string | null
  readonly save: string
  readonly files: number
  readonly seconds: number | null
  readonly rejected: readonly { readonly file: string; readonly what: string }[]
}
interface ReportFile {
  readonly cache: CacheOfReport
  readonly download: { readonly modules: number }
  readonly warnings: readonly { readonly code: string }[]
}

const reportOf = (result: StepResult): ReportFile => JSON.parse(readFileSync(result.outputs['report'] ?? '', 'utf8'))
const shown = (result: StepResult | undefined) => result?.log.join('\n') ?? ''
const moduleRequests = ({ requests }: Origin, since = 0) =>
  requests.slice(since).filter(({ path }) => path.includes('/@v/'))

/** A job that has stored all modules; those that follow find one entry. */
async function stored(
  service: Service,
  url: string,
  env: Readonly<Record<string, string>> = {},
  keep = cleanUp,
): Promise<Job> {
  const job = newJob(service, env, keep)
  const main = await useAction(job, { proxies: url, cache: 'true' })
  expect(main.outcome).toBe('success')
  await job.finish()
  expect(service.entries.size).toBe(1)
  forgetModules(job)
  return job
}

/** A runner whose first job stored all modules, for many tests. */
interface Lane {
  readonly proxy: Origin
  readonly job: Job
  /** A service that has what the first job stored, in the state of that moment. */
  service(options?: Parameters<typeof startFakeCache>[0]): Promise<Service>
}

/** @param keep closes it: after one test, or after all of them */
async function openLane(keep: CleanUp): Promise<Lane> {
  const proxy = keep(await startOrigin('good', modules))
  const first = keep(await startFakeCache())
  const job = await stored(first, proxy.url, {}, keep)
  return {
    proxy,
    job,
    service: async options => {
      const service = await cacheService(options)
      for (const [name, entry] of first.entries) service.entries.set(name, { ...entry })
      for (const [name, blob] of first.blobs) service.blobs.set(name, { ...blob })
      Object.assign(job.base, service.env)
      job.env = {}
      forgetModules(job)
      return service
    },
  }
}

describe('cache: true', () => {
  test('a first job saves, a second one restores and asks no proxy for a module', async () => {
    const service = await cacheService()
    const proxy = await origin()
    const job = newJob(service)
    const first = await useAction(job, { proxies: proxy.url, cache: 'true' })
    expect([first.outcome, first.outputs['cache-hit']]).toEqual(['success', 'false'])
    expect(reportOf(first).cache).toMatchObject({ restore: 'none', save: 'planned' })
    expect(first.summary).toContain('will be saved')
    const [post] = await job.finish()
    expect(post?.summary).toContain('Saved the module cache')
    expect(service.entries.size).toBe(1)

    forgetModules(job)
    const before = proxy.requests.length
    const second = await useAction(job, { proxies: proxy.url, cache: 'true' })
    expect([second.outcome, second.outputs['cache-hit']]).toEqual(['success', 'true'])
    expect(reportOf(second).cache).toMatchObject({ restore: 'exact', save: 'unchanged', files: 18 })
    expect(second.summary).toContain('18 files')
    expect(moduleRequests(proxy, before)).toEqual([])
    await job.finish()
    expect(service.entries.size).toBe(1)
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('other sums: an older entry helps, and the new one leaves out what is needed no more', async () => {
    const service = await cacheService()
    const proxy = await origin()
    const job = await stored(service, proxy.url)
    checkOutProject(job, modules.slice(2))
    const before = proxy.requests.length
    const main = await useAction(job, { proxies: proxy.url, cache: 'true' })
    expect(main.outputs['cache-hit']).toBe('false')
    expect(reportOf(main).cache).toMatchObject({ restore: 'partial', save: 'planned', files: 12 })
    expect(moduleRequests(proxy, before)).toEqual([])
    await job.finish()
    const archives = [...service.blobs.values()].map(({ data }) => decompress(data).toString('latin1'))
    expect(archives.map(text => text.includes('modules.test.io/m0'))).toEqual([true, false])
    expect(archives[1]).toContain('modules.test.io/m2')
  })

  test('only files with a go.sum line are stored, none of them a secret, a ziphash or a lock', async () => {
    const service = await cacheService()
    const canary = 'canary-3f1c9a7e5b'
    const { url } = await origin()
    await stored(service, url, { CANARY: canary, [`INPUT_CREDENTIALS`]: `git.corp.example ${canary}` })
    const [{ data } = { data: Buffer.alloc(0) }] = service.blobs.values()
    const archive = decompress(data)
    for (const secret of [
      canary,
      Buffer.from(canary).toString('base64').slice(0, 12),
      service.env.ACTIONS_RUNTIME_TOKEN,
    ]) {
      expect(archive.includes(secret)).toBe(false)
    }
    const names = archive.toString('latin1').match(/modules\.test\.io\/[^\0]+/g) ?? []
    const files = names.filter(name => /@v\/./.test(name))
    expect(files.length).toBeGreaterThanOrEqual(18)
    for (const name of files) expect(name).toMatch(/\.(mod|info|zip)\b/)
    expect(archive.includes('ziphash')).toBe(false)
  })

  test('private modules stay out unless they are asked for', async () => {
    const proxy = await origin()
    for (const [asked, expected] of [
      ['false', false],
      ['true', true],
    ] as const) {
      const service = await cacheService()
      const job = newJob(service, { GOPRIVATE: 'modules.test.io/m1', GONOPROXY: 'none', GOPROXY: proxy.url })
      await useAction(job, { cache: 'true', 'cache-private': asked })
      await job.finish()
      const [entry] = service.blobs.values()
      expect(entry && decompress(entry.data).includes('modules.test.io/m1/')).toBe(expected)
    }
  })

  test('a failed download saves nothing', async () => {
    const service = await cacheService()
    const job = newJob(service)
    const main = await useAction(job, { proxies: 'http://127.0.0.1:1', fallback: 'off', retries: '1', cache: 'true' })
    expect(main.outcome).toBe('failure')
    await job.finish()
    expect(service.requests.map(({ name }) => name)).not.toContain('CreateCacheEntry')
  })

  test('what a later step changed in the module cache is not saved', async () => {
    const service = await cacheService()
    const { url } = await origin()
    const job = newJob(service)
    await useAction(job, { proxies: url, cache: 'true' })
    const zip = join(job.root, 'modcache/cache/download/modules.test.io/m1/@v/v1.0.0.zip')
    writeFileSync(zip, tampered(modules[1] as (typeof modules)[0]).zip)
    const [post] = await job.finish()
    expect(post?.outcome).toBe('success')
    expect(shown(post)).toContain('not match go.sum')
    expect(service.requests.map(({ name }) => name)).not.toContain('CreateCacheEntry')
  })
})

describe('another runner', () => {
  /** Its directories have nothing in common with those of `newJob`. @param temp RUNNER_TEMP, below its own root */
  const anotherRunner = (service: Service, temp: (root: string) => string): Job => {
    const job = newJob(service)
    job.temp = temp(job.root)
    Object.assign(job.base, { RUNNER_TEMP: job.temp })
    return job
  }
  const made = (path: string): string => {
    mkdirSync(path, { recursive: true })
    return path
  }

  test.each<[string, (root: string) => string]>([
    ['elsewhere', root => made(join(root, 'elsewhere', '_temp'))],
    [
      'behind a link, with a space and characters of a pattern',
      root => {
        const link = join(root, 'my link')
        symlinkSync(made(join(root, 'My Runner', '[a]{b}!#*')), link)
        return link
      },
    ],
  ])('RUNNER_TEMP lies %s: what one job stored, the other finds, and the other way round', async (_name, temp) => {
    const proxy = await origin()
    for (const order of [0, 1]) {
      const service = await cacheService()
      const runners = [newJob(service), anotherRunner(service, temp)]
      const [first, second] = (order === 0 ? runners : runners.reverse()) as [Job, Job]
      await useAction(first, { proxies: proxy.url, cache: 'true' })
      const [post] = await first.finish()
      expect(shown(post)).toContain('Saved the module cache')
      const before = proxy.requests.length
      const main = await useAction(second, { proxies: proxy.url, cache: 'true' })
      expect([main.outcome, main.outputs['cache-hit']]).toEqual(['success', 'true'])
      expect(reportOf(main).cache).toMatchObject({ restore: 'exact', save: 'unchanged', files: 18 })
      expect(moduleRequests(proxy, before)).toEqual([])
      await second.finish()
      expect([first, second].flatMap(job => readdirSync(job.temp))).toEqual([])
    }
  })
})

describe('cache: auto', () => {
  test('setup-go with its cache in the same job: off, and the log says so', async () => {
    const service = await cacheService()
    const { url } = await origin()
    const workflow = 'jobs:\n  job:\n    steps:\n      - uses: actions/setup-go@v7\n'
    const job = newJob(service, { GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/ci.yml@refs/heads/main' })
    checkOut(job, { '.github/workflows/ci.yml': workflow })
    const main = await useAction(job, { proxies: url })
    await job.finish()
    expect(shown(main)).toContain('setup-go stores the module cache')
    expect(service.requests).toEqual([])
  })

  test('a slow service is left behind by the download', async () => {
    const service = await cacheService()
    const near = await origin(20)
    const job = await stored(service, near.url)
    service.onRequest = name => (name === 'GET blob' ? 'trickle' : undefined)
    const main = await useAction(job, { proxies: near.url })
    expect(main.outcome).toBe('success')
    expect(reportOf(main)).toMatchObject({ cache: { restore: 'abandoned' }, download: { modules: 6 }, warnings: [] })
    await job.finish()
    expect(service.entries.size).toBe(1)
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('a download that would take for ever is overtaken, and go goes on with what was restored', async () => {
    const service = await cacheService()
    const near = await origin()
    const job = await stored(service, near.url)
    const far = await origin(0, 100_000)
    const main = await useAction(job, { proxies: far.url })
    expect(main.outcome).toBe('success')
    expect(reportOf(main).cache).toMatchObject({ restore: 'exact', save: 'unchanged' })
    await job.finish()
    expect(readdirSync(job.temp)).toEqual([])
  })
})

describe('a poisoned archive', () => {
  const [victim = modules[0]] = modules.slice(1)
  if (victim === undefined) throw new Error('there are modules')
  const wrong = tampered(victim)
  const base = `modules.test.io/${victim.path.split('/')[1]}/@v/v1.0.0`
  const good: readonly Member[] = modules.flatMap(({ path, version, zip, mod, info }) => [
    { name: `./${path}/@v/${version}.zip`, content: zip },
    { name: `./${path}/@v/${version}.mod`, content: mod },
    { name: `./${path}/@v/${version}.info`, content: info },
  ])
  const replaced = (name: string, content: Uint8Array | string) =>
    good.map(member => (member.name === `./${name}` ? { ...member, content } : member))
  /** Each with the files that are refused; undefined: the whole archive. */
  const poisons: Readonly<Record<string, { members: readonly Member[]; refused: readonly string[] | undefined }>> = {
    'a changed zip': { members: replaced(`${base}.zip`, wrong.zip), refused: [`${base}.zip`] },
    'a changed go.mod': {
      members: replaced(`${base}.mod`, `module ${victim.path}\n\nrequire evil.test.io v1.0.0\n`),
      refused: [`${base}.mod`],
    },
    'a changed zip and a forged ziphash': {
      members: [...replaced(`${base}.zip`, wrong.zip), { name: `./${base}.ziphash`, content: 'h1:forged=' }],
      refused: [`${base}.zip`],
    },
    'a forged ziphash': { members: [...good, { name: `./${base}.ziphash`, content: 'h1:forged=' }], refused: [] },
    'an extra file': {
      members: [...good, { name: './evil.test.io/x/@v/v1.0.0.zip', content: wrong.zip }],
      refused: [],
    },
    'the info of another version': {
      members: replaced(`${base}.info`, '{"Version":"v9.9.9"}'),
      refused: [`${base}.info`],
    },
    'an info that names a repository': {
      members: replaced(`${base}.info`, '{"Version":"v1.0.0","Origin":{"VCS":"git","URL":"https://evil.test.io/x"}}'),
      refused: [],
    },
    'a zip that is a page': { members: replaced(`${base}.zip`, '<html></html>'), refused: [`${base}.zip`] },
    'a symbolic link': { members: [...good, { name: './link', type: '2', linkTo: '/etc' }], refused: undefined },
    'a link in a wanted file’s place': {
      members: good.map(member =>
        member.name === `./${base}.zip` ? { name: member.name, type: '2', linkTo: '/etc/passwd' } : member,
      ),
      refused: undefined,
    },
    'an absolute member': {
      members: [...good, { name: '/tmp/go-proxy-setup-escaped', content: 'x' }],
      refused: undefined,
    },
    'a member that leads out': {
      members: [...good, { name: '../../go-proxy-setup-escaped', content: 'x' }],
      refused: undefined,
    },
    'no archive': { members: [], refused: undefined },
  }

  const keep = cleanUpAfterAll()
  let lane: Lane
  beforeAll(async () => {
    lane = await openLane(keep)
  })

  test.each(Object.entries(poisons))(
    '%s: nothing of it is used, and the job has the right content',
    async (name, { members, refused }) => {
      const { proxy, job } = lane
      const service = await lane.service()
      const [entry] = service.blobs.values()
      if (entry === undefined) throw new Error('nothing was stored')
      entry.data = compressLike(
        entry.data,
        name === 'no archive' ? Buffer.from('rubbish'.repeat(100)) : buildTar(members),
      )
      const before = proxy.requests.length
      const main = await useAction(job, { proxies: proxy.url, cache: 'true' })

      expect(main.outcome).toBe('success')
      const { cache, warnings } = reportOf(main)
      if (refused === undefined) expect(cache).toMatchObject({ restore: 'failed', files: 0 })
      else expect(cache.rejected.map(({ file }) => file)).toEqual(refused)
      expect(warnings.length).toBe(refused?.length === 0 ? 0 : 1)
      // Only what was refused was fetched.
      const asked = moduleRequests(proxy, before).map(({ path }) => path.replace(/^\//, ''))
      expect([...new Set(asked)].sort()).toEqual(refused === undefined ? expect.any(Array) : [...refused])
      const download = join(job.root, 'modcache/cache/download')
      for (const { path, version, zip, mod, info } of modules) {
        const at = (extension: string) => readFileSync(join(download, path, '@v', `${version}.${extension}`))
        expect(at('zip').equals(zip)).toBe(true)
        expect(at('mod').toString()).toBe(mod.toString())
        expect(JSON.parse(at('info').toString()).Version).toBe(JSON.parse(info.toString()).Version)
        expect(at('info').toString()).not.toContain('evil')
        expect(at('ziphash').toString()).not.toContain('forged')
      }
      expect(existsSync(join(download, 'evil.test.io'))).toBe(false)
      for (const escaped of [
        '/tmp/go-proxy-setup-escaped',
        join(job.temp, 'go-proxy-setup-escaped'),
        join(job.root, 'go-proxy-setup-escaped'),
      ]) {
        expect(existsSync(escaped)).toBe(false)
      }
      // The spoiled entry cannot be replaced, but it is not the newest one any more.
      await job.finish()
      expect(service.entries.size).toBe(refused?.length === 0 ? 1 : 2)
    },
  )
})

describe('a service that fails', () => {
  interface Case {
    readonly fault?: (name: string) => Fault | undefined
    readonly options?: Parameters<typeof startFakeCache>[0]
    readonly env?: Readonly<Record<string, string>>
    /** What main and post come to; `-`: not asked. */
    readonly restore: string
    readonly saved: boolean
  }
  const only = (wanted: string, fault: Fault) => (name: string) => (name === wanted ? fault : undefined)
  const cases: Readonly<Record<string, Case>> = {
    'is not there': { env: { ACTIONS_RESULTS_URL: '' }, restore: 'off', saved: false },
    'has a closed port': { env: { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' }, restore: 'failed', saved: false },
    'is silent': { fault: () => 'hang', restore: 'failed', saved: false },
    'is silent with the archive': { fault: only('GET blob', 'hang'), restore: 'failed', saved: false },
    'falls silent in the middle': { fault: only('GET blob', 'stall'), restore: 'failed', saved: false },
    'is slow': { fault: only('GET blob', 'trickle'), restore: 'failed', saved: false },
    'cuts the archive': { fault: only('GET blob', 'truncate'), restore: 'failed', saved: false },
    'resets connections': { fault: () => 'reset', restore: 'failed', saved: false },
    'answers 500': { fault: () => 500, restore: 'failed', saved: false },
    'answers 503 for the archive': { fault: only('GET blob', 503), restore: 'failed', saved: false },
    'answers 429': { fault: () => 429, restore: 'failed', saved: false },
    'answers rubbish': { fault: () => 'rubbish', restore: 'failed', saved: false },
    'sends rubbish as the archive': { fault: only('GET blob', 'rubbish'), restore: 'failed', saved: true },
    'has lost the archive': { fault: only('GET blob', 404), restore: 'failed', saved: true },
    'refuses the token': {
      options: { token: 'another' },
      env: { ACTIONS_RUNTIME_TOKEN: 'test-token' },
      restore: 'failed',
      saved: false,
    },
    'may not be read': { options: { access: 'none' }, restore: 'failed', saved: false },
  }
  const saving: Readonly<Record<string, Case>> = {
    'is read-only': { options: { access: 'read' }, restore: 'none', saved: false },
    'is full': { fault: only('CreateCacheEntry', 429), restore: 'none', saved: false },
    'takes no archive': { fault: only('PUT blob', 'hang'), restore: 'none', saved: false },
    'answers 500 to the archive': { fault: only('PUT blob', 500), restore: 'none', saved: false },
    'is silent at the end': { fault: only('FinalizeCacheEntryUpload', 'hang'), restore: 'none', saved: false },
    'is silent when saving': { fault: only('CreateCacheEntry', 'hang'), restore: 'none', saved: false },
  }

  test('costs one line and no more than its deadline, restoring and saving', async () => {
    const table: string[][] = [['the service…', 'restore', 'took', 'main', 'post', 'line']]
    const run = async (
      [name, { fault, options, env, restore, saved }]: readonly [string, Case],
      { proxy, job, ...lane }: Lane,
    ) => {
      const service = await lane.service(options)
      if (restore === 'none') service.entries.clear()
      if (fault !== undefined) service.onRequest = fault
      Object.assign(job.base, { GO_PROXY_SETUP_POLICY: restore === 'failed' && !saved ? IMPATIENT : POLICY, ...env })
      // The post step is ended after this time too.
      const main = await useAction(job, { proxies: proxy.url, cache: 'true' }, { timeout: HANGS_AFTER_MS })
      expect([name, main.timedOut]).toEqual([name, false])
      const { cache, warnings, download } = reportOf(main)
      expect([name, main.outcome, cache.restore, download.modules]).toEqual([name, 'success', restore, 6])
      expect(warnings.length).toBeLessThanOrEqual(1)
      Object.assign(job.base, { GO_PROXY_SETUP_POLICY: saved ? POLICY : IMPATIENT })
      const [post] = await job.finish()
      expect([name, post?.timedOut]).toEqual([name, false])
      expect([name, post?.outcome, shown(post).includes('Saved the module cache')]).toEqual([name, 'success', saved])
      expect(readdirSync(job.temp)).toEqual([])
      const line = cache.reason ?? /not saved: (.*)/.exec(shown(post))?.[1] ?? ''
      const times = [(cache.seconds ?? 0) * 1000, main.ms, post?.ms ?? 0].map(ms => `${(ms / 1000).toFixed(1)} s`)
      table.push([name, cache.restore, ...times, line.slice(0, 90)])
    }
    const rest = [...Object.entries(cases), ...Object.entries(saving)]
    // Most of the time is waiting.
    const worker = async () => {
      const lane = await openLane(cleanUp)
      for (let entry = rest.shift(); entry !== undefined; entry = rest.shift()) await run(entry, lane)
    }
    await Promise.all([worker(), worker(), worker()])
    process.stdout.write(
      `${renderTable(`Deadline of the service here: ${STALL_MS / 1000} s (10 s for users)`, table)}\n`,
    )
  }, 240_000)
})

function renderTable(title: string, rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)))
  return [
    title,
    ...rows.map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ].join('\n')
}
