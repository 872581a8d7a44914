import { type ChildProcess, execFile } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { parsePlan } from '../../src/drill/plan.ts'
import { printLine, settle } from '../../src/drill/schedule.ts'
import { testBeside } from '../support/clean-up.ts'
import { digestsBelow } from '../support/digests.ts'
import { until } from '../support/until.ts'
import { DIST } from '../support/worlds/action.ts'
import { goEnvironment, projectOf, type TestProject } from '../support/worlds/project.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const { test, cleanUp } = testBeside()

const modules = Array.from({ length: 6 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 20_000 }),
)

interface DrillWorld extends TestProject {
  readonly env: Record<string, string>
  /** Holds all that the world consists of. */
  readonly root: string
}

function createWorld(more: Readonly<Record<string, string>>, some = modules): DrillWorld {
  const project = cleanUp(projectOf(some))
  const root = dirname(project.directory)
  return { ...project, root, env: goEnvironment(project, { TMPDIR: root, GOSUMDB: 'off', ...more }) }
}

async function upstream(): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules }))
}

function run(args: readonly string[], { directory, env }: DrillWorld, onStarted?: (child: ChildProcess) => void) {
  return runProgram(process.execPath, [DIST, ...args], { cwd: directory, env, timeoutMs: 120_000, onStarted })
}

function planned({ root }: DrillWorld, text: string): string {
  const path = join(root, 'plan.txt')
  writeFileSync(path, text)
  return path
}

const EVERYTHING = `sound
killed
closed
slow for=500ms latency=100ms
cut
wrong-zip after=0
wrong-mod after=0
limited
limited retry-after=1s
unavailable
silent after=1 limit=4s
expired
`

test('every kind of trouble: ours survives, the upstream is asked as by one job, and nothing is left', async () => {
  const [near, far] = [await upstream(), await upstream()]
  const world = createWorld({ GOPROXY: near.url.replace('http://', 'http://user:s3cret@') })
  const plan = planned(world, EVERYTHING)
  const before = digestsBelow(world.root)
  const { code, stdout, stderr } = await run(
    ['drill', '--plan', plan, '--seed', '41', '--proxies', `current ${far.url}`, '--json'],
    world,
  )
  expect([code, stderr]).toEqual([0, stderr])
  const drill = JSON.parse(stdout)
  expect(drill).toMatchObject({ version: 1, seed: 41, modules: 6, result: 'ok' })
  expect(drill.runs.map(({ label, ours }: { label: string; ours: object }) => [label, ours])).toEqual(
    drill.runs.map(({ label }: { label: string }) => [
      label,
      expect.objectContaining({ outcome: 'done', wrong: [], why: null }),
    ]),
  )
  const plainOf = (label: string) =>
    drill.runs.find((one: { label: string }) => one.label === label).plain.outcome as string
  expect([plainOf('sound'), plainOf('killed'), plainOf('wrong-zip'), plainOf('silent')]).toEqual([
    'done',
    'failed',
    'failed',
    'not done in time',
  ])
  // The seed decides as it does everywhere else.
  const lines = parsePlan(EVERYTHING, plan)
  for (const line of lines.ok ? settle(lines.value, 41) : []) expect(stderr).toContain(printLine(line))
  for (const { requests } of [near, far]) {
    const zips = requests.filter(({ path }) => path.endsWith('.zip')).map(({ path }) => path)
    expect(zips.sort()).toEqual([...new Set(zips)])
  }
  expect(stdout + stderr).not.toContain('s3cret')
  expect(digestsBelow(world.root)).toEqual(before)
}, 60_000)

test('the module cache serves, read only, and private modules meet no front', async () => {
  const proxy = await upstream()
  const world = createWorld({ GOPROXY: proxy.url, GOPRIVATE: 'example.com/m0' })
  await promisify(execFile)('go', ['mod', 'download'], { cwd: world.directory, env: { ...world.env, GOPRIVATE: '' } })
  const plan = planned(world, 'sound\nunavailable after=0 for=300ms\n')
  const before = digestsBelow(world.root)
  const asked = proxy.requests.length
  const { code, stdout, stderr } = await run(['drill', '--plan', plan], world)
  expect([code, stderr]).toEqual([0, expect.stringContaining('5 modules')])
  expect(stdout).toMatch(/^unavailable status=\d+ +failed .* done .* better$/m)
  expect(proxy.requests.length).toBe(asked)
  expect(digestsBelow(world.root)).toEqual(before)
}, 60_000)

test('where plain go fares better it says so, and exits with 1', async () => {
  const world = createWorld({ GOPROXY: (await upstream()).url }, modules.slice(0, 1))
  const plan = planned(world, 'slow after=0 for=ever latency=1200ms rate=1MB/s limit=20s')
  const { code, stdout, stderr } = await run(['drill', '--plan', plan, '--timeout', '1s'], world)
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/error: slow: plain go succeeds, go-proxy-setup .* \[DRILL_WORSE\]/),
  ])
  expect(stdout).toMatch(/^slow +done .* worse$/m)
}, 60_000)

test('a plan with mistakes is refused with its lines, and nothing is asked', async () => {
  const proxy = await upstream()
  const world = createWorld({ GOPROXY: proxy.url })
  const plan = planned(world, 'killed\nkilld\ncut for=2\n')
  const { code, stdout, stderr } = await run(['drill', '--plan', plan, '--seed', 'x'], world)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/plan\.txt, line 2: `killd` is not a kind of trouble[\s\S]*line 3: `for=2`[\s\S]*DRILL_SEED/)
  const elsewhere = await run(['drill', '--plan', planned(world, 'killed on=2')], world)
  expect([elsewhere.code, elsewhere.stderr]).toEqual([
    2,
    expect.stringContaining('`killed on=2`, but only one proxy is used here'),
  ])
  expect(proxy.requests).toEqual([])
}, 60_000)

type Nothing = readonly [string, Readonly<Record<string, string>>, readonly string[], number, RegExp]
const NOTHING: readonly Nothing[] = [
  ['no project', { GOPROXY: 'https://proxy.example' }, ['-C', '..'], 2, /neither go\.mod nor go\.work/],
  ['no proxy', { GOPROXY: 'off' }, [], 1, /DRILL_NO_PROXY/],
  [
    'private modules alone',
    { GOPROXY: 'https://proxy.example', GOPRIVATE: '*' },
    [],
    1,
    /all of its modules are private\. \[DRILL_NOTHING_TO_FETCH/,
  ],
]
test.each(NOTHING)('%s: there is nothing to play', async (_, env, args, expected, says) => {
  const { code, stdout, stderr } = await run(['drill', ...args], createWorld(env))
  expect([code, stdout]).toEqual([expected, ''])
  expect(stderr).toMatch(says)
})

test('Ctrl-C ends it at once and leaves nothing', async () => {
  const world = createWorld({ GOPROXY: (await upstream()).url })
  const plan = planned(world, 'silent after=0 for=ever limit=1m')
  const before = digestsBelow(world.root)
  const { code } = await run(['drill', '--plan', plan], world, child => {
    // Its first run has begun: it has a module cache.
    const isPlaying = () => readdirSync(world.root, { recursive: true }).some(name => String(name).includes('0-plain'))
    until(isPlaying).then(() => child.kill('SIGINT'))
  })
  expect(code).toBe(130)
  expect(digestsBelow(world.root)).toEqual(before)
}, 60_000)
