import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Measurement } from '../../src/benchmark/ranking.ts'
import type { Candidate, Trust } from '../../src/candidates/candidate.ts'
import { findPreferred, toleranceOver } from '../../src/choice/preference.ts'
import { measurementOf } from './facts.ts'

interface Usable {
  readonly trust?: Trust
  readonly incumbent?: boolean
  readonly seconds: number
}

function measured(name: string, { trust = 'mirror', incumbent = false, seconds }: Usable): Measurement {
  const candidate: Candidate = {
    name,
    list: { entries: [], ending: undefined },
    configured: false,
    trust,
    from: 'input',
    incumbent,
    starts: 'at once',
  }
  return measurementOf(candidate, seconds)
}

const bySpeed = (list: readonly Measurement[]) =>
  [...list].sort((a, b) => (a.predictedSeconds ?? 0) - (b.predictedSeconds ?? 0))
const firstOf = (list: readonly Measurement[], begun?: Measurement) =>
  findPreferred(bySpeed(list), begun?.candidate)?.candidate.name

describe('the candidate to put first', () => {
  test.each<[string, Usable, Usable, string]>([
    ['the faster', { seconds: 1 }, { seconds: 0.9 }, 'b'],
    ['the incumbent within 10 %', { seconds: 1 }, { seconds: 1.08, incumbent: true }, 'b'],
    ['not beyond', { seconds: 1 }, { seconds: 1.15, incumbent: true }, 'a'],
    [
      'the official proxy within 10 % of another trusted one',
      { seconds: 1, trust: 'own' },
      { seconds: 1.08, trust: 'official' },
      'b',
    ],
    [
      'the incumbent before the official proxy',
      { seconds: 1, trust: 'official' },
      { seconds: 1.08, trust: 'own', incumbent: true },
      'b',
    ],
    [
      'what is trusted before an incumbent that is not',
      { seconds: 1, incumbent: true },
      { seconds: 1.08, trust: 'own' },
      'b',
    ],
  ])('%s', (_, a, b, expected) => {
    expect(firstOf([measured('a', a), measured('b', b)])).toBe(expected)
    expect(firstOf([measured('b', b), measured('a', a)])).toBe(expected)
  })

  test('the one that the download has begun with, among equals in all else', () => {
    const [equal, begun] = [measured('equal', { seconds: 1 }), measured('begun', { seconds: 1.05 })]
    expect(firstOf([equal, begun])).toBe('equal')
    expect(firstOf([equal, begun], begun)).toBe('begun')
    expect(firstOf([measured('incumbent', { seconds: 1.08, incumbent: true }), equal, begun], begun)).toBe('incumbent')
    expect(firstOf([equal, measured('begun', { seconds: 1.15 })], begun)).toBe('equal')
  })

  test('none of none', () => {
    expect(findPreferred([])).toBeUndefined()
  })

  test('the race waits for every candidate that would come first', () => {
    const usable = fc.record({
      trust: fc.constantFrom<Trust>('official', 'own', 'mirror'),
      incumbent: fc.boolean(),
      seconds: fc.double({ min: 0.1, max: 2, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(usable, { minLength: 2, maxLength: 5 }), list => {
        const all = bySpeed(list.map((one, i) => measured(`${i}`, one)))
        const first = findPreferred(all)
        for (const other of all) {
          if (first === undefined || other === first) continue
          const limit = (other.predictedSeconds ?? 0) * toleranceOver(first.candidate, other.candidate)
          expect(first.predictedSeconds).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })
})
