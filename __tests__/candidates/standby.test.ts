import { describe, expect, test } from '@jest/globals'
import { nextStep, type Racer } from '../../src/benchmark/race.ts'
import type { Sample } from '../../src/benchmark/sample.ts'
import { findCandidates } from '../../src/candidates/find.ts'
import { toleranceOver } from '../../src/choice/preference.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { goSettings } from '../support/builders/settings.ts'

/** Mirrors that the user did not name join for these reasons only. */
const rules = {
  capMs: 2_000,
  policy: defaultPolicy.benchmark,
  forecast: () => () => ({ expected: undefined, atBest: 0 }),
  toleranceOver,
}
const result = findCandidates({ proxies: [], privateProxy: undefined }, goSettings())
const candidates = result.ok ? result.value.list : []

function race(official: Partial<Racer>): readonly Racer[] {
  return candidates.map(candidate => ({
    candidate,
    stage: candidate.starts === 'standby' ? 'standby' : 'latency',
    startedMs: 0,
    readyMs: undefined,
    rateStartedMs: undefined,
    samples: [],
    downloads: false,
    moving: undefined,
    ...(candidate.starts === 'standby' ? {} : official),
  }))
}

function sample(values: Partial<Sample>): Sample {
  return {
    object: 'example.com/a/@v/v1.0.0.mod',
    purpose: 'latency',
    kind: 'found',
    status: 200,
    verified: true,
    bytes: 100,
    censored: false,
    reused: true,
    timings: { lookupMs: null, connectMs: 1, tlsMs: 1, firstByteMs: 20, bodyMs: 1, totalMs: 25 },
    ...values,
  }
}

const zip = (bytes: number, bodyMs: number) =>
  sample({
    purpose: 'rate',
    bytes,
    timings: { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: 20, bodyMs, totalMs: bodyMs + 20 },
  })

describe('mirrors that the user did not name join the race', () => {
  test.each<[name: string, nowMs: number, official: Partial<Racer>, joins: boolean]>([
    ['not before the official proxy had its second', 999, {}, false],
    ['when it gave no verified byte within 1 s', 1_000, {}, true],
    ['not when it gave a verified byte and is only not finished', 1_500, { samples: [sample({})] }, false],
    ['when it sent only wrong content', 1_000, { samples: [sample({ verified: false })] }, true],
    [
      'at once when it refuses or errs',
      30,
      { stage: 'out', samples: [sample({ kind: 'forbidden', status: 403, verified: undefined })] },
      true,
    ],
    [
      'when a zip moves at under 500 kB/s',
      700,
      { stage: 'rate', rateStartedMs: 100, samples: [sample({})], moving: { bytes: 100_000, ms: 500 } },
      true,
    ],
    [
      'not when a zip moves at 500 kB/s',
      700,
      { stage: 'rate', rateStartedMs: 100, samples: [sample({})], moving: { bytes: 250_000, ms: 500 } },
      false,
    ],
    [
      'when a zip came, and came slowly',
      1_300,
      { stage: 'done', rateStartedMs: 100, samples: [sample({}), zip(400_000, 1_000)] },
      true,
    ],
    [
      'not when the zips came well',
      1_300,
      { stage: 'done', rateStartedMs: 100, samples: [sample({}), zip(4_000_000, 1_000)] },
      false,
    ],
  ])('%s', (_, nowMs, official, joins) => {
    expect(nextStep(race(official), nowMs, rules).kind === 'join').toBe(joins)
  })

  test('the reason is told', () => {
    const step = nextStep(race({}), 1_000, rules)
    expect(step).toEqual({ kind: 'join', reason: 'the official proxy sent nothing within 1 s' })
  })
})
