import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { checkOutDist } from '../../benchmarks/checkout.mjs'
import { acceptedOf, accepts, commonOptions, isSameBuild, parseHelp } from '../../benchmarks/program.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

describe('the dist/ of another commit', () => {
  const cleanUp = cleanUpAfterEach()
  let root: string
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root })
  const commit = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    git('add', '-A')
    git('commit', '-qm', 'commit')
  }
  beforeEach(() => {
    root = cleanUp.directory('against-')
    git('init', '-q')
    commit({ '.gitignore': '.cache\n' })
    commit({ 'package.json': '{"type":"module"}', 'dist/index.js': 'old', 'dist/hash-thread/index.js': 'thread' })
    git('tag', 'old')
    commit({ 'dist/index.js': 'new', 'src/a.ts': 'source' })
    writeFileSync(join(root, 'dist/index.js'), 'not committed')
  })

  test('is put below .cache with the package.json beside it, and nothing else; the work tree stays as it is', () => {
    const checkout = checkOutDist('old', root)
    if (!checkout.ok) throw new Error(checkout.problems[0]?.message)
    const { name, dist, remove } = checkout.value
    expect(name).toMatch(/^old \([0-9a-f]{7}\)$/)
    expect(readFileSync(join(dist, 'index.js'), 'utf8')).toBe('old')
    expect(readFileSync(join(dist, 'hash-thread/index.js'), 'utf8')).toBe('thread')
    expect(readdirSync(join(dist, '..')).sort()).toEqual(['dist', 'package.json'])
    expect(readFileSync(join(root, 'dist/index.js'), 'utf8')).toBe('not committed')
    expect(git('status', '--porcelain').toString()).toBe(' M dist/index.js\n')
    remove()
    expect(readdirSync(join(root, '.cache'))).toEqual([])
  })

  test('a commit named by its hash is not named twice', () => {
    const hash = git('rev-parse', 'HEAD').toString().trim()
    const checkout = checkOutDist(hash, root)
    expect(checkout).toMatchObject({ ok: true, value: { name: hash.slice(0, 7) } })
  })

  test.each([
    ['an unknown name', 'nowhere', 'BENCHMARK_NO_COMMIT'],
    ['what git would take for an option', '--output=x', 'BENCHMARK_NO_COMMIT'],
    ['a file that is no commit', 'HEAD:dist/index.js', 'BENCHMARK_NO_COMMIT'],
    ['a commit before the first build', 'old~1', 'BENCHMARK_NO_DIST'],
  ])('%s is refused, and nothing is left', (_, ref, code) => {
    expect(checkOutDist(ref, root)).toMatchObject({ ok: false, problems: [{ code }] })
    expect(existsSync(join(root, '.cache'))).toBe(false)
  })

  test('the same files are the same build', () => {
    const dist = join(root, 'dist')
    const checkout = checkOutDist('HEAD', root)
    if (!checkout.ok) throw new Error(checkout.problems[0]?.message)
    expect(isSameBuild(dist, checkout.value.dist)).toBe(false)
    git('checkout', '-q', 'dist')
    expect(isSameBuild(dist, checkout.value.dist)).toBe(true)
    writeFileSync(join(dist, 'more.js'), '')
    expect(isSameBuild(dist, checkout.value.dist)).toBe(false)
  })
})

describe('only what both programs know is used', () => {
  const before = parseHelp(`Usage: go-proxy-setup run [options]

Options:
  --proxies <list>                  Where from; --sumdb <value> is another.
  --fallback <direct|off>           What ends it.
  -C, --working-directory <directory>  Where go.mod is.
  --cache <true|false>              The modules in the cache service.
  --json                            print the result
`)
  const now = parseHelp(`
  --proxies <list>  Where from.
  --fallback <direct|off>  What ends it.
  -C, --working-directory <directory>  Where go.mod is.
  --cache <auto|true|read-only|false>  The modules.
  --summary [true|false]  Whether to write one.
  --json  print the result
`)
  const program = { name: 'this', dist: 'dist', options: commonOptions([now, before]) }

  test('options and their values are read from the help', () => {
    expect([...before]).toEqual([
      ['proxies', []],
      ['fallback', ['direct', 'off']],
      ['working-directory', []],
      ['cache', ['true', 'false']],
      ['json', []],
    ])
  })

  test('what one of them lacks is left out, an option or one of its values', () => {
    expect(acceptedOf(program, { proxies: 'https://a b', fallback: 'off', summary: 'false', cache: 'true' })).toEqual([
      ['proxies', 'https://a b'],
      ['fallback', 'off'],
      ['cache', 'true'],
    ])
    expect(accepts(program, 'cache', 'auto')).toBe(false)
    expect(accepts({ ...program, options: commonOptions([now]) }, 'cache', 'auto')).toBe(true)
  })
})
