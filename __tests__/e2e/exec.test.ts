import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startOrigin } from '../support/servers/origins.ts'
import { breakNode, DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const modules = Array.from({ length: 2 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

/** No test here asks the internet: without a proxy of its own it has none. */
function shell(extra: Readonly<Record<string, string>> = {}) {
  const project = cleanUp(projectOf(modules))
  const own = {
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
    TMPDIR: dirname(project.directory),
    GONOSUMDB: '*',
    GOPROXY: 'off',
    ...extra,
  }
  return { directory: project.directory, env: goEnvironment(project, own) }
}

interface Ended {
  readonly code: number | NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** @param stop the signal that it gets, once, when this text has been printed */
function run(
  args: readonly string[],
  { directory, env }: ReturnType<typeof shell>,
  stop?: { readonly at: string; readonly signal: NodeJS.Signals },
): Promise<Ended> {
  const child = spawn(process.execPath, [DIST, ...args], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  let sent = false
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      said[name] += chunk.toString()
      if (stop === undefined || sent || !(said.stdout + said.stderr).includes(stop.at)) return
      sent = true
      child.kill(stop.signal)
    })
  }
  return new Promise(resolve => child.once('close', (code, signal) => resolve({ code: code ?? signal, ...said })))
}

const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('exec --quiet', () => {
  test('prints nothing of ours, and what the command prints', async () => {
    const { url } = cleanUp(await startOrigin('good', modules))
    // Several things to warn of.
    const world = shell({ GO_PROXY_SETUP_PROXYS: 'x', GOINSECURE: '*' })
    const command = ['sh', '-c', 'go mod download && echo out && echo err >&2']
    expect(await run(['exec', '--proxies', url, '--quiet', '--', ...command], world)).toEqual({
      code: 0,
      stdout: 'out\n',
      stderr: 'err\n',
    })
    const loud = await run(['exec', '--proxies', url, '--', ...command], world)
    expect(loud.stderr).toMatch(/Candidates: [\s\S]*INPUT_VARIABLE_UNKNOWN[\s\S]*SETTINGS_INSECURE/)
  })

  test('prints warnings and errors when the command fails, and when we do', async () => {
    const { url } = cleanUp(await startOrigin('good', modules))
    const world = shell({ GO_PROXY_SETUP_PROXYS: 'x' })
    const failed = await run(['exec', '-q', '--proxies', url, '--', 'sh', '-c', 'exit 3'], world)
    expect([failed.code, failed.stderr]).toEqual([3, expect.stringContaining('[INPUT_VARIABLE_UNKNOWN]')])
    expect(failed.stderr).not.toContain('Candidates:')
    const wrong = await run(['exec', '-q', '--proxies', 'chinna', '--', 'true'], world)
    expect([wrong.code, wrong.stderr]).toEqual([125, expect.stringContaining('chinna')])
  })
})

onPosix('the exit code of exec', () => {
  test('is 125 for every failure of ours: usage, inputs, project, and what is not foreseen', async () => {
    const world = shell()
    const usage = [['exec'], ['exec', '--no-such-option', '--', 'true'], ['-C', '.', 'exec', '-C', '.', '--', 'true']]
    for (const args of usage) expect((await run(args, world)).code).toBe(125)
    const broken = { ...world.env, ...breakNode(world.directory, "process.uptime = () => { throw new Error('x') }") }
    expect((await run(['exec', '--', 'true'], { ...world, env: broken })).code).toBe(125)
    writeFileSync(join(world.directory, 'go.mod'), 'no go.mod')
    expect((await run(['exec', '--', 'true'], world)).code).toBe(125)
    expect((await run(['exec', '--help'], world)).code).toBe(0)
  })

  test('is 126 for what is there and cannot be executed, 127 for what is not', async () => {
    const bin = join(shell().directory, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'plain'), 'exit 0\n', { mode: 0o644 })
    writeFileSync(join(bin, 'strange'), '#!/no/such/interpreter\n', { mode: 0o755 })
    const world = shell()
    const path = { ...world, env: { ...world.env, PATH: `${bin}:${world.env['PATH']}` } }
    const codes = await Promise.all(
      ['plain', join(bin, 'plain'), bin, join(bin, 'strange'), 'no-such-program', './no-such-file'].map(
        async name => (await run(['exec', '--', name], path)).code,
      ),
    )
    expect(codes).toEqual([126, 126, 126, 126, 127, 127])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'is that of %s where we are stopped before the command, which then does not run',
    async (signal, code) => {
      const silent = cleanUp(await startProxy({ modules, fault: () => faults.silent }))
      const other = cleanUp(await startProxy({ modules, fault: () => faults.silent }))
      const world = shell({ RUNNER_DEBUG: '1' })
      const args = ['exec', '--proxies', `${silent.url} ${other.url}`, '--benchmark-timeout', '1m', '--', 'echo', 'ran']
      const ended = await run(args, world, { at: 'Candidates:', signal })
      expect([ended.code, ended.stdout]).toEqual([code, ''])
    },
  )

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('is that of %s where it ends the command', async (signal, code) => {
    const { url } = cleanUp(await startOrigin('good', modules))
    const args = ['exec', '--proxies', url, '--', 'sh', '-c', `echo ready; exec sleep 60`]
    const ended = await run(args, shell(), { at: 'ready', signal })
    expect([ended.code, ended.stdout]).toEqual([code, 'ready\n'])
  })
})

onPosix('the exit code of run', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('is that of %s', async (signal, code) => {
    const silent = cleanUp(await startProxy({ modules, fault: () => faults.silent }))
    const args = ['run', '--proxies', silent.url]
    const ended = await run(args, shell(), { at: 'Downloading', signal })
    expect(ended.code).toBe(code)
  })
})
