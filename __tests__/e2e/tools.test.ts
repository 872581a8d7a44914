import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { checkOut, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import type { Job, StepResult } from '../support/worlds/fake-runner.mjs'

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
const TOOLS = 'modules.test.io/tools/cmd/greet@v1.2.0\nmodules.test.io/tools/cmd/other/v2@v1.2.0 # a comment'

interface Ran {
  readonly code: number
  readonly words: string
}

function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise(resolve => {
    execFile(file, [...args], { cwd, env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), words: stdout + stderr })
    })
  })
}

function newJob(env: Readonly<Record<string, string>>): Job {
  const job = cleanUp(createJob({ GONOSUMDB: '*', CGO_ENABLED: '0', GO_PROXY_SETUP_POLICY: QUICK_POLICY, ...env }))
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
    expect(first.summary).toContain('Tools: greet v1.2.0 built in ')
    expect(await later(job, 'greet && other')).toEqual({ code: 0, words: 'v1.2.0 v1.0.0\nother v1.0.0\n' })
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
