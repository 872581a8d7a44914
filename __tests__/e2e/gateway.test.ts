import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Origin, type OriginKind, startOrigin } from '../support/servers/origins.ts'
import { until } from '../support/until.ts'
import { checkOutProject, createJob, DIST, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import type { Job } from '../support/worlds/fake-runner.mjs'
import { canFindProcesses, processesWith } from '../support/worlds/processes.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'
import { type RanProgram, runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
/** What a later step needs, and the project knows nothing of. */
const later = Array.from({ length: 6 }, (_, i) =>
  buildModule({ path: `example.com/later${i}`, version: 'v1.0.0', paddingBytes: 200_000 }),
)

async function origin(kind: OriginKind = 'good', latencyMs = 0): Promise<Origin> {
  return cleanUp(await startOrigin(kind, [...modules, ...later], { latencyMs }))
}

function newJob(): Job {
  const job = cleanUp(createJob({ GONOSUMDB: '*', GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
  checkOutProject(job, modules)
  return job
}

function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<RanProgram> {
  return runProgram(file, args, { cwd, env })
}

/** A step of the same job that has a project of its own. */
function laterStep(job: Job, name = 'other'): Promise<RanProgram> {
  const directory = join(job.root, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'go.mod'), goModOf('example.com/other', later, '1.21'))
  writeFileSync(join(directory, 'go.sum'), goSumOf(later))
  return run('go', ['mod', 'download'], directory, { ...job.base, ...job.env })
}

const secretOf = (job: Job) => /^http:\/\/127\.0\.0\.1:\d+\/([0-9a-f]{32})\|/.exec(job.env['GOPROXY'] ?? '')?.[1] ?? ''
/** The gateway of this job, by the path that its environment names. */
const gateways = (job: Job) => processesWith(`RUNNER_TEMP=${job.temp}`)

const gone = (job: Job) => until(() => gateways(job).length === 0)

describe('gateway: job', () => {
  test('later steps go through it, its path stays secret, and post says what it did and leaves nothing', async () => {
    const job = newJob()
    const { url, requests } = await origin()
    const main = await useAction(job, {
      proxies: url,
      gateway: 'job',
      'report-file': 'report.json',
      'audit-log': 'audit.jsonl',
    })
    expect([main.outcome, main.leftRunning, main.failures]).toEqual(['success', false, []])
    const secret = secretOf(job)
    expect(job.env['GOPROXY']).toBe(`${job.env['GOPROXY']?.split('|')[0]}|${url},direct`)
    expect(job.masks).toContain(secret)
    expect(main.outputs['goproxy']).toBe(`${url},direct`)
    for (const text of [main.log.join('\n'), main.summary, JSON.stringify(main.outputs), JSON.stringify(main.state)]) {
      expect(text).not.toContain(secret)
    }
    const before = requests.length
    const { code, words } = await laterStep(job)
    expect([code, words]).toEqual([0, ''])
    expect(requests.length).toBeGreaterThan(before)

    const [post] = await job.finish()
    expect([post?.outcome, post?.annotations]).toEqual(['success', []])
    const report = JSON.parse(readFileSync(join(job.workspace, 'report.json'), 'utf8'))
    expect(report.laterSteps).toMatchObject({ served: 3 * later.length, rejected: 0, upstreams: [{ name: url }] })
    expect(post?.summary).toContain(`${3 * later.length} objects`)
    const audit = readFileSync(join(job.workspace, 'audit.jsonl'), 'utf8')
    for (const { path } of [...modules, ...later]) expect(audit).toContain(path)
    for (const text of [post?.raw, JSON.stringify(report), audit]) expect(text).not.toContain(secret)
    expect(readdirSync(job.temp)).toEqual([])
    if (canFindProcesses) await gone(job)
  })

  test('several go processes at once, @latest, and a branch of a module go through it', async () => {
    const pseudo = 'v1.0.1-0.20240102030405-0123456789ab'
    const tip = buildModule({ path: 'example.com/later0', version: pseudo })
    const { url } = cleanUp(
      await startProxy({
        modules: [...modules, ...later, tip],
        // What a proxy answers to the name of a branch.
        extra: path => (path === '/example.com/later0/@v/main.info' ? tip.info : undefined),
      }),
    )
    const job = newJob()
    await useAction(job, { proxies: url, fallback: 'off', gateway: 'job' })
    const go = (...args: readonly string[]) =>
      run('go', args, job.root, { ...job.base, ...job.env, GOFLAGS: '-mod=mod -modcacherw' })
    const asked = [
      ...later.map(({ path }) => go('mod', 'download', `${path}@v1.0.0`)),
      go('list', '-m', 'example.com/later1@latest'),
      go('list', '-m', 'example.com/later0@main'),
    ]
    const answers = await Promise.all(asked)
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 0))
    expect(answers.slice(-2).map(({ words }) => words)).toEqual([
      'example.com/later1 v1.0.0\n',
      `example.com/later0 ${pseudo}\n`,
    ])
    const [post] = await job.finish()
    expect(post?.summary).toContain('objects served')
  })

  test('a second use in the job starts from the user’s GOPROXY, not from the first one’s gateway', async () => {
    const job = newJob()
    const [first, second] = [await origin(), await origin()]
    await useAction(job, { proxies: first.url, gateway: 'job' })
    const again = await useAction(job, { proxies: second.url })
    expect([again.outcome, job.env['GOPROXY']]).toEqual(['success', `${second.url},direct`])
    const posts = await job.finish()
    expect(posts.map(({ outcome, annotations }) => [outcome, annotations])).toEqual([
      ['success', []],
      ['success', []],
    ])
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('where GOPROXY is off there is none, and a shell is told what to do instead', async () => {
    const job = newJob()
    const main = await useAction(job, { gateway: 'job', download: 'false' }, { env: { GOPROXY: 'off' } })
    expect([main.outcome, job.env['GOPROXY']]).toEqual(['success', 'off'])
    await job.finish()
    const shell = await run(process.execPath, [DIST, 'run', '--gateway', 'job'], job.workspace, {
      PATH: job.base['PATH'] ?? '',
      HOME: job.root,
    })
    expect(shell.code).toBe(2)
    expect(shell.words).toContain('exec --')
  })

  const onLinux = canFindProcesses ? test : test.skip
  onLinux('ends when the job’s directory is gone, though post never runs', async () => {
    const job = newJob()
    const { url } = await origin()
    await useAction(job, { proxies: url, gateway: 'job' })
    expect(gateways(job)).toHaveLength(1)
    for (const name of readdirSync(job.temp)) rmSync(join(job.temp, name), { recursive: true })
    await gone(job)
    expect(readdirSync(job.temp)).toEqual([])
  })

  const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9))
  onLinux(`killed at any moment, the step ends well without it (KILL_SEED=${seed})`, async () => {
    const play = async (signal: NodeJS.Signals, i: number) => {
      const job = newJob()
      // Requests for the later step's modules before the one at which it is killed.
      let before = (seed * (i + 1)) % (3 * later.length)
      const moment = before
      let kill = () => {}
      const { url } = cleanUp(
        await startProxy({
          modules: [...modules, ...later],
          latencyMs: 20,
          fault: ({ path }) => {
            if (path.startsWith('example.com/later') && before-- === 0) kill()
            return undefined
          },
        }),
      )
      await useAction(job, { proxies: url, gateway: 'job' })
      const [gateway] = gateways(job)
      kill = () => process.kill(gateway as number, signal)
      const { code, words } = await laterStep(job)
      expect([signal, moment, code, words]).toEqual([signal, moment, 0, ''])
      expect(before).toBeLessThan(0)
      const [post] = await job.finish()
      expect(post?.outcome).toBe('success')
      await gone(job)
      expect(readdirSync(job.temp)).toEqual([])
    }
    // Beside each other: after SIGKILL, post waits for an answer that does not come.
    await Promise.all((['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGKILL'] as const).map(play))
  })

  onLinux(`the step itself killed at any moment: no process is left, post cleans up (KILL_SEED=${seed})`, async () => {
    for (const [i, cancelBy] of (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).entries()) {
      const job = newJob()
      const { url } = await origin('good', 100)
      // Not before its first state: post cannot know then that it is post (see index.ts).
      const cancel = { cancelAfter: ((seed * (i + 1)) % 89) * 9, cancelAfterState: true, cancelBy }
      const main = await useAction(job, { proxies: url, gateway: 'step' }, cancel)
      // The signal may come before the step listens to signals, while it works, or when its work is done.
      const done = main.exitCode === 0 && main.outputs['goproxy'] !== undefined
      expect([
        [true, 0, null],
        [false, cancelBy === 'SIGTERM' ? 143 : 130, null],
        [false, null, cancelBy],
      ]).toContainEqual([done, main.exitCode, main.signal])
      if (cancelBy !== 'SIGKILL') expect([cancel, main.leftRunning]).toEqual([cancel, false])
      const [post] = await job.finish()
      expect(post?.outcome).toBe('success')
      await gone(job)
      expect(readdirSync(job.temp)).toEqual([])
    }
  })
})

describe('exec', () => {
  function shell() {
    const project = cleanUp(projectOf(modules))
    const temporary = join(project.directory, '..')
    return {
      ...project,
      env: goEnvironment(project, { GO_PROXY_SETUP_POLICY: QUICK_POLICY, TMPDIR: temporary, GONOSUMDB: '*' }),
    }
  }

  test('puts the gateway before any command, and returns what the command returns', async () => {
    const { directory, env } = shell()
    const { url } = await origin()
    const exec = (...command: string[]) =>
      run(
        process.execPath,
        [DIST, 'exec', '--proxies', url, '--audit-log', 'audit.jsonl', '--', ...command],
        directory,
        env,
      )
    expect((await exec('go', 'mod', 'download')).code).toBe(0)
    expect(readFileSync(join(directory, 'audit.jsonl'), 'utf8')).toContain('example.com/m0/@v/v1.0.0.zip')
    // Its input and outputs are the command's, and what stands behind -- is the command's too.
    const said = await exec('sh', '-c', 'echo "$GOPROXY $1"; exit 7', 'sh', '--json')
    expect(said.code).toBe(7)
    expect(said.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\|.* --json\n$/)
    expect((await exec('sh', '-c', 'kill -TERM $$')).code).toBe(143)
    expect((await exec('no-such-program')).code).toBe(127)
    writeFileSync(join(directory, 'script'), 'exit 0\n', { mode: 0o644 })
    const refused = await exec('./script')
    expect([refused.code, refused.words]).toEqual([126, expect.stringContaining('chmod +x ./script')])
    expect(readdirSync(join(directory, '..')).filter(name => name.startsWith('go-proxy-setup-'))).toEqual([])
  })

  test('below a module it is the module’s, as for go, and the command runs where it was started', async () => {
    const { directory, env } = shell()
    const { url } = await origin()
    const below = join(directory, 'cmd', 'tool')
    mkdirSync(below, { recursive: true })
    const exec = (cwd: string, ...options: string[]) =>
      run(
        process.execPath,
        [DIST, 'exec', '--proxies', url, ...options, '--', 'sh', '-c', 'pwd; go env GOMOD'],
        cwd,
        env,
      )
    const found = { code: 0, stdout: `${realpathSync(below)}\n${join(realpathSync(directory), 'go.mod')}\n` }
    expect(await exec(below)).toMatchObject(found)
    expect((await exec(below)).words).toContain(`${modules.length} modules in ../..`)
    const named = await exec(directory, '-C', 'cmd/tool')
    expect([named.code, named.words]).toEqual([125, expect.stringContaining('Name the directory that contains it: .')])
  })

  test('its own failure is 125, and a signal is the command’s', async () => {
    const { directory, env } = shell()
    const wrong = await run(process.execPath, [DIST, 'exec', '--proxies', 'chinna', '--', 'true'], directory, env)
    expect(wrong.code).toBe(125)
    const script = `trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done`
    const { url } = await origin()
    const started = execFile(process.execPath, [DIST, 'exec', '--proxies', url, '--', 'sh', '-c', script], {
      cwd: directory,
      env,
    })
    const ended = new Promise(resolve => started.once('exit', (code, signal) => resolve(code ?? signal)))
    started.stdout?.on('data', () => started.kill('SIGTERM'))
    expect(await ended).toBe(9)
  })

  test('our own inputs, which may hold tokens, are not in the command’s environment', async () => {
    const { directory, env } = shell()
    const { url } = await origin()
    const { stdout } = await run(process.execPath, [DIST, 'exec', '--proxies', url, '--', 'env'], directory, {
      ...env,
      GITHUB_TOKEN: 'the-users-own',
      GO_PROXY_SETUP_CREDENTIALS: 'git.example canary-1234567890',
    })
    expect(stdout).toContain('GITHUB_TOKEN=the-users-own')
    expect(stdout).not.toContain('canary-1234567890')
  })

  test('download: go mod download through the gateway, without a benchmark', async () => {
    const { directory, env } = shell()
    const [silent, good] = [await origin('silent'), await origin()]
    const { code, words } = await run(
      process.execPath,
      [DIST, 'download', '--proxies', `${silent.url} ${good.url}`, '--read-timeout', '500ms', '-C', directory],
      directory,
      env,
    )
    expect([code, words]).toEqual([0, expect.stringContaining('4 modules')])
  })
})
