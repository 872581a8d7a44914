import { describe, expect, test } from '@jest/globals'
import { planProbes } from '../../src/benchmark/probe-plan.ts'
import { type Answered, keepOrder, rank } from '../../src/benchmark/ranking.ts'
import { PLENTY, type Sample, sampleOfBody } from '../../src/benchmark/sample.ts'
import type { Trust } from '../../src/candidates/candidate.ts'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { createCandidate } from '../support/builders/candidate.ts'
import { createSample } from '../support/builders/race.ts'

const modules = [buildModule({ path: 'example.com/a', version: 'v1.0.0' })]
const plan = planProbes({
  publicModules: modules,
  missing: modules,
  sums: parseGoSum(goSumOf(modules)).hashes,
  sumdb: undefined,
  isPrivate: () => false,
  isUnchecked: () => false,
  otherBytes: 0,
  nonce: 'n',
})

interface Given {
  readonly trust?: Trust
  readonly incumbent?: boolean
  readonly firstByteMs: number
}

function measured(name: string, { firstByteMs, ...overrides }: Given): Answered {
  const candidate = createCandidate({ name, ...overrides })
  const timings = { lookupMs: null, connectMs: 0, tlsMs: null, firstByteMs, bodyMs: 0, totalMs: firstByteMs }
  return { candidate, samples: [createSample({ timings })] }
}

const order = (...list: readonly Answered[]) =>
  rank(list, plan, { parallel: 2, prefetch: undefined }).measurements.map(({ candidate }) => candidate.name)

describe('the order of the ranking', () => {
  test.each<[string, Given, Given, readonly string[]]>([
    ['the faster comes first', { firstByteMs: 1_000 }, { firstByteMs: 900 }, ['b', 'a']],
    [
      'not the one that would be preferred: the choice weighs that',
      { firstByteMs: 1_000 },
      { firstByteMs: 1_080, trust: 'own', incumbent: true },
      ['a', 'b'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(order(measured('a', a), measured('b', b))).toEqual(expected)
    expect(order(measured('b', b), measured('a', a))).toEqual(expected)
  })
})

describe('a candidate that the race left before a zip of it came', () => {
  const zip = (bytes: number, bodyMs: number): Sample => ({ ...sampleOfBody({ bytes, ms: bodyMs }), verified: true })
  const withZip = (one: Answered, sample: Sample): Answered => ({ ...one, samples: [...one.samples, sample] })
  const rankAll = (...list: readonly Answered[]) =>
    rank(list, plan, { parallel: 2, prefetch: 64 }).measurements.map(({ candidate, predictedSeconds }) => ({
      name: candidate.name,
      predictedSeconds,
    }))
  const unasked = measured('unasked', { firstByteMs: 2 })

  test.each([
    ['with a rate', zip(2e6, 100)],
    ['of which only little came, too little for a rate', zip(20_000, 3)],
  ])('is not ranked before one that sent a zip %s, though its small files come sooner', (_, sample) => {
    const sent = withZip(measured('sent', { firstByteMs: 40 }), sample)
    for (const list of [
      [unasked, sent],
      [sent, unasked],
    ]) {
      const [first, second] = rankAll(...list)
      expect([first?.name, second?.name]).toEqual(['sent', 'unasked'])
      expect(second?.predictedSeconds).toBe(first?.predictedSeconds)
    }
  })

  test('is ranked by its small files where no candidate sent a zip', () => {
    const names = rankAll(measured('far', { firstByteMs: 40 }), unasked).map(({ name }) => name)
    expect(names).toEqual(['unasked', 'far'])
  })

  test('is not ranked before others that are slower than the best, if it is slower still', () => {
    const near = withZip(measured('near', { firstByteMs: 10 }), zip(2e6, 100))
    const far = measured('far', { firstByteMs: 900 })
    const middle = withZip(measured('middle', { firstByteMs: 300 }), zip(2e6, 100))
    expect(rankAll(far, middle, near, unasked).map(({ name }) => name)).toEqual(['near', 'unasked', 'middle', 'far'])
  })
})

describe('the candidate that the download has begun with', () => {
  const begun = measured('begun', { firstByteMs: 20 })
  const moved = (one: Answered, bytesPerSecond: number): Answered => ({
    ...one,
    samples: [...one.samples, sampleOfBody({ bytes: bytesPerSecond / 5, ms: 200 })],
  })
  const large = { ...plan, work: { ...plan.work, otherBytes: 100e6 } }
  const orderOf = (...list: readonly Answered[]) =>
    rank(list, large, { parallel: 2, prefetch: 64 }, begun.candidate).measurements.map(
      ({ candidate }) => candidate.name,
    )

  test('is not left for the rate of another while it has plenty, and is where it has not', () => {
    const far = moved(measured('far', { firstByteMs: 60 }), 10 * PLENTY)
    expect(orderOf(far, moved(begun, PLENTY))).toEqual(['begun', 'far'])
    expect(orderOf(far, moved(begun, PLENTY / 2))).toEqual(['far', 'begun'])
  })

  test('what was decided stays: candidates found good since come behind, and the others last', () => {
    const [a, b, c] = rank(
      [measured('a', { firstByteMs: 10 }), measured('b', { firstByteMs: 20 }), measured('c', { firstByteMs: 30 })],
      plan,
      { parallel: 2, prefetch: 64 },
    ).measurements
    if (a === undefined || b === undefined || c === undefined) throw new Error('three were measured')
    const names = (decided: readonly (typeof a)[], now: readonly (typeof a)[]) =>
      keepOrder(decided, now).map(({ candidate }) => candidate.name)
    const out = (one: typeof a) => ({ ...one, usable: false })
    expect(names([b, out(a), out(c)], [a, b, c])).toEqual(['b', 'a', 'c'])
    expect(names([b, a, out(c)], [a, out(b), c])).toEqual(['a', 'c', 'b'])
  })
})
