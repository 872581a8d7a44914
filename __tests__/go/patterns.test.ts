import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findMatch, findPatternFault } from '../../src/go/pattern-fault.ts'
import { findPatternGap, joinPatterns, matchesPatterns } from '../../src/go/patterns.ts'
import { anyText } from '../support/builders/text.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'

const go = openGoOracle()

type Pair = readonly [patterns: string, path: string]

function disagreements(pairs: readonly Pair[]) {
  const answers = go.ask(pairs.map(([a, b]) => ({ ask: 'match', a, b })))
  return pairs.flatMap(([patterns, path], i) =>
    String(matchesPatterns(patterns, path)) === answers[i] ? [] : [{ patterns, path, go: answers[i] }],
  )
}

/** What users write, right and wrong. */
const PATTERNS = [
  'github.com/acme',
  'github.com/acme/',
  'github.com/acme//',
  'github.com/acme/*',
  'github.com/acme/**',
  'github.com/acme/...',
  'github.com/acme*',
  'github.com/*/secret',
  '*.corp.example.com',
  '.corp.example.com',
  'corp.example.com',
  '*',
  '*/*',
  '*/*/*',
  '**',
  '?',
  'a.com, github.com/b',
  'a.com,,b.com',
  ',',
  '',
  '/',
  'none',
  'https://git.co',
  'gitlab.com:8443/g',
  '{a,b}.com',
  'git[.com',
  'git[ab].com',
  'git[^ab].com',
  'git[a-c].com',
  'git[c-a].com',
  'git[].com',
  'git[]a].com',
  'git[^].com',
  'git[a-].com',
  'git[-a].com',
  'git[a\\-c].com',
  'git[\\]].com',
  'git[a',
  'git[a-',
  'git\\a.com',
  'git\\*.com',
  'git\\',
  'git[\\',
  'GitHub.com/Acme',
  'github.com/acme/a?c',
  'github.com/acme/[x-z]*',
  'a.com,github.com/acme/,*.corp.example.com',
  'gitÄ.com',
  'git[Ä-Ö].com',
]

const PATHS = [
  'github.com/acme',
  'github.com/acme/repo',
  'github.com/acme/repo/sub/v2',
  'github.com/acme2',
  'github.com/acme2/x',
  'github.com/Acme/repo',
  'github.com/acme/abc',
  'github.com/acme/xyz',
  'github.com/other/secret',
  'github.com/b',
  ' github.com/b',
  'git.corp.example.com/x',
  'a.b.corp.example.com/x',
  'corp.example.com/x',
  'a.com',
  'b.com',
  'gita.com',
  'gitb.com',
  'gitc.com',
  'gitd.com',
  'git-.com',
  'git].com',
  'git*.com',
  'git[.com',
  'gitÄ.com',
  'git.co',
  'gitlab.com/g',
  'none',
  'x',
  '',
  'a//b',
]

const glob = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', '.', '/') },
      { weight: 1, arbitrary: fc.constantFrom('*', '?', '[', ']', '^', '-', '\\', ',', ' ', '[a-c]', '[^b]', '\\*') },
    ),
    { maxLength: 10 },
  )
  .map(parts => parts.join(''))
const path = fc
  .array(fc.constantFrom('a', 'b', 'c', '.', '/', '-', 'ab'), { maxLength: 10 })
  .map(parts => parts.join(''))
/** Paths that a glob was made from match more often than chance has it. */
const related = fc
  .tuple(path, fc.func(fc.constantFrom('', '*', '?', '[a-c]', '[^z]', '\\', '/')))
  .map(([text, put]): Pair => {
    const pattern = [...text].map((char, i) => (i % 3 === 1 ? put(i) || char : char)).join('')
    return [pattern, `${text}/more`]
  })

describe('GOPRIVATE patterns match as in the go command', () => {
  test('all of what users write against all paths', () => {
    const pairs = PATTERNS.flatMap(pattern => PATHS.map((target): Pair => [pattern, target]))
    expect(pairs.length).toBeGreaterThan(1_000)
    expect(disagreements(pairs)).toEqual([])
  })

  test('generated globs', () => {
    const pairs = fc.sample(fc.oneof(fc.tuple(glob, path), related), 6_000)
    const matching = pairs.filter(([patterns, target]) => matchesPatterns(patterns, target))
    // Else the test would prove little.
    expect(matching.length).toBeGreaterThan(200)
    expect(disagreements(pairs)).toEqual([])
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (patterns, target) => {
        expect(typeof matchesPatterns(patterns, target)).toBe('boolean')
      }),
    )
  })
})

describe('joinPatterns', () => {
  test.each([
    [['a', 'b'], 'a,b'],
    [['', 'a,b', '', 'b,c'], 'a,b,c'],
    [[',,a,'], 'a'],
    [[], ''],
  ])('%j', (lists, joined) => expect(joinPatterns(...lists)).toBe(joined))

  test('whatever one list matches, the joined one matches', () => {
    fc.assert(
      fc.property(glob, glob, path, (a, b, target) => {
        expect(matchesPatterns(joinPatterns(a, b), target)).toBe(
          matchesPatterns(a, target) || matchesPatterns(b, target),
        )
      }),
    )
  })
})

describe('findPatternFault', () => {
  test.each<[pattern: string, instead: string | undefined]>([
    ['https://git.corp.example/', 'git.corp.example'],
    ['git.corp.example:8443/team', 'git.corp.example/team'],
    ['git@git.corp.example:team', undefined],
    ['github.com/acme/...', 'github.com/acme'],
    ['{a,b}.example', undefined],
    ['github.com//acme', 'github.com/acme'],
    ['/github.com', 'github.com'],
    ['git[.example', undefined],
    ['git\\', undefined],
    ['a b', undefined],
    ['none', undefined],
    ['', undefined],
    ['/', undefined],
  ])('%s can match nothing', (pattern, instead) => {
    const fault = findPatternFault(pattern)
    expect(fault?.fault).toEqual(expect.any(String))
    if (instead !== undefined) expect(fault?.instead).toBe(instead)
  })

  test.each(['github.com/acme', 'github.com/acme/', '*.corp.example', '*', 'git[ab].example', 'a?c.example/x*'])(
    '%s can match',
    pattern => expect(findPatternFault(pattern)).toBeUndefined(),
  )

  test('what it offers instead has no fault of its own', () => {
    fc.assert(
      fc.property(fc.oneof(glob, fc.webUrl(), fc.string()), pattern => {
        const instead = findPatternFault(pattern)?.instead
        if (instead !== undefined) expect(findPatternFault(instead)).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
  })

  const isRefusedAllTheSame = (pattern: string) => /\*\*|\\[a-zA-Z0-9]/.test(pattern)

  test('a pattern with a fault matches no module path that go accepts', () => {
    const samples: readonly Pair[] = [...fc.sample(fc.tuple(glob, path), 8_000), ...fc.sample(related, 4_000)]
    const pairs = samples
      .map(([pattern, target]) => [pattern.replaceAll(',', ''), target] as const)
      .filter(([pattern]) => !isRefusedAllTheSame(pattern) && findPatternFault(pattern) !== undefined)
    const accepted = go.ask(pairs.map(([, target]) => ({ ask: 'modulePath', a: target })))
    const told = pairs.filter((_, i) => accepted[i] === 'true')
    // Else the test would prove little.
    expect(told.length).toBeGreaterThan(200)
    const matching = go.ask(told.map(([a, b]) => ({ ask: 'match', a, b })))
    expect(told.filter((_, i) => matching[i] === 'true')).toEqual([])
  })

  test('a pattern without one matches a path that go accepts', () => {
    // In a list a comma ends a pattern.
    const globs = fc.sample(glob, 12_000).filter(one => !one.includes(',') && findPatternFault(one) === undefined)
    const found = [...PATTERNS, ...globs].flatMap(pattern => {
      const match = findMatch(pattern)
      return match === undefined ? [] : [[pattern, match] as const]
    })
    expect(found.length).toBeGreaterThan(200)
    const accepted = go.ask(found.map(([, match]) => ({ ask: 'modulePath', a: match })))
    expect(found.filter((_, i) => accepted[i] !== 'true')).toEqual([])
    expect(disagreements(found)).toEqual([])
    expect(found.filter(([pattern, match]) => !matchesPatterns(pattern, match))).toEqual([])
  })
})

test.each<[string, readonly string[], string | undefined]>([
  ['*.corp.example', ['*.corp.example'], 'corp.example'],
  ['*.corp.example', ['*.corp.example', 'corp.example'], undefined],
  ['*.corp.example', ['*.corp.example', '*'], undefined],
  ['corp.example', ['corp.example'], undefined],
  ['*.corp.example/x', ['*.corp.example/x'], undefined],
  ['*.internal', ['*.internal'], undefined],
])('findPatternGap %s in %j', (pattern, all, gap) => expect(findPatternGap(pattern, all)).toBe(gap))
