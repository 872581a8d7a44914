import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { checkOut, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
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

/** Scripts are no programs on Windows. */
const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('a `go` line newer than the installed Go, with a good proxy', () => {
  test.each(['step', 'off'])('the toolchain comes and is reported (gateway: %s)', async gateway => {
    const job = cleanUp(createJob({ GOTOOLCHAIN: 'auto', GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
    const toolchain = await buildToolchain(job)
    const database = makeDatabase('sum.corp.example', toolchain)
    const proxy = cleanUp(await startProxy({ modules: [toolchain] }))
    const sumdb = cleanUp(await startProxy({ modules: [], extra: path => database.answers.get(path) }))
    job.base['GOSUMDB'] = `${database.verifierKey} ${sumdb.url}`
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
})
