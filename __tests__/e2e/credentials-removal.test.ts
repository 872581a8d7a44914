import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { until } from '../support/until.ts'
import { DIST } from '../support/worlds/action.ts'
import { createPrivateWorld, type PrivateWorld, pages } from '../support/worlds/private-world.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'cAnArY-t0ken/~?~?+456%789'
const HOST = 'git.corp.example'
const INPUTS = { 'private-domains': `${HOST},far.corp.example`, credentials: `${HOST} ${TOKEN}` }
const MOD = { GOFLAGS: '-modcacherw -mod=mod' }

async function createWorld(repositories: readonly string[]): Promise<PrivateWorld> {
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [TOKEN],
      hosts: { [HOST]: { logins: { '/': [`oauth2:${TOKEN}`] }, goGet: pages(HOST, repositories) } },
      routes: { 'far.corp.example': 'silent' },
    }),
  )
  for (const path of repositories) addRepository(world.hosts[HOST]?.root ?? '', path, moduleFiles(`${HOST}/${path}`))
  return world
}

/** The command line in a shell, with its secrets in the environment. */
function startCommand(world: PrivateWorld) {
  const child = spawn(process.execPath, [DIST, 'run', '--private-domains', INPUTS['private-domains']], {
    cwd: world.job.workspace,
    env: {
      ...world.job.base,
      GITHUB_ACTIONS: '',
      GITHUB_WORKSPACE: '',
      GO_PROXY_SETUP_CREDENTIALS: INPUTS.credentials,
      GO_PROXY_SETUP_POLICY: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      printed += chunk
    })
  }
  const ended = new Promise<number | NodeJS.Signals | null>(resolve =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  )
  return { child, ended, printed: () => printed }
}

/** Until the token lies in a file. */
async function untilWritten(world: PrivateWorld): Promise<void> {
  await until(() => world.secretFiles().length > 0)
  for (const { mode } of world.secretFiles()) expect(mode).toBe(0o600)
}

describe('on a shell', () => {
  test('the credentials go when the command does', async () => {
    const world = await createWorld(['team/lib'])
    world.require([`${HOST}/team/lib@v1.0.0`])
    const command = startCommand(world)
    await untilWritten(world)
    expect(await command.ended).toBe(0)
    expect(readdirSync(world.job.temp)).toEqual([])
    expect(command.printed()).not.toContain(TOKEN)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('and on %s', async (signal, exitCode) => {
    const world = await createWorld([])
    // No proxy answers, so that it is still at work when the signal comes.
    world.require(['far.corp.example/a/b@v1.0.0'])
    const command = startCommand(world)
    await untilWritten(world)
    command.child.kill(signal)
    expect(await command.ended).toBe(exitCode)
    expect(readdirSync(world.job.temp)).toEqual([])
  })

  test('what SIGKILL left is swept by the next command', async () => {
    const world = await createWorld([])
    world.require(['far.corp.example/a/b@v1.0.0'])
    const killed = startCommand(world)
    await untilWritten(world)
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(world.secretFiles()).not.toEqual([])
    world.require([])
    expect(await startCommand(world).ended).toBe(0)
    expect([world.secretFiles(), readdirSync(world.job.temp)]).toEqual([[], []])
  })
})

describe('in a job', () => {
  test('post removes what a killed main left, and a second post finds nothing to do', async () => {
    const world = await createWorld([])
    world.require(['far.corp.example/a/b@v1.0.0'])
    const job = world.job
    const main = job.uses({ main: DIST, post: DIST, inputs: INPUTS, timeout: 20_000 })
    await untilWritten(world)
    for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
      // Only this job's main has this directory in its environment, and our program in its arguments.
      const read = (file: string) =>
        existsSync(`/proc/${id}/${file}`) ? readFileSync(`/proc/${id}/${file}`, 'utf8') : ''
      if (read('cmdline').includes(DIST) && read('environ').includes(job.temp)) process.kill(Number(id), 'SIGKILL')
    }
    const { state } = await main
    const [post] = await job.finish()
    expect([post?.outcome, post?.annotations]).toEqual(['success', []])
    expect(readdirSync(job.temp)).toEqual([])
    const again = await job.step(DIST, { inputs: INPUTS, state })
    expect([again.outcome, again.annotations]).toEqual(['success', []])
  })

  test('a second use adds its own and keeps the first’s; both posts leave nothing', async () => {
    const world = await createWorld(['team/lib', 'other/lib'])
    world.require([`${HOST}/team/lib@v1.0.0`])
    const first = await world.use({ ...INPUTS, credentials: `${HOST}/team ${TOKEN}` })
    const second = await world.use({ ...INPUTS, credentials: `${HOST}/other ${TOKEN}` })
    expect([first.outcome, second.outcome]).toEqual(['success', 'success'])
    expect(world.job.env['GIT_CONFIG_COUNT']).toBe('2')
    expect(await world.later('go', ['get', `${HOST}/other/lib@v1.0.0`], MOD)).toMatchObject({ exitCode: 0 })
    expect(await world.later('go', ['clean', '-modcache'])).toMatchObject({ exitCode: 0 })
    expect(await world.later('go', ['mod', 'download'])).toMatchObject({ exitCode: 0 })
    await world.finish()
    expect(readdirSync(world.job.temp)).toEqual([])
    expect(world.leaks()).toEqual([])
  })

  test('modules with .git in their path come in the step, and a warning says that later steps cannot get more', async () => {
    const world = await createWorld(['team/lib'])
    addRepository(world.hosts[HOST]?.root ?? '', 'team/raw', moduleFiles(`${HOST}/team/raw.git`))
    world.require([`${HOST}/team/raw.git@v1.0.0`])
    const main = await world.use(INPUTS)
    expect(main.outcome).toBe('success')
    expect(main.annotations.some(({ message }) => message?.includes('CREDENTIALS_GIT_SUFFIX'))).toBe(true)
    expect(await world.later('go', ['mod', 'verify'], MOD)).toMatchObject({ exitCode: 0 })
    await world.finish()
    expect(world.leaks()).toEqual([])
  })
})
