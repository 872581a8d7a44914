import { describe, expect, test } from '@jest/globals'
import { planProbes } from '../../src/benchmark/probes.ts'
import { type Measured, rank } from '../../src/benchmark/rank.ts'
import type { Sample } from '../../src/benchmark/sample.ts'
import type { Candidate, Trust } from '../../src/candidates/candidate.ts'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { parseGoSum } from '../../src/go/gosum.ts'

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

function measured(name: string, { trust = 'mirror', incumbent = false, firstByteMs }: Given): Measured {
  const candidate: Candidate = {
    name,
    list: { entries: [], ending: undefined },
    configured: false,
    trust,
    from: 'input',
    incumbent,
    starts: 'at once',
  }
  const sample: Sample = {
    object: 'example.com/a/@v/v1.0.0.mod',
    purpose: 'latency',
    kind: 'found',
    status: 200,
    timings: { lookupMs: null, connectMs: 0, tlsMs: null, firstByteMs, bodyMs: 0, totalMs: firstByteMs },
    bytes: 100,
    reused: true,
    verified: true,
    censored: false,
  }
  return { candidate, samples: [sample] }
}

const order = (...list: readonly Measured[]) =>
  rank(list, plan, { parallel: 2, prefetch: undefined }).measurements.map(({ candidate }) => candidate.name)

describe('the order of the ranking', () => {
  test.each<[string, Given, Given, readonly string[]]>([
    ['the faster comes first', { firstByteMs: 1_000 }, { firstByteMs: 900 }, ['b', 'a']],
    ['the incumbent within 10 %', { firstByteMs: 1_000 }, { firstByteMs: 1_080, incumbent: true }, ['b', 'a']],
    ['not beyond', { firstByteMs: 1_000 }, { firstByteMs: 1_150, incumbent: true }, ['a', 'b']],
    [
      'the official proxy within 10 % of another trusted one',
      { firstByteMs: 1_000, trust: 'own' },
      { firstByteMs: 1_080, trust: 'official' },
      ['b', 'a'],
    ],
    [
      'the incumbent before the official proxy',
      { firstByteMs: 1_000, trust: 'official' },
      { firstByteMs: 1_080, trust: 'own', incumbent: true },
      ['b', 'a'],
    ],
    [
      'only among equals in trust: the choice weighs that',
      { firstByteMs: 1_000 },
      { firstByteMs: 1_080, trust: 'own', incumbent: true },
      ['a', 'b'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(order(measured('a', a), measured('b', b))).toEqual(expected)
    expect(order(measured('b', b), measured('a', a))).toEqual(expected)
  })
})
