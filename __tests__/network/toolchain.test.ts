// Real network: Go from the real module proxy, proven by the real checksum database. Run by `npm run test:network`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { findExecutable } from '../../src/runner/executable.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'
import { createProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix(
  'a machine with node and git alone gets the Go that go.mod asks for, and builds with it',
  () => {
    const project = cleanUp(
      createProject({
        'go.mod': 'module example.com/hello\n\ngo 1.26\n',
        'main.go': 'package main\n\nfunc main() { println("built") }\n',
      }),
    )
    const root = dirname(project.directory)
    const programs = join(root, 'programs')
    mkdirSync(programs)
    for (const name of ['node', 'git', 'sh', 'env'])
      symlinkSync(findExecutable(name, { cwd: '/', env: process.env }, process.platform) ?? '', join(programs, name))
    const ways = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
    const env: NodeJS.ProcessEnv = {
      PATH: programs,
      HOME: join(root, 'home'),
      TMPDIR: root,
      GOFLAGS: '-modcacherw',
      ...Object.fromEntries(ways.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))),
    }
    const options = { cwd: project.directory, env, encoding: 'utf8', timeout: 200_000 } as const
    const ran = execFileSync(process.execPath, [DIST, 'run', '--report-file', '-'], {
      ...options,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const { go, toolchain } = JSON.parse(ran)
    expect(toolchain).toMatchObject({
      by: 'go.mod',
      wanted: '1.26',
      from: 'proxy',
      fetched: { proxy: 'https://proxy.golang.org' },
    })
    expect(go.version).toMatch(/^go1\.26\.\d+$/)
    expect(go.root).toBe(toolchain.root)
    const build = 'eval "$("$0" "$1" env --benchmark off)" && go build -o hello . && ./hello'
    const built = execFileSync('/bin/sh', ['-c', `${build} 2>&1`, process.execPath, DIST], {
      ...options,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(built).toContain('built')
  },
  240_000,
)
