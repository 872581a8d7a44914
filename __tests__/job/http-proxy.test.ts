import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { type Authority, createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import { startInternet } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { type SocksOptions, startSocksProxy } from '../support/servers/socks-proxy.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { runStory } from '../support/worlds/job.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const cleanUpAll = cleanUpAfterAll()
const modules = Array.from({ length: 6 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const [A, B] = ['https://a.proxy.example', 'https://b.proxy.example'] as const
const LOGIN = { user: 'ci', password: 'hu/sh' }

let authority: Authority
let [first, second]: DemoProxy[] = []
beforeAll(async () => {
  authority = await createAuthority(cleanUpAll.directory('authority-'))
  const tls = await authority.issue(['a.proxy.example', 'b.proxy.example'])
  first = cleanUpAll(await startProxy({ modules, tls }))
  second = cleanUpAll(await startProxy({ modules, tls }))
})

const port = (proxy: DemoProxy | undefined) => proxy?.port ?? 0
const routes = () => ({ 'a.proxy.example:443': port(first), 'b.proxy.example:443': port(second) })
const socks = async (options: SocksOptions = {}) => cleanUp(await startSocksProxy({ routes: routes(), ...options }))

interface Scene {
  readonly proxies?: readonly string[]
  readonly gateway?: string
  readonly command?: readonly string[]
  /** For a connection, an answer and the benchmark. */
  readonly deadlineMs?: number
}

async function run(
  env: Readonly<Record<string, string>>,
  { proxies = [A], gateway = 'step', command, deadlineMs }: Scene = {},
) {
  const project = cleanUp(projectOf(modules))
  const { SSL_CERT_FILE = '', SSL_CERT_DIR = '' } = authority.env
  const all = goEnvironment(project, { GOSUMDB: 'off', SSL_CERT_FILE, SSL_CERT_DIR, ...env })
  const inputs = { proxies: proxies.join(' '), gateway, selection: 'fastest', ...deadlinesOf(deadlineMs) }
  return runStory(project, inputs, all, realFiles, command && { command })
}

function deadlinesOf(ms: number | undefined) {
  if (ms === undefined) return {}
  return Object.fromEntries(['connect', 'read', 'benchmark'].map(name => [`${name}-timeout`, `${ms}ms`]))
}

/** What plain go makes of it. */
async function goes(env: Readonly<Record<string, string>>): Promise<boolean> {
  const project = cleanUp(projectOf(modules))
  const { SSL_CERT_FILE = '' } = authority.env
  const all = goEnvironment(project, { GOSUMDB: 'off', GOPROXY: A, SSL_CERT_FILE, ...env })
  return (await runGo(['mod', 'download'], { cwd: project.directory, env: all })).exitCode === 0
}

const SCENES: readonly (readonly [name: string, scene: Scene])[] = [
  ['one candidate', {}],
  ['two candidates', { proxies: [A, B] }],
  ['two candidates without a gateway', { proxies: [A, B], gateway: 'off' }],
  ['a command', { proxies: [A, B], command: ['go', 'mod', 'download'] }],
]

describe('through a SOCKS proxy', () => {
  test.each(SCENES)('%s', async (_, scene) => {
    const proxy = await socks({ login: LOGIN })
    const env = { HTTPS_PROXY: `socks5h://ci:hu%2Fsh@127.0.0.1:${proxy.port}` }
    const { story, log } = await run(env, scene)
    expect([story.failure, story.exitCode ?? 0]).toEqual([undefined, 0])
    expect(await goes(env)).toBe(true)
    // Over HTTP/1.1 as many as there are files at a time, and those of go itself.
    expect(proxy.connections()).toBeLessThan(2 * 3 * modules.length)
    expect(log).not.toMatch(/hu\/sh|hu%2Fsh/)
    for (const { verdict } of story.ranking?.measurements ?? []) expect(['ok', 'slow']).toContain(verdict)
  })
})

type Broken = readonly [
  name: string,
  open: () => Promise<{ readonly url: string; readonly connections?: () => number }>,
  does: string,
]
const BROKEN: readonly Broken[] = [
  [
    'SOCKS, nothing listens',
    async () => ({ url: `socks5://ci:hush@127.0.0.1:${await findFreePort()}` }),
    'refuses connections',
  ],
  [
    'SOCKS, a wrong login',
    async () => {
      const { port, connections } = await socks({ login: LOGIN })
      return { url: `socks5://ci:hush@127.0.0.1:${port}`, connections }
    },
    'refuses the user and password',
  ],
  [
    'HTTP, a wrong login',
    async () => {
      const { port, asked } = cleanUp(await startInternet(routes(), { login: 'ci:right' }))
      return { url: `http://ci:hush@127.0.0.1:${port}`, connections: () => asked.length }
    },
    'refuses the user and password (407)',
  ],
]

describe.each(BROKEN)('%s: the step fails with that', (_broken, open, does) => {
  test.each(SCENES)('%s', async (_, scene) => {
    const { url, connections } = await open()
    const { story, log } = await run({ HTTPS_PROXY: url }, scene)
    const shown = url.replace('ci:hush@', '')
    const name = `The ${url.startsWith('socks') ? 'SOCKS' : 'HTTP'} proxy ${shown} (HTTPS_PROXY) ${does}.`
    const problem = scene.command ? story.warnings.find(({ code }) => code === 'HTTP_PROXY_FAILED') : story.failure
    expect([problem?.code, problem?.message.startsWith(name)]).toEqual(['HTTP_PROXY_FAILED', true])
    expect(log + JSON.stringify([story.failure, story.warnings, story.ranking])).not.toMatch(/hush/)
    for (const { verdict, reason } of story.ranking?.measurements ?? [])
      expect([verdict, reason]).toEqual(['unreachable', expect.stringContaining(name.slice(4, -1))])
    if (scene.proxies !== undefined) expect(story.choice?.proxy).toBeUndefined()
    // go would have failed at once.
    expect(log).not.toMatch(/Retrying for up to/)
    expect(story.gateway?.retries ?? 0).toBe(0)
    expect(story.download?.attempts.length ?? 0).toBeLessThanOrEqual(2)
    // Ours ask once; the others are go's, one for each module it asks for at a time.
    expect(connections?.() ?? 0).toBeLessThan(3 * modules.length + 4)
  })
})

test('a silent one costs its own deadlines, and no candidate is blamed', async () => {
  const { port } = await socks({ greeting: 'silent' })
  const url = `socks5://127.0.0.1:${port}`
  const { story, log } = await run({ HTTPS_PROXY: url }, { proxies: [A, B], deadlineMs: 300 })
  expect(story.failure?.code).toBe('HTTP_PROXY_FAILED')
  const reason = `the SOCKS proxy ${url} (HTTPS_PROXY) does not answer`
  expect(story.ranking?.measurements.map(one => one.reason)).toEqual([reason, reason])
  expect(log).not.toMatch(/Name a proxy that this machine can reach/)
  expect(story.download?.attempts).toHaveLength(1)
})

test('what NO_PROXY reaches directly works, and is not held up', async () => {
  const direct = cleanUp(await startProxy({ modules }))
  const closed = `socks5://127.0.0.1:${await findFreePort()}`
  const { story } = await run({ HTTPS_PROXY: closed, NO_PROXY: '127.0.0.1' }, { proxies: [A, direct.url] })
  expect(story.failure).toBeUndefined()
  expect(story.choice?.proxy).toBe(direct.url)
  expect(story.warnings.map(({ code }) => code)).toContain('HTTP_PROXY_FAILED')
})

test('a candidate that the SOCKS proxy cannot reach is the candidate’s matter', async () => {
  const proxy = await socks({ routes: { ...routes(), 'a.proxy.example:443': { reply: 5 } } })
  const { story } = await run({ HTTPS_PROXY: `socks5://127.0.0.1:${proxy.port}` }, { proxies: [A, B] })
  expect([story.failure, story.choice?.proxy]).toEqual([undefined, B])
  const reason = story.ranking?.measurements.find(({ candidate }) => candidate.name === A)?.reason
  expect(reason).toMatch(/\(HTTPS_PROXY\) cannot connect to it \(SOCKS reply 5, connection refused\)$/)
  expect(story.warnings.map(({ code }) => code)).not.toContain('HTTP_PROXY_FAILED')
})
