import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { matchesPatterns } from '../../src/go/patterns.ts'
import { sortByPrivacy, withRefused } from '../../src/project/privacy.ts'
import { goSettings, type SettingsOverrides } from '../support/builders/settings.ts'

const PUBLIC = 'github.com/pkg/errors'
const modules = (...paths: string[]) => paths.map(path => ({ path, version: 'v1.0.0' }))
const paths = (list: readonly { readonly path: string }[]) => list.map(({ path }) => path)

function sort(list: string[], settings: SettingsOverrides = {}, domains: string[] = []) {
  return sortByPrivacy(modules(...list), goSettings(settings), domains)
}

describe('what is named private', () => {
  test.each<[string, SettingsOverrides, string[]]>([
    ['GOPRIVATE', { GOPRIVATE: 'github.com/acme' }, []],
    ['GONOPROXY', { GONOPROXY: 'github.com/acme/*' }, []],
    ['private-domains', {}, ['github.com/acme']],
    ['all three together', { GOPRIVATE: 'a.example', GONOPROXY: 'none' }, ['b.example', 'github.com/acme']],
  ])('by %s', (_, settings, domains) => {
    const privacy = sort([PUBLIC, 'github.com/acme/secret'], settings, domains)
    expect(paths(privacy.private)).toEqual(['github.com/acme/secret'])
    expect(paths(privacy.public)).toEqual([PUBLIC])
    expect([privacy.looksPrivate, privacy.warnings]).toEqual([[], []])
    expect([privacy.isSheltered('github.com/acme/other'), privacy.isSheltered(PUBLIC)]).toEqual([true, false])
  })

  test('GONOSUMDB alone says nothing about who may hear of it', () => {
    expect(paths(sort(['github.com/acme/x'], { GONOSUMDB: 'github.com/acme' }).public)).toEqual(['github.com/acme/x'])
  })
})

describe('what looks private', () => {
  const acme = { env: { GITHUB_REPOSITORY_OWNER: 'Acme', GITHUB_SERVER_URL: 'https://github.com' } }
  const enterprise = { env: { GITHUB_REPOSITORY_OWNER: 'team', GITHUB_SERVER_URL: 'https://git.acme.com:8443/' } }
  test.each<[string, string, SettingsOverrides, string]>([
    ['the owner’s own organisation, in any case', 'github.com/acme/tool/v2', acme, 'github.com/acme'],
    [
      'the same without GITHUB_SERVER_URL',
      'github.com/ACME/x',
      { env: { GITHUB_REPOSITORY_OWNER: 'acme' } },
      'github.com/ACME',
    ],
    ['anything on the company’s GitHub', 'git.acme.com/other/x', enterprise, 'git.acme.com'],
    ['a domain that the internet does not have', 'git.acme.internal/x', {}, 'git.acme.internal'],
    ['another', 'go.corp/x', {}, 'go.corp'],
    ['a home network', 'nas.home.arpa/x', {}, 'nas.home.arpa'],
    ['an address', '10.0.0.7/x', {}, '10.0.0.7'],
  ])('%s', (_, path, settings, pattern) => {
    const privacy = sort([PUBLIC, path], settings)
    expect(paths(privacy.looksPrivate)).toEqual([path])
    expect(paths(privacy.public)).toEqual([PUBLIC])
    expect(privacy.missingPatterns).toEqual([pattern])
    expect(privacy.warnings.map(({ code }) => code)).toEqual(['PRIVATE_UNCOVERED'])
    expect(privacy.warnings[0]?.hint).toContain(pattern)
    expect(privacy.isSheltered(path)).toBe(true)
    // What it offers covers it.
    const covered = sort([PUBLIC, path], settings, [pattern])
    expect([paths(covered.private), covered.looksPrivate, covered.warnings]).toEqual([[path], [], []])
  })

  test.each([
    ['another organisation', 'github.com/acme-tools/x', acme],
    ['the owner’s name on another host', 'gitlab.com/acme/x', acme],
    ['the host of public GitHub itself', 'github.com/pkg/errors', acme],
    ['the organisation’s name on github.com, for a company’s server', 'github.com/team/x', enterprise],
    ['a name that only ends alike', 'notinternal.com/x', {}],
    ['a first element without a dot, of which go asks no proxy', 'internal/x', {}],
    ['names for documentation', 'example.com/x', {}],
  ])('not %s', (_, path, settings: SettingsOverrides) => {
    expect(paths(sort([path], settings).public)).toEqual([path])
  })

  test('a server’s URL that is none does no harm', () => {
    expect(sort([PUBLIC], { env: { GITHUB_SERVER_URL: 'nonsense' } }).warnings).toEqual([])
  })

  test('one module is told of as one', () => {
    expect(sort(['a.corp/1']).warnings[0]).toMatchObject({
      message: 'a.corp/1 looks private but no GOPRIVATE pattern covers it; its name is not sent to mirrors.',
      hint: 'If it is private, add to private-domains: a.corp',
    })
  })

  test('each pattern once, and three names at most', () => {
    const privacy = sort(['a.corp/1', 'a.corp/2', 'b.corp/3', 'c.corp/4', 'd.corp/5'])
    expect(privacy.missingPatterns).toEqual(['a.corp', 'b.corp', 'c.corp', 'd.corp'])
    expect(privacy.warnings[0]?.message).toContain('a.corp/1, a.corp/2, b.corp/3 and 2 more')
  })
})

describe('modules that only go.sum names, whose go.mod files go reads', () => {
  const sums = new Map(
    ['git.acme.internal/x v1.0.0/go.mod', 'github.com/acme/y v1.0.0/go.mod', `${PUBLIC} v1.0.0/go.mod`].map(key => [
      key,
      'h1:x',
    ]),
  )
  const sortWithSums = (domains: readonly string[] = []) => sortByPrivacy(modules(PUBLIC), goSettings(), domains, sums)

  test('look private like others', () => {
    const privacy = sortWithSums()
    expect(paths(privacy.looksPrivate)).toEqual(['git.acme.internal/x'])
    expect([paths(privacy.public), paths(privacy.onlyInSums)]).toEqual([[PUBLIC], ['github.com/acme/y']])
    expect(privacy.missingPatterns).toEqual(['git.acme.internal'])
    expect(sortWithSums(['*.internal']).looksPrivate).toEqual([])
  })

  test('are spared like others when the official proxy refuses them', () => {
    const privacy = withRefused(sortWithSums(), ['github.com/acme/y', 'github.com/acme'], {})
    expect(paths(privacy.looksPrivate)).toEqual(['git.acme.internal/x', 'github.com/acme/y'])
    expect([paths(privacy.public), privacy.onlyInSums]).toEqual([[PUBLIC], []])
  })
})

test('every module is in exactly one of the three, and nothing public is matched by a pattern', () => {
  const path = fc.constantFrom(
    PUBLIC,
    'github.com/acme/x',
    'git.corp/x',
    'a.b.corp/y',
    'gitlab.com/acme/z',
    '10.1.2.3/x',
  )
  const pattern = fc.constantFrom('github.com/acme', '*.corp', '*', 'gitlab.com/*/z', '[')
  fc.assert(
    fc.property(fc.uniqueArray(path), fc.array(pattern), fc.array(pattern), (list, goprivate, domains) => {
      const privacy = sort(list, { GOPRIVATE: goprivate.join(','), env: { GITHUB_REPOSITORY_OWNER: 'acme' } }, domains)
      const all = [...privacy.private, ...privacy.looksPrivate, ...privacy.public]
      expect(paths(all).sort()).toEqual([...list].sort())
      for (const { path: one } of privacy.public) {
        expect(matchesPatterns([...goprivate, ...domains].join(','), one)).toBe(false)
        expect(privacy.isSheltered(one)).toBe(false)
      }
      for (const { path: one } of [...privacy.private, ...privacy.looksPrivate])
        expect(privacy.isSheltered(one)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
