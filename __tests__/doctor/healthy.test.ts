import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { objectPath } from '../../src/go/escape.ts'
import { type CleanUp, testBeside } from '../support/clean-up.ts'
import { startInternet } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { examineIn, wrongIn } from '../support/worlds/doctor.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { switchTelemetryOff } from '../support/worlds/project.ts'
import { authorityFor, DATABASE, fileIn, MODULE, passOn, proxyWith, type Scene, setUp } from './world.ts'

const { test, cleanUp } = testBeside()

type Row = readonly [name: string, scene: (own: CleanUp) => Promise<Scene>]

const inForce = (GOPROXY: string, env: Readonly<Record<string, string>> = {}): Scene => ({ env: { GOPROXY, ...env } })
const url = async (own: CleanUp) => (await proxyWith(own)).url

function homeOf(own: CleanUp): string {
  const home = own.directory('home-')
  switchTelemetryOff(home)
  return home
}

const ROWS: readonly Row[] = [
  ['one proxy', async own => inForce(await url(own))],
  ['two proxies', async own => inForce(`${await url(own)},${await url(own)}`)],
  [
    'a private proxy that has no public modules, and one behind it',
    async own => {
      const empty = own(await startProxy({ modules: [] }))
      return inForce(`${empty.url},${await url(own)}`)
    },
  ],
  [
    'proxies that are named',
    async own => ({ env: { GOPROXY: await url(own) }, options: { proxies: `${await url(own)} ${await url(own)}` } }),
  ],
  [
    'a private proxy',
    async own => {
      const private_ = await url(own)
      return { env: { GOPROXY: private_ }, options: { 'private-proxy': private_, 'private-domains': 'git.test.dev' } }
    },
  ],
  [
    'Go’s default, with the official proxy',
    async own => {
      const authority = await authorityFor(own)
      const { port } = await proxyWith(own, undefined, undefined, { tls: await authority.issue(['proxy.golang.org']) })
      const internet = own(await startInternet({ 'proxy.golang.org': port }))
      return { env: { ...authority.env, ...internet.env } }
    },
  ],
  [
    'a proxy that wants a login, which the netrc file has',
    async own => {
      const authority = await authorityFor(own)
      const wanted = `Basic ${Buffer.from('me:a-password').toString('base64')}`
      const { port } = await proxyWith(own, undefined, undefined, {
        tls: await authority.issue(['127.0.0.1']),
        fault: ({ headers }) =>
          headers.authorization === wanted ? undefined : (_, res) => void res.writeHead(401).end(),
      })
      const home = homeOf(own)
      fileIn(home, '.netrc', `machine 127.0.0.1:${port} login me password a-password\n`)
      return inForce(`https://127.0.0.1:${port}`, { ...authority.env, HOME: home })
    },
  ],
  [
    'the database itself',
    async own => {
      const database = own(await startProxy({ modules: [], extra: path => DATABASE.answers.get(path) }))
      const proxy = own(await startProxy({ modules: [MODULE] }))
      return inForce(proxy.url, { GOSUMDB: `${DATABASE.verifierKey} ${database.url}` })
    },
  ],
  ['no project', async own => ({ ...inForce(await url(own)), bare: true })],
  [
    'no requirements',
    async own => ({
      ...inForce(await url(own)),
      files: { 'go.mod': 'module pkg.test.dev/project\n\ngo 1.21\n', 'go.sum': '' },
    }),
  ],
  ['a workspace', async own => ({ ...inForce(await url(own)), files: { 'go.work': 'go 1.21\n\nuse .\n' } })],
  [
    'a vendor directory, and GOPROXY=off',
    async () => ({
      ...inForce('off'),
      files: {
        'vendor/modules.txt': `# ${MODULE.path} ${MODULE.version}\n## explicit; go 1.21\n${MODULE.path}\n`,
        'vendor/pkg.test.dev/m/m.go': 'package m\n',
        'main.go': 'package main\n\nimport _ "pkg.test.dev/m"\n\nfunc main() {}\n',
      },
    }),
  ],
  [
    'a directory as a proxy',
    async own => {
      const directory = own.directory('files-')
      for (const kind of ['info', 'mod', 'zip'] as const) fileIn(directory, objectPath(MODULE, kind) ?? '', '')
      return inForce(`file://${directory}`, { GONOSUMDB: 'pkg.test.dev' })
    },
  ],
  ['patterns that match', async own => inForce(await url(own), { GOPRIVATE: 'github.com/my-org,*.git.test.dev' })],
  ['GODEBUG that this Go knows', async own => inForce(await url(own), { GODEBUG: 'http2client=0,netdns=go' })],
  [
    'rewrites that do not collide, and ssh with a key',
    async own => {
      const home = homeOf(own)
      fileIn(home, '.ssh/id_ed25519', 'a key')
      fileIn(home, '.gitconfig', '[url "git@git.test.dev:"]\n\tinsteadOf = https://git.test.dev/\n')
      return inForce(await url(own), { HOME: home, SSH_AUTH_SOCK: '/nowhere/agent' })
    },
  ],
  [
    'settings of go env -w',
    async own => {
      const file = fileIn(own.directory('env-'), 'env', `GOPROXY=${await url(own)}\nGONOSUMDB=git.test.dev\n`)
      return { env: { GOENV: file } }
    },
  ],
  [
    'an HTTP proxy that lets everything through',
    async own => {
      const authority = await authorityFor(own)
      const { port } = await proxyWith(own, undefined, undefined, { tls: await authority.issue(['goproxy.test.dev']) })
      const internet = own(await startInternet({ 'goproxy.test.dev': port }))
      return inForce('https://goproxy.test.dev', { ...authority.env, ...internet.env })
    },
  ],
]

describe('nothing is wrong with', () => {
  test.each(ROWS)('%s', async (_, make) => {
    const scene = await make(cleanUp)
    const { project, env } = setUp(cleanUp, scene)
    const checkup = await examineIn(project, scene.options ?? {}, env)
    expect([wrongIn(checkup), checkup.layers]).toEqual([[], checkup.layers])
    expect(['ok', 'skipped']).toContain(checkup.result)
  })

  test('all modules in the module cache, and GOPROXY=off', async () => {
    const { project, env } = setUp(cleanUp, inForce(await url(cleanUp)))
    const run = await runGo(['mod', 'download'], { cwd: project.directory, env })
    expect([run.exitCode, run.stderr]).toEqual([0, ''])
    expect(wrongIn(await examineIn(project, {}, { ...env, GOPROXY: 'off' }))).toEqual([])
  })
})

describe('what is dead and not needed is no fault', () => {
  test.each<[string, (dead: string, good: string) => Scene]>([
    ['behind one that works', (dead, good) => inForce(`${good},${dead}`)],
    ['before one that works, and a bar', (dead, good) => inForce(`${dead}|${good}`)],
    ['beside one that works', (dead, good) => ({ env: { GOPROXY: good }, options: { proxies: `${dead} ${good}` } })],
    ['in GOPROXY, where others are named', (dead, good) => ({ env: { GOPROXY: dead }, options: { proxies: good } })],
  ])('%s', async (_, make) => {
    const scene = make(`http://127.0.0.1:${await findFreePort()}`, await url(cleanUp))
    const { project, env } = setUp(cleanUp, scene)
    const checkup = await examineIn(project, scene.options ?? {}, env)
    const wrong = wrongIn(checkup).filter(one => !one.includes('DOCTOR_BAR_BEHIND_PRIVATE'))
    expect([checkup.faults, wrong]).toEqual([0, ['warning TCP CONNECTION_REFUSED']])
  })

  test('a dead proxy, where everything is vendored', async () => {
    const files = {
      'vendor/modules.txt': `# ${MODULE.path} ${MODULE.version}\n## explicit; go 1.21\n${MODULE.path}\n`,
      'vendor/pkg.test.dev/m/m.go': 'package m\n',
    }
    const { project, env } = setUp(cleanUp, { ...inForce(`http://127.0.0.1:${await findFreePort()}`), files })
    const checkup = await examineIn(project, {}, env)
    expect([checkup.faults, checkup.warnings]).toEqual([0, 1])
  })
})

test('it changes nothing: neither the project nor go’s caches', async () => {
  const more = buildModule({ path: 'pkg.test.dev/more', version: 'v1.0.0' })
  const { url: proxy } = await proxyWith(cleanUp, undefined, undefined, {
    modules: [MODULE, more],
    extra: passOn(DATABASE.answers),
  })
  const files = { 'go.mod': goModOf('pkg.test.dev/project', [MODULE, more]), 'go.sum': goSumOf([MODULE]) }
  const { project, env } = setUp(cleanUp, { ...inForce(proxy), files })
  const root = dirname(project.directory)
  const before = cleanUp.directory('before-')
  mkdirSync(join(root, 'temporary'), { recursive: true })
  cpSync(root, before, { recursive: true })
  await examineIn(project, {}, env)
  // Its own temporary directory is the caller's to remove.
  const differ = execFileSync('sh', ['-c', `diff -r -x temporary '${before}' '${root}' || true`], { encoding: 'utf8' })
  expect(differ.replace(/^Only in .*: (gocache|home|gopath|modcache)\n/gm, '')).toBe('')
  // Each go command makes its locks.
  const kept = execFileSync('find', [join(root, 'modcache'), '-type', 'f'], { encoding: 'utf8' })
    .trim()
    .split('\n')
  expect(kept.filter(name => !/lock$/.test(name) && name !== '')).toEqual([])
})
