import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type BuiltModule, buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startInternet } from '../support/servers/internet.ts'
import { checkOut, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import type { Job, StepResult } from '../support/worlds/fake-runner.mjs'
import { runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: i === 0 ? 400_000 : 30_000 }),
)
const secretModule = buildModule({ path: 'git.corp.internal/team/secret', version: 'v1.2.3' })

/** Serves the module and the go-get page that says so; nobody else has it. */
const PRIVATE_HOST: Partial<ProxyOptions> = {
  modules: [secretModule],
  extra: path =>
    path.startsWith('/team/secret')
      ? Buffer.from('<meta name="go-import" content="git.corp.internal/team/secret mod https://git.corp.internal">')
      : undefined,
}

interface World {
  readonly job: Job
  readonly servers: Readonly<Record<string, DemoProxy>>
  /** Hosts that anybody connected to. */
  readonly hosts: () => readonly string[]
  /** Paths that this host was asked for. */
  readonly paths: (host: string) => readonly string[]
}

/** The internet as the job sees it: hosts by their real names, over TLS that only SSL_CERT_FILE makes trustworthy. */
async function createWorld(hosts: Readonly<Record<string, Partial<ProxyOptions>>>, env = {}): Promise<World> {
  const directory = cleanUp.directory('world-')
  const authority = await createAuthority(directory)
  const servers: Record<string, DemoProxy> = {}
  for (const [host, options] of Object.entries(hosts)) {
    const server = cleanUp(await startProxy({ modules, tls: await authority.issue([host]), ...options }))
    servers[host] = server
  }
  const internet = cleanUp(
    await startInternet(Object.fromEntries(Object.entries(servers).map(([host, { port }]) => [host, port]))),
  )
  const { SSL_CERT_FILE = '', SSL_CERT_DIR = '' } = authority.env
  const job = cleanUp(
    createJob({ ...internet.env, SSL_CERT_FILE, SSL_CERT_DIR, GO_PROXY_SETUP_POLICY: QUICK_POLICY, ...env }),
  )
  return {
    job,
    servers,
    hosts: () => [...new Set(internet.asked.map(name => name.replace(':443', '')))].sort(),
    paths: host => servers[host]?.requests.map(({ path }) => path) ?? [],
  }
}

function project(job: Job, built: readonly BuiltModule[]): void {
  checkOut(job, { 'go.mod': goModOf('example.com/project', built), 'go.sum': goSumOf(built) })
}

const QUICK = { retries: '1', 'retry-delay': '10ms' }
const codes = (result: StepResult) =>
  result.annotations.flatMap(({ message }) =>
    [...(message ?? '').matchAll(/\[([A-Z_0-9]+)\]$/gm)].map(([, code]) => code),
  )

describe('without the input proxies', () => {
  test('the official proxy alone is asked while it is good, behind an HTTP proxy and with SSL_CERT_FILE alone', async () => {
    const world = await createWorld({ 'proxy.golang.org': {}, 'goproxy.cn': {}, 'goproxy.io': {} })
    project(world.job, modules)
    const main = await useAction(world.job)
    expect(main.outcome).toBe('success')
    expect(world.job.env['GOPROXY']).toBe('https://proxy.golang.org,direct')
    expect(world.hosts()).not.toContain('goproxy.cn')
    expect(world.hosts()).not.toContain('goproxy.io')
  })

  test('mirrors stand in where it refuses, a warning says so, and no probe or request tells them of a private-looking module', async () => {
    const world = await createWorld({
      'proxy.golang.org': { fault: () => faults.status(403) },
      'goproxy.cn': {},
      'goproxy.io': { latencyMs: 120 },
      'git.corp.internal': PRIVATE_HOST,
    })
    project(world.job, [secretModule, ...modules])
    const main = await useAction(world.job, QUICK)
    expect(world.job.env['GOPROXY']).toMatch(/^https:\/\/goproxy\.cn/)
    expect(codes(main)).toContain('PRIVATE_UNCOVERED')
    expect(main.annotations.some(({ message }) => message?.includes('private-domains: git.corp.internal'))).toBe(true)
    expect(main.annotations.some(({ type, message }) => type === 'warning' && message?.includes('goproxy.cn'))).toBe(
      true,
    )
    expect(main.summary).toMatch(/goproxy\.cn is used although you did not name it|you did not name/)
    expect(world.paths('goproxy.cn').length).toBeGreaterThan(4)
    for (const mirror of ['goproxy.cn', 'goproxy.io'])
      expect(world.paths(mirror).filter(path => path.includes('corp.internal'))).toEqual([])
  })

  test('a module in private-domains is asked of its own host alone', async () => {
    const world = await createWorld({
      'proxy.golang.org': {},
      'git.corp.internal': PRIVATE_HOST,
    })
    project(world.job, [secretModule, ...modules])
    const main = await useAction(world.job, { 'private-domains': '*.corp.internal' })
    expect(main.outcome).toBe('success')
    expect(world.job.env['GOPRIVATE']).toBe('*.corp.internal')
    expect(world.paths('proxy.golang.org').filter(path => path.includes('corp.internal'))).toEqual([])
    expect(world.hosts()).toEqual(['git.corp.internal', 'proxy.golang.org'])
  })
})

test('a gateway that stays names to no mirror what the official proxy refuses in a later step', async () => {
  const unknown = buildModule({ path: 'github.com/acme/secret', version: 'v1.0.0' })
  const fault: ProxyOptions['fault'] = ({ path }) => (path.endsWith('.zip') ? faults.status(503) : undefined)
  const everything = { modules: [unknown, ...modules] }
  const world = await createWorld({ 'proxy.golang.org': { fault }, 'goproxy.cn': everything, 'goproxy.io': everything })
  project(world.job, modules)
  const main = await useAction(world.job, { ...QUICK, gateway: 'job' })
  expect(main.outcome).toBe('success')
  expect(main.outputs['goproxy']).toMatch(/^https:\/\/goproxy\./)
  const directory = join(world.job.root, 'later')
  mkdirSync(directory)
  writeFileSync(join(directory, 'go.mod'), goModOf('example.com/later', [unknown]))
  writeFileSync(join(directory, 'go.sum'), goSumOf([unknown]))
  const env = { ...world.job.base, ...world.job.env, GIT_TERMINAL_PROMPT: '0' }
  const { code } = await runProgram('go', ['mod', 'download'], { cwd: directory, env })
  expect(code).toBe(1)
  const heard = ['proxy.golang.org', 'goproxy.cn', 'goproxy.io'].filter(host =>
    world.paths(host).some(path => path.includes('acme')),
  )
  expect(heard).toEqual(['proxy.golang.org'])
  await world.job.finish()
})

describe('a configured GOPROXY', () => {
  test('that answers 403 is the end: nobody else is asked', async () => {
    const world = await createWorld(
      { 'proxy.corp.example': { fault: () => faults.status(403, 'licence not allowed') }, 'proxy.golang.org': {} },
      { GOPROXY: 'https://proxy.corp.example' },
    )
    project(world.job, modules)
    const main = await useAction(world.job, QUICK)
    expect(main.outcome).toBe('failure')
    expect(world.hosts()).toEqual(['proxy.corp.example'])
    expect(main.annotations.find(({ type }) => type === 'error')?.message).toMatch(/403/)
    expect(world.job.env['GOPROXY']).toBe('https://proxy.corp.example')
  })

  test('with a password: told to the runner to be hidden, shown nowhere by us', async () => {
    const world = await createWorld(
      { 'proxy.corp.example': { fault: () => faults.status(403, 'robot:hunter2secret may not') } },
      { GOPROXY: 'https://robot:hunter2secret@proxy.corp.example' },
    )
    project(world.job, modules)
    const main = await useAction(world.job, { ...QUICK, gateway: 'off' })
    expect(main.outcome).toBe('failure')
    expect(world.servers['proxy.corp.example']?.requests.some(({ headers }) => headers.authorization)).toBe(true)
    expect(world.job.masks).toContain('hunter2secret')
    const told =
      main.raw.replaceAll(/^::add-mask::.*$/gm, '') + JSON.stringify([main.annotations, main.outputs['benchmark']])
    expect(told).not.toContain('hunter2secret')
    expect(readFileSync(main.outputs['report'] ?? '', 'utf8')).not.toContain('hunter2secret')
  })

  test.each(['off', 'direct'])('GOPROXY=%s is obeyed: no proxy is asked, and a notice says so', async value => {
    const world = await createWorld({ 'proxy.golang.org': {} }, { GOPROXY: value })
    project(world.job, modules)
    const main = await useAction(world.job, { ...QUICK, download: 'false' })
    expect(main.outcome).toBe('success')
    expect(world.hosts()).toEqual([])
    expect(world.job.env['GOPROXY']).toBe(value)
    expect(main.summary + main.log.join('\n')).toContain('names no proxy')
  })
})
