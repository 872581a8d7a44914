import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { WAYS } from '../../benchmarks/habits/habit.ts'
import { findBroken, isFarOff, type Run } from '../../benchmarks/habits/judge.ts'
import { KNOWN } from '../../benchmarks/habits/known.ts'
import { readFigures, renderPage } from '../../benchmarks/habits/page.ts'
import { HABITS } from '../../benchmarks/habits/rows/all.ts'
import { pairwise } from '../../benchmarks/habits/sample.ts'
import { product, scalePolicy } from '../../benchmarks/habits/ways.ts'
import * as options from '../../benchmarks/options.mjs'
import { defaultPolicy } from '../../src/policy.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/habits.md'), 'utf8')

function run(changed: Partial<Run> = {}): Run {
  const traffic = { requests: 150, refused: 0, refusals: [], mostAtOnce: 2, banned: false }
  return { worked: true, seconds: 10, ...traffic, ...changed }
}

describe('what the promise says of two runs', () => {
  test.each([
    ['at the limit of the time', {}, { seconds: 14 }, []],
    ['over it', {}, { seconds: 14.1 }, ['14.1 s, over 14.0 s']],
    ['at the limit of refused requests', { refused: 10 }, { refused: 21 }, []],
    ['over it', { refused: 10 }, { refused: 22 }, ['22 refused, over 21']],
    ['a ban', {}, { banned: true }, ['banned']],
    ['a ban that plain go has, too', { banned: true }, { banned: true }, []],
    ['a failure', {}, { worked: false, words: 'no' }, ['fails: no']],
    ['a failure where plain go fails', { worked: false }, { worked: false }, []],
    ['more time where plain go fails', { worked: false }, { seconds: 100, refused: 100 }, []],
  ])('%s', (_, plain: Partial<Run>, ours: Partial<Run>, broken) => {
    expect(findBroken(run(plain), run(ours), 1)).toEqual(broken)
  })

  test('a habit that always works has to', () => {
    expect(findBroken(run({ worked: false }), run({ worked: false, words: 'no' }), 1, true)).toEqual(['fails: no'])
    expect(findBroken(run({ worked: false }), run({ seconds: 100 }), 1, true)).toEqual([])
  })

  test('twice the refused requests that are allowed are no matter of a busy machine', () => {
    expect([12, 13].map(refused => isFarOff(run(), run({ refused })))).toEqual([false, true])
    expect(isFarOff(run({ worked: false }), run({ refused: 13 }))).toBe(false)
  })

  test('the 2 s are scaled, down to 1 s', () => {
    expect(findBroken(run(), run({ seconds: 13.1 }), 10)).toEqual(['13.1 s, over 13.0 s'])
    expect(findBroken(run(), run({ seconds: 13.4 }), 1.5)).toEqual(['13.4 s, over 13.3 s'])
  })
})

describe('the rows', () => {
  test('have names and titles of their own', () => {
    for (const key of ['id', 'title'] as const) {
      const all = HABITS.map(habit => habit[key])
      expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([])
    }
  })

  test('known failures are of rows and ways that there are, each with its reason', () => {
    for (const [row, { ways, reason }] of Object.entries(KNOWN)) {
      const habit = HABITS.find(({ id }) => id === row)
      expect({ row, there: habit !== undefined }).toEqual({ row, there: true })
      expect(habit?.ways ?? WAYS).toEqual(expect.arrayContaining([...ways]))
      expect(ways.length * reason.length).toBeGreaterThan(0)
    }
  })

  test('the command line knows the same ways', () => {
    expect(options.WAYS).toEqual(WAYS)
  })

  test('the page has exactly these rows and known failures; `npm run habits -- --write` renews it', () => {
    expect([...readFigures(page).keys()]).toEqual(HABITS.map(({ title }) => title))
    expect(renderPage(HABITS, readFigures(page))).toBe(page)
  })
})

describe('the pairwise sample', () => {
  const pairsOf = (cells: readonly Readonly<Record<string, string>>[]) =>
    new Set(
      cells.flatMap(cell => {
        const values = Object.entries(cell).map(entry => entry.join('='))
        return values.flatMap((one, i) => values.slice(i + 1).map(other => `${one} ${other}`))
      }),
    )

  test('has each pair that all have, in fewer cells', () => {
    const values = (...of: string[]) => fc.subarray(of, { minLength: 1 })
    fc.assert(
      fc.property(
        values('4', '8', '16'),
        values('429', '503'),
        values('own', 'two', 'private'),
        (most, status, way) => {
          const all = most.flatMap(m => status.flatMap(s => way.map(w => ({ most: m, status: s, way: w }))))
          const sample = pairwise(all, cell => cell)
          expect(pairsOf(sample)).toEqual(pairsOf(all))
          expect(sample.length).toBeLessThanOrEqual(all.length)
        },
      ),
    )
  })

  test('of the real rows: fewer than three quarters of the cells', () => {
    const all = HABITS.flatMap(({ factors, ways = WAYS }) => ways.map(way => ({ ...factors, way })))
    const sample = pairwise(all, cell => cell)
    expect(sample.length).toBeLessThan(all.length * 0.75)
    expect(pairsOf(sample)).toEqual(pairsOf(all))
  })
})

describe('how the product is called', () => {
  const url = 'http://127.0.0.1:1'
  test.each([
    ['own', ['run', '--proxies', url, '--fallback', 'off'], undefined],
    ['configured', ['run'], `${url},off`],
    ['private', ['run', '--private-proxy', url, '--fallback', 'off'], undefined],
  ] as const)('%s', (way, args, goproxy) => {
    const { command, env } = product(way, [url], 1)
    expect(command.slice(2)).toEqual(args)
    expect(env['GOPROXY']).toBe(goproxy)
    expect(env['GO_PROXY_SETUP_POLICY']).toBeUndefined()
  })

  test('scaled, with the times of the policy and nothing else divided', () => {
    const { command, env } = product('own', [url], 10)
    expect(command).toEqual(expect.arrayContaining(['--read-timeout', '1000ms', '--connect-timeout', '300ms']))
    const policy = JSON.parse(env['GO_PROXY_SETUP_POLICY'] ?? '')
    expect(policy).toEqual(scalePolicy(defaultPolicy, 10))
    expect(policy.gateway.objectMs).toBe(defaultPolicy.gateway.objectMs / 10)
    expect(policy.gateway.window).toEqual(defaultPolicy.gateway.window)
  })
})
