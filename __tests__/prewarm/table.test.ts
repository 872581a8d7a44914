import { describe, expect, test } from '@jest/globals'
import { renderWarm, warmToJson } from '../../src/prewarm/table.ts'
import { type FailedFile, type ProxyWarmth, quantilesOf } from '../../src/prewarm/tally.ts'
import { isWarm, problemsOf, type WarmResult } from '../../src/prewarm/warmed.ts'
import { plainScreen } from '../../src/report/screen.ts'
import { columnsOf } from '../../src/text/columns.ts'

const GOOD: ProxyWarmth = {
  name: 'https://goproxy.corp.example',
  trust: 'own',
  modules: 99,
  files: 361,
  bytes: 124_000_000,
  alreadyWarm: 61,
  firstByteMs: { median: 12, most: 3_400, longest: 61_000 },
  refused: 3,
  lowestRate: 5,
  failed: [],
  elsewhere: 0,
  notAsked: 0,
  gaveUp: undefined,
  ms: 41_200,
}
const missing: FailedFile = {
  module: { path: 'example.com/gone', version: 'v1.2.0' },
  kind: 'zip',
  code: 'PREWARM_MISSING',
  reason: 'it does not have the file (404)',
}
const of = (...proxies: readonly ProxyWarmth[]): WarmResult => ({
  proxies,
  leftOut: [],
  noProxy: [],
  stopped: undefined,
  seconds: 41.2,
})

describe('the table', () => {
  test('of a proxy that has everything', () => {
    expect(renderWarm(of(GOOD), plainScreen(100))).toBe(
      [
        'proxy                         modules  files   bytes  warm  refused  failed    time',
        'https://goproxy.corp.example       99    361  124 MB    61        3       0  41.2 s',
        '',
        'https://goproxy.corp.example: the first byte came after 12 ms in the median, 3.4 s for 95 % of the',
        '  files, 61 s at most.',
        'Everything is there (41.2 s).',
        '',
      ].join('\n'),
    )
  })

  test('does not say that all is there of what only a proxy behind it has', () => {
    const text = renderWarm(of({ ...GOOD, elsewhere: 3 }), plainScreen(200))
    expect(text).toContain(
      'lacks 3 files, for which GOPROXY names another proxy after it.\nEverything else is there (41.2 s).',
    )
  })

  test.each([60, 80, 120])('fits %i columns, whatever the proxy is called', columns => {
    const long = { ...GOOD, name: `https://goproxy.${'long-'.repeat(20)}.corp.example`, failed: [missing] }
    const [head = '', row = ''] = renderWarm(of(long), plainScreen(columns)).split('\n')
    for (const line of [head, row]) expect(columnsOf(line)).toBeLessThanOrEqual(Math.max(columns, 72))
  })

  test('names twenty failures, and counts the rest', () => {
    const failed = Array.from({ length: 23 }, (_, i) => ({ ...missing, module: { path: `m${i}`, version: 'v1.0.0' } }))
    const result = of({ ...GOOD, failed })
    const text = renderWarm(result, plainScreen(undefined))
    expect(text).toContain(
      '  m19@v1.0.0 (zip) from https://goproxy.corp.example: it does not have the file (404) [PREWARM_MISSING]',
    )
    expect(text).not.toContain('m20@')
    expect(text).toContain('  and 3 more\n')
    expect(text).toContain('Not everything is there')
    expect(warmToJson(result)).toMatchObject({ result: 'failed', proxies: [{ failed: 23 }] })
    expect(warmToJson(result).proxies[0]?.failures).toHaveLength(20)
    expect(isWarm(result)).toBe(false)
  })

  test('prints nothing that a runner or a terminal would obey', () => {
    const evil = { ...missing, reason: '\u001b[2J::error::x' }
    expect(renderWarm(of({ ...GOOD, failed: [evil] }), plainScreen(80))).not.toMatch(/\u001b|^\s*::/m)
  })

  test('says who was not asked, and what is private', () => {
    const result = {
      ...of(GOOD),
      leftOut: [{ name: 'https://proxy.golang.org', why: 'it is public' }],
      noProxy: [{ path: 'secret.example/a', version: 'v1.0.0' }],
    }
    const text = renderWarm(result, plainScreen(undefined))
    expect(text).toContain('https://proxy.golang.org was not asked: it is public.')
    expect(text).toContain('1 module is private: go asks no proxy for them (GONOPROXY).')
  })
})

test('problems: one for each kind, with its first file, and one for a proxy that was given up', () => {
  const wrong: FailedFile = { ...missing, code: 'PREWARM_WRONG_CONTENT', reason: 'its hash is h1:a, go.sum has h1:b' }
  const problems = problemsOf(of({ ...GOOD, failed: [missing, missing, wrong], gaveUp: 'no connection', notAsked: 4 }))
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    [
      'PREWARM_MISSING',
      'example.com/gone@v1.2.0 (zip) from https://goproxy.corp.example: it does not have the file (404), and 1 more file.',
    ],
    [
      'PREWARM_WRONG_CONTENT',
      'example.com/gone@v1.2.0 (zip) from https://goproxy.corp.example: its hash is h1:a, go.sum has h1:b.',
    ],
    ['PREWARM_GIVEN_UP', 'https://goproxy.corp.example was given up: no connection. 4 files were not asked for.'],
  ])
})

test('quantiles are values that were measured', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect([quantilesOf([]), quantilesOf([7]), quantilesOf(hundred)]).toEqual([
    undefined,
    { median: 7, most: 7, longest: 7 },
    { median: 50, most: 95, longest: 100 },
  ])
})
