import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startProxy } from '../../src/demo/proxy.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterAll, cleanUpAfterEach, withCleanUp } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { startInternet, startTlsServer } from '../support/servers/internet.ts'
import { generateKey, startAgent, startSshHosting, whyNoSshd } from '../support/servers/ssh-hosting.ts'
import { QUICK_POLICY } from '../support/worlds/action.ts'
import type { StepResult } from '../support/worlds/fake-runner.mjs'
import { createPrivateWorld, type PrivateWorld, pages, type WorldOptions } from '../support/worlds/private-world.ts'
import { nameSshHosts } from '../support/worlds/runners.ts'

const cleanUp = cleanUpAfterEach()

const shared = cleanUpAfterAll().directory('shared-')
const [known, stranger] = [generateKey(shared, 'known'), generateKey(shared, 'stranger')]

const TOKEN = 'cAnArY-t0ken/~?~?+456%789'
const HOST = 'git.corp.example'
const PROXY = 'proxy.corp.example'
const PRIVATE = { 'private-domains': `${HOST},github.com/acme,far.corp.example,no.corp.example` }
const { download, ...rest } = JSON.parse(QUICK_POLICY)
const POLICY = JSON.stringify({ ...rest, download: { ...download, hostMs: 1_000 } })

/** @param keep closes it at the end of the test: concurrent tests have one each */
async function createWorld(options: Partial<WorldOptions> = {}, keep = cleanUp): Promise<PrivateWorld> {
  return keep(
    await createPrivateWorld({
      canaries: [TOKEN, stranger.private.split('\n')[2] ?? ''],
      hosts: {
        [HOST]: {
          logins: { '/team/': ['oauth2:another-token'], '/narrow/': ['oauth2:another-token'] },
          forbidden: { '/narrow/': `oauth2:${TOKEN}` },
          goGet: pages(HOST, ['team/lib', 'narrow/lib']),
        },
        'github.com': { logins: { '/acme/': ['x-access-token:another-token'] } },
      },
      routes: { 'far.corp.example': 'silent' },
      ...options,
      env: { GO_PROXY_SETUP_POLICY: POLICY, ...options.env },
    }),
  )
}

const errorOf = (result: StepResult) => result.annotations.find(({ type }) => type === 'error')?.message ?? ''

async function fail(world: PrivateWorld, module: string, inputs: Readonly<Record<string, string>>): Promise<string> {
  world.require([`${module}@v1.0.0`])
  const main = await world.use({ ...PRIVATE, ...inputs })
  expect([main.outcome, main.timedOut]).toEqual(['failure', false])
  await world.finish()
  expect(readdirSync(world.job.temp)).toEqual([])
  expect(world.leaks()).toEqual([])
  return errorOf(main)
}

describe('a failure names the host, what was tried, and the remedy, and asks nobody', () => {
  test.each([
    [
      'a wrong or expired token',
      `${HOST}/team/lib`,
      `${HOST} ${TOKEN}`,
      [
        `${HOST} refuses the credentials`,
        `the token for ${HOST} (line 1 of credentials) as user oauth2`,
        'not expired',
      ],
    ],
    [
      'the same on a host without go-get pages',
      'github.com/acme/lib',
      `github.com/acme ${TOKEN}`,
      ['github.com refuses', 'the token for github.com/acme (line 1 of credentials) as user x-access-token'],
    ],
    [
      'a token without the right',
      `${HOST}/narrow/lib`,
      `${HOST} ${TOKEN}`,
      [`${HOST} accepts`, '(403)', 'read_repository'],
    ],
    [
      'an empty secret',
      'github.com/acme/lib',
      'github.com/acme x-access-token ',
      [
        'github.com asks for credentials',
        'line 1 of credentials) is empty',
        'Give the secret a value',
        'CREDENTIALS_EMPTY',
      ],
    ],
    [
      'no credentials',
      'github.com/acme/lib',
      '',
      ['github.com asks for credentials', 'no credentials are given', 'Add a line `github.com TOKEN`'],
    ],
    [
      'a host that does not exist',
      'no.corp.example/a/b',
      `no.corp.example ${TOKEN}`,
      ['no.corp.example cannot be reached', 'VPN'],
    ],
    [
      'a host that keeps silent',
      'far.corp.example/a/b',
      `far.corp.example ${TOKEN}`,
      [
        'far.corp.example',
        'does not answer',
        'the token for far.corp.example (line 1 of credentials) as user oauth2',
        'VPN',
      ],
    ],
  ])('%s', async (_, module, credentials, words) => {
    const world = await createWorld()
    const message = await fail(world, module, { credentials })
    for (const word of words) expect(message).toContain(word)
  })

  test('a private proxy that refuses the token; no public proxy hears of the module', async () => {
    const world = await createWorld({ proxies: { [PROXY]: { fault: () => faults.status(401) } } })
    const message = await fail(world, 'github.com/acme/lib', {
      'private-proxy': `https://${PROXY}`,
      credentials: `${PROXY} ${TOKEN}`,
    })
    expect(message).toContain(`${PROXY} refuses the credentials`)
    expect(message).toContain(`the token for ${PROXY} (line 1 of credentials)`)
    expect(world.proxies['proxy.golang.org']?.requests).toEqual([])
  })

  test('a private proxy that nothing is given for asks for a token', async () => {
    const world = await createWorld({ proxies: { [PROXY]: { fault: () => faults.status(401) } } })
    const message = await fail(world, 'github.com/acme/lib', { 'private-proxy': `https://${PROXY}` })
    expect(message).toContain(`${PROXY} asks for credentials`)
    expect(message).toContain(`Add a line \`${PROXY} TOKEN\` to credentials. [CREDENTIALS_MISSING]`)
  })

  test('a private proxy over http gets no token, and both the warning and the error say why', async () => {
    const proxy = cleanUp(await startProxy({ modules: [], fault: () => faults.status(401) }))
    const world = await createWorld()
    world.require(['github.com/acme/lib@v1.0.0'])
    const where = `127.0.0.1:${proxy.port}`
    const inputs = { ...PRIVATE, 'private-proxy': `http://${where}`, credentials: `${where} ${TOKEN}` }
    const main = await world.use(inputs)
    expect(errorOf(main)).toContain(`${where} asks for credentials for `)
    expect(errorOf(main)).toMatch(/Tried: nothing, because go sends no login over http\..*\[CREDENTIALS_OVER_HTTP\]$/s)
    const warnings = main.annotations.filter(({ type }) => type === 'warning').map(({ message }) => message)
    expect(warnings).toEqual([
      expect.stringContaining(`There are credentials for ${where}, a proxy with an http:// URL`),
    ])
    expect(proxy.requests.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([])
    expect(world.leaks()).toEqual([])
  })

  test.each([
    ['pages', `${HOST}/team/lib`, HOST],
    ['a repository alone', 'github.com/acme/lib', 'github.com'],
  ])('a certificate that go or git does not trust, of %s', async (_, module, host) => {
    const directory = mkdtempSync(join(shared, 'authority-'))
    const stranger = await createAuthority(directory)
    const server = cleanUp(await startTlsServer(await stranger.issue([host]), (_, res) => res.end()))
    const world = await createWorld({ routes: { [host]: server.port } })
    const message = await fail(world, module, { credentials: `${host} ${TOKEN}` })
    expect(message).toContain(`${host} has a certificate that is not trusted here`)
    expect(message).toMatch(/SSL_CERT_FILE for go and in GIT_SSL_CAINFO .* for git\..*\[CREDENTIALS_CERTIFICATE\]/s)
  })

  const withSsh = whyNoSshd === undefined ? test : test.skip
  withSsh.each([
    ['a host key that is not the one known', 'pinned', ['github.com has an SSH host key', 'ssh-known-hosts']],
    [
      'a key that opens nothing',
      'given',
      ['github.com refuses the SSH key', 'the SSH key for github.com/acme', 'deploy key'],
    ],
    ['a port where nobody listens', 'refused', ['github.com cannot be reached', 'the SSH key for github.com/acme']],
    [
      'a repository that the key does not open',
      'narrow',
      ['github.com says that there is no such module', 'cover this'],
    ],
  ])('%s', async (_, how, words) => {
    const world = await createWorld()
    const ssh = cleanUp(await startSshHosting({ known: { ...known, opens: ['acme/other'] } }))
    const port = how === 'refused' ? 1 : ssh.port
    nameSshHosts(world, { ...ssh, config: host => ssh.config(host).replace(String(ssh.port), String(port)) }, [
      'github.com',
    ])
    const message = await fail(world, 'github.com/acme/lib', {
      'ssh-key': how === 'narrow' ? known.private : stranger.private,
      ...(how === 'pinned' ? {} : { 'ssh-known-hosts': `github.com ${ssh.hostKey}` }),
    })
    for (const word of words) expect(message).toContain(word)
    expect(message).not.toContain('go-proxy-setup-')
  })
})

const withAgent = whyNoSshd === undefined ? test : test.skip
withAgent('an agent is not asked, although it has a key that would open the repository', async () => {
  const ssh = cleanUp(await startSshHosting({ known: { ...known, opens: ['acme/lib'] } }))
  addRepository(ssh.root, 'acme/lib', moduleFiles('github.com/acme/lib'))
  const agent = cleanUp(await startAgent(known))
  const world = await createWorld({ env: { SSH_AUTH_SOCK: agent.socket } })
  nameSshHosts(world, ssh, ['github.com'])
  const message = await fail(world, 'github.com/acme/lib', {
    'ssh-key': stranger.private,
    'ssh-known-hosts': `github.com ${ssh.hostKey}`,
  })
  expect(message).toContain('github.com refuses the SSH key')
  expect(agent.asked()).toBe(0)
  // The user's own ssh does ask it.
  const config = join(world.job.base['HOME'] ?? '', '.ssh', 'config')
  const command = `ssh -F ${config} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null`
  const own = await world.later('git', ['ls-remote', 'git@github.com:acme/lib.git'], { GIT_SSH_COMMAND: command })
  expect([own.exitCode, agent.asked()]).toEqual([0, 1])
})

describe('a slow host is waited for, whoever else keeps silent', () => {
  const SLOW = 'slow.corp.example'
  const policy = JSON.stringify({ ...rest, download: { ...download, hostMs: 300, stallMs: 20_000 } })
  test.concurrent.each([
    [
      'a host that there is a token for, and nobody needs',
      '',
      { credentials: `far.corp.example ${TOKEN}` },
      `${SLOW}/team/lib`,
    ],
    [
      'the host in the module’s path, from which git’s configuration leads away',
      `[url "https://${SLOW}/"]\n\tinsteadOf = https://github.com/\n`,
      {},
      'github.com/team/lib',
    ],
    [
      'a host to which git has a way of its own',
      '[http "https://github.com/"]\n\tproxy = PROXY\n',
      {},
      'github.com/team/lib',
    ],
  ])('%s', async (_, config, inputs, module) => {
    await withCleanUp(async cleanUp => {
      const world = await createWorld(
        {
          hosts: { [SLOW]: { logins: {}, goGet: pages(SLOW, ['team/lib']), refsDelayMs: 3_000 } },
          routes: { 'far.corp.example': 'silent', 'github.com': 'silent' },
          env: { GO_PROXY_SETUP_POLICY: policy },
        },
        cleanUp,
      )
      const gits = cleanUp(await startInternet({ 'github.com': world.hosts[SLOW]?.port ?? 0 }))
      addRepository(world.hosts[SLOW]?.root ?? '', 'team/lib', moduleFiles(module))
      const text =
        config.replace('PROXY', gits.env['HTTPS_PROXY'] ?? '') +
        (config.includes('proxy') ? '\tsslVerify = false\n' : '')
      writeFileSync(join(world.job.base['HOME'] ?? '', '.gitconfig'), text)
      world.require([`${module}@v1.0.0`])
      // The hosts that answer have time to do so on a busy machine; one that keeps silent is found out before the refs come.
      const main = await world.use({
        'private-domains': `${SLOW},github.com/team`,
        'read-timeout': '1500ms',
        ...inputs,
      })
      expect([main.outcome, errorOf(main)]).toEqual(['success', ''])
    })
  })

  test.concurrent('and a proxy of one’s own that keeps silent is no end where there is another', async () => {
    await withCleanUp(async cleanUp => {
      const quick = JSON.stringify({ ...rest, download: { ...download, hostMs: 300 } })
      const world = await createWorld({ proxies: { [PROXY]: {} }, env: { GO_PROXY_SETUP_POLICY: quick } }, cleanUp)
      world.require([])
      const proxies = `https://far.corp.example https://${PROXY}`
      const inputs = { proxies, selection: 'ordered', benchmark: 'off', gateway: 'off', 'read-timeout': '300ms' }
      const main = await world.use(inputs)
      expect([main.outcome, errorOf(main)]).toEqual(['success', ''])
      expect(main.log.join('\n')).toContain('The download stalled.')
    })
  })
})

describe('the private proxy stands alone', () => {
  test.each([404, 403, 500])('when it answers %d, nobody else hears of a private module', async status => {
    const world = await createWorld({
      proxies: {
        [PROXY]: { fault: ({ path }) => (path.startsWith('github.com/acme') ? faults.status(status) : undefined) },
      },
    })
    const inputs = { 'private-proxy': `https://${PROXY}`, proxies: 'public', retries: '1', 'retry-delay': '10ms' }
    await fail(world, 'github.com/acme/lib', inputs)
    expect(world.job.env['GOPROXY']).toBe(`https://${PROXY},direct`)
    expect(world.job.env['GONOPROXY']).toBe('none')
    expect(world.proxies['proxy.golang.org']?.requests).toEqual([])
    expect(world.internet.asked.filter(name => !/^(github\.com|proxy\.corp\.example):443$/.test(name))).toEqual([])
  })
})

describe('runs without secrets, and runs that must not have them', () => {
  const event = (world: PrivateWorld, name: string, payload: unknown) => {
    const file = join(world.job.root, 'event.json')
    writeFileSync(file, JSON.stringify(payload))
    Object.assign(world.job.base, { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file })
  }
  const codes = (result: StepResult) =>
    result.annotations.map(({ type, message }) => `${type} ${/\[(\w+)\]$/.exec(message ?? '')?.[1] ?? message}`)
  const fork = { repository: { id: 1 }, pull_request: { head: { repo: { id: 2 } } } }

  test.each([
    ['a known user', { credentials: 'github.com/acme x-access-token ' }],
    ['a user of its own', { credentials: 'github.com/acme robot ' }],
    ['keys, each with its heading', { 'ssh-key': 'github.com/acme/one:\n\ngithub.com/acme/two:\n\n' }],
    ['inputs that were nothing but a secret', { credentials: '', 'ssh-key': '' }],
  ])('a fork’s pull request with %s gets a notice, and public modules go on', async (_, inputs) => {
    const world = await createWorld()
    event(world, 'pull_request', fork)
    world.require([])
    const main = await world.use({ ...PRIVATE, ...inputs })
    expect(main.outcome).toBe('success')
    expect(codes(main).join('\n')).toMatch(/notice .*no secrets to runs of forks/)
    expect(codes(main).filter(code => code.startsWith('warning'))).toEqual([])
    expect(world.internet.asked.filter(name => name.startsWith('github.com'))).toEqual([])
  })

  test('user and token in each other’s place: the error tells how to write it, and the token is nowhere', async () => {
    const world = await createWorld()
    world.require([])
    const main = await world.use({ ...PRIVATE, credentials: `github.com ${TOKEN} x-access-token` })
    expect(main.outcome).toBe('failure')
    expect(errorOf(main)).toContain('Write the user first and the token last: github.com x-access-token TOKEN.')
    expect(world.leaks()).toEqual([])
  })

  test('the same with a bot’s name: the login that is refused is told of without its user', async () => {
    const world = await createWorld()
    const message = await fail(world, `${HOST}/team/lib`, { credentials: `${HOST} ${TOKEN} my-bot` })
    expect(message).toContain(`the token for ${HOST} (line 1 of credentials) as the user given`)
  })

  test('pull_request_target with a fork’s head: one warning, nothing written nor exported; unless it is allowed', async () => {
    const world = await createWorld()
    event(world, 'pull_request_target', fork)
    world.require([])
    const inputs = { ...PRIVATE, credentials: `${HOST} ${TOKEN}` }
    const main = await world.use(inputs)
    expect(main.outcome).toBe('success')
    expect(codes(main).filter(code => code.startsWith('warning'))).toEqual(['warning CREDENTIALS_UNSAFE_EVENT'])
    expect(Object.keys(main.env).filter(name => /NETRC|GIT_/.test(name))).toEqual([])
    expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
    world.require([`${HOST}/team/lib@v1.0.0`])
    const failed = await world.use(inputs)
    expect(errorOf(failed)).toContain('credentials are not used in this pull_request_target run')
    expect(errorOf(failed)).toMatch(/allow-unsafe-pr-credentials.*\[CREDENTIALS_UNSAFE_EVENT\]/s)
    world.require([])
    const allowed = await world.use({ ...inputs, 'allow-unsafe-pr-credentials': 'true' })
    expect(Object.keys(allowed.env).filter(name => /NETRC|GIT_/.test(name))).not.toEqual([])
    expect(world.secretFiles()).not.toEqual([])
    expect(world.leaks()).toEqual([])
  })

  test('credentials-scope: download leaves nothing behind the step', async () => {
    const world = await createWorld({
      hosts: { [HOST]: { logins: { '/team/': [`oauth2:${TOKEN}`] }, goGet: pages(HOST, ['team/lib']) } },
    })
    addRepository(world.hosts[HOST]?.root ?? '', 'team/lib', moduleFiles(`${HOST}/team/lib`))
    world.require([`${HOST}/team/lib@v1.0.0`])
    const main = await world.use({ ...PRIVATE, credentials: `${HOST} ${TOKEN}`, 'credentials-scope': 'download' })
    expect(main.outcome).toBe('success')
    expect(Object.keys(main.env).filter(name => /NETRC|GIT_/.test(name))).toEqual([])
    expect(world.secretFiles()).toEqual([])
    expect(world.leaks()).toEqual([])
  })

  test.each([
    ['no secret', 'http.lowSpeedLimit', '1', []],
    ['a secret', 'http.https://elsewhere.example/.extraheader', `AUTHORIZATION: bearer ${TOKEN}`, ['NETRC']],
  ])('GIT_CONFIG_COUNT in this step’s env, with %s: git works in later steps', async (what, key, value, exported) => {
    const world = await createWorld({
      hosts: { [HOST]: { logins: { '/team/': [`oauth2:${TOKEN}`] }, goGet: pages(HOST, ['team/lib']) } },
    })
    addRepository(world.hosts[HOST]?.root ?? '', 'team/lib', moduleFiles(`${HOST}/team/lib`))
    world.require([`${HOST}/team/lib@v1.0.0`])
    const stepEnv = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: value }
    Object.assign(world.job.base, stepEnv)
    const main = await world.use({ ...PRIVATE, credentials: `${HOST} ${TOKEN}` })
    for (const name of Object.keys(stepEnv)) delete world.job.base[name]
    expect(main.outcome).toBe('success')
    const names = Object.keys(main.env).filter(name => /NETRC|GIT_/.test(name))
    if (what === 'a secret') expect(names).toEqual(exported)
    expect(JSON.stringify(main.annotations).includes('[CREDENTIALS_GIT_CONFIG]')).toBe(what === 'a secret')
    expect(await world.later('git', ['init', '-q', join(world.job.root, 'new')])).toMatchObject({ exitCode: 0 })
    await world.later('go', ['clean', '-modcache'])
    const { exitCode } = await world.later('go', ['mod', 'download', `${HOST}/team/lib@v1.0.0`])
    expect(exitCode === 0).toBe(what === 'no secret')
    expect(world.leaks()).toEqual([])
  })

  test('a credential for a host that is not private is used with a warning', async () => {
    const world = await createWorld()
    world.require([])
    const main = await world.use({ credentials: `${HOST} ${TOKEN}` })
    expect(codes(main)).toContain('warning CREDENTIALS_NOT_PRIVATE')
    expect(errorOf(main)).toBe('')
  })
})
