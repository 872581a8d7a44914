import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

/** The demo needs the threads that hash and a proxy of its own: nearly all that there is. @returns how many modules came */
function playDemo(command: readonly [string, ...string[]], env: Readonly<Record<string, string>>): number {
  const [program, ...args] = command
  const json = execFileSync(program, [...args, 'demo', '--json'], { env, cwd: '/', encoding: 'utf8', stdio: 'pipe' })
  return JSON.parse(json).download.modules
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
})

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix('npm install -g makes a command of what npm pack packed, and installs nothing else', () => {
  const project = cleanUp(createProject({}))
  const work = dirname(project.directory)
  const prefix = join(work, 'prefix')
  mkdirSync(prefix)
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`
  const env = {
    ...goEnvironment(project, {}),
    PATH: path,
    npm_config_cache: join(work, 'npm'),
    npm_config_offline: 'true',
  }
  const npm = (...args: readonly string[]) =>
    execFileSync('npm', [...args], { env, cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const [packed] = JSON.parse(npm('pack', '--json', '--pack-destination', work))
  const names: readonly string[] = packed.files.map((file: { readonly path: string }) => file.path)
  expect(names).toEqual(expect.arrayContaining(['dist/index.js', 'dist/hash-thread/index.js', 'dist/licenses.txt']))
  expect(names.filter(name => !name.startsWith('dist/'))).toEqual(['LICENSE', 'README.md', 'package.json'])
  npm('install', '--global', '--no-audit', '--no-fund', '--prefix', prefix, join(work, packed.filename))
  expect(playDemo([join(prefix, 'bin', 'go-proxy-setup')], env)).toBe(24)
})
