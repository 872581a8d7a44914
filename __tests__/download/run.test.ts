import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type BuiltModule, buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import type { Problem } from '../../src/errors.ts'
import { type CleanUp, cleanUpAfterEach, withCleanUp } from '../support/clean-up.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import {
  contentOf,
  type DownloadResult,
  type DownloadRun,
  download,
  moduleIn,
  workspaceIn,
} from '../support/worlds/download.ts'
import { parseCommand } from '../support/worlds/fake-runner.mjs'
import { canFindProcesses, processesWith } from '../support/worlds/processes.ts'
import { cachedFiles, createProject, goEnvironment, projectOf, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = ['alpha', 'Beta', 'gamma'].map((name, i) =>
  buildModule({ path: `example.com/${name}`, version: 'v1.0.0', paddingBytes: i === 0 ? 200_000 : 2_000 }),
)
const [alpha] = modules as [BuiltModule, ...BuiltModule[]]

/** @param keep closes it at the end of the test: tests that wait long run beside the others, and have one each */
async function proxy(options: Partial<ProxyOptions> = {}, keep = cleanUp): Promise<DemoProxy> {
  return keep(await startProxy({ modules, ...options }))
}

function project(create: () => TestProject = () => projectOf(modules), keep = cleanUp): TestProject {
  return keep(create())
}

const own = (keep: CleanUp) => project(undefined, keep)

/** Runs it, and checks what holds whatever happens: no command in the log, no process left, go.sum as it was. */
async function run(target: TestProject, options: Omit<DownloadRun, 'modules'>): Promise<DownloadResult> {
  const directories = options.directories ?? [moduleIn(target.directory)]
  const kept = directories.flatMap(({ path, sumFiles }) => [...sumFiles, join(path, 'go.mod'), join(path, 'go.work')])
  const before = contentOf(kept)
  const result = await download(target, { modules, ...options })
  expect(contentOf(kept)).toEqual(before)
  expect(result.lines.filter(line => parseCommand(line) !== undefined)).toEqual([])
  if (canFindProcesses) expect(processesWith(goEnvironment(target)['GOMODCACHE'] ?? '')).toEqual([])
  return result
}

const zips = modules.map(({ path }) => `${path.replace('B', '!b')}/@v/v1.0.0.zip`).sort()
const isZip = ({ path }: { readonly path: string }) => path.endsWith('.zip')
const isAlphaZip = ({ path }: { readonly path: string }) => path === 'example.com/alpha/@v/v1.0.0.zip'

describe('what passes', () => {
  test('a sound proxy: one attempt, everything counted', async () => {
    const [target, { url, requests }] = [project(), await proxy()]
    const { download } = await run(target, { rounds: [url] })
    expect(download).toMatchObject({
      outcome: 'done',
      modules: 3,
      bytes: modules.reduce((sum, { zip }) => sum + zip.length, 0),
      requests: requests.length,
      retries: 0,
      failovers: 0,
      quarantined: [],
      wantedSums: [],
      warnings: [],
      attempts: [{ directory: '.', goproxy: url, outcome: 'done', failure: undefined, arrived: 3 }],
    })
    expect(download.slowest.map(({ path }) => path).sort()).toEqual(modules.map(({ path }) => path).sort())
    expect(cachedFiles(goEnvironment(target), '.zip')).toEqual(zips)
    const again = await run(target, { rounds: [url] })
    expect(again.download).toMatchObject({ outcome: 'done', modules: 0, bytes: 0, requests: 0 })
  })

  const passing: Record<string, Fault> = {
    '503': faults.status(503, 'try later'),
    '429': faults.status(429),
    'a connection reset': faults.reset,
    'a body cut in the middle': faults.cut,
    'a 404 whose source failed': faults.status(404, 'not found: bad upstream'),
  }
  test.each(Object.entries(passing))('each URL fails once with %s', async (_name, fault) => {
    const { url } = await proxy({ fault: ({ earlier }) => (earlier === 0 ? fault : undefined) })
    const target = project()
    const { download } = await run(target, { rounds: [url] })
    expect([download.outcome, download.failure, download.modules]).toEqual(['done', undefined, 3])
    expect(download.attempts.length).toBeGreaterThan(1)
    expect(download.retries).toBeGreaterThan(0)
    expect(download.failovers).toBe(0)
  })

  test('the budget starts anew while modules keep arriving', async () => {
    let failed = 0
    // Each round one zip more comes through.
    const { url } = await proxy({
      fault: request =>
        isZip(request) && request.earlier < zips.indexOf(request.path) + 1 ? countFailure() : undefined,
    })
    const countFailure = () => {
      failed++
      return faults.status(502)
    }
    const { download } = await run(project(), { rounds: [url], inputs: { retries: 0 } })
    expect([download.outcome, failed]).toEqual(['done', 1 + 2 + 3])
    expect(download.attempts.length).toBeGreaterThan(3)
  })

  test('a login page from the only proxy there is: asked once more', async () => {
    const { url } = await proxy({
      fault: request => (isAlphaZip(request) && request.earlier === 0 ? faults.portal : undefined),
    })
    const { download } = await run(project(), { rounds: [url] })
    expect([download.outcome, download.quarantined]).toEqual(['done', []])
  })
})

describe('silence', () => {
  const hang: Record<string, Fault> = { 'no answer': faults.silent, 'half a body, then nothing': faults.stall }
  test.each(Object.entries(hang))('%s: go is ended, and the next proxy gives the rest', async (_name, fault) => {
    const [bad, good] = [await proxy({ fault: r => (isAlphaZip(r) ? fault : undefined) }), await proxy()]
    const { download } = await run(project(), { rounds: [bad.url, good.url], policy: { stallMs: 1_500 } })
    expect(download).toMatchObject({ outcome: 'done', modules: 3, failovers: 1, quarantined: [] })
    expect(download.attempts.map(({ outcome, failure }) => [outcome, failure?.code])).toEqual([
      ['stalled', 'DOWNLOAD_STALLED'],
      ['done', undefined],
    ])
    expect(good.requests.filter(isZip).map(({ path }) => path)).toEqual(['example.com/alpha/@v/v1.0.0.zip'])
  })

  test.concurrent('a body that trickles is no silence', () =>
    withCleanUp(async keep => {
      const { url } = await proxy({ fault: r => (isAlphaZip(r) ? faults.trickle(5_000, 100) : undefined) }, keep)
      const { download } = await run(own(keep), { rounds: [url], policy: { stallMs: 1_500 } })
      expect(download.attempts.map(({ outcome }) => outcome)).toEqual(['done'])
    }))

  test.concurrent('who gives no sign of life either when asked is not waited for', () =>
    withCleanUp(async keep => {
      const problem = { code: 'HOST_SILENT', message: 'It gives no answer.', hint: 'Wake it.' }
      const { url } = await proxy({ fault: request => (isAlphaZip(request) ? faults.silent : undefined) }, keep)
      let asked = 0
      const options = {
        rounds: [url],
        policy: { hostMs: 500 },
        findSilentHost: async () => {
          asked++
          return problem
        },
      }
      const { download } = await run(own(keep), options)
      expect(download).toMatchObject({ outcome: 'failed', failure: problem, attempts: [{ outcome: 'stalled' }] })
      expect(asked).toBe(1)
    }))

  test.concurrent('who sends bytes meanwhile, or answers when asked, is waited for', () =>
    withCleanUp(async keep => {
      const late: Fault = (_, res, good) => setTimeout(() => res.end(good), 3_000)
      const problem = { code: 'HOST_SILENT', message: 'It gives no answer.', hint: '' }
      const outcomes = async (slow: Fault, found: Problem | undefined) => {
        const { url } = await proxy({ fault: r => (isAlphaZip(r) ? slow : undefined) }, keep)
        const options = { rounds: [url], policy: { hostMs: 1_500 }, findSilentHost: async () => found }
        const { download } = await run(own(keep), options)
        return download.attempts.map(({ outcome }) => outcome)
      }
      const all = [outcomes(late, undefined), outcomes(faults.trickle(5_000, 100), problem)]
      expect(await Promise.all(all)).toEqual([['done'], ['done']])
    }))

  test('the deadline ends it for good, and a stop from outside at once', async () => {
    const { url } = await proxy({ fault: () => faults.silent })
    const late = await run(project(), { rounds: [url], inputs: { timeoutMs: 500 } })
    expect(late.download).toMatchObject({ outcome: 'failed', failure: { code: 'DOWNLOAD_TIMEOUT' } })
    const controller = new AbortController()
    const target = project()
    const asked = await proxy({
      fault: () => {
        controller.abort()
        return faults.silent
      },
    })
    const stopped = await run(target, { rounds: [asked.url], signal: controller.signal })
    expect(stopped.download.attempts.map(({ outcome }) => outcome)).toEqual(['cancelled'])
  })

  test('no usable candidate: only the last try, with a patience of its own', async () => {
    const { url } = await proxy({ fault: () => faults.silent })
    const { download } = await run(project(), { rounds: [], lastTry: url, policy: { lastTryMs: 500 } })
    expect(download.attempts.map(({ goproxy, outcome }) => [goproxy, outcome])).toEqual([[url, 'stalled']])
  })
})

describe('time for the last try is kept', () => {
  test.concurrent('where nothing arrives until the time is nearly over', () =>
    withCleanUp(async keep => {
      const [silent, good] = [await proxy({ fault: () => faults.silent }, keep), await proxy({}, keep)]
      const { download } = await run(own(keep), {
        rounds: [silent.url],
        lastTry: good.url,
        // A quarter is kept for the last try: on a busy machine go needs seconds for it.
        inputs: { timeoutMs: 12_000 },
        policy: { stallMs: 20_000 },
      })
      expect(download.attempts.map(({ goproxy, outcome }) => [goproxy, outcome])).toEqual([
        [silent.url, 'timed out'],
        [good.url, 'done'],
      ])
      expect([download.failure, new Set(download.answered.values())]).toEqual([undefined, new Set([good.url])])
    }))

  test('instead of further rounds, where these would take it', async () => {
    const [bad, good] = [await proxy({ fault: () => faults.status(500) }), await proxy()]
    const { download } = await run(project(), {
      rounds: [bad.url],
      lastTry: good.url,
      inputs: { timeoutMs: 20_000, retries: 50, retryDelayMs: 60_000 },
      policy: { maximumBackoffMs: 60_000 },
    })
    expect(download.attempts.map(({ goproxy }) => goproxy)).toEqual([bad.url, good.url])
    expect(download.failure).toBeUndefined()
  })
})

describe('wrong content', () => {
  const lies = (module: BuiltModule): Partial<ProxyOptions> => ({
    fault: r => (r.path === `${module.path}/@v/v1.0.0.zip` ? faults.send(tampered(module).zip) : undefined),
  })

  test.each([
    ['in a chain', (bad: string, good: string) => [`${bad}|${good}`]],
    ['in rounds', (bad: string, good: string) => [bad, good]],
  ])('%s: the liar is left out and the other one asked', async (_name, rounds) => {
    const [bad, good] = [await proxy(lies(alpha)), await proxy()]
    const target = project()
    const { download } = await run(target, { rounds: rounds(bad.url, good.url) })
    expect(download).toMatchObject({ outcome: 'done', quarantined: [bad.url] })
    expect(download.attempts.map(attempt => attempt.goproxy)).toEqual([expect.stringContaining(bad.url), good.url])
    expect(download.attempts[0]?.failure?.code).toBe('GO_CHECKSUM_MISMATCH')
    expect(download.warnings).toEqual([])
    const zip = join(goEnvironment(target)['GOMODCACHE'] ?? '', 'cache', 'download', 'example.com/alpha/@v/v1.0.0.zip')
    expect(readFileSync(zip).equals(alpha.zip)).toBe(true)
  })

  test('of a go.mod: nothing of it reaches the module cache', async () => {
    const other = Buffer.from('module example.com/alpha\n\ngo 1.21\n\n// changed\n')
    const bad = await proxy({
      fault: r => (r.path === 'example.com/alpha/@v/v1.0.0.mod' ? faults.send(other) : undefined),
    })
    const good = await proxy()
    const { download } = await run(project(), { rounds: [bad.url, good.url] })
    expect(download).toMatchObject({ outcome: 'done', quarantined: [bad.url] })
  })

  test('a second mismatch is final, although a third proxy is there', async () => {
    const [one, two, three] = [await proxy(lies(alpha)), await proxy(lies(alpha)), await proxy()]
    const { download } = await run(project(), { rounds: [one.url, two.url, three.url] })
    expect(download).toMatchObject({ outcome: 'failed', failure: { code: 'GO_CHECKSUM_MISMATCH' } })
    expect(download.quarantined).toEqual([one.url, two.url])
    expect(three.requests).toEqual([])
  })

  test('that lay in the module cache is replaced, and the proxy not blamed', async () => {
    const [target, { url }] = [project(), await proxy()]
    await run(target, { rounds: [url] })
    const evil = tampered(alpha)
    const at = join(goEnvironment(target)['GOMODCACHE'] ?? '', 'cache', 'download', 'example.com/alpha/@v/v1.0.0')
    writeFileSync(`${at}.zip`, evil.zip)
    writeFileSync(`${at}.ziphash`, evil.h1)
    const { download } = await run(target, { rounds: [url] })
    expect(download).toMatchObject({ outcome: 'done', quarantined: [], warnings: [{ code: 'MODULE_CACHE_DAMAGED' }] })
    expect(readFileSync(`${at}.zip`).equals(alpha.zip)).toBe(true)
  })

  test('the liar is asked nothing more in the next directory', async () => {
    const target = project(() =>
      createProject({
        'a/go.mod': goModOf('example.com/a', [alpha]),
        'a/go.sum': goSumOf([alpha]),
        'b/go.mod': goModOf('example.com/b', modules.slice(1)),
        'b/go.sum': goSumOf(modules.slice(1)),
      }),
    )
    const [bad, good] = [await proxy(lies(alpha)), await proxy()]
    const directories = ['a', 'b'].map(name => moduleIn(join(target.directory, name), name))
    const { download } = await run(target, { rounds: [bad.url, good.url], directories })
    expect(download.attempts.map(({ directory, goproxy }) => [directory, goproxy])).toEqual([
      ['a', bad.url],
      ['a', good.url],
      ['b', good.url],
    ])
  })
})

describe('what no retry can mend', () => {
  test('a version that does not exist: each proxy is asked once', async () => {
    const missing = { path: 'example.com/gone', version: 'v1.0.0' }
    const target = project(() =>
      createProject({ 'go.mod': goModOf('example.com/p', [...modules, missing]), 'go.sum': goSumOf(modules) }),
    )
    const proxies = [await proxy(), await proxy()]
    const { download } = await run(target, { rounds: proxies.map(({ url }) => url), lastTry: proxies[0]?.url ?? '' })
    expect(download.failure?.code).toBe('HTTP_NOT_FOUND')
    expect(download.failure?.message).toMatch(/^example\.com\/gone v1\.0\.0 \(go\.mod:\d+\) could not be downloaded\./)
    expect(download.attempts).toHaveLength(2)
    for (const { requests } of proxies) {
      expect(requests.filter(({ path }) => path === 'example.com/gone/@v/v1.0.0.mod')).toHaveLength(1)
    }
  })

  test.each([
    [
      'an unknown revision',
      faults.status(404, 'not found: invalid version: unknown revision v1.0.0'),
      'GO_REVISION_UNKNOWN',
      1,
    ],
    ['a policy that forbids it', faults.status(403, 'blocked by policy'), 'HTTP_FORBIDDEN', 1],
    ['a missing token', faults.status(401), 'HTTP_UNAUTHORIZED', 1],
  ])('%s', async (_name, fault, code, attempts) => {
    const { url } = await proxy({ fault: r => (isAlphaZip(r) ? fault : undefined) })
    const { download } = await run(project(), { rounds: [url], lastTry: url })
    expect([download.failure?.code, download.attempts.length]).toEqual([code, attempts])
  })

  test('a proxy that never works: as many rounds as asked for, then the last try', async () => {
    const [bad, last] = [
      await proxy({ fault: () => faults.status(500) }),
      await proxy({ fault: () => faults.status(500) }),
    ]
    const { download } = await run(project(), { rounds: [bad.url], lastTry: last.url, inputs: { retries: 2 } })
    expect(download.attempts.map(({ goproxy }) => goproxy)).toEqual([bad.url, bad.url, bad.url, last.url])
    expect(download.failure?.code).toBe('HTTP_SERVER_ERROR')
  })

  test('go.sum with a merge conflict', async () => {
    const { url } = await proxy()
    const target = project(() =>
      createProject({ 'go.mod': goModOf('example.com/p', modules), 'go.sum': `<<<<<<< HEAD\n${goSumOf(modules)}` }),
    )
    const { download } = await run(target, { rounds: [url, url] })
    expect([download.failure?.code, download.attempts.length]).toEqual(['GO_SUM_MALFORMED', 1])
  })

  test('no go on PATH', async () => {
    const { download } = await run(project(), { rounds: ['http://127.0.0.1:1'], env: { PATH: '/nowhere' } })
    expect(download.failure?.message).toContain('no program go')
  })
})

describe('go.sum', () => {
  const incomplete = { 'go.mod': goModOf('example.com/p', modules), 'go.sum': goSumOf(modules.slice(1)) }

  test('stays as it is where go would add lines, and the lines are told', async () => {
    const { url } = await proxy()
    const { download } = await run(
      project(() => createProject(incomplete)),
      { rounds: [url] },
    )
    expect(download.outcome).toBe('done')
    expect(download.wantedSums.map(({ lines }) => lines)).toEqual([
      [`example.com/alpha v1.0.0/go.mod ${alpha.goModH1}`],
    ])
    expect(download.warnings.map(({ code }) => code)).toEqual(['GO_SUM_INCOMPLETE'])
  })

  test('that lacks only the line of a zip, which go passes over here and a build does not, is told of', async () => {
    const { url } = await proxy()
    const [, beta] = modules as [BuiltModule, BuiltModule]
    const text = goSumOf(modules).replace(/^example\.com\/alpha v1\.0\.0 .*\n/m, '')
    const target = project(() => createProject({ 'go.mod': goModOf('example.com/p', modules), 'go.sum': text }))
    const unsummed = [{ path: 'example.com/alpha', version: 'v1.0.0' }]
    const directories = [{ ...moduleIn(target.directory), unsummed }]
    const { download } = await run(target, { rounds: [url], directories })
    expect(text).toContain(beta.h1)
    const place = text.split('\n').findIndex(line => line.startsWith('example.com/Beta v1.0.0/go.mod')) + 1
    expect(download.outcome).toBe('done')
    expect(download.warnings).toEqual([
      {
        code: 'GO_SUM_INCOMPLETE',
        message: `go.sum:${place} lacks a line that go needs; it stays as it was: example.com/alpha v1.0.0 ${alpha.h1} (after line ${place}).`,
        hint: expect.stringContaining('`go mod tidy`'),
        at: { file: join(target.directory, 'go.sum'), line: place },
      },
    ])
  })

  test('need not exist', async () => {
    const { url } = await proxy()
    const target = project(() => createProject({ 'go.mod': goModOf('example.com/p', modules) }))
    const { download } = await run(target, { rounds: [url] })
    expect(download.wantedSums.flatMap(({ lines }) => lines)).toHaveLength(3)
  })

  test('that -modfile chooses is the one that go works with, and that is named', async () => {
    const { url } = await proxy()
    const target = project(() =>
      createProject({
        'go.mod': 'module example.com/p\n\ngo 1.21\n',
        'go.sum': '',
        'ci.mod': incomplete['go.mod'],
        'ci.sum': incomplete['go.sum'],
        'bad.mod': incomplete['go.mod'],
        'bad.sum': 'one word and more\n',
      }),
    )
    const directoryFor = (name: string) => ({
      ...moduleIn(target.directory),
      modFiles: [join(target.directory, `${name}.mod`)],
      sumFiles: [join(target.directory, `${name}.sum`)],
    })
    const env = { GOFLAGS: '-modcacherw -modfile=ci.mod' }
    const { download } = await run(target, { rounds: [url], env, directories: [directoryFor('ci')] })
    expect([download.outcome, download.modules]).toEqual(['done', 3])
    expect(download.warnings).toMatchObject([
      {
        message: expect.stringMatching(
          /^ci\.sum:2 lacks a line that go needs; it stays as it was: example\.com\/alpha .* \(after line 2\)\.$/,
        ),
        hint: expect.stringContaining('commit ci.sum'),
      },
    ])
    const bad = await run(target, { rounds: [url], env, directories: [directoryFor('bad')] })
    expect(bad.download.failure?.message).toContain('bad.sum has a line')
    expect(bad.download.failure?.hint).toContain('delete bad.sum')
  })

  const workspaces = Object.fromEntries(
    ['one', 'two'].flatMap(name => [
      [`${name}/go.work`, 'go 1.21\n\nuse ./a\n'],
      [`${name}/a/go.mod`, goModOf(`example.com/${name}`, modules)],
      [`${name}/a/go.sum`, goSumOf(modules.slice(1))],
    ]),
  )

  test('of workspaces too, each of them', async () => {
    const { url } = await proxy()
    const target = project(() => createProject(workspaces))
    const directories = ['one', 'two'].map(name => workspaceIn(join(target.directory, name), ['a'], name))
    const { download, backups } = await run(target, { rounds: [url], directories })
    expect([download.outcome, backups.length]).toEqual(['done', 1])
    expect(download.wantedSums.map(({ file }) => file).length).toBeGreaterThanOrEqual(2)
    for (const { hint, message } of download.warnings) {
      expect([hint, message]).toEqual([
        expect.stringContaining('Run `go work sync` and commit go.work.sum'),
        expect.stringContaining('There is no go.work.sum, and go needs'),
      ])
    }
  })
})

test('workflow commands in what a proxy says stay words', async () => {
  const words = '::error::a\n##[command]b\n::add-mask::example\n\u001b[31m::stop-commands::x\r::set-env name=PATH::y'
  const { url } = await proxy({
    fault: r => (isZip(r) ? faults.status(500, words, { reason: '::warning::no' }) : undefined),
  })
  const { download, lines } = await run(project(), { rounds: [url], inputs: { retries: 1 } })
  expect(download.failure?.code).toBe('HTTP_SERVER_ERROR')
  expect(lines.join('\n')).toMatch(/Trying again/)
  for (const attempt of download.attempts) expect(attempt.failure?.text).not.toMatch(/[\r\n\u001b]|##\[/)
})
