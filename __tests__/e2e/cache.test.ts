import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { decompress } from '../support/builders/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { tampered } from '../support/servers/faults.ts'
import { type Origin, startOrigin } from '../support/servers/origins.ts'
import { checkOut, checkOutProject, useAction } from '../support/worlds/action.ts'
import type { Job } from '../support/worlds/fake-runner.mjs'
import * as world from '../support/worlds/module-cache-job.ts'

const { forgetModules, moduleRequests, modules, reportOf, shown } = world
type Service = world.Service

const cleanUp = cleanUpAfterEach()
const cacheService = async () => cleanUp(await startFakeCache())
const newJob = (service: Service, env: Readonly<Record<string, string>> = {}) => world.newJob(service, env, cleanUp)
const stored = (service: Service, url: string, env: Readonly<Record<string, string>> = {}) =>
  world.stored(service, url, env, cleanUp)

async function origin(latencyMs = 0, bytesPerSecond?: number): Promise<Origin> {
  return cleanUp(await startOrigin('good', modules, { latencyMs, ...(bytesPerSecond && { bytesPerSecond }) }))
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
    const play = async (asked: 'true' | 'false') => {
      const service = await cacheService()
      const job = newJob(service, { GOPRIVATE: 'modules.test.io/m1', GONOPROXY: 'none', GOPROXY: proxy.url })
      await useAction(job, { cache: 'true', 'cache-private': asked })
      await job.finish()
      const [entry] = service.blobs.values()
      return entry && decompress(entry.data).includes('modules.test.io/m1/')
    }
    expect(await Promise.all([play('false'), play('true')])).toEqual([false, true])
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
    const play = async (order: number) => {
      const proxy = await origin()
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
    await Promise.all([0, 1].map(play))
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
