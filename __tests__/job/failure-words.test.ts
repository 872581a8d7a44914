import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { buildReport } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { tell } from '../../src/report/tell.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startGitHosting } from '../support/servers/git-hosting.ts'
import { startInternet } from '../support/servers/internet.ts'
import { type JobRun, runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = ['a', 'b'].map(name => buildModule({ path: `example.com/${name}`, version: 'v1.0.0' }))
const gone = { path: 'example.com/gone', version: 'v1.2.3' }

async function proxy(fault?: ProxyOptions['fault']): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...(fault && { fault }) }))
}

function projectWith(required = [...modules, gone], files: Readonly<Record<string, string>> = {}): TestProject {
  const all = { 'go.mod': goModOf('example.com/project', required), 'go.sum': goSumOf(modules), ...files }
  return cleanUp(createProject(all))
}

interface Told extends JobRun {
  /** The log of the report, its last lines. */
  readonly told: string
  readonly summary: string
}

async function run(
  project: TestProject,
  options: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const ran = await runStory(
    project,
    { fallback: 'off', 'retry-delay': '10ms', retries: '1', ...options },
    goEnvironment(project, { GONOSUMDB: 'none.example', ...env }),
  )
  const report = buildReport(ran.story)
  let told = ''
  const write = (text: string) => {
    told += text
  }
  await tell(report, terminalLog({ write }, systemClock, { color: false, debugging: false }))
  return { ...ran, told, summary: renderSummary(report) }
}

describe('a failed download', () => {
  test('`off` at the end of GOPROXY is not the cause where a proxy before it was asked', async () => {
    const sound = await proxy()
    const { story } = await run(projectWith(), {}, { GOPROXY: `${sound.url},off` })
    expect(story.failure?.code).toBe('HTTP_NOT_FOUND')
    expect(story.failure?.message).toBe(
      `example.com/gone v1.2.3 (go.mod:8) could not be downloaded. None of the proxies and hosts asked has this module or version.\n  ${sound.url}: it does not have the file (404): not found: unknown module`,
    )
  })

  test('to leave the gateway for the last try is no move to another proxy', async () => {
    const sick = await proxy(() => faults.status(500))
    const { story, summary } = await run(projectWith(), {}, { GOPROXY: sick.url })
    expect(story.failure?.code).toBe('HTTP_SERVER_ERROR')
    expect(summary).toMatch(/\d+ requests repeated\./)
  })

  test('names the module, its line of go.mod, what each proxy answered, and what to do', async () => {
    const [one, other] = [await proxy(), await proxy()]
    const project = projectWith()
    const { story, told, summary } = await run(project, { proxies: `${one.url} ${other.url}` })
    const [first, ...answers] = (story.failure?.message ?? '').split('\n')
    expect(first).toBe(
      'example.com/gone v1.2.3 (go.mod:8) could not be downloaded. None of the proxies and hosts asked has this module or version.',
    )
    const absent = (url: string) => expect.stringMatching(new RegExp(`^  ${url}: it does not have the file \\(404\\)`))
    expect(answers.sort()).toEqual([one.url, other.url].sort().map(absent))
    expect(story.failure?.at).toEqual({ file: `${project.directory}/go.mod`, line: 8 })
    expect(story.failure?.hint).toMatch(/^A private module, or a typo\?/)
    // All that go said stands in the log and, folded, in the summary.
    for (const words of ['reading http://', 'server response: not found: unknown module']) expect(told).toContain(words)
    expect(summary).toMatch(/^> \[!CAUTION\]\n> \*\*example\.com\/gone v1\.2\.3/)
    expect(summary).toContain('<details><summary>What go said (')
    expect(summary).toContain('server response: not found: unknown module')
  })

  test('tells different answers apart, a line for each proxy', async () => {
    const about = (fault: ReturnType<typeof faults.status>) =>
      proxy(({ path }) => (path.includes('/b/') ? fault : undefined))
    const [one, other] = [await about(faults.status(503)), await about(faults.status(403, 'no licence'))]
    const { story } = await run(projectWith(modules), { proxies: `${one.url} ${other.url}`, benchmark: 'off' })
    const lines = (story.failure?.message ?? '').split('\n')
    expect(lines[0]).toMatch(/^example\.com\/b v1\.0\.0 \(go\.mod:7\) could not be downloaded\./)
    expect(lines).toContainEqual(expect.stringContaining(`  ${one.url}: it failed (503)`))
    expect(lines).toContainEqual(expect.stringContaining(`  ${other.url}: it refuses (403)`))
  })

  test('asks whether it is a private module or a typo where no proxy has it and the host wants a login', async () => {
    const authority = await createAuthority(cleanUp.directory('authority-'))
    const hosting = cleanUp(
      await startGitHosting(await authority.issue(['github.com']), { logins: { '/': ['x-access-token:secret'] } }),
    )
    const internet = cleanUp(await startInternet({ 'github.com': hosting.port }))
    const good = await proxy()
    const path = 'github.com/acme/lib'
    const project = projectWith([...modules, { path, version: 'v1.0.0' }])
    const env = { ...internet.env, ...authority.env, NO_PROXY: '127.0.0.1', GIT_CONFIG_NOSYSTEM: '1' }
    const { story, told } = await run(project, { proxies: good.url, fallback: 'direct' }, env)
    expect((story.failure?.message ?? '').split('\n')).toEqual([
      `${path} v1.0.0 (go.mod:8) could not be downloaded. No proxy has it, and github.com wants a login: a private module, or a typo?`,
      expect.stringContaining(`  ${good.url}: it does not have the file (404)`),
      '  github.com: it wants a login',
    ])
    expect(story.failure?.hint).toBe(
      'If it is private, set `private-domains: github.com/acme` and add a line `github.com TOKEN` to credentials. If not, check path and version at go.mod:8.',
    )
    expect(told).toContain('Confirm the import path was entered correctly.')
  })

  test('advises what this user can do: with private-proxy, no other proxy', async () => {
    const down = await proxy(({ path }) => (path.includes('/b/') ? faults.status(500) : undefined))
    const alone = await run(projectWith(modules), { 'private-proxy': down.url })
    expect(alone.story.failure?.hint).toBe('Try later, or ask the operator of `private-proxy`.')
    const named = await run(projectWith(modules), { proxies: down.url })
    expect(named.story.failure?.hint).toBe('Try later, or add another proxy to `proxies`.')
    const configured = await run(projectWith(modules), {}, { GOPROXY: down.url })
    expect(configured.story.failure?.hint).toBe('Try later, or ask the operator of the proxy in GOPROXY.')
    for (const { story, told, summary } of [alone, named, configured])
      expect(JSON.stringify(story.failure) + told + summary).not.toMatch(/proxies: public|\{(another|remove|private)\}/)
  })

  test('shows no line of a file that a go.mod in the repository leads to', async () => {
    const required = [...modules, { path: 'example.com/x', version: 'v0.0.0' }]
    const project = projectWith(required, {
      'go.mod': `${goModOf('example.com/project', required)}\nreplace example.com/x => ./x\n`,
      'x/go.mod': 'module example.com/x\nrequire example.com/y canary-of-a-secret-file\n',
    })
    const { story, log, told, summary } = await run(project, { proxies: (await proxy()).url })
    expect(story.failure?.message).toMatch(/x\/go\.mod:2: …/)
    expect(told).toMatch(/x\/go\.mod:2: …/)
    expect(JSON.stringify(buildReport(story)) + log + told + summary).not.toContain('canary-of-a-secret-file')
  })
})
