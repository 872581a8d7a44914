import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../src/demo/modules.ts'
import { startProxy } from '../src/demo/proxy.ts'
import { createAuthority } from './support/builders/certificates.ts'
import { cleanUpAfterEach } from './support/clean-up.ts'
import { startInternet } from './support/servers/internet.ts'
import { DIST } from './support/worlds/action.ts'
import {
  blocksOf,
  blockToTry,
  cloneFromHere,
  DOCUMENTS,
  ROOT,
  readDocument,
  runLines,
  useBuilt,
} from './support/worlds/documents.ts'
import { createProject, goEnvironment, machineGocache } from './support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const SERVICE = {
  'go.mod': goModOf('example.com/service', modules),
  'go.sum': goSumOf(modules),
  'main.go': 'package main\n\nfunc main() {}\n',
  'main_test.go': 'package main\n\nimport "testing"\n\nfunc TestMain(*testing.M) {}\n',
}

/** An internet that has the public proxies, each with all modules. */
async function createWorld(
  files: Readonly<Record<string, string>>,
  more: (root: string) => Readonly<Record<string, string>> = () => ({}),
) {
  const project = cleanUp(createProject(files))
  const authority = await createAuthority(dirname(project.directory))
  const hosts = ['proxy.golang.org', 'goproxy.cn', 'goproxy.io', 'mirrors.aliyun.com', 'mirrors.cloud.tencent.com']
  const tls = await authority.issue(hosts)
  const proxy = cleanUp(await startProxy({ modules, tls }))
  const internet = cleanUp(await startInternet(Object.fromEntries(hosts.map(host => [host, proxy.port]))))
  const env = goEnvironment(project, {
    ...internet.env,
    ...authority.env,
    ...more(dirname(project.directory)),
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    TMPDIR: dirname(project.directory),
    GOCACHE: machineGocache(),
    npm_config_update_notifier: 'false',
  })
  return { ...project, env }
}

/** What no test here runs, and why. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [[/^npm (cit|run check)\b/, 'runs these tests themselves']]

const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('every command in the documents runs as it stands there', () => {
  test('the README: from a fresh clone', async () => {
    const { directory, env } = await createWorld({}, cloneFromHere)
    const [clone = '', ...rest] = blockToTry()
    const example = Object.entries(SERVICE).map(([name, text]) => {
      const path = join(dirname(directory), name)
      writeFileSync(path, text)
      return `cp '${path}' examples/service/`
    })
    // Real modules are not on this machine: the example requires others.
    const lines = [clone, useBuilt(DIST), 'rm examples/service/*.go', ...example, ...rest]
    const { code, output } = await runLines(lines, directory, env, 50_000)
    expect([code, output]).toEqual([0, output])
    expect(output).toContain('24 modules')
    expect(output).toContain('3 modules')
    expect(output).toMatch(/^\+ node .*exec -- go test \.\/\.\.\.$/m)
    expect(output).toMatch(/^ok\s+example\.com\/service/m)
  }, 60_000)

  const blocks = DOCUMENTS.filter(file => file !== 'README.md').flatMap(blocksOf)
  const written = blocks.flatMap(({ file, language, text }) => {
    if (language === 'sh') return [[file, text.trimEnd()] as const]
    // Of a pipeline: what it runs of ours.
    const lines = text.split('\n').map(line => line.replace(/^\s*- (run: )?/, ''))
    return lines.filter(line => line.includes('node ci/')).map(line => [file, line.trim()] as const)
  })
  // Several documents have the same command: it runs once.
  const commands = written.filter(([, command], i) => written.findIndex(([, other]) => other === command) === i)
  test.each(commands)('%s: %s', async (_, command) => {
    const { directory, env } = await createWorld(SERVICE)
    mkdirSync(join(directory, 'ci'))
    copyFileSync(DIST, join(directory, 'ci', 'go-proxy-setup.js'))
    const variables = { ...env, GITHUB_ENV: join(directory, 'github.env') }
    const { code, output } = await runLines([command], directory, variables, 30_000)
    expect([code, output]).toEqual([0, output])
    if (command.includes('GITHUB_ENV')) expect(readFileSync(variables.GITHUB_ENV, 'utf8')).toMatch(/^GOPROXY=https:/m)
  })

  test('there are such commands', () => {
    expect(commands.length).toBeGreaterThan(4)
  })
})

test('no block of commands in the README is left out', () => {
  const left = blocksOf('README.md')
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trimEnd().split('\n'))
    .filter(line => !blockToTry().includes(line) && !ELSEWHERE.some(([pattern]) => pattern.test(line)))
  expect(left).toEqual([])
})

test('every script of npm that a document names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const named = [...DOCUMENTS, 'CONTRIBUTING.md'].flatMap(file =>
    [...readDocument(file).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
  )
  expect(named.length).toBeGreaterThan(5)
  expect([...new Set(named)].filter(name => scripts[name] === undefined)).toEqual([])
})
