import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { failed, ok, type Result } from '../../src/errors.ts'
import { type Catalogue, type GoPlatform, resolveVersion, toolchainModule } from '../../src/toolchain/resolve.ts'
import { readVersionFile } from '../../src/toolchain/version-file.ts'
import { parseWanted, type WantedGo } from '../../src/toolchain/wanted.ts'

/** `@v/list` of golang.org/toolchain as proxy.golang.org sent it in November 2026. */
const LIST = readFileSync(new URL('list.txt', import.meta.url), 'utf8')
/** Not in it, though the proxy has their `.info`. */
const UNLISTED = [
  '1.18',
  '1.23.11',
  '1.24.12',
  '1.25.2',
  '1.25.12',
  '1.25.13',
  '1.25rc1',
  '1.26rc2',
  '1.27rc1',
  '1.27rc3',
]
const LINUX: GoPlatform = { os: 'linux', arch: 'amd64' }

interface TestCatalogue extends Catalogue {
  readonly asked: string[]
}

/** A proxy that has what it lists, and these versions for every platform. */
function makeCatalogue(list: string | Result<string>, unlisted: readonly string[] = []): TestCatalogue {
  const text = typeof list === 'string' ? ok(list) : list
  const listed = new Set((text.ok ? text.value : '').split('\n'))
  const asked: string[] = []
  return {
    asked,
    list: async () => {
      asked.push('list')
      return text
    },
    exists: async version => {
      asked.push(version)
      return ok(listed.has(version) || unlisted.some(one => version.startsWith(`v0.0.1-go${one}.linux-`)))
    },
  }
}

function wantedOf(result: Result<WantedGo>): WantedGo {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

const DOWN = { code: 'DOWN', message: 'The proxy answers 502.', hint: 'Wait.' }

/** Resolved with nothing installed: Go's name, or the problem's code. */
async function resolve(wanted: WantedGo, catalogue: Catalogue, platform = LINUX): Promise<string> {
  const resolved = await resolveVersion(wanted, { installed: [], platform, catalogue })
  return resolved.ok ? resolved.value.version : (resolved.problems[0]?.code ?? '')
}

describe('the list of the real proxy', () => {
  test.each([
    // README, “Supported version syntax”, and docs/advanced-usage.md of setup-go.
    ['1.25', 'go1.25.14'],
    ['1.24.11', 'go1.24.11'],
    ['1.25.5', 'go1.25.5'],
    ['^1.25.1', 'go1.27.4'],
    ['~1.24.1', 'go1.24.13'],
    ['>=1.25.0-rc.1', 'go1.27.4'],
    ['>=1.24.0-rc.1', 'go1.27.4'],
    ['<1.25.0', 'go1.24.13'],
    ['>=1.22.0 <1.24.0', 'go1.23.12'],
    ['stable', 'go1.27.4'],
    ['oldstable', 'go1.26.11'],
    ['1.25.x', 'go1.25.14'],
    ['1.x', 'go1.27.4'],
    // One version.
    ['1.26.7', 'go1.26.7'],
    ['go1.26.7', 'go1.26.7'],
    ['1.27.4', 'go1.27.4'],
    ['1.22.0', 'go1.22.0'],
    ['1.21.0', 'go1.21.0'],
    ['1.20.0', 'go1.20'],
    ['1.20.14', 'go1.20.14'],
    ['1.9.0', 'go1.9'],
    ['1.8.0', 'go1.8'],
    // One that is not listed.
    ['1.25.2', 'go1.25.2'],
    ['1.25.13', 'go1.25.13'],
    ['1.24.12', 'go1.24.12'],
    ['1.18.0', 'go1.18'],
    // Prereleases, listed or not.
    ['1.26rc1', 'go1.26rc1'],
    ['1.26.0-rc.2', 'go1.26rc2'],
    ['1.27.0-rc.1', 'go1.27rc1'],
    ['1.25rc1', 'go1.25rc1'],
    ['1.18.0-beta.1', 'go1.18beta1'],
    // The newest patch.
    ['1.27', 'go1.27.4'],
    ['1.26', 'go1.26.11'],
    ['1.26.x', 'go1.26.11'],
    ['1.26.*', 'go1.26.11'],
    ['go1.26', 'go1.26.11'],
    ['1.24', 'go1.24.13'],
    ['1.23', 'go1.23.12'],
    ['1.22', 'go1.22.12'],
    ['1.21', 'go1.21.13'],
    ['1.20', 'go1.20.14'],
    ['1.18', 'go1.18.10'],
    ['1.2', 'go1.2.2'],
    ['1', 'go1.27.4'],
    ['*', 'go1.27.4'],
    ['x', 'go1.27.4'],
    // Ranges.
    ['^1.25', 'go1.27.4'],
    ['^1', 'go1.27.4'],
    ['~1.25', 'go1.25.14'],
    ['~1', 'go1.27.4'],
    ['~>1.25.1', 'go1.25.14'],
    ['>=1.24.0 <1.26.0', 'go1.25.14'],
    ['>=1.24 <1.26', 'go1.25.14'],
    ['>= 1.24 < 1.26', 'go1.25.14'],
    ['<=1.25', 'go1.25.14'],
    ['<=1.25.12', 'go1.25.12'],
    ['<1.25.13', 'go1.25.12'],
    ['>1.25 <1.27', 'go1.26.11'],
    ['>1.26.3 <1.26.9', 'go1.26.8'],
    ['1.24 - 1.26', 'go1.26.11'],
    ['1.24.0 - 1.25.12', 'go1.25.12'],
    ['1.22.x || 1.24.x', 'go1.24.13'],
    ['1.25.2 || 1.24.3', 'go1.25.2'],
    ['<1.21', 'go1.20.14'],
    ['=1.26.7', 'go1.26.7'],
    // None.
    ['1.26.99', 'GO_VERSION_ABSENT'],
    ['1.28', 'GO_VERSION_ABSENT'],
    ['2', 'GO_VERSION_ABSENT'],
    ['>1.27', 'GO_VERSION_ABSENT'],
    ['>=1.26 <1.25', 'GO_VERSION_ABSENT'],
    ['99.9.9', 'GO_VERSION_ABSENT'],
  ])('%s: %s', async (text, expected) => {
    expect(await resolve(wantedOf(parseWanted(text)), makeCatalogue(LIST, UNLISTED))).toBe(expected)
  })

  test.each([
    ['go.mod', 'go 1.26\n', 'go1.26.11'],
    ['go.mod', 'go 1.26.0\n', 'go1.26.0'],
    ['go.mod', 'go 1.25.0\ntoolchain go1.26.7\n', 'go1.26.7'],
    ['go.mod', 'go 1.20\n', 'go1.20.14'],
    ['.tool-versions', 'golang 1.26.7\n', 'go1.26.7'],
    ['.go-version', '1.25\n', 'go1.25.14'],
  ])('%s %p: %s', async (name, text, expected) => {
    expect(await resolve(wantedOf(readVersionFile(name, text)), makeCatalogue(LIST, UNLISTED))).toBe(expected)
  })

  test('costs one request for the list and five for the rest, all at once', async () => {
    const catalogue = makeCatalogue(LIST, UNLISTED)
    await resolve(wantedOf(parseWanted('stable')), catalogue)
    expect(catalogue.asked).toHaveLength(6)
    expect(catalogue.asked.slice(0, 2)).toEqual(['list', 'v0.0.1-go1.28.0.linux-amd64'])
  })

  test('is not needed for one version', async () => {
    const catalogue = makeCatalogue(LIST, UNLISTED)
    await resolve(wantedOf(parseWanted('1.26.7')), catalogue)
    expect(catalogue.asked).toEqual(['v0.0.1-go1.26.7.linux-amd64'])
  })
})

describe('what is installed', () => {
  const installed = [
    'go1.24.9',
    'go1.26.3',
    'go1.26.8',
    'go1.27rc1',
    'devel go1.28-abc',
    'nonsense',
    'go1.25.4 X:jsonv2',
  ]
  test.each([
    ['1.26', 'go1.26.8'],
    ['^1.24', 'go1.26.8'],
    ['>=1.24 <1.26', 'go1.25.4 X:jsonv2'],
    ['1.26.3', 'go1.26.3'],
    ['1.27rc1', 'go1.27rc1'],
    ['*', 'go1.26.8'],
  ])('is asked first: %s is %s, and no proxy is asked', async (text, version) => {
    const catalogue = makeCatalogue(LIST)
    const resolved = await resolveVersion(wantedOf(parseWanted(text)), { installed, platform: LINUX, catalogue })
    expect(resolved).toEqual(ok({ version, from: 'installed', unanswered: [] }))
    expect(catalogue.asked).toEqual([])
  })

  test('is not enough for stable, but is used when it is the newest', async () => {
    const ask = (there: readonly string[]) =>
      resolveVersion(wantedOf(parseWanted('stable')), {
        installed: there,
        platform: LINUX,
        catalogue: makeCatalogue(LIST),
      })
    expect(await ask(installed)).toMatchObject(ok({ version: 'go1.27.4', from: 'proxy' }))
    expect(await ask([...installed, 'go1.27.4-corp'])).toMatchObject(
      ok({ version: 'go1.27.4-corp', from: 'installed' }),
    )
  })
})

describe('a list that lacks the newest', () => {
  const cut = (pattern: RegExp) =>
    LIST.split('\n')
      .filter(line => !pattern.test(line))
      .join('\n')
  const there = LIST.split('\n').flatMap(line => /^v0\.0\.1-go(.+)\.linux-amd64$/.exec(line)?.[1] ?? [])

  test.each<[string, string, RegExp, string]>([
    ['patches', '1.26', /go1\.26\.(9|10|11)\./, 'go1.26.11'],
    ['the first releases of a minor version', 'stable', /go1\.27\./, 'go1.27.4'],
    ['two minor versions', 'stable', /go1\.2[67]/, 'go1.27.4'],
    ['two minor versions', 'oldstable', /go1\.2[67]/, 'go1.26.11'],
    ['all of a minor version', '1.26', /go1\.26/, 'go1.26.11'],
    ['everything', '>=1.24 <1.26', /./, 'go1.25.14'],
    ['everything', '^1.24.3', /./, 'go1.27.4'],
    ['everything', '>=1.27.0-0', /./, 'go1.27.4'],
  ])('%s: %s is found all the same', async (_, text, pattern, version) => {
    expect(await resolve(wantedOf(parseWanted(text)), makeCatalogue(cut(pattern), [...UNLISTED, ...there]))).toBe(
      version,
    )
  })

  test('because the proxy has none: the question after the version decides', async () => {
    const catalogue = makeCatalogue(failed(DOWN), there)
    expect(await resolve(wantedOf(parseWanted('1.26')), catalogue)).toBe('go1.26.11')
    expect(await resolve(wantedOf(parseWanted('stable')), catalogue)).toBe('DOWN')
  })
})

describe('a list that claims too much', () => {
  const lines = (count: number, name: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `v0.0.1-${name(i)}.linux-amd64\n`).join('')
  /** Has only what the real list has. */
  const lying = (more: string): TestCatalogue => ({ ...makeCatalogue(LIST), list: async () => ok(more + LIST) })

  test.each([
    ['go99.9.9', lines(1, () => 'go99.9.9')],
    ['the next minor version', lines(1, () => 'go1.28.0')],
    ['one for another platform only', 'v0.0.1-go1.27.5.plan9-386\n'],
    ['some', lines(15, i => `go1.${40 + i}.3`)],
  ])('%s: the newest that is there comes', async (_, more) => {
    expect(await resolve(wantedOf(parseWanted('stable')), lying(more))).toBe('go1.27.4')
  })

  test('thousands: the questions have an end, and the problem says what was claimed', async () => {
    const catalogue = lying(lines(50_000, i => `go1.${(i % 900) + 100}.${i % 99}`))
    const resolved = await resolveVersion(wantedOf(parseWanted('stable')), {
      installed: [],
      platform: LINUX,
      catalogue,
    })
    expect(resolved).toMatchObject({
      problems: [{ code: 'GO_VERSION_ABSENT', hint: expect.stringMatching(/1\.999\.\d+/) }],
    })
    expect(catalogue.asked.length).toBeLessThan(40)
  })

  test('and a proxy that has everything: the questions have an end', async () => {
    const asked: string[] = []
    const exists = async (version: string) => {
      asked.push(version)
      return ok(true)
    }
    expect(await resolve(wantedOf(parseWanted('1.x')), { list: async () => ok(LIST), exists })).toMatch(
      /^go1\.\d+\.\d+$/,
    )
    expect(asked.length).toBeLessThan(130)
  })

  test('of any text: a version of Go, or a problem', async () => {
    const line = fc.stringMatching(/^v0\.0\.1-go[0-9]{1,5}(\.[0-9]{1,6}){0,3}(rc|beta)?[0-9]?\.linux-amd64\r?$/)
    const text = fc.array(fc.oneof(line, fc.string())).map(all => all.join('\n'))
    await fc.assert(
      fc.asyncProperty(text, async list => {
        const catalogue: Catalogue = { list: async () => ok(list), exists: async version => ok(list.includes(version)) }
        expect(await resolve(wantedOf(parseWanted('stable')), catalogue)).toMatch(
          /^go\d+\.\d+(\.\d+)?$|^GO_VERSION_ABSENT$/,
        )
      }),
    )
  })
})

describe('a proxy that fails', () => {
  test('for newer versions: what is there comes, and what was not answered is told', async () => {
    const catalogue: Catalogue = {
      list: async () => ok(LIST),
      exists: async version => (LIST.includes(version) ? ok(true) : failed(DOWN)),
    }
    const resolved = await resolveVersion(wantedOf(parseWanted('1.26')), { installed: [], platform: LINUX, catalogue })
    expect(resolved).toEqual(ok({ version: 'go1.26.11', from: 'proxy', unanswered: [DOWN, DOWN, DOWN] }))
  })

  test.each(['1.26', '1.26.7', 'stable', 'oldstable', '>=1.24'])('for all: %s ends with its problem', async text => {
    const catalogue: Catalogue = { list: async () => ok(LIST), exists: async () => failed(DOWN) }
    expect(await resolve(wantedOf(parseWanted(text)), catalogue)).toBe('DOWN')
  })
})

test('a version that is not there: the newest of its minor version is the remedy', async () => {
  const wanted = wantedOf(parseWanted('1.26.99'))
  const resolved = await resolveVersion(wanted, { installed: [], platform: LINUX, catalogue: makeCatalogue(LIST) })
  expect(resolved).toEqual(
    failed({
      code: 'GO_VERSION_ABSENT',
      message: 'The proxy has no Go `go1.26.99` for linux/amd64.',
      hint: 'Ask for a release that go.dev/doc/devel/release lists; the newest that the proxy lists is 1.26.11.',
    }),
  )
})

test('a number that YAML has cut off is told of', async () => {
  const wanted = wantedOf(parseWanted('1.2'))
  const platform = { os: 'darwin', arch: 'arm64' }
  const resolved = await resolveVersion(wanted, { installed: [], platform, catalogue: makeCatalogue(LIST) })
  expect(resolved).toMatchObject({
    problems: [{ hint: expect.stringMatching(/^If 1\.20 was meant: write `'1\.20'`/) }],
  })
})

test('each platform has its own', async () => {
  const catalogue = makeCatalogue('v0.0.1-go1.26.1.linux-amd64\nv0.0.1-go1.26.0.darwin-arm64\n')
  expect(await resolve(wantedOf(parseWanted('1.26')), catalogue)).toBe('go1.26.1')
  expect(await resolve(wantedOf(parseWanted('1.26')), catalogue, { os: 'darwin', arch: 'arm64' })).toBe('go1.26.0')
  expect(toolchainModule('go1.26.0', { os: 'darwin', arch: 'arm64' })).toEqual({
    path: 'golang.org/toolchain',
    version: 'v0.0.1-go1.26.0.darwin-arm64',
  })
})
