import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { findExecutable } from '../../src/runner/executable.ts'
import { buildToolchain as builtToolchain, passOn } from '../support/builders/toolchain.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { until } from '../support/until.ts'
import { checkOut, createJob, DIST, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import type { Job } from '../support/worlds/fake-runner.mjs'
import { runGo } from '../support/worlds/go-command.ts'

const cleanUp = cleanUpAfterEach()

const WANTED = 'go1.99.0'

/** A toolchain whose go does nothing, gladly: enough to see that it was fetched, verified and started. */
async function buildToolchain(job: Job) {
  const { stdout } = await runGo(['env', 'GOOS', 'GOARCH'], {
    cwd: job.root,
    env: { ...job.base, PATH: process.env['PATH'] ?? '' } as Record<string, string>,
  })
  const [goos = '', goarch = ''] = stdout.trim().split('\n')
  const built = buildModule({
    path: 'golang.org/toolchain',
    version: `v0.0.1-${WANTED}.${goos}-${goarch}`,
    files: { 'bin/go': '#!/bin/sh\nexit 0\n', 'bin/gofmt': '', 'pkg/tool/none': '', 'lib/wasm/none': '' },
  })
  return built
}

/** A job, a proxy that has the toolchain, and the database that knows it. */
async function openWorld() {
  const job = cleanUp(createJob({ GOTOOLCHAIN: 'auto', GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
  const toolchain = await buildToolchain(job)
  const database = makeDatabase('sum.corp.example', toolchain)
  const proxy = cleanUp(await startProxy({ modules: [toolchain] }))
  const sumdb = cleanUp(await startProxy({ modules: [], extra: path => database.answers.get(path) }))
  job.base['GOSUMDB'] = `${database.verifierKey} ${sumdb.url}`
  return { job, proxy, sumdb }
}

/** Scripts are no programs on Windows. */
const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('a `go` line newer than the installed Go, with a good proxy', () => {
  test.each(['step', 'off'])('the toolchain comes and is reported (gateway: %s)', async gateway => {
    const { job, proxy, sumdb } = await openWorld()
    checkOut(job, { 'go.mod': `module example.com/newer\n\ngo ${WANTED.slice(2)}\n` })
    const main = await useAction(job, { proxies: proxy.url, fallback: 'off', gateway, retries: '1' })
    expect([main.outcome, main.annotations.filter(({ type }) => type === 'error')]).toEqual(['success', []])
    const report = JSON.parse(readFileSync(main.outputs['report'] ?? '', 'utf8'))
    expect(report.phases.map(({ name }: { name: string }) => name)).toContain(`toolchain ${WANTED}`)
    expect(proxy.requests.filter(({ path }) => path.endsWith('.zip'))).toHaveLength(1)
    expect(main.log.filter(line => /^fetched Go 1\.99\.0 in \d+\.\d s$/.test(line))).toHaveLength(1)
    // Verified by the database that the user named.
    expect(sumdb.requests.some(({ path }) => path.startsWith('lookup/golang.org/toolchain@'))).toBe(true)
  })

  test('a later step switches to it through the gateway of the job', async () => {
    const { job, proxy } = await openWorld()
    const main = await useAction(job, { proxies: proxy.url, fallback: 'off', gateway: 'job' })
    expect([main.outcome, job.env['GOPROXY']?.split('|').at(-1)]).toEqual(['success', proxy.url])
    checkOut(job, { 'go.mod': `module example.com/newer\n\ngo ${WANTED.slice(2)}\n` })
    const env = { ...job.base, ...job.env, PATH: process.env['PATH'] ?? '' } as Record<string, string>
    const { stdout, stderr } = await runGo(['version'], { cwd: job.workspace, env })
    expect([stdout, stderr]).toEqual(['', expect.stringContaining('downloading go1.99.0')])
    expect(proxy.requests.filter(({ path }) => path.endsWith('.zip'))).toHaveLength(1)
    const [post] = await job.finish()
    expect(post?.summary).toMatch(/Gateway for later steps: .*[1-9]\d* objects? served/)
  })
})

onPosix('a job without Go', () => {
  const program = (name: string) => findExecutable(name, { cwd: '/', env: process.env }, process.platform) ?? ''

  /** Node, git and a shell; the tool cache is the job's own. */
  function newJob(): Job {
    const job = cleanUp(createJob({ GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
    const programs = join(job.root, 'programs')
    mkdirSync(programs)
    for (const name of ['node', 'git', 'sh', 'env', 'cat']) symlinkSync(program(name), join(programs, name))
    job.base['PATH'] = programs
    return job
  }

  test.each(['true', 'false'])(
    'gets it on PATH for later steps, unbound by GOTOOLCHAIN and GOROOT (export: %s)',
    async exported => {
      const job = newJob()
      const version = execFileSync(program('go'), ['env', 'GOVERSION'], {
        encoding: 'utf8',
        env: { ...process.env, GOTOOLCHAIN: 'local' },
      }).trim()
      const brought = builtToolchain(version, { 'bin/go': passOn(program('go')) })
      const database = makeDatabase('sum.corp.example', brought)
      const proxy = cleanUp(
        await startProxy({
          modules: [brought],
          extra: path => database.answers.get(path.replace('/sumdb/sum.corp.example', '')),
        }),
      )
      job.base['GOSUMDB'] = database.verifierKey
      checkOut(job, { 'go.mod': `module example.com/m\n\ngo ${version.slice(2)}\n` })
      const main = await useAction(job, {
        proxies: proxy.url,
        fallback: 'off',
        'go-version-file': 'go.mod',
        export: exported,
      })
      expect([main.outcome, main.log]).toEqual(['success', main.log])
      const goroot = join(job.base['RUNNER_TOOL_CACHE'] ?? '', 'go', version.slice(2), process.arch)
      expect(main.outputs).toMatchObject({ 'go-version': version.slice(2), 'go-root': goroot })
      expect(main.paths).toEqual([join(goroot, 'bin')])
      expect(Object.keys(main.env).filter(name => /^(GOROOT|GOTOOLCHAIN)$/.test(name))).toEqual([])
      expect(readFileSync(main.outputs['report'] ?? '', 'utf8')).toContain(`"root": "${goroot}"`)
      const script = join(job.root, 'later.cjs')
      writeFileSync(script, "require('node:child_process').execSync('go env GOVERSION', { stdio: 'inherit' })")
      expect((await job.step(script)).log).toEqual([version])
    },
  )

  test('killed in the middle it leaves no Go, and the next run installs one', async () => {
    const job = newJob()
    const brought = builtToolchain('go1.21.9', { 'src/large': Buffer.alloc(40 << 20, 'x') })
    const database = makeDatabase('sum.corp.example', brought)
    const proxy = cleanUp(
      await startProxy({
        modules: [brought],
        extra: path => database.answers.get(path.replace('/sumdb/sum.corp.example', '')),
      }),
    )
    const tools = join(job.root, 'tools')
    const env = { ...job.base, GOSUMDB: database.verifierKey, RUNNER_TOOL_CACHE: tools } as Record<string, string>
    const args = [DIST, 'run', '--proxies', proxy.url, '--fallback', 'off', '--go-version', '1.21.9']
    const parent = join(tools, 'go', '1.21.9')
    const first = spawn(process.execPath, args, { cwd: job.workspace, env, stdio: 'ignore' })
    const over = new Promise(resolve => first.once('exit', resolve))
    await until(() => existsSync(parent) && readdirSync(parent).some(name => existsSync(join(parent, name, 'go'))))
    first.kill('SIGKILL')
    await over
    const left = readdirSync(parent)
    // The zip, and what was unpacked of it.
    expect(left.map(name => name.replace(/-[0-9a-z]+$/, ''))).toEqual(['go-proxy-setup', 'go-proxy-setup'])
    const second = spawn(process.execPath, args, { cwd: job.workspace, env, stdio: 'ignore' })
    expect(await new Promise(resolve => second.once('exit', resolve))).toBe(0)
    expect(readdirSync(parent).sort()).toEqual([process.arch, `${process.arch}.complete`])
  })
})
