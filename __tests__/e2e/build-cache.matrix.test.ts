import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { entryName, parseEntryName } from '../../src/build-cache/entry.ts'
import { actionFile, hashOf } from '../support/builders/build-cache.ts'
import { decompress } from '../support/builders/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { startOrigin } from '../support/servers/origins.ts'
import { checkOut, useAction } from '../support/worlds/action.ts'
import {
  ALL_PACKAGES,
  BUILD_INPUTS,
  type BuildLane,
  build,
  buildReportOf,
  type CacheService,
  createBuildJob,
  entriesIn,
  forgetBuilds,
  gocacheOf,
  logOf,
  openBuildLane,
  PACKAGES,
  packageSource,
  runWholeJob,
  storedFiles,
} from '../support/worlds/build-job.ts'
import type { StepResult } from '../support/worlds/fake-runner.mjs'
import { forgetModules, moduleRequests, modules, newJob } from '../support/worlds/module-cache-job.ts'

const cleanUp = cleanUpAfterEach()

const canary = 'canary-3f1c9a7e5b'
let lane: BuildLane
beforeAll(async () => {
  lane = await openBuildLane({ credentials: `git.corp.example ${canary}` }, { CANARY: canary })
})
afterAll(() => lane.close())

test('with the module cache beside it, a second job asks the proxy for nothing and compiles nothing', async () => {
  const proxy = cleanUp(await startOrigin('good', modules))
  const service = cleanUp(await startFakeCache())
  const job = newJob(service, { GONOSUMDB: '*' }, cleanUp)
  const imports = modules.map(({ path }) => `import _ "${path}"\n`).join('')
  checkOut(job, { 'project.go': `package project\n\n${imports}` })
  const inputs = { proxies: proxy.url, cache: 'true', 'build-cache': 'true' }
  const first = await runWholeJob(job, inputs)
  expect(first.compiled).toEqual(expect.arrayContaining(modules.map(({ path }) => path)))
  expect(service.entries.size).toBe(2)

  forgetModules(job)
  forgetBuilds(job)
  job.env = {}
  const before = proxy.requests.length
  const second = await runWholeJob(job, inputs)
  expect([second.main.outputs['cache-hit'], second.main.outputs['build-cache-hit']]).toEqual(['true', 'true'])
  expect(second.compiled).toEqual([])
  expect(moduleRequests(proxy, before)).toEqual([])
})

describe('build-cache: true', () => {
  test('a first job finds nothing, and stores what it built', () => {
    const { main, report, compiled, post } = lane.first
    expect([...compiled].sort()).toEqual(ALL_PACKAGES)
    expect([report.buildCache.restore, main.outputs['build-cache-hit']]).toEqual(['none', 'false'])
    expect(logOf(post)).toContain('Saved the build cache')
    expect(post?.summary).toContain('Saved the build cache')
    expect(lane.stored.entries.size).toBe(1)
  })

  test('a second job compiles nothing, trims nothing, and stores nothing', async () => {
    const service = await lane.service()
    const main = await useAction(lane.job, BUILD_INPUTS)
    const { buildCache } = buildReportOf(main)
    const gocache = gocacheOf(lane.job)
    const before = Date.now() - 2 * 3_600_000
    for (const name of entriesIn(gocache).filter(one => parseEntryName(one) !== undefined))
      expect(Math.abs(statSync(join(gocache, name)).mtimeMs - before)).toBeLessThan(300_000)
    expect(Math.abs(Number(readFileSync(join(gocache, 'trim.txt'), 'utf8')) * 1000 - Date.now())).toBeLessThan(300_000)
    expect(await build(lane.job)).toEqual([])
    const [post] = await lane.job.finish()
    expect(main.outputs['build-cache-hit']).toBe('true')
    expect(buildCache).toMatchObject({ restore: 'commit', rejected: [] })
    expect(buildCache.files).toBeGreaterThanOrEqual(2 * PACKAGES)
    expect(main.summary).toContain('of this commit restored')
    expect(logOf(post)).toContain('this commit has one already')
    expect(service.entries.size).toBe(1)
    expect(readdirSync(lane.job.temp)).toEqual([])
    expect(entriesIn(gocache).filter(name => name.startsWith('.'))).toEqual([])
  })

  test('another commit: only what it changed is compiled; little that is new is not worth an entry', async () => {
    const service = await lane.service()
    lane.job.base['GITHUB_SHA'] = '1'.repeat(40)
    checkOut(lane.job, { [`p${PACKAGES - 1}/p.go`]: packageSource(PACKAGES - 1, 'changed') })
    const { report, post, compiled } = await runWholeJob(lane.job)
    expect(compiled).toEqual(ALL_PACKAGES.slice(-1))
    expect(report.buildCache.restore).toBe('sums')
    expect(logOf(post)).toMatch(/The build cache was not saved: only .* are new, and saving pays only from/)
    expect(service.entries.size).toBe(1)
  })

  test('much that is new: stored with all that was used, and nothing that was not', async () => {
    const service = await lane.service()
    lane.job.base['GITHUB_SHA'] = '1'.repeat(40)
    lane.job.base['GO_PROXY_SETUP_POLICY'] = JSON.stringify({ buildCache: { minimumNewBytes: 0, minimumNewShare: 0 } })
    // Nothing uses the last two packages any more.
    checkOut(lane.job, { 'p0/p.go': packageSource(0, 'changed') })
    const main = await useAction(lane.job, BUILD_INPUTS)
    expect(main.outcome).toBe('success')
    await build(lane.job)
    const unused = hashOf('an entry that nothing used')
    const old = join(gocacheOf(lane.job), unused.slice(0, 2), `${unused}-d`)
    writeFileSync(old, 'an entry that nothing used')
    utimesSync(old, 1, 1)
    await lane.job.finish()
    expect(service.entries.size).toBe(2)
    const names = [...storedFiles(service).keys()]
    expect(names.some(name => name.includes(unused))).toBe(false)
    // A third job at this commit has all of it.
    forgetBuilds(lane.job)
    lane.job.env = {}
    expect((await runWholeJob(lane.job)).compiled).toEqual([])
  })

  test('what other jobs left on a runner that keeps its build cache is stored only if this one uses it', async () => {
    const service = await lane.service()
    service.entries.clear()
    const gocache = gocacheOf(lane.job)
    // An earlier job of this repository, and ten minutes ago one of another.
    await build(lane.job)
    const content = 'what another repository has built'
    const madeMs = Date.now() - 600_000
    const foreign = { id: hashOf('its action'), output: hashOf(content), bytes: content.length, madeMs }
    const written: readonly (readonly [string, string | Buffer])[] = [
      [entryName({ kind: 'action', hash: foreign.id }), actionFile(foreign)],
      [entryName({ kind: 'output', hash: foreign.output }), content],
    ]
    for (const [name, data] of written) {
      mkdirSync(dirname(join(gocache, name)), { recursive: true })
      writeFileSync(join(gocache, name), data)
      utimesSync(join(gocache, name), madeMs / 1000, madeMs / 1000)
    }
    checkOut(lane.job, { [`p${PACKAGES - 1}/p.go`]: packageSource(PACKAGES - 1, 'changed') })
    expect((await runWholeJob(lane.job)).compiled).toEqual(ALL_PACKAGES.slice(-1))
    const names = [...storedFiles(service).keys()]
    expect(names.filter(name => written.some(([foreign]) => foreign === name))).toEqual([])
    // All that it used is stored, whoever built it.
    forgetBuilds(lane.job)
    lane.job.env = {}
    expect((await runWholeJob(lane.job)).compiled).toEqual([])
  })

  test('a second use in the job leaves the build cache to the first one, which stores what the job built', async () => {
    const service = await lane.service()
    service.entries.clear()
    const uses = [await useAction(lane.job, BUILD_INPUTS), await useAction(lane.job, BUILD_INPUTS)]
    expect(uses.map(main => buildReportOf(main).buildCache.restore)).toEqual(['none', 'off'])
    expect(buildReportOf(uses[1] as StepResult).buildCache.reason).toContain('an earlier use of the action')
    await build(lane.job)
    const logs = (await lane.job.finish()).map(logOf)
    expect(logs.map(log => log.includes('build cache'))).toEqual([false, true])
    expect(logs[1]).toContain('Saved the build cache')
    expect(service.entries.size).toBe(1)
  })

  test('a second use after one that failed takes its place', async () => {
    await lane.service()
    const module = 'module example.com/project\n\ngo 1.21\n'
    checkOut(lane.job, { 'go.mod': `${module}\nrequire example.com/absent v1.0.0\n` })
    expect((await useAction(lane.job, BUILD_INPUTS)).outcome).toBe('failure')
    checkOut(lane.job, { 'go.mod': module })
    expect(buildReportOf(await useAction(lane.job, BUILD_INPUTS)).buildCache.restore).toBe('commit')
    await lane.job.finish()
  })

  test('on another branch nothing is stored beside an entry that can be used', async () => {
    const service = await lane.service()
    Object.assign(lane.job.base, {
      GITHUB_SHA: '1'.repeat(40),
      GITHUB_REF: 'refs/heads/topic',
      GO_PROXY_SETUP_POLICY: JSON.stringify({ buildCache: { minimumNewBytes: 0, minimumNewShare: 0 } }),
    })
    checkOut(lane.job, { 'p0/p.go': packageSource(0, 'changed') })
    const { post } = await runWholeJob(lane.job)
    lane.job.base['GITHUB_REF'] = 'refs/heads/main'
    expect(logOf(post)).toContain('not the default branch')
    expect(service.entries.size).toBe(1)
  })

  test('nothing is stored when the job failed, or when others’ code may have run', async () => {
    const service = await lane.service()
    service.entries.clear()
    await useAction(lane.job, { ...BUILD_INPUTS, 'job-status': 'failure' })
    await build(lane.job)
    const [failed] = await lane.job.finish()
    expect(logOf(failed)).toContain('not saved: the job failed')
    lane.job.env = {}
    const event = join(lane.job.root, 'event.json')
    const pull = { repository: { id: 1 }, pull_request: { head: { repo: { id: 2 } } } }
    writeFileSync(event, JSON.stringify(pull))
    Object.assign(lane.job.base, { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event })
    await runWholeJob(lane.job)
    Object.assign(lane.job.base, { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '' })
    expect(service.requests.map(({ name }) => name)).not.toContain('CreateCacheEntry')
  })

  test('jobs of a matrix, and jobs with another suffix, find none of the others’ entries', async () => {
    await lane.service()
    for (const inputs of [{ 'job-matrix': '{"os":"a"}' }, { 'cache-suffix': 'race' }]) {
      const main = await useAction(lane.job, { ...BUILD_INPUTS, ...inputs })
      expect(buildReportOf(main).buildCache.restore).toBe('none')
      lane.job.env = {}
    }
    for (const post of await lane.job.finish()) expect(logOf(post)).toContain('not saved: the job built nothing')
  })

  test('a commit in -ldflags, of which only the link depends, leads to the same entries; -trimpath to none of them', async () => {
    await lane.service()
    const { GOFLAGS: usual = '' } = lane.job.base
    const restoreWith = async (flags: string) => {
      lane.job.base['GOFLAGS'] = `${usual} ${flags}`
      lane.job.env = {}
      return buildReportOf(await useAction(lane.job, BUILD_INPUTS)).buildCache.restore
    }
    expect(await restoreWith('-ldflags=-X=main.commit=0123abc')).toBe('commit')
    expect(await restoreWith('-trimpath')).toBe('none')
    lane.job.base['GOFLAGS'] = usual
    await lane.job.finish()
  })

  test('another C compiler finds an entry, though not as one of this commit', async () => {
    const compiler = join(lane.job.root, 'cc')
    const become = (version: string) =>
      writeFileSync(compiler, `#!/bin/sh\necho "cc (Other) ${version}"\n`, { mode: 0o755 })
    become('99.1')
    const own = cleanUp(await openBuildLane({}, { CGO_ENABLED: '1', CC: compiler }))
    await own.service()
    expect(buildReportOf(await useAction(own.job, BUILD_INPUTS)).buildCache.restore).toBe('commit')
    become('99.2')
    own.job.env = {}
    expect(buildReportOf(await useAction(own.job, BUILD_INPUTS)).buildCache.restore).toBe('older')
    await own.job.finish()
  })

  test('no secret of the job gets into the archive, and nothing but entries in go’s form', () => {
    const { stored } = lane
    const archive = decompress([...stored.blobs.values()][0]?.data ?? Buffer.alloc(0))
    for (const secret of [
      canary,
      Buffer.from(canary).toString('base64').slice(0, 12),
      stored.env.ACTIONS_RUNTIME_TOKEN,
    ])
      expect(archive.includes(secret)).toBe(false)
    const names = [...storedFiles(stored).keys()]
    expect(names.length).toBeGreaterThanOrEqual(2 * PACKAGES)
    for (const name of names) expect(parseEntryName(name)).toBeDefined()
  })
})

describe('build-cache: auto', () => {
  test('restores too, and gives up what takes longer than the entry can save', async () => {
    savesSeconds(await lane.service(), 60)
    expect((await runWholeJob(lane.job, { 'build-cache': 'auto' })).compiled).toEqual([])

    const slow = await lane.service()
    savesSeconds(slow, 2)
    slow.onRequest = name => (name === 'GET blob' ? 'trickle' : undefined)
    const { report, compiled } = await runWholeJob(lane.job, { 'build-cache': 'auto' })
    expect(report).toMatchObject({ buildCache: { restore: 'abandoned' }, warnings: [] })
    expect([...compiled].sort()).toEqual(ALL_PACKAGES)
  })

  test('a self-hosted runner keeps its build cache if an earlier job has left entries, not if a step of this job has', async () => {
    savesSeconds(await lane.service(), 60)
    const event = join(lane.job.root, 'event.json')
    writeFileSync(event, '{}')
    Object.assign(lane.job.base, { RUNNER_ENVIRONMENT: 'self-hosted', GITHUB_EVENT_PATH: event })
    const restoreInJobSince = async (ms: number) => {
      utimesSync(event, ms / 1000, ms / 1000)
      lane.job.env = {}
      const { buildCache } = buildReportOf(await useAction(lane.job, { ...BUILD_INPUTS, 'build-cache': 'auto' }))
      return [buildCache.restore, buildCache.reason]
    }
    await build(lane.job)
    expect(await restoreInJobSince(Date.now() - 3_600_000)).toEqual(['commit', null])
    expect(await restoreInJobSince(Date.now() + 1_000)).toEqual(['off', expect.stringContaining('self-hosted')])
    Object.assign(lane.job.base, { RUNNER_ENVIRONMENT: 'github-hosted', GITHUB_EVENT_PATH: '' })
    await lane.job.finish()
  })

  test('a tag, a release, GOCACHEPROG: the service is not asked; auto is the default', async () => {
    const service = await lane.service()
    const play = async (env: Readonly<Record<string, string>>) => {
      const own = cleanUp(createBuildJob({ ...service.env, ...env }))
      // As the runner gives an input that was not set.
      const main = await useAction(own, { ...BUILD_INPUTS, 'build-cache': '' })
      await own.finish()
      return main.outcome
    }
    const worlds = [
      { GITHUB_REF: 'refs/tags/v1.0.0' },
      { GITHUB_EVENT_NAME: 'release' },
      { GOCACHEPROG: '/does/not/exist' },
    ]
    expect(await Promise.all(worlds.map(play))).toEqual(['success', 'success', 'success'])
    expect(service.requests).toEqual([])
    expect(await play({})).toBe('success')
    expect(service.requests.length).toBeGreaterThan(0)
  })
})

/** Whatever the first job took: as if it had taken so long. */
function savesSeconds({ entries }: CacheService, seconds: number): void {
  for (const [name, entry] of [...entries]) {
    const key = entry.key.replace(/\d+$/, String(seconds))
    entries.delete(name)
    entries.set(name.replace(entry.key, key), { ...entry, key })
  }
}
