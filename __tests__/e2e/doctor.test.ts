import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import { MODULE, proxyWith, type Scene, setUp } from '../doctor/world.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { DIST } from '../support/worlds/action.ts'
import { type RanProgram, runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

function run(args: readonly string[], { project, env }: ReturnType<typeof setUp>, input = ''): Promise<RanProgram> {
  // As a shell would: standard input is a pipe, which it is not where Node makes it.
  const piped = ['-c', '/bin/cat | "$0" "$@"', process.execPath, DIST, 'doctor', ...args]
  const cwd = project.directory
  return runProgram('/bin/sh', piped, { cwd, env: { ...env, TMPDIR: dirname(cwd) }, input })
}

async function healthy(): Promise<Scene> {
  return { env: { GOPROXY: (await proxyWith(cleanUp)).url } }
}

describe('doctor', () => {
  test('finds nothing wrong, says so layer by layer, and exits with 0', async () => {
    const { code, stdout } = await run([], setUp(cleanUp, await healthy()))
    expect([code, stdout]).toEqual([0, stdout])
    expect(stdout).toMatch(/^ok +Go +go1/m)
    expect(stdout).toMatch(
      /^ok +module protocol +http:\/\/127\.0\.0\.1:\d+: go\.mod of pkg\.test\.dev\/m@v1\.0\.0 is right/m,
    )
    expect(stdout).toMatch(
      /^ {2}GOPROXY=http:.* \(from environment; not used: https:\/\/proxy\.golang\.org,direct by default\)$/m,
    )
    expect(stdout).toMatch(/^ {4}zip pkg\.test\.dev\/m@v1\.0\.0 +found \(200\) .* ms$/m)
    expect(stdout).toMatch(/^Nothing is wrong here \(\d/m)
  })

  test('names a fault with its remedy, and exits with 1', async () => {
    const port = await findFreePort()
    const { code, stdout } = await run([], setUp(cleanUp, { env: { GOPROXY: `http://127.0.0.1:${port}` } }))
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^fault +TCP +http:\/\/127\.0\.0\.1:\d+ refuses the connection\. \[CONNECTION_REFUSED\]\n +Is the port right/m,
    )
    expect(stdout).toMatch(/^1 fault \(/m)
  })

  test('--json has the layers, the settings with their places and the requests with their phases', async () => {
    const { code, stdout } = await run(['--json'], setUp(cleanUp, await healthy()))
    const checkup = JSON.parse(stdout)
    expect([code, checkup.version, checkup.result, checkup.faults]).toEqual([0, 1, 'ok', 0])
    expect(checkup.layers).toHaveLength(15)
    expect(checkup.probes[0]).toMatchObject({
      purpose: 'go.mod',
      status: 200,
      connectMs: expect.any(Number),
      tlsMs: null,
    })
    expect(checkup.settings[0]).toMatchObject({
      name: 'GOPROXY',
      places: [{ place: 'environment' }, { place: 'default' }],
    })
  })

  test('works without go, and outside of a project', async () => {
    const env = { ...(await healthy()).env, PATH: '/nonexistent' }
    const { code, stdout } = await run([], setUp(cleanUp, { bare: true, env }))
    expect(code).toBe(1)
    expect(stdout).toMatch(/^fault +Go +There is no `go` command on PATH/m)
    expect(stdout).toMatch(/^ok +TCP /m)
  })

  test('--save hides what is secret, wherever it came from', async () => {
    const authority = await createAuthority(cleanUp.directory('doctor-'))
    const tls = await authority.issue(['127.0.0.1'])
    const { port } = await proxyWith(cleanUp, undefined, undefined, { tls })
    const secrets = ['password-of-goproxy', 'password-of-proxy', 'password-of-env', 'token-of-input']
    const world = setUp(cleanUp, {
      env: {
        ...authority.env,
        GOPROXY: `https://me:${secrets[0]}@127.0.0.1:${port}`,
        HTTP_PROXY: `http://me:${secrets[1]}@127.0.0.1:1`,
        GO_PROXY_SETUP_CREDENTIALS: `git.test.dev ${secrets[3]}`,
      },
    })
    const file = join(world.project.directory, 'doctor.txt')
    const { code, stdout, stderr } = await run(['--save', file], world)
    const saved = readFileSync(file, 'utf8')
    expect([code, saved]).toEqual([0, expect.stringContaining('CANDIDATES_CREDENTIALS_IN_URL')])
    for (const secret of secrets) for (const text of [saved, stdout, stderr]) expect(text).not.toContain(secret)
  })

  test('--explain reads a file, or standard input', async () => {
    const world = setUp(cleanUp, {})
    const said = 'go: pkg.test.dev/m@v1.0.0: Get "https://x/": dial tcp 192.0.2.1:443: i/o timeout\n'
    const { code, stdout } = await run(['--explain', '-'], world, said)
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^TCP: A server does not answer\. \(pkg\.test\.dev\/m@v1\.0\.0\) \[CONNECTION_TIMEOUT\]\n/),
    ])
    expect((await run(['--explain', '-'], world, 'go: something new\n')).code).toBe(1)
    expect((await run(['--explain', 'gone.txt'], world)).code).toBe(2)
  })

  test('--explain reads standard input that is a socket, as another program of Node makes it', async () => {
    const { project, env } = setUp(cleanUp, {})
    const { directory } = project
    const options = { cwd: directory, env: { ...env, TMPDIR: dirname(directory) } }
    const child = spawn(process.execPath, [DIST, 'doctor', '--explain', '-'], options)
    child.stdin.end('go: pkg.test.dev/m@v1.0.0: Get "https://x/": dial tcp 192.0.2.1:443: i/o timeout\n')
    const [said, code] = await Promise.all([textOf(child.stdout), new Promise(resolve => child.once('close', resolve))])
    expect([code, said]).toEqual([0, expect.stringContaining('[CONNECTION_TIMEOUT]')])
  })

  test('--watch shows who gave each file, and where it waited', async () => {
    const empty = await proxyWith(cleanUp, undefined, undefined, { modules: [] })
    const good = await proxyWith(cleanUp)
    const world = setUp(cleanUp, { env: { GOPROXY: `${empty.url},${good.url}` } })
    const { code, stdout } = await run(['--watch', `${MODULE.path}@${MODULE.version}`], world)
    expect([code, stdout]).toEqual([0, stdout])
    expect(stdout).toMatch(new RegExp(`^\\.zip {2}from ${good.url}$`, 'm'))
    expect(stdout).toContain(`${empty.url}: it does not have pkg.test.dev/m@v1.0.0 (404)`)
    expect(stdout).toMatch(/It waited longest for .*\nAll of it came\.\n$/)
    const unversioned = await run(['--watch', 'pkg.test.dev/m'], world)
    expect([unversioned.code, unversioned.stderr]).toEqual([
      2,
      expect.stringContaining('--watch: pkg.test.dev/m is not a module with a version.'),
    ])
  })
})
