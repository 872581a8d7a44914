import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { findExecutable } from '../../src/runner/executable.ts'
import { buildToolchain, passOn } from '../support/builders/toolchain.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { checkOut, createJob, DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { machineGocache } from '../support/worlds/project.ts'
import { WITHOUT_NETWORK } from '../support/worlds/without-network.ts'

const cleanUp = cleanUpAfterEach()

const library = buildModule({ path: 'modules.test.io/library', version: 'v1.2.0' })
const GO =
  process.env['PATH'] === undefined
    ? ''
    : (findExecutable('go', { cwd: '/', env: process.env }, process.platform) ?? '')
const version = execFileSync(GO, ['env', 'GOVERSION'], {
  encoding: 'utf8',
  env: { ...process.env, GOTOOLCHAIN: 'local' },
}).trim()
const goLine = version.slice(2)
const PROJECT = {
  'go.mod': goModOf('example.com/project', [library], goLine),
  'go.sum': goSumOf([library]),
  'main.go':
    'package main\n\nimport "modules.test.io/library"\n\nfunc main() { println("library", library.Version) }\n',
}

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run([file = '', ...args]: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise(resolve => {
    execFile(file, args, { cwd, env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    )
  })
}

/** A machine with a project, and a PATH without go. */
function newMachine() {
  const job = cleanUp(createJob({ GO_PROXY_SETUP_POLICY: QUICK_POLICY, GOCACHE: machineGocache() }))
  const programs = join(job.root, 'programs')
  mkdirSync(programs)
  for (const name of ['node', 'git', 'sh', 'bash', 'env', 'cat'])
    symlinkSync(findExecutable(name, { cwd: '/', env: process.env }, process.platform) ?? '', join(programs, name))
  checkOut(job, PROJECT)
  const { GITHUB_WORKSPACE: _, GITHUB_ACTIONS: __, RUNNER_TEMP: ___, ...base } = job.base
  const env: NodeJS.ProcessEnv = { ...base, PATH: programs, TMPDIR: job.root }
  return { job, env, ours: (...args: readonly string[]) => run([process.execPath, DIST, ...args], job.workspace, env) }
}

async function serve() {
  const toolchain = buildToolchain(version, { 'bin/go': passOn(GO) })
  const database = makeDatabase('sum.corp.example', toolchain)
  const extra = (path: string) => database.answers.get(path.replace('/sumdb/sum.corp.example', ''))
  const proxy = cleanUp(await startProxy({ modules: [library, toolchain], extra }))
  return { proxy, key: database.verifierKey }
}

/** Scripts are no programs on Windows. */
const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('bundle', () => {
  /** @param cut what the other machine’s commands stand behind */
  async function carry(cut: readonly string[]): Promise<void> {
    const { proxy, key } = await serve()
    const here = newMachine()
    here.env['GOSUMDB'] = key
    const file = join(here.job.root, 'modules.tar')
    const args = [
      'bundle',
      '-o',
      file,
      '--proxies',
      proxy.url,
      '--fallback',
      'off',
      '--go-version-file',
      'go.mod',
      '--json',
    ]
    const made = await here.ours(...args)
    expect([made.code, made.stderr]).toEqual([0, made.stderr])
    const { sha256, ...result } = JSON.parse(made.stdout)
    expect(result).toMatchObject({ file, modules: 1, go: goLine, leftOut: [] })
    expect(made.stderr).not.toContain('Module store')
    const again = await here.ours(...args)
    expect(JSON.parse(again.stdout).sha256).toBe(sha256)
    expect(readdirSync(here.job.root).filter(name => /partial|^go-proxy-setup/.test(name))).toEqual([])
    await proxy.close()

    const there = newMachine()
    there.env['GOSUMDB'] = key
    const script = [
      `"${process.execPath}" "${DIST}" bundle verify "${file}" --sha256 ${sha256}`,
      `eval "$("${process.execPath}" "${DIST}" bundle use "${file}" --to .go-modules)"`,
      'go build -o service .',
      './service',
      'echo "$GOPROXY"',
    ]
    const bash = findExecutable('bash', { cwd: '/', env: process.env }, process.platform) ?? ''
    const before = cut.map(word => findExecutable(word, { cwd: '/', env: process.env }, process.platform) ?? word)
    const ran = await run([...before, bash, '-c', ['set -euo pipefail', ...script].join('\n')], there.job.workspace, {
      ...there.env,
      CGO_ENABLED: '0',
    })
    expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('library v1.2.0')])
    expect(ran.stdout.trim()).toBe(`file://${join(there.job.workspace, '.go-modules/modules')}`)
    expect(ran.stderr).toContain('with Go itself')
    expect(readdirSync(join(there.job.workspace, '.go-modules')).sort()).toEqual(['go', 'modules'])
  }

  const cutOff = WITHOUT_NETWORK === undefined ? test.skip : test
  cutOff('a machine without network and go builds with what another one wrote', () => carry(WITHOUT_NETWORK ?? []))

  if (WITHOUT_NETWORK === undefined)
    test('a machine without go builds with what another one wrote; its network cannot be taken away here', () =>
      carry([]))

  test('a changed byte is named, nothing is unpacked, and --sha256 refuses another file', async () => {
    const { proxy } = await serve()
    const { job, env, ours } = newMachine()
    env['PATH'] = `${env['PATH']}:${join(GO, '..')}`
    const file = join(job.root, 'modules.tar')
    const made = await ours('bundle', '-o', file, '--proxies', proxy.url, '--fallback', 'off')
    expect([made.code, made.stdout]).toEqual([0, ''])
    const bytes = readFileSync(file)
    const at = bytes.indexOf(library.zip) + 50
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const changed = join(job.root, 'changed.tar')
    writeFileSync(changed, bytes)
    for (const verb of [['verify'], ['use', '--to', 'there']]) {
      const { code, stdout, stderr } = await ours('bundle', ...verb, changed)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr.replace(/\s+/g, ' ')).toContain('The zip of modules.test.io/library v1.2.0')
    }
    const other = await ours('bundle', 'use', file, '--to', 'there', '--sha256', '0'.repeat(64))
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('[BUNDLE_OTHER]')])
    expect(readdirSync(job.workspace).sort()).toEqual(['go.mod', 'go.sum', 'main.go'])
  })

  test('wrong usage is told', async () => {
    const { ours } = newMachine()
    const [bare, missing, none] = [
      await ours('bundle'),
      await ours('bundle', 'use', 'modules.tar'),
      await ours('bundle', 'verify', 'modules.tar'),
    ]
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('[USAGE_NO_OUTPUT]')])
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('--to <directory>')])
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('[BUNDLE_NOT_READ]')])
  })
})
