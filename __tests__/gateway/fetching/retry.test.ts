import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { embargoMs, parseRetryAfter, roundDelayMs } from '../../../src/gateway/fetching/retry.ts'

const NOW = new Date('2026-11-24T12:00:00Z')

describe('Retry-After', () => {
  const rows: Readonly<Record<string, [string | undefined, number | undefined]>> = {
    seconds: ['7', 7_000],
    'no seconds': ['0', 0],
    'with space around': [' 3 ', 3_000],
    'a date': ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    'a date of the old form': ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
    'a date that is past': ['Tue, 24 Nov 2026 11:00:00 GMT', undefined],
    negative: ['-5', undefined],
    fractions: ['1.5', undefined],
    huge: ['99999999999999999999', undefined],
    'a number that Date would take for a year': ['+2030', undefined],
    words: ['soon', undefined],
    nothing: ['', undefined],
    missing: [undefined, undefined],
    'two values': ['5, 7', undefined],
  }
  test.each(Object.entries(rows))('%s', (_, [text, ms]) => {
    expect(parseRetryAfter(text, NOW)).toBe(ms)
  })

  test('whatever it holds, it is a time or nothing, and the embargo is a second at least', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer().map(String)),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (text, random) => {
          const ms = parseRetryAfter(text, NOW)
          if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0)
          expect(embargoMs(text, NOW, () => random)).toBeGreaterThanOrEqual(1_000)
        },
      ),
    )
  })
})

test('the pause between rounds grows to its cap, and is never the same for many jobs at once', () => {
  const longest = [0, 1, 2, 3, 4, 5].map(round => roundDelayMs(round, 250, 4_000, () => 0.999_999))
  expect(longest.map(Math.round)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000])
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 0.999, noNaN: true }), (round, random) => {
      const ms = roundDelayMs(round, 250, 8_000, () => random)
      expect(ms).toBeGreaterThanOrEqual(Math.min(8_000, 250 * 2 ** round) / 2)
      expect(ms).toBeLessThanOrEqual(8_000)
    }),
  )
})
