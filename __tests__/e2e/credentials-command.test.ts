import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { generateKey, startSshHosting, whyNoSshd } from '../support/servers/ssh-hosting.ts'
import { DIST } from '../support/worlds/action.ts'
import { createPrivateWorld, type PrivateWorld, pages, type Ran } from '../support/worlds/private-world.ts'
import { nameSshHosts } from '../support/worlds/runners.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'cAnArY-t0ken/~?~?+456%789'
const LOGIN = `Basic ${Buffer.from(`robot:${TOKEN}`).toString('base64')}`
const HOST = 'git.corp.example'
const PROXIES = ['one.corp.example', 'two.corp.example']
const publicModule = buildModule({ path: 'example.com/public', version: 'v1.0.0', paddingBytes: 20_000 })

async function createWorld(): Promise<PrivateWorld> {
  const proxy = {
    modules: [publicModule],
    fault: ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) =>
      headers['authorization'] === LOGIN ? undefined : faults.status(401),
  }
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [TOKEN],
      hosts: { [HOST]: { logins: { '/': [`oauth2:${TOKEN}`] }, goGet: pages(HOST, ['team/lib']) } },
      proxies: Object.fromEntries(PROXIES.map(host => [host, proxy])),
    }),
  )
  addRepository(world.hosts[HOST]?.root ?? '', 'team/lib', moduleFiles(`${HOST}/team/lib`))
  return world
}

/** The program in a shell, with its secrets in the environment; what it prints is looked through. */
function command(world: PrivateWorld, credentials: string, ...args: readonly string[]): Promise<Ran> {
  return world.later(process.execPath, [DIST, ...args], {
    GITHUB_ACTIONS: '',
    GITHUB_WORKSPACE: '',
    GO_PROXY_SETUP_CREDENTIALS: credentials,
    GO_PROXY_SETUP_PROXIES: PROXIES.map(host => `https://${host}`).join(' '),
    RUNNER_DEBUG: '1',
  })
}
const LOGINS = PROXIES.map(host => `${host} robot ${TOKEN}`).join('\n')

describe('on a shell, with all that there is to say', () => {
  test('bench measures proxies with their logins, and writes none into a file', async () => {
    const world = await createWorld()
    world.require([])
    const { exitCode, output } = await command(world, LOGINS, 'bench', '--json')
    expect([exitCode, output.match(/"verdict": "ok"/g)]).toEqual([0, ['"verdict": "ok"', '"verdict": "ok"']])
    expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
  })

  test('env and run without a download do the same', async () => {
    const world = await createWorld()
    world.require([])
    for (const args of [
      ['env', '--format', 'json'],
      ['run', '--download', 'false', '--json'],
    ])
      expect(await command(world, LOGINS, ...args)).toMatchObject({ exitCode: 0 })
    for (const host of PROXIES) {
      const asked = world.proxies[host]?.requests.map(({ headers }) => headers.authorization)
      expect(new Set(asked)).toEqual(new Set([LOGIN]))
    }
    expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
  })

  test('the report on standard output and the audit log of a run hold none', async () => {
    const world = await createWorld()
    world.require([`${HOST}/team/lib@v1.0.0`])
    const audit = join(world.job.temp, 'audit.jsonl')
    const args = ['--private-domains', HOST, '--audit-log', audit, '--report-file', '-']
    const ran = await command(world, `${LOGINS}\n${HOST} ${TOKEN}`, 'run', ...args)
    expect(ran).toMatchObject({ exitCode: 0, output: expect.stringContaining('"version": 1') })
    expect(readFileSync(audit, 'utf8')).toContain('example.com/public')
    expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
  })

  test('exec gives them to the command, and its audit log holds none', async () => {
    const world = await createWorld()
    world.require([`${HOST}/team/lib@v1.0.0`])
    const audit = join(world.job.temp, 'audit.jsonl')
    const lines = `${LOGINS}\n${HOST} ${TOKEN}`
    const args = ['--private-domains', HOST, '--audit-log', audit]
    const ran = await command(world, lines, 'exec', ...args, '--', 'go', 'mod', 'download', '-x')
    expect(ran).toMatchObject({ exitCode: 0 })
    expect(readFileSync(audit, 'utf8')).toContain('example.com/public')
    expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
  })

  test('a download that fails says no more', async () => {
    const world = await createWorld()
    world.require([`${HOST}/team/none@v1.0.0`])
    const ran = await command(world, `${LOGINS}\n${HOST} ${TOKEN}`, 'run', '--private-domains', HOST)
    expect(ran.exitCode).toBe(1)
    expect(ran.output).toContain(HOST)
    expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
  })
})

const withSsh = whyNoSshd === undefined ? test : test.skip
withSsh('exec gives keys to the command’s go where GIT_SSH_COMMAND is set, and says nothing else', async () => {
  const key = generateKey(cleanUp.directory('key-'), 'key')
  const ssh = cleanUp(await startSshHosting({ key: { ...key, opens: ['team/lib'] } }))
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [key.private.split('\n')[2] ?? ''],
      hosts: { [HOST]: { logins: { '/': [] }, goGet: pages(HOST, ['team/lib']) } },
    }),
  )
  addRepository(ssh.root, 'team/lib', moduleFiles(`${HOST}/team/lib`))
  nameSshHosts(world, ssh, [HOST])
  world.require([`${HOST}/team/lib@v1.0.0`])
  const args = ['exec', '--private-domains', HOST, '--', 'go', 'mod', 'download', '-x']
  const ran = await world.later(process.execPath, [DIST, ...args], {
    GITHUB_ACTIONS: '',
    GITHUB_WORKSPACE: '',
    GO_PROXY_SETUP_SSH_KEY: key.private,
    GO_PROXY_SETUP_SSH_KNOWN_HOSTS: `${HOST} ${ssh.hostKey}`,
    GIT_SSH_COMMAND: 'ssh -o User=me',
  })
  expect([ran.exitCode, ran.output.match(/CREDENTIALS_\w+/g)]).toEqual([0, null])
  expect(ssh.hits()).toContainEqual(expect.stringMatching(/^key git-upload-pack/))
  expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
})

test('in a job with debug lines, an audit log and a report of its own: the canary is in none of them', async () => {
  const world = await createWorld()
  world.job.base['RUNNER_DEBUG'] = '1'
  world.require([`${HOST}/team/lib@v1.0.0`])
  const [audit, report] = [join(world.job.workspace, 'audit.jsonl'), join(world.job.workspace, 'report.json')]
  const main = await world.use({
    'private-domains': HOST,
    proxies: PROXIES.map(host => `https://${host}`).join(' '),
    credentials: `${LOGINS}\n${HOST} ${TOKEN}`,
    'audit-log': audit,
    'report-file': report,
  })
  expect(main.outcome).toBe('success')
  expect(readFileSync(audit, 'utf8')).toContain('example.com/public')
  expect(readFileSync(report, 'utf8')).toContain('"version": 1')
  await world.finish()
  expect(world.leaks()).toEqual([])
})
