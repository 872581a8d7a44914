import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  compareGoVersions,
  findVulnerabilities,
  isOlder,
  neededToolchain,
  parseGoVersion,
} from '../../src/go/version.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'

const cleanUp = cleanUpAfterAll()
const directory = cleanUp.directory('toolchain-')
const go = openGoOracle()

const goVersion = fc
  .tuple(
    fc.constantFrom('1.17', '1.20', '1.21', '1.22', '1.26', '1.27', '1.9', '2.0'),
    fc.constantFrom('', '.0', '.1', '.9', '.10', 'rc1', 'rc2', 'rc10', 'beta1', 'beta2'),
  )
  .map(parts => parts.join(''))

describe('order', () => {
  test('is Go’s own', () => {
    const pairs = fc.sample(fc.tuple(goVersion, goVersion), 2_000)
    const answers = go.ask(pairs.map(([a, b]) => ({ ask: 'compareGo', a: `go${a}`, b: `go${b}` })))
    const wrong = pairs.flatMap(([a, b], i) => {
      const [left, right] = [parseGoVersion(a), parseGoVersion(b)]
      const ours = left && right ? Math.sign(compareGoVersions(left, right)) : undefined
      return String(ours) === answers[i] ? [] : [[a, b, ours, answers[i]]]
    })
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test.each([
    ['go1.26.8', { major: 1, minor: 26, patch: 8, prerelease: undefined, language: false }],
    ['1.24', { major: 1, minor: 24, patch: 0, prerelease: undefined, language: true }],
    ['1.20', { major: 1, minor: 20, patch: 0, prerelease: undefined, language: false }],
    ['go1.27rc3', { major: 1, minor: 27, patch: 0, prerelease: { kind: 'rc', number: 3 }, language: false }],
    ['go1.26.8-custom', { major: 1, minor: 26, patch: 8, prerelease: undefined, language: false }],
    ['go1.26.8 X:nocoverageredesign', { major: 1, minor: 26, patch: 8, prerelease: undefined, language: false }],
  ])('%s is read', (text, version) => expect(parseGoVersion(text)).toEqual(version))

  test.each(['devel go1.28-abcdef', '', 'go', '1', 'go1.2.3.4', 'go1.x', '1.26.8rc1', ' 1.26', 'v1.26.0', 'go1.99999'])(
    '%p is none',
    text => expect(parseGoVersion(text)).toBeUndefined(),
  )

  test('what is no version is older than nothing, and nothing is older than it', () => {
    expect([isOlder('devel', '1.0'), isOlder('1.0', 'devel')]).toEqual([false, false])
  })
})

describe('known holes', () => {
  const EMPTY_LOOKUP = 'CVE-2026-42501'
  const TILES = ['CVE-2026-56865', 'CVE-2026-56864']
  const TOOLCHAIN = ['CVE-2026-94447', 'CVE-2026-94444']
  test.each<[version: string, ids: readonly string[]]>([
    ['go1.22.12', [EMPTY_LOOKUP, ...TILES, ...TOOLCHAIN]],
    ['go1.24.13', [EMPTY_LOOKUP, ...TILES, ...TOOLCHAIN]],
    ['go1.25.9', [EMPTY_LOOKUP, ...TILES, ...TOOLCHAIN]],
    ['go1.25.10', [...TILES, ...TOOLCHAIN]],
    ['go1.25.12', [...TILES, ...TOOLCHAIN]],
    ['go1.25.13', TOOLCHAIN],
    ['go1.26rc1', [EMPTY_LOOKUP, ...TILES, ...TOOLCHAIN]],
    ['go1.26.0', [EMPTY_LOOKUP, ...TILES, ...TOOLCHAIN]],
    ['go1.26.2', [EMPTY_LOOKUP, ...TILES, ...TOOLCHAIN]],
    ['go1.26.3', [...TILES, ...TOOLCHAIN]],
    ['go1.26.5', [...TILES, ...TOOLCHAIN]],
    ['go1.26.6', TOOLCHAIN],
    ['go1.26.8', TOOLCHAIN],
    ['go1.26.9', []],
    ['go1.26.10', []],
    ['go1.27rc2', [...TILES, ...TOOLCHAIN]],
    ['go1.27rc3', TOOLCHAIN],
    ['go1.27.0', TOOLCHAIN],
    ['go1.27.1', TOOLCHAIN],
    ['go1.27.2', []],
    ['go1.27.3', []],
    ['go1.28rc1', []],
    ['go1.28.0', []],
    ['devel go1.29-abcdef', []],
  ])('%s', (version, ids) => {
    expect(findVulnerabilities(version).map(({ id }) => id)).toEqual(ids)
  })

  test('the line of the checksum database is the one that lets no mirror in', () => {
    const deceivable = (version: string) => findVulnerabilities(version).some(({ kind }) => kind === 'sumdb')
    expect(['go1.25.12', 'go1.26.5', 'go1.27rc2'].map(deceivable)).toEqual([true, true, true])
    expect(['go1.25.13', 'go1.26.6', 'go1.27rc3'].map(deceivable)).toEqual([false, false, false])
  })
})

describe('the toolchain that go switches to', () => {
  /** What the real go would fetch: it names the version when there is nowhere to fetch it from. */
  function askGo(goLine: string | undefined, toolchainLine: string | undefined, gotoolchain: string) {
    const lines = [goLine && `go ${goLine}`, toolchainLine && `toolchain ${toolchainLine}`].filter(Boolean)
    writeFileSync(join(directory, 'go.mod'), `module example.com/x\n\n${lines.join('\n')}\n`)
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      GOPATH: join(directory, 'gopath'),
      GOCACHE: join(directory, 'gocache'),
      GOENV: 'off',
      GOPROXY: 'off',
      GOFLAGS: '',
      GOWORK: 'off',
      GOTOOLCHAIN: gotoolchain,
    }
    try {
      execFileSync('go', ['version'], { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' })
      return undefined
    } catch (error) {
      return /download (go1\.\S+) for/.exec((error as { stderr: string }).stderr)?.[1] ?? (error as Error).message
    }
  }

  const installed = execFileSync('go', ['env', 'GOVERSION'], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  }).trim()

  test.each<[goLine: string | undefined, toolchainLine: string | undefined, gotoolchain: string]>([
    ['1.21', undefined, 'auto'],
    ['1.99', undefined, 'auto'],
    ['1.99.1', undefined, 'auto'],
    ['1.99rc1', undefined, 'auto'],
    ['1.21', 'go1.99.3', 'auto'],
    ['1.99.5', 'go1.99.3', 'auto'],
    ['1.99.2', 'go1.99.3', 'auto'],
    ['1.21', 'default', 'auto'],
    ['1.99', 'default', 'auto'],
    ['1.99', 'default', 'go1.98.0+auto'],
    ['1.21', 'go1.21.0', 'auto'],
    [undefined, undefined, 'auto'],
    ['1.21', undefined, 'go1.98.0'],
    ['1.99', undefined, 'go1.98.0'],
    ['1.99', undefined, 'go1.98.0+auto'],
    ['1.21', 'go1.99.3', 'go1.98.0+auto'],
    ['1.21', undefined, 'go1.98.0+auto'],
    ['1.99', undefined, 'local+auto'],
    ['1.99', 'go1.99.3', 'local'],
    ['1.21', undefined, 'local'],
  ])('go %s, toolchain %s, GOTOOLCHAIN=%s: as the real go says', (goLine, toolchainLine, gotoolchain) => {
    expect(neededToolchain(installed, goLine, toolchainLine, gotoolchain)).toBe(
      askGo(goLine, toolchainLine, gotoolchain),
    )
  })

  test.each<[installed: string, goLine: string | undefined, gotoolchain: string, wanted: string | undefined]>([
    ['go1.27rc1', '1.27', 'auto', undefined],
    ['go1.27rc1', '1.27.0', 'auto', 'go1.27.0'],
    ['go1.26.8', '1.27', 'path', undefined],
    ['go1.26.8', '1.27', 'go1.26.9+path', 'go1.26.9'],
    ['go1.26.8', '1.25', 'go1.26.8', undefined],
    ['go1.26.8', '1.27', '', 'go1.27.0'],
    ['devel go1.28-abcdef', '1.27', 'auto', undefined],
  ])('%s with go %s and GOTOOLCHAIN=%s: %s', (version, goLine, gotoolchain, wanted) => {
    expect(neededToolchain(version, goLine, undefined, gotoolchain)).toBe(wanted)
  })
})
