import { describe, expect, test } from '@jest/globals'
import { nextStep, type Racer } from '../../src/benchmark/race.ts'
import { findCandidates } from '../../src/candidates/find.ts'
import { toleranceOver } from '../../src/choice/preference.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { createRacer, createSample, createZipSample } from '../support/builders/race.ts'
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
  return candidates.map(candidate =>
    createRacer({ candidate, ...(candidate.starts === 'standby' ? { stage: 'standby' } : official) }),
  )
}

describe('mirrors that the user did not name join the race', () => {
  test.each<[name: string, nowMs: number, official: Partial<Racer>, joins: boolean]>([
    ['not before the official proxy had its second', 999, {}, false],
    ['when it gave no verified byte within 1 s', 1_000, {}, true],
    ['not when it gave a verified byte and is only not finished', 1_500, { samples: [createSample()] }, false],
    ['when it sent only wrong content', 1_000, { samples: [createSample({ verified: false })] }, true],
    [
      'at once when it refuses or errs',
      30,
      { stage: 'out', samples: [createSample({ kind: 'forbidden', status: 403, verified: undefined })] },
      true,
    ],
    [
      'when a zip moves at under 500 kB/s',
      700,
      { stage: 'rate', rateStartedMs: 100, samples: [createSample()], moving: { bytes: 100_000, ms: 500 } },
      true,
    ],
    [
      'not when a zip moves at 500 kB/s',
      700,
      { stage: 'rate', rateStartedMs: 100, samples: [createSample()], moving: { bytes: 250_000, ms: 500 } },
      false,
    ],
    [
      'when a zip came, and came slowly',
      1_300,
      { stage: 'done', rateStartedMs: 100, samples: [createSample(), createZipSample(400_000, 1_000)] },
      true,
    ],
    [
      'not when the zips came well',
      1_300,
      { stage: 'done', rateStartedMs: 100, samples: [createSample(), createZipSample(4_000_000, 1_000)] },
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
