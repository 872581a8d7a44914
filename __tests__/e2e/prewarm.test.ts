import { type ChildProcess, execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { testBeside } from '../support/clean-up.ts'
import { digestsBelow } from '../support/digests.ts'
import { coldServer } from '../support/servers/cold.ts'
import { faults, withOneMoreFile } from '../support/servers/faults.ts'
import { until } from '../support/until.ts'
import { checkOut, DIST } from '../support/worlds/action.ts'
import { createPrivateWorld } from '../support/worlds/private-world.ts'
import { createProject, goEnvironment, projectOf } from '../support/worlds/project.ts'
import { type RanProgram, runProgram } from '../support/worlds/run-program.ts'

const { test, cleanUp } = testBeside()

const modules = Array.from({ length: 4 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 20_000 }),
)

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

interface Prewarmed extends Pick<RanProgram, 'code' | 'stdout' | 'stderr'> {
  /** Whether any file of this world was changed, made or removed. */
  readonly isUntouched: boolean
}

async function prewarm(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  onChild: (child: ChildProcess) => void = () => {},
  project = cleanUp(projectOf(modules)),
): Promise<Prewarmed> {
  const root = dirname(project.directory)
  const variables = goEnvironment(project, { TMPDIR: root, ...env })
  const before = digestsBelow(root)
  const options = { cwd: project.directory, env: variables, onStarted: onChild }
  const program = [DIST, 'prewarm', '--rate', '200', ...args]
  const { code, stdout, stderr } = await runProgram(process.execPath, program, options)
  const isUntouched = JSON.stringify(digestsBelow(root)) === JSON.stringify(before)
  return { code, stdout, stderr: withoutProgress(stderr), isUntouched }
}

/** Without the lines that come once a second, on a slow machine. */
function withoutProgress(stderr: string): string {
  return stderr.replace(/^http\S+: \d+ of \d+ files, .* in \d+ m?s\n/gm, '')
}

test('a cold proxy has everything afterwards, each file was asked for once, and nothing here has changed', async () => {
  const server = coldServer({ fetchMs: 20 })
  const own = await proxy({ fault: server.fault })
  const { code, stdout, stderr, isUntouched } = await prewarm({ GOPROXY: `${own.url},direct` })
  const asking = `Asking ${own.url} for 12 files: 200 requests a second at most, 4 at a time.\n`
  expect([code, stderr]).toEqual([0, asking])
  expect(stdout).toMatch(new RegExp(`^${own.url} +4 +12 +\\d+ kB +4 +0 +0 `, 'm'))
  expect(stdout).toMatch(/the first byte came after .* in the median/)
  expect(stdout).toMatch(/^Everything is there/m)
  expect([own.requests.length, [...server.fetched].sort()]).toEqual([
    12,
    modules.map(({ path }) => `${path}/@v/v1.0.0`),
  ])
  expect(isUntouched).toBe(true)
}, 60_000)

test('of more zips than Node expects listeners nothing more is said', async () => {
  const many = Array.from({ length: 12 }, (_, i) => buildModule({ path: `example.com/z${i}`, version: 'v1.0.0' }))
  const own = await proxy({ modules: many })
  const { code, stderr } = await prewarm({ GOPROXY: own.url }, [], () => {}, cleanUp(projectOf(many)))
  const asking = `Asking ${own.url} for 36 files: 200 requests a second at most, 4 at a time.\n`
  expect([code, stderr]).toEqual([0, asking])
}, 60_000)

test.each<[string]>([['1.16'], ['1.24']])(
  'in a module of go %s it asks for exactly what go asks for',
  async goLine => {
    const at = (path: string, line: string, ...requires: readonly string[]) =>
      buildModule({
        path: `example.com/${path}`,
        version: 'v1.0.0',
        goLine: line,
        requires: requires.map(one => ({ path: `example.com/${one}`, version: 'v1.0.0' })),
      })
    // Of what is behind a module that is older than pruning go reads the go.mod; behind the others it does not.
    const [deep, behind] = [at('deep', '1.16', 'behind'), at('behind', '1.16', 'far')]
    const [lean, unread] = [at('lean', '1.21', 'unread'), at('unread', '1.21')]
    const [far, stale] = [at('far', '1.16'), at('stale', '1.16')]
    const own = await proxy({ modules: [deep, behind, lean, unread, far, stale] })
    const files = {
      'go.mod': goModOf('example.com/project', [deep, lean], goLine),
      'go.sum': goSumOf([deep, behind, lean, unread, far, stale]),
    }
    const [forGo, forUs] = [cleanUp(createProject(files)), cleanUp(createProject(files))]
    const env = goEnvironment(forGo, { GOPROXY: own.url, GONOSUMDB: '*', GOFLAGS: '-mod=readonly -modcacherw' })
    await promisify(execFile)('go', ['mod', 'download'], { cwd: forGo.directory, env })
    const askedByGo = own.requests.map(({ path }) => path).sort()
    const { code } = await prewarm({ GOPROXY: own.url }, [], () => {}, forUs)
    expect([
      code,
      own.requests
        .slice(askedByGo.length)
        .map(({ path }) => path)
        .sort(),
    ]).toEqual([0, askedByGo])
  },
  60_000,
)

test('what a proxy lacks, or has wrong, is named with it, in the table and for a program', async () => {
  const own = await proxy({
    fault: ({ path }) => {
      if (path === 'example.com/m1/@v/v1.0.0.zip') return faults.send(withOneMoreFile(modules[1]?.zip as Buffer))
      return path.startsWith('example.com/m3/') ? faults.status(410, 'gone') : undefined
    },
  })
  const { code, stdout, stderr } = await prewarm({ GOPROXY: own.url })
  expect([code, stdout]).toEqual([1, expect.stringContaining('Not everything is there')])
  expect(stdout).toContain(
    `example.com/m3@v1.0.0 (zip) from ${own.url}: it does not have the file (410) [PREWARM_MISSING]`,
  )
  expect(stdout.replace(/\n +/g, ' ')).toMatch(
    /m1@v1\.0\.0 \(zip\) from http.*its hash is h1:.* \[PREWARM_WRONG_CONTENT\]/,
  )
  expect(stderr).toMatch(/example\.com\/m3@v1\.0\.0 \(info\) from .*, and 2 more files\.[\s\S]*PREWARM_MISSING/)
  const json = await prewarm({ GOPROXY: own.url }, ['--json'])
  expect([json.code, JSON.parse(json.stdout)]).toEqual([
    1,
    expect.objectContaining({
      version: 1,
      result: 'failed',
      proxies: [
        expect.objectContaining({ proxy: own.url, trust: 'own', modules: 2, files: 8, failed: 4, notAsked: 0 }),
      ],
    }),
  ])
}, 60_000)

test('what the first proxy of GOPROXY lacks, and the second has, is no failure; the second has to have all', async () => {
  const first = await proxy({
    fault: ({ path }) => (path.includes('m0') ? faults.status(404, 'not found') : undefined),
  })
  const second = await proxy()
  const { code, stdout } = await prewarm({ GOPROXY: `${first.url},${second.url}` })
  expect([code, second.requests.length]).toEqual([0, 12])
  expect(stdout).toContain(`${first.url} lacks 3 files, for which GOPROXY names another proxy after it.`)
}, 60_000)

test('private modules and logins: no public proxy hears of the one, nobody reads the other', async () => {
  const token = 'cAnArY-t0ken/~?~?+456%789'
  const login = `Basic ${Buffer.from(`robot:${token}`).toString('base64')}`
  const [open, secret] = ['example.com/public', 'corp.example/secret'].map(path =>
    buildModule({ path, version: 'v1.0.0' }),
  )
  const both = [open, secret].flatMap(one => one ?? [])
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [token],
      proxies: {
        'goproxy.corp.example': {
          modules: both,
          fault: ({ headers }) => (headers.authorization === login ? undefined : faults.status(401)),
        },
        'proxy.golang.org': { modules: both },
      },
    }),
  )
  checkOut(world.job, { 'go.mod': goModOf('example.com/project', both), 'go.sum': goSumOf(both) })
  const run = (...args: readonly string[]) =>
    world.later(process.execPath, [DIST, 'prewarm', '--rate', '200', ...args], {
      GITHUB_ACTIONS: '',
      GITHUB_WORKSPACE: '',
      GO_PROXY_SETUP_CREDENTIALS: `goproxy.corp.example robot ${token}`,
      GOPROXY: 'https://goproxy.corp.example,https://proxy.golang.org',
      GOPRIVATE: 'corp.example',
      GONOPROXY: 'none',
      RUNNER_DEBUG: '1',
    })
  const pathsAt = (host: string) => (world.proxies[host]?.requests ?? []).map(({ path }) => path)

  expect(await run()).toMatchObject({ exitCode: 0, output: expect.stringContaining('proxy.golang.org was not asked') })
  expect([pathsAt('goproxy.corp.example').length, pathsAt('proxy.golang.org')]).toEqual([6, []])

  expect(await run('--also-public')).toMatchObject({ exitCode: 0 })
  const heard = pathsAt('proxy.golang.org')
  expect([heard.length, heard.filter(path => path.includes('secret'))]).toEqual([3, []])
  expect([world.secretFiles(), world.leaks()]).toEqual([[], []])
}, 60_000)

type Refused = readonly [string, Readonly<Record<string, string>>, readonly string[], number, RegExp]
const REFUSED: readonly Refused[] = [
  ['public proxies alone', {}, [], 2, /only https:\/\/proxy\.golang\.org \(it is public\)[\s\S]*--also-public/],
  ['no proxy', { GOPROXY: 'off' }, [], 2, /PREWARM_NO_PROXY/],
  ['no module', { GOPROXY: 'https://goproxy.corp.example' }, ['-C', '..'], 2, /neither go\.mod nor go\.work/],
  ['a rate that is none', {}, ['--rate', '0.01'], 2, /PREWARM_RATE/],
  ['too many at once', {}, ['--at-once', '65'], 2, /PREWARM_AT_ONCE/],
]
test.each(REFUSED)('%s: nothing is asked, and it says what to write', async (_, env, args, expected, says) => {
  const { code, stdout, stderr } = await prewarm(env, args)
  expect([code, stdout, stderr]).toEqual([expected, '', expect.stringMatching(says)])
})

test('Ctrl-C ends it at once, and says how far it came', async () => {
  const own = await proxy({ fault: ({ path }) => (path.endsWith('.zip') ? faults.silent : undefined) })
  const { code, stdout, isUntouched } = await prewarm({ GOPROXY: own.url }, [], child => {
    until(() => own.requests.some(({ path }) => path.endsWith('.zip'))).then(() => child.kill('SIGINT'))
  })
  expect([code, isUntouched]).toEqual([130, true])
  expect(stdout).toMatch(/Stopped by the user after .*: the proxies keep what they had fetched by then/)
}, 60_000)
