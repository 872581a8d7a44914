import { appendFileSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { MATCHED } from '../../src/text/matched.ts'
import { buildTar, compressLike, type Member } from '../support/builders/tar.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { checkOut, createJob, DIST, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import type { Job, StepResult } from '../support/worlds/fake-runner.mjs'
import { type RanProgram, runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const library = buildModule({ path: 'modules.test.io/library', version: 'v1.0.0' })
/** No package of the standard library but the least: such a program is built in a second. */
const program = (word: string) =>
  `package main\n\nimport "modules.test.io/library"\n\nfunc main() { println("${word} " + library.Version) }\n`
const tools = ['v1.2.0', 'v1.3.0'].map(version =>
  buildModule({
    path: 'modules.test.io/tools',
    version,
    requires: [library],
    files: {
      'go.sum': '',
      'cmd/greet/main.go': program(version),
      'cmd/other/v2/main.go': program('other'),
      'cmd/broken/main.go': 'package main\n\nfunc main() { nothing() }\n',
    },
  }),
)
const modules = [library, ...tools]
const GREET = 'modules.test.io/tools/cmd/greet@v1.2.0'
const TOOLS = 'modules.test.io/tools/cmd/greet@v1.2.0\nmodules.test.io/tools/cmd/other/v2@v1.2.0 # a comment'

function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<RanProgram> {
  return runProgram(file, args, { cwd, env })
}

/** The least of the standard library, built once: that takes longer than all else here. */
const gocache = cleanUpAfterAll().directory('tools-gocache-')
beforeAll(async () => {
  writeFileSync(join(gocache, 'least.go'), 'package main\n\nfunc main() {}\n')
  const env = {
    ...process.env,
    GOCACHE: gocache,
    CGO_ENABLED: '0',
    GOFLAGS: '',
    GO111MODULE: 'off',
    GOTOOLCHAIN: 'local',
  }
  await run('go', ['build', '-o', join(gocache, 'least'), 'least.go'], gocache, env)
  const old = Date.now() / 1000 - 3 * 3600
  for (const entry of readdirSync(gocache, { recursive: true })) utimesSync(join(gocache, String(entry)), old, old)
})

function newJob(env: Readonly<Record<string, string>>): Job {
  const job = cleanUp(
    createJob({ GONOSUMDB: '*', GOCACHE: gocache, CGO_ENABLED: '0', GO_PROXY_SETUP_POLICY: QUICK_POLICY, ...env }),
  )
  checkOut(job, { 'go.mod': 'module example.com/project\n\ngo 1.21\n' })
  return job
}

/** A later step, with PATH as the job has it. */
const later = (job: Job, command: string, ...args: readonly string[]) =>
  run('sh', ['-c', `${command} "$@"`, 'sh', ...args], job.workspace, {
    ...job.base,
    ...job.env,
    PATH: [...job.path, job.base['PATH']].join(':'),
  })

const toolsOf = (result: StepResult) => {
  const report = JSON.parse(readFileSync(result.outputs['report'] ?? '', 'utf8'))
  return (report.tools ?? []).map(({ name, how }: { name: string; how: string }) => `${name} ${how}`)
}
const logOf = (result: StepResult | undefined) => result?.log.join('\n') ?? ''

const storedTools = ({ entries }: Awaited<ReturnType<typeof startFakeCache>>) =>
  [...entries.values()].flatMap(({ key }) => /-tool-1-(\w+)-(v[\d.]+)-/.exec(key)?.slice(1, 3).join(' ') ?? []).sort()

/** The next job on a runner of the same kind. */
function forget(job: Job): void {
  rmSync(join(job.root, 'modcache'), { recursive: true, force: true })
  job.env = {}
  job.path = []
}

async function proxyOf() {
  return cleanUp(await startProxy({ modules }))
}

describe('tools', () => {
  test('later steps can call them, and the second job builds none', async () => {
    const [proxy, service] = [await proxyOf(), cleanUp(await startFakeCache())]
    const job = newJob({ ...service.env, GOFLAGS: '-modcacherw -mod=vendor', GOOS: 'plan9', GO111MODULE: 'off' })
    const inputs = { proxies: proxy.url, tools: TOOLS, cache: 'true', 'build-cache': 'true' }
    const first = await useAction(job, inputs)
    expect([first.outcome, logOf(first)]).toEqual(['success', expect.stringContaining('Tools: greet v1.2.0 built in ')])
    expect(toolsOf(first)).toEqual(['greet built', 'other built'])
    const { requests } = JSON.parse(readFileSync(first.outputs['report'] ?? '', 'utf8'))
    expect(requests).toContainEqual(
      expect.objectContaining({ module: 'modules.test.io/tools', version: 'v1.2.0', file: 'zip', why: 'tool' }),
    )
    expect(first.summary).toContain('Tools: greet v1.2.0 built in ')
    const { code, words } = await later(job, 'greet && other')
    expect([code, words]).toEqual([0, 'v1.2.0 v1.0.0\nother v1.0.0\n'])
    const [post] = await job.finish()
    expect([post?.outcome, logOf(post)]).toEqual(['success', expect.stringContaining('Saved the tool greet')])
    // What go built for them alone is in no build cache.
    expect([storedTools(service), service.entries.size]).toEqual([['greet v1.2.0', 'other v1.2.0'], 2])
    expect(readdirSync(job.temp)).toEqual([])

    forget(job)
    const before = proxy.requests.length
    const second = await useAction(job, inputs)
    expect(toolsOf(second)).toEqual(['greet restored', 'other restored'])
    expect(proxy.requests.slice(before).filter(({ path }) => path.includes('modules.test.io/tools'))).toEqual([])
    expect((await later(job, 'greet')).words).toBe('v1.2.0 v1.0.0\n')
    await job.finish()
    expect(storedTools(service)).toHaveLength(2)

    forget(job)
    const other = await useAction(job, { ...inputs, tools: 'modules.test.io/tools/cmd/greet@v1.3.0' })
    expect(toolsOf(other)).toEqual(['greet built'])
    expect((await later(job, 'greet')).words).toBe('v1.3.0 v1.0.0\n')
    await job.finish()
  })
})

describe('tools that cannot be had', () => {
  test('a version that is not whole is refused with the one to write, before anything is downloaded', async () => {
    const proxy = await proxyOf()
    const job = newJob({})
    const main = await useAction(job, {
      proxies: proxy.url,
      tools:
        'modules.test.io/tools/cmd/greet@latest, modules.test.io/tools/cmd/other/v2@v1.2\nmodules.test.io/gone@main',
    })
    expect(main.outcome).toBe('failure')
    const log = logOf(main)
    expect(log).toContain('Write `modules.test.io/tools/cmd/greet@v1.3.0`, the newest version.')
    expect(log).toContain('the beginning of a version means another one with each release')
    expect(log).toContain('Write a whole version, such as `modules.test.io/gone@v1.2.3`')
    expect(proxy.requests.filter(({ path }) => path.endsWith('.zip'))).toEqual([])
    expect([job.path, job.env['GOPROXY']]).toEqual([[], undefined])
    await job.finish()
  })

  test.each([
    ['modules.test.io/tools/cmd/broken@v1.2.0', 'TOOL_BUILD_FAILED', /does not compile here.* undefined: nothing/],
    ['modules.test.io/tools/cmd/none@v1.2.0', 'TOOL_PACKAGE_UNKNOWN', /has no such package.*does not contain package/],
    ['modules.test.io/library@v1.0.0', 'TOOL_NO_PROGRAM', /is a library/],
    ['modules.test.io/tools/cmd/greet@v9.9.9', 'HTTP_NOT_FOUND', /None of the proxies and hosts asked has this module/],
  ])('%s: the step fails and names the tool, go’s words and what to do', async (tool, code, message) => {
    const proxy = await proxyOf()
    const job = newJob({})
    const main = await useAction(job, { proxies: proxy.url, fallback: 'off', retries: '0', tools: tool })
    const [error] = main.annotations.filter(({ type }) => type === 'error')
    expect(main.outcome).toBe('failure')
    expect(error?.message).toContain(`The tool ${tool.replace('@', ' ')} could not be installed.`)
    expect(error?.message).toMatch(message)
    expect(error?.message).toContain(`[${code}]`)
    // A later step must not take a line of ours for a compiler's.
    expect(main.log.filter(line => MATCHED.some(one => one.test(line)))).toEqual([])
    await job.finish()
  })

  test('a proxy that fails once is asked again', async () => {
    let times = 0
    const flaky = cleanUp(
      await startProxy({
        modules,
        fault: ({ path }) =>
          path.endsWith('library/@v/v1.0.0.zip') && times++ === 0
            ? (_, res) => void res.writeHead(503, { 'content-length': 0 }).end()
            : undefined,
      }),
    )
    const job = newJob({})
    const main = await useAction(job, { proxies: flaky.url, fallback: 'off', tools: TOOLS })
    expect([main.outcome, toolsOf(main)]).toEqual(['success', ['greet built', 'other built']])
    expect(times).toBe(2)
    await job.finish()
  })
})

describe('an entry of a tool', () => {
  const wrong: Readonly<Record<string, readonly Member[]>> = {
    'another file beside it': [
      { name: 'greet', content: 'x' },
      { name: 'evil', content: 'y' },
    ],
    'what is no program': [{ name: 'greet', content: 'not a program' }],
  }
  test('that holds anything but the program is refused, and the next one takes its place', async () => {
    const [proxy, service] = [await proxyOf(), cleanUp(await startFakeCache())]
    const job = newJob({ ...service.env })
    const inputs = { proxies: proxy.url, tools: GREET, cache: 'true', 'build-cache': 'true' }
    await useAction(job, inputs)
    await job.finish()
    for (const [what, members] of Object.entries(wrong)) {
      for (const [name, blob] of service.blobs)
        service.blobs.set(name, { ...blob, data: compressLike(blob.data, buildTar(members)) })
      job.path = []
      const main = await useAction(job, inputs)
      expect([what, main.outcome, toolsOf(main)]).toEqual([what, 'success', ['greet built']])
      expect((await later(job, 'greet')).words).toBe('v1.2.0 v1.0.0\n')
      const [post] = await job.finish()
      expect([what, logOf(post)]).toEqual([what, expect.stringContaining('Saved the tool greet')])
      expect(readdirSync(job.temp)).toEqual([])
    }
  })

  test('is not stored by a job that others’ code may run in, nor with a program that a later step changed', async () => {
    const [proxy, service] = [await proxyOf(), cleanUp(await startFakeCache())]
    const job = newJob({ ...service.env })
    const inputs = { proxies: proxy.url, tools: GREET, cache: 'true', 'build-cache': 'true' }
    const event = join(job.root, 'event.json')
    writeFileSync(event, JSON.stringify({ repository: { id: 1 }, pull_request: { head: { repo: { id: 2 } } } }))
    Object.assign(job.base, { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event })
    await useAction(job, inputs)
    await job.finish()
    expect(storedTools(service)).toEqual([])
    Object.assign(job.base, { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '' })
    await useAction(job, inputs)
    appendFileSync(join(job.path[0] ?? '', 'greet'), 'evil')
    const [post] = await job.finish()
    expect(logOf(post)).toContain('a later step changed greet')
    expect(storedTools(service)).toEqual([])
  })
})

test('on a command line programs are kept, and env and exec have them on PATH', async () => {
  const proxy = await proxyOf()
  const job = newJob({})
  const env = { ...job.base, XDG_CACHE_HOME: join(job.root, 'cache'), GITHUB_WORKSPACE: undefined }
  const ours = (...args: readonly string[]) => run(process.execPath, [DIST, ...args], job.workspace, env)
  const options = ['--proxies', proxy.url, '--tools', 'modules.test.io/tools/cmd/greet@v1.2.0']
  const first = await ours('exec', ...options, '--', 'greet')
  expect([first.code, first.words]).toEqual([0, expect.stringContaining('v1.2.0 v1.0.0\n')])
  const before = proxy.requests.length
  const second = await ours('env', ...options)
  expect(second.words).toContain('Tools: greet v1.2.0 was there.')
  expect(proxy.requests.slice(before).filter(({ path }) => path.includes('/tools'))).toEqual([])
  const [, path = ''] = /^export PATH='([^']+)'$/m.exec(second.words) ?? []
  expect((await run('greet', [], job.root, { PATH: path })).words).toBe('v1.2.0 v1.0.0\n')
})
