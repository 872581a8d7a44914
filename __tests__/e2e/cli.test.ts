import { spawn } from 'node:child_process'
import { copyFileSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Origin, type OriginKind, startOrigin } from '../support/servers/origins.ts'
import { breakNode, DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { cachedFiles, goEnvironment, projectOf, type TestProject } from '../support/worlds/project.ts'
import { type RanProgram, runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

async function origin(kind: OriginKind): Promise<Origin> {
  return cleanUp(await startOrigin(kind, modules))
}

function newProject(): TestProject & { readonly env: Record<string, string> } {
  const project = cleanUp(projectOf(modules))
  const temporary = dirname(project.directory)
  return {
    ...project,
    env: goEnvironment(project, { GO_PROXY_SETUP_POLICY: QUICK_POLICY, TMPDIR: temporary, GONOSUMDB: 'none.example' }),
  }
}

function run(args: readonly string[], env: Readonly<Record<string, string>>, file = DIST): Promise<RanProgram> {
  return runProgram(process.execPath, [file, ...args], { env })
}

describe('the command', () => {
  test('demo: from the one file alone, without network, module cache or settings of the user’s', async () => {
    const { directory, env } = newProject()
    const copy = join(directory, 'alone.mjs')
    copyFileSync(DIST, copy)
    const { code, stdout, stderr } = await run(['demo', '--json'], { ...env, GOPROXY: 'off' }, copy)
    expect([code, stderr]).toEqual([0, stderr])
    const { download, choice, failure } = JSON.parse(stdout)
    expect([download.modules, failure]).toEqual([24, null])
    expect(choice.proxy).toMatch(/^https?:\/\/127\.0\.0\.1:/)
    expect(readdirSync(dirname(directory)).filter(name => name.startsWith('go-proxy-setup'))).toEqual([])
  })

  test('run: downloads; the log goes to standard error, the result to standard output, nothing is left', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const { code, stdout, stderr } = await run(['run', '-C', directory, '--proxies', url, '--json'], env)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).download.modules).toBe(4)
    expect(stderr).toContain('4 modules')
    expect(stderr).not.toContain('\u001b[')
    expect(cachedFiles(env, '.zip')).toHaveLength(4)
    expect(readdirSync(dirname(directory)).filter(name => name.startsWith('go-proxy-setup'))).toEqual([])
  })

  test('run: with a RUNNER_TEMP and a TMPDIR that are not there it works elsewhere, and says so', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const [runner, own] = [join(directory, 'no', 'runner'), join(directory, 'no', 'tmp')]
    const variables = { ...env, RUNNER_TEMP: runner, TMPDIR: own }
    const { code, stderr } = await run(['run', '-C', directory, '--proxies', url], variables)
    expect([code, cachedFiles(env, '.zip').length]).toEqual([0, 4])
    expect(stderr).toContain(`RUNNER_TEMP names ${runner}, where no directory can be made`)
    expect(stderr).toContain(`TMPDIR names ${own}, where no directory can be made`)
  })

  test('run --report-file - prints the JSON report', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const { stdout } = await run(['run', '-C', directory, '--proxies', url, '--report-file', '-'], env)
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, download: { modules: 4 } })
  })

  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix('--report-file and --audit-log go through a link of the user’s, and leave it one', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const [report, audit] = [join(directory, 'report'), join(directory, 'audit')]
    for (const link of [report, audit]) symlinkSync(`${link}.json`, link)
    const args = ['run', '-C', directory, '--proxies', url, '--report-file', report, '--audit-log', audit]
    const { code, stderr } = await run(args, env)
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('warning')])
    expect([report, audit].map(link => lstatSync(link).isSymbolicLink())).toEqual([true, true])
    expect(JSON.parse(readFileSync(`${report}.json`, 'utf8'))).toMatchObject({ version: 1 })
    expect(readFileSync(`${audit}.json`, 'utf8')).toContain('example.com/m0')
  })

  test('bench prints the table and downloads nothing', async () => {
    const { directory, env } = newProject()
    const [good, bad] = [await origin('good'), await origin('404')]
    const args = ['bench', '-C', directory, '--proxies', `${good.url} ${bad.url}`]
    const { code, stdout, stderr } = await run(args, env)
    expect(code).toBe(0)
    // On a terminal both are seen.
    expect((stdout + stderr).split('first byte')).toHaveLength(2)
    expect(stdout).toMatch(new RegExp(`> +${good.url} .* ok `))
    expect(stdout).toMatch(new RegExp(`${bad.url} .* missing `))
    expect(cachedFiles(env, '.zip')).toEqual([])
  })

  test('env prints what a shell can evaluate, and what GITHUB_ENV and programs take', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const args = ['env', '-C', directory, '--proxies', url, '--private-domains', 'git.corp.example,*.x.example']
    const shell = await run(args, env)
    const evaluated = await new Promise<string>(resolve => {
      const child = spawn('sh', ['-c', `eval "$(cat)"; printf '%s\\n' "$GOPROXY" "$GOPRIVATE"`], { stdio: 'pipe' })
      child.stdout.on('data', (data: Buffer) => resolve(data.toString()))
      child.stdin.end(shell.stdout)
    })
    expect(evaluated).toBe(`${url},direct\ngit.corp.example,*.x.example\n`)
    const github = await run([...args, '--format', 'github'], env)
    expect(github.stdout).toContain(`GOPROXY=${url},direct\n`)
    const json = await run([...args, '--format', 'json'], env)
    expect(JSON.parse(json.stdout)).toMatchObject({ GOPROXY: `${url},direct` })
  })

  test('a reader that has gone, as in `| head`, is no failure', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const child = spawn(process.execPath, [DIST, 'env', '-C', directory, '--proxies', url], { env })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString()
    })
    const code = await new Promise(resolve => child.once('close', resolve))
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|EPIPE/)])
  })

  test('the directory may come before the verb, as for go and git, but not twice', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const { code, stdout } = await run(['-C', directory, 'env', '--proxies', url], env)
    expect([code, stdout]).toEqual([0, expect.stringContaining(url)])
    const twice = await run(['-C', directory, 'env', '-C', directory], env)
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('both before and after the verb')])
  })

  test('help of a verb of a verb', async () => {
    const { env } = newProject()
    const help = await run(['help', 'report', 'compare'], env)
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('--threshold') })
    expect(help).toEqual(await run(['report', 'compare', '--help'], env))
  })

  test('version', async () => {
    const { env } = newProject()
    const [verb, option] = [await run(['version'], env), await run(['--version'], env)]
    expect(verb).toEqual(option)
    expect(verb).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test('an option is also a variable, and the option wins', async () => {
    const { directory, env } = newProject()
    const [fromEnv, fromOption] = [await origin('good'), await origin('good')]
    const variables = { ...env, GO_PROXY_SETUP_PROXIES: fromEnv.url, GO_PROXY_SETUP_WORKING_DIRECTORY: directory }
    expect((await run(['env'], variables)).stdout).toContain(fromEnv.url)
    const { stdout } = await run(['env', '--proxies', fromOption.url], variables)
    expect(stdout).toContain(fromOption.url)
    expect(stdout).not.toContain(fromEnv.url)
  })
})

describe('wrong usage is 2, failed work is 1, and each says what to do', () => {
  const cases: Record<string, [readonly string[], RegExp]> = {
    'no verb': [[], /Commands:/],
    'an unknown verb': [['rum'], /unknown command 'rum'/],
    'an unknown option': [['run', '--proxy', 'x'], /unknown option '--proxy'[\s\S]*--proxies/],
    'an unknown preset': [['run', '--proxies', 'chinna'], /chinna[\s\S]*china/],
    'a password in a URL': [['run', '--proxies', 'https://u:hunter2@proxy.example'], /proxies/],
    'a duration without a unit': [['run', '--timeout', '10'], /timeout[\s\S]*10/],
    'two results on one output': [['run', '--json', '--report-file', '-'], /standard output/],
    'a directory without go.mod': [['run', '-C', '/'], /go\.mod/],
  }
  test.each(Object.entries(cases))('%s', async (_name, [args, says]) => {
    const { env } = newProject()
    const { code, stderr, stdout } = await run(args, env)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
    expect(stderr).not.toContain('hunter2')
    expect(stderr).not.toMatch(/\n {4}at /)
  })

  test('a temporary directory that is not there: another one, and a warning', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('good')
    const nowhere = join(directory, 'nowhere')
    const { code, stderr } = await run(['run', '-C', directory, '--proxies', url], {
      ...env,
      TMPDIR: nowhere,
      TEMP: nowhere,
      TMP: nowhere,
    })
    expect([code, stderr]).toEqual([0, expect.stringContaining('[TEMPORARY_DIRECTORY_REPLACED]')])
    expect(stderr).toContain(nowhere)
    expect(stderr).toMatch(/TMPDIR|TEMP/)
  })

  test('an unexpected error: a problem like any other, and no stack trace', async () => {
    const { directory, env } = newProject()
    const broken = breakNode(directory, "process.uptime = () => { throw new Error('##[error]broken\\u001b[2J') }")
    const { code, stderr } = await run(['run', '-C', directory], { ...env, ...broken })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/error: This should not .*broken \[UNEXPECTED\]\n/)])
    expect(stderr).not.toMatch(/\n {4}at |##\[|\u001b/)
  })

  test('a project that cannot be downloaded', async () => {
    const { directory, env } = newProject()
    const { url } = await origin('404')
    const { code, stderr } = await run(
      ['run', '-C', directory, '--proxies', url, '--fallback', 'off', '--retries', '1', '--retry-delay', '10ms'],
      env,
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(/404|None of the proxies/)
  })

  test('a go.mod that cannot be read', async () => {
    const { directory, env } = newProject()
    writeFileSync(join(directory, 'go.mod'), 'module example.com/x\n\n<<<<<<< HEAD\n')
    const args = ['run', '-C', directory, '--proxies', 'official', '--private-domains', '*.corp.example']
    const { code, stderr } = await run(args, { ...env, GO_PROXY_SETUP_PROXYS: 'x' })
    expect(code).toBe(1)
    expect(stderr).toContain('go.mod')
    // What was warned of before is not lost.
    expect(stderr).toMatch(/INPUT_PATTERN_GAP/)
    expect(stderr).toMatch(/INPUT_VARIABLE_UNKNOWN/)
  })
})
