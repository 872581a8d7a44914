import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { startOrigin } from '../support/servers/origins.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { modules, newJob } from '../support/worlds/module-cache-job.ts'
import { createProject, goEnvironment, projectOf } from '../support/worlds/project.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

/** The demo needs the threads that hash and a proxy of its own: nearly all that there is. @returns how many modules came */
function playDemo(command: readonly [string, ...string[]], env: Readonly<Record<string, string>>): number {
  const [program, ...args] = command
  const json = execFileSync(program, [...args, 'demo', '--json'], { env, cwd: '/', encoding: 'utf8', stdio: 'pipe' })
  return JSON.parse(json).download.modules
}

/** A user's project, a proxy, a cache service, and a way to run the program there. */
async function newUser() {
  const three = [0, 1, 2].map(i => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
  const project = cleanUp(projectOf(three))
  const service = cleanUp(await startFakeCache())
  const { url } = cleanUp(await startOrigin('good', three))
  const work = dirname(project.directory)
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`
  const base = { PATH: path, TMPDIR: work, GONOSUMDB: 'none.example', GO_PROXY_SETUP_POLICY: QUICK_POLICY }
  const env = goEnvironment(project, base)
  const play = ([program, ...args]: readonly [string, ...string[]], more: Readonly<Record<string, string>> = {}) =>
    runProgram(program, args, { env: { ...env, ...more }, cwd: project.directory })
  return { ...project, work, service, url, env, play }
}

/** The verbs that need nothing but the one file. @param program how it is started */
async function playVerbs(
  { play, url, directory }: Awaited<ReturnType<typeof newUser>>,
  ...program: [string, ...string[]]
) {
  const report = join(directory, 'report.json')
  const run = await play([...program, 'run', '--proxies', url, '--report', report, '--html-file', 'page.html'])
  expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('3 modules')])
  expect(run.stderr).not.toMatch(/warning/i)
  expect(readFileSync(join(directory, 'page.html'), 'utf8')).toContain('<html')
  const shown = await play([...program, 'report', 'show', report])
  expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('3 modules')])
  const env = await play([...program, 'env', '--proxies', url])
  expect([env.code, env.stdout]).toEqual([0, expect.stringContaining(`export GOPROXY='${url},direct'`)])
  const doctor = await play([...program, 'doctor', '--proxies', url, '--json'])
  expect([doctor.stderr, JSON.parse(doctor.stdout).tool.version]).toEqual([expect.not.stringMatching(/error/), version])
  const completion = await play([...program, 'completion', 'bash'])
  expect([completion.code, completion.stdout]).toEqual([0, expect.stringContaining('complete -F _go_proxy_setup')])
}

describe('the one file, copied alone', () => {
  // Node 20.18 does not look into a file whether it is an ES module; a newer Node can be told so.
  const node = ['--no-experimental-detect-module']
  const places: readonly (readonly [string, string | undefined])[] = [
    ['copy.js', undefined],
    ['copy.js', '{"type":"module"}'],
    ['copy.js', '{"type":"commonjs"}'],
    ['copy.mjs', undefined],
    ['copy.cjs', '{"type":"module"}'],
    ['go-proxy-setup', undefined],
  ]
  test.each(places)('runs as %s, with the package.json %s beside it', (name, manifest) => {
    const project = cleanUp(createProject({}))
    const copy = join(project.directory, name)
    copyFileSync(DIST, copy)
    if (manifest !== undefined) writeFileSync(join(project.directory, 'package.json'), manifest)
    const env = goEnvironment(project, {})
    const said = execFileSync(process.execPath, [...node, copy, 'version'], { env, encoding: 'utf8', stdio: 'pipe' })
    expect(said).toBe(`${version}\n`)
  })

  test('plays the demo as CommonJS', () => {
    const project = cleanUp(createProject({}))
    const copy = join(project.directory, 'copy.js')
    copyFileSync(DIST, copy)
    expect(playDemo([process.execPath, ...node, copy], goEnvironment(project, {}))).toBe(24)
  })

  test('does all but the cache, and says what that needs', async () => {
    const user = await newUser()
    const copy = join(user.work, 'alone.js')
    copyFileSync(DIST, copy)
    await playVerbs(user, process.execPath, copy)
    const args = ['run', '--proxies', user.url, '--cache', 'true', '--build-cache', 'true'] as const
    const fresh = { ...user.service.env, GOMODCACHE: join(user.work, 'fresh') }
    const { code, stderr } = await user.play([process.execPath, copy, ...args], fresh)
    expect([code, stderr]).toEqual([0, expect.stringContaining('3 modules')])
    for (const name of ['module', 'build'])
      expect(stderr.replace(/\s+/g, ' ')).toContain(
        `The ${name} cache is off: only the action has one, because a command has no post step in which it could be saved.`,
      )
    expect(user.service.requests).toEqual([])
  }, 60_000)
})

test('as an action without its other files it does all but the cache, and says so', async () => {
  const service = cleanUp(await startFakeCache())
  const proxy = cleanUp(await startOrigin('good', modules))
  const job = newJob(service, {}, cleanUp)
  const copy = join(job.root, 'index.js')
  copyFileSync(DIST, copy)
  const inputs = { proxies: proxy.url, cache: 'true', 'build-cache': 'false' }
  const main = await job.uses({ main: copy, post: copy, inputs, timeout: 120_000 })
  const [post] = await job.finish()
  const warned = [main, post].flatMap(step => step?.annotations.filter(({ type }) => type === 'warning') ?? [])
  expect([main.outcome, post?.outcome, warned.map(({ message }) => message.split('\n')[0])]).toEqual([
    'success',
    'success',
    [expect.stringContaining(`The module cache could not be restored: ${WITHOUT_LIBRARY}.`)],
  ])
  expect(service.requests).toEqual([])
}, 60_000)

const WITHOUT_LIBRARY =
  'the file with the cache’s own library is not beside this program, which was copied alone; copy the whole directory `dist`'

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix(
  'npm pack makes a package that npm installs, and npx runs, with nothing else',
  async () => {
    const user = await newUser()
    const { work } = user
    const npmEnv = { ...user.env, npm_config_cache: join(work, 'npm'), npm_config_offline: 'true' }
    const npm = (...args: readonly string[]) =>
      execFileSync('npm', [...args], { env: npmEnv, cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    const [packed] = JSON.parse(npm('pack', '--json', '--pack-destination', work))
    const names: readonly string[] = packed.files.map((file: { readonly path: string }) => file.path)
    expect(names).toEqual(expect.arrayContaining(['dist/index.js', 'dist/hash-thread/index.js', 'dist/licenses.txt']))
    expect(names.filter(name => !name.startsWith('dist/'))).toEqual(['LICENSE', 'README.md', 'package.json'])
    const tarball = join(work, packed.filename)
    expect(npm('exec', '--yes', `--package=${tarball}`, '--', 'go-proxy-setup', 'version')).toBe(`${version}\n`)
    const prefix = join(work, 'prefix')
    mkdirSync(prefix)
    npm('install', '--global', '--no-audit', '--no-fund', '--prefix', prefix, tarball)
    const program = join(prefix, 'bin', 'go-proxy-setup')
    expect(playDemo([program], npmEnv)).toBe(24)
    await playVerbs(user, program)
  },
  120_000,
)
