import { describe, expect, test } from '@jest/globals'
import { compareExact, compareOutcomes, compareRounds } from '../../benchmarks/comparison.ts'
import { byName, inRounds, medians, pick } from '../../benchmarks/rounds.ts'
import { each } from '../../benchmarks/sides.ts'

describe('one figure of two programs, round by round', () => {
  test.each([
    ['clearly slower in each of three rounds', [1.21, 1.19, 1.22], [1, 1, 1], 'worse'],
    ['the same share slower while the machine gets ever slower', [1.1, 2.22, 4.4], [1, 2, 4], 'worse'],
    ['two rounds that agree', [1.2, 1.21], [1, 1], 'worse'],
    ['two rounds that do not', [1.4, 1.02], [1, 1], 'not worse beyond noise'],
    ['one busy moment', [1.01, 1.02, 5], [1, 1, 1], 'not worse beyond noise'],
    ['slower in each, but by what is tolerated', [1.04, 1.041, 1.042], [1, 1, 1], 'not worse beyond noise'],
    ['noise about the same', [0.8, 1.2, 1.3, 0.9, 1.2], [1, 1, 1, 1, 1], 'not worse beyond noise'],
    ['faster', [0.5, 0.5, 0.5], [1, 1, 1], 'not worse beyond noise'],
    ['exactly the same share slower each time', [1.5, 1.5, 1.5], [1, 1, 1], 'worse'],
    ['one round alone', [9], [1], 'not judged'],
    ['not measured', [0, 0], [0, 0], 'not judged'],
  ])('%s', (_, ours, theirs, verdict) => {
    expect(compareRounds(ours, theirs).verdict).toBe(verdict)
  })

  test('tells the median of the ratios and their extremes, not the ratio of the medians', () => {
    expect(compareRounds([1, 4, 9], [1, 2, 10])).toMatchObject({ ratio: 1, lowest: 0.9, highest: 2 })
  })

  test('more rounds than the table of quantiles has are judged by its last', () => {
    const many = Array.from({ length: 50 }, (_, round) => (round % 2 === 0 ? 1.1 : 1.2))
    expect(
      compareRounds(
        many,
        many.map(() => 1),
      ).verdict,
    ).toBe('worse')
  })
})

test('a size has no noise: what is more than tolerated is worse', () => {
  expect(compareExact(105, 100).verdict).toBe('not worse beyond noise')
  expect(compareExact(106, 100)).toEqual({ ratio: 1.06, lowest: 1.06, highest: 1.06, verdict: 'worse' })
})

describe('what each did right or not', () => {
  const rounds = (right: number, wrong: number) => [
    ...Array.from({ length: right }, () => true),
    ...Array.from({ length: wrong }, () => false),
  ]
  test('only the rounds count in which the two differ', () => {
    expect(compareOutcomes(rounds(40, 5), rounds(45, 0))).toEqual({ lost: 5, won: 0, verdict: 'worse' })
    expect(compareOutcomes(rounds(41, 4), rounds(45, 0)).verdict).toBe('not worse beyond noise')
    expect(compareOutcomes([...rounds(0, 6), true], [...rounds(6, 0), false])).toMatchObject({ lost: 6, won: 1 })
    expect(compareOutcomes([...rounds(0, 6), true], [...rounds(6, 0), false]).verdict).toBe('not worse beyond noise')
    expect(compareOutcomes(rounds(45, 0), rounds(40, 5)).verdict).toBe('not worse beyond noise')
  })

  test('four rounds cannot tell', () => {
    expect(compareOutcomes(rounds(0, 4), rounds(4, 0)).verdict).toBe('not judged')
  })
})

describe('rounds', () => {
  test('every other round goes backwards, and each has its results in the order of the rounds', async () => {
    const order: string[] = []
    const work = (name: string) => async () => `${name}${order.push(name)}`
    const done = await inRounds(3, { plain: work('p'), ours: work('o'), theirs: work('t') })
    expect(order.join('')).toBe('pottoppot')
    expect(done).toEqual({ plain: ['p1', 'p6', 'p7'], ours: ['o2', 'o5', 'o8'], theirs: ['t3', 't4', 't9'] })
  })

  test('with one program alone there is no other side', async () => {
    const done = await inRounds(2, { ours: async () => 3 })
    expect(done).toEqual({ ours: [3, 3] })
    expect(medians(done)).toEqual({ ours: 3 })
    expect(pick(done, String)).toEqual({ ours: ['3', '3'] })
    expect(each(done, list => list.length)).toEqual({ ours: 2 })
    expect(byName([{ ours: 1 }, { ours: 2 }])).toEqual({ ours: [1, 2] })
  })
})
