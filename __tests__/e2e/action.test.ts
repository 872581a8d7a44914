import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type BadKind, HOSTILE_LINES, type Origin, type OriginKind, startOrigin } from '../support/servers/origins.ts'
import { breakNode, checkOut, checkOutProject, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import { DEAD_POLICY, useDeadCandidates } from '../support/worlds/dead-candidates.ts'
import type { Job, StepResult } from '../support/worlds/fake-runner.mjs'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 6 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: i === 0 ? 900_000 : 40_000 }),
)

async function origin(kind: OriginKind, latencyMs = 0): Promise<Origin> {
  return cleanUp(await startOrigin(kind, modules, { latencyMs }))
}

function newJob(env: Readonly<Record<string, string>> = {}): Job {
  return cleanUp(createJob({ GONOSUMDB: '*', GO_PROXY_SETUP_POLICY: QUICK_POLICY, ...env }))
}

const shown = (result: StepResult) => result.log.join('\n')

interface ReportFile {
  readonly candidates: readonly { readonly url: string; readonly verdict: string; readonly reason: string }[]
  readonly download: { readonly modules: number } | null
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

function reportOf(result: StepResult): ReportFile {
  return JSON.parse(readFileSync(result.outputs['report'] ?? '', 'utf8'))
}

describe('one job', () => {
  test('measures, exports, downloads, reports; later steps see it, and post leaves nothing', async () => {
    const job = newJob()
    checkOutProject(job, modules)
    const before = readFileSync(join(job.workspace, 'go.sum'))
    const [near, far] = [await origin('good'), await origin('good', 80)]
    const main = await useAction(job, { proxies: `${far.url}\n${near.url}`, 'private-domains': 'git.corp.example' })

    expect([main.outcome, main.failures]).toEqual(['success', []])
    expect(main.outputs['proxy']).toBe(near.url)
    expect(job.env['GOPROXY']).toBe(main.outputs['goproxy'])
    expect(job.env['GOPROXY']).toMatch(new RegExp(`^${near.url}[,|]${far.url},direct$`))
    expect(job.env['GOPRIVATE']).toBe('git.corp.example')
    expect(JSON.parse(main.outputs['benchmark'] ?? '')).toHaveLength(2)
    expect(main.summary).toContain(near.url)
    expect(main.annotations.filter(({ type }) => type === 'notice')).toHaveLength(1)
    expect(reportOf(main).download?.modules).toBe(6)
    expect(readFileSync(join(job.workspace, 'go.sum'))).toEqual(before)
    expect(readdirSync(job.workspace).sort()).toEqual(['go.mod', 'go.sum'])

    const [post] = await job.finish()
    expect([post?.outcome, post?.annotations]).toEqual(['success', []])
    expect(existsSync(main.outputs['report'] ?? '')).toBe(false)
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('used twice, the second use starts from the user’s own values', async () => {
    const job = newJob({ GOPRIVATE: 'old.example' })
    checkOutProject(job, modules)
    const [first, second] = [await origin('good'), await origin('good')]
    await useAction(job, { proxies: first.url, 'private-domains': 'a.example' })
    expect(job.env['GOPRIVATE']).toBe('old.example,a.example')
    const asked = first.requests.length
    const again = await useAction(job, { proxies: `current ${second.url}`, 'private-domains': 'b.example' })
    expect(again.outcome).toBe('success')
    // The first use's proxy does not count as the user's; what it said is private is private for the whole job.
    expect(job.env['GOPRIVATE']).toBe('old.example,a.example,b.example')
    expect(first.requests).toHaveLength(asked)
    expect(job.env['GOPROXY']).not.toContain(first.url)
    const posts = await job.finish()
    expect(posts.map(post => post.outcome)).toEqual(['success', 'success'])
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('without go.mod: candidates are ranked and exported, nothing is downloaded, a notice says so', async () => {
    const job = newJob()
    checkOut(job, { 'README.md': '' })
    const { url } = await origin('good')
    const main = await useAction(job, { proxies: url })
    expect([main.outcome, main.annotations.filter(({ type }) => type === 'error')]).toEqual(['success', []])
    expect(job.env['GOPROXY']).toContain(url)
    expect(shown(main)).toContain('There is no go.mod here')
    const notices = main.annotations.filter(({ type }) => type === 'notice').map(({ message }) => message)
    expect(notices).toEqual([`${url}, no go.mod here, nothing downloaded`])
    expect(main.summary).not.toMatch(/0 modules|own modules/)
  })

  test('up to ten kinds of warnings are an annotation each, once in the log, and the summary has them all', async () => {
    const job = newJob({ GOPRIVATE: 'github.com', GOINSECURE: 'git.corp.example', GOFLAGS: '-modcacherw -mod=mod' })
    checkOutProject(job, modules)
    const { url } = await origin('good')
    const main = await useAction(job, { proxies: url, sumdb: 'off', 'private-domains': '*.corp.example' })
    expect(main.outcome).toBe('success')
    const codes = reportOf(main).warnings.map(({ code }) => code)
    expect(codes.length).toBeGreaterThan(4)
    expect(main.annotations.filter(({ type }) => type === 'warning')).toHaveLength(new Set(codes).size)
    for (const code of codes)
      expect([code, shown(main).includes(code), main.summary.includes(code)]).toEqual([code, true, true])
  })

  test('with export: false later steps get outputs only', async () => {
    const job = newJob()
    checkOutProject(job, modules)
    const { url } = await origin('good')
    const main = await useAction(job, { proxies: url, export: 'false' })
    expect(main.outputs['goproxy']).toContain(url)
    expect(main.env).toEqual({})
  })

  test('bad inputs are refused all at once, before any proxy hears of the job', async () => {
    const job = newJob()
    checkOutProject(job, modules)
    const { url, requests } = await origin('good')
    const main = await useAction(job, {
      proxies: `${url} chinna`,
      timeout: '10',
      'private-domains': 'https://x.example',
    })
    expect(main.outcome).toBe('failure')
    const errors = main.annotations.filter(({ type }) => type === 'error').map(({ message }) => message)
    expect(errors.some(message => message.includes('chinna') && message.includes('china'))).toBe(true)
    expect(errors.some(message => message.includes('timeout'))).toBe(true)
    expect(errors.some(message => message.includes('https://x.example'))).toBe(true)
    expect(requests).toHaveLength(0)
    const [post] = await job.finish()
    expect(post?.outcome).toBe('success')
  })

  test('cancelled in the middle: it ends within the runner’s grace, and post leaves nothing', async () => {
    const job = newJob({ GO_PROXY_SETUP_POLICY: '{}' })
    checkOutProject(job, modules)
    const { url } = await origin('silent')
    const main = await useAction(job, { proxies: url, benchmark: 'off' }, { cancelAfter: 2_000 })
    expect([main.outcome, main.leftRunning, main.signal]).toEqual(['cancelled', false, null])
    await job.finish()
    expect(readdirSync(job.temp)).toEqual([])
  })
})

describe('an unexpected error', () => {
  test('fails main with an annotation, and post with a warning only', async () => {
    const job = newJob()
    checkOutProject(job, modules)
    job.base['NODE_OPTIONS'] = breakNode(
      job.root,
      "process.uptime = () => { throw new Error('::error::broken') }",
    ).NODE_OPTIONS
    const main = await useAction(job, { proxies: 'official' })
    expect([main.outcome, main.annotations.map(({ type, message }) => [type, message.split('\n')[0]])]).toEqual([
      'failure',
      [['error', 'This should not have happened: ::error::broken']],
    ])
    expect(shown(main)).not.toMatch(/\n {4}at /)
    const code =
      "const on = process.on; process.on = function (...args) { if (args[1]?.name === 'killAll') throw new Error('broken'); return on.apply(this, args) }"
    job.base['NODE_OPTIONS'] = breakNode(job.root, code).NODE_OPTIONS
    const [post] = await job.finish()
    expect([post?.outcome, post?.annotations.map(({ type }) => type)]).toEqual(['success', ['warning']])
  })
})

describe('failing candidates', () => {
  const verdicts: Readonly<Record<BadKind, string>> = {
    '404': 'missing',
    silent: 'unreachable',
    closed: 'unreachable',
    tampering: 'tampered',
    '200': 'bogus',
    trickling: 'slow',
    certificate: 'unreachable',
    commands: 'unhealthy',
  }
  const ten = async () => {
    const good = [await origin('good', 20), await origin('good', 60), await origin('good', 150)]
    const bad: Origin[] = []
    for (const kind of Object.keys(verdicts)) bad.push(await origin(kind as BadKind))
    return { good, bad }
  }

  test('ten candidates: the download comes from a good one', async () => {
    const job = newJob()
    checkOutProject(job, modules)
    const { good, bad } = await ten()
    const main = await useAction(job, { proxies: [...good, ...bad].map(({ url }) => url).join('\n') })
    expect(main.outcome).toBe('success')
    expect(good.map(({ url }) => url)).toContain(main.outputs['proxy'])
    const { candidates, download } = reportOf(main)
    expect(download?.modules).toBe(6)
    for (const one of candidates) expect(one.reason).not.toBe('')
  })

  test('ten candidates that are all heard: each has its verdict, and no bad one is exported', async () => {
    // On a busy machine half a second may pass before a bad one has sent the zip that gives it away.
    const benchmark = { latencyStageMs: 3_000, rateStageMs: 3_000 }
    const job = newJob({ GO_PROXY_SETUP_POLICY: JSON.stringify({ ...JSON.parse(QUICK_POLICY), benchmark }) })
    checkOutProject(job, modules)
    Object.assign(job.base, {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_ACTION_REPOSITORY: 'org/go-proxy-setup',
      GITHUB_ACTION_REF: 'v1',
    })
    const { good, bad } = await ten()
    const proxies = [...good, ...bad].map(({ url }) => url).join('\n')
    // Where the order is the user's, the choice waits for each of them.
    const main = await useAction(job, { proxies, selection: 'ordered', 'benchmark-timeout': '10s' })
    expect(main.outcome).toBe('success')
    const { candidates } = reportOf(main)
    const heard = Object.fromEntries(
      bad.map(({ kind, url }) => [kind, candidates.find(one => one.url === url)?.verdict]),
    )
    // Who keeps silent is not waited for until the deadline of a connection: once the others are heard it may be called slow.
    const silent = heard['silent'] === 'slow' ? 'slow' : verdicts.silent
    expect(heard).toEqual({ ...verdicts, silent })
    expect(main.summary).toContain(
      '[tampered](https://github.com/org/go-proxy-setup/blob/v1/docs/verdicts.md#tampered)',
    )
    expect(good.map(({ url }) => url)).toContain(main.outputs['proxy'])
    for (const one of candidates) expect(one.reason).not.toBe('')
    const useless = bad.filter(({ kind }) => ['tampering', '200', 'commands', 'silent', 'closed'].includes(kind))
    for (const { url } of useless) expect(job.env['GOPROXY']).not.toContain(url)
  })

  test('nothing that a proxy sends is a command to the runner', async () => {
    const job = newJob({ RUNNER_DEBUG: '1' })
    checkOutProject(job, modules)
    const { url } = await origin('commands')
    const main = await useAction(job, {
      proxies: url,
      gateway: 'off',
      fallback: 'off',
      retries: '1',
      'retry-delay': '10ms',
    })
    expect(main.outcome).toBe('failure')
    expect(main.failures).toEqual([])
    // What the proxy said is told, as text.
    expect(main.raw).toContain('injected')
    for (const { name, data, props } of main.commands) {
      expect(['set-env', 'add-path', 'add-mask', 'set-output', 'save-state', 'stop-commands']).not.toContain(name)
      if (data.includes('injected')) expect([name, props, data]).not.toEqual([name, {}, 'injected'])
    }
    expect(job.masks).toEqual([])
    expect(HOSTILE_LINES.some(line => main.outputs['goproxy'] === line)).toBe(false)
    expect(main.state['directory']).not.toBe('/injected')
  })

  test('all dead: one plain try, then a table of reasons and a hint', () =>
    useDeadCandidates(DEAD_POLICY, { 'benchmark-timeout': '1s' }, cleanUp))
})

describe('a `go` line newer than the installed Go', () => {
  test('behind a silent proxy: nothing hangs before the benchmark, and the step ends with the reason', async () => {
    const GO_PROXY_SETUP_POLICY = DEAD_POLICY
    const job = newJob({ GOTOOLCHAIN: 'auto', GONOSUMDB: '', GOSUMDB: 'off', GO_PROXY_SETUP_POLICY })
    checkOutProject(job, modules, '1.99.0')
    const { url } = await origin('silent')
    const main = await useAction(
      job,
      {
        proxies: `${url} http://127.0.0.1:1`,
        fallback: 'off',
        retries: '1',
        'retry-delay': '10ms',
        'benchmark-timeout': '1s',
      },
      { timeout: 60_000 },
    )
    expect([main.outcome, main.timedOut]).toEqual(['failure', false])
    // The ranking was reached and told.
    expect(JSON.parse(main.outputs['benchmark'] ?? '')).toHaveLength(2)
  })
})
