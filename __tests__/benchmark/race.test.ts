import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findJoinReason, nextStep, type RaceRules, type Racer, type RaceStep } from '../../src/benchmark/race.ts'
import type { Trust } from '../../src/candidates/candidate.ts'
import { toleranceOver } from '../../src/choice/preference.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { createCandidate } from '../support/builders/candidate.ts'
import { createRacer, createSample, createZipSample } from '../support/builders/race.ts'

const policy = defaultPolicy.benchmark
/** Nothing is known of what the download will take, unless a test says so. */
const rules = { capMs: 2_000, policy, forecast: () => () => ({ expected: undefined, atBest: 0 }), toleranceOver }

/** Seconds by the racer's name. */
function forecasting(expected: Record<string, number>, atBest: Record<string, number>): RaceRules {
  const forecast: RaceRules['forecast'] =
    () =>
    ({ candidate: { name } }) => ({ expected: expected[name], atBest: atBest[name] ?? 0 })
  return { ...rules, forecast }
}

function racer(name: string, options: Partial<Racer> & { readonly trust?: Trust } = {}): Racer {
  const { trust = 'mirror', ...rest } = options
  const candidate = createCandidate({ name, trust, starts: rest.stage === 'standby' ? 'standby' : 'at once' })
  return createRacer({ candidate, ...rest })
}

describe('mirrors on standby join', () => {
  const official = (options: Partial<Racer>) => racer('official', { trust: 'official', ...options })
  const standby = racer('mirror', { stage: 'standby' })
  const cases: Record<string, [Racer, number, RegExp | undefined]> = {
    'not while the official proxy has time': [official({}), 999, undefined],
    'when it gave nothing verified in its head start': [official({}), 1_000, /sent nothing within 1 s/],
    'not when it is there and says nothing yet: it may refuse the first module': [
      official({ isReached: true, samples: [createSample({ purpose: 'control', kind: 'absent', status: 404 })] }),
      2_999,
      undefined,
    ],
    'when its first file came late after all': [
      official({ isReached: true, stage: 'ready', readyMs: 1_200, samples: [createSample()] }),
      1_200,
      /sent nothing within 1 s/,
    ],
    'not when something verified came': [official({ samples: [createSample()] }), 1_500, undefined],
    'not when the HTTP proxy before all of them failed': [
      official({
        stage: 'out',
        samples: [
          createSample({ kind: 'http proxy unreachable', status: null, verified: undefined, reason: 'the HTTP proxy' }),
        ],
      }),
      100,
      undefined,
    ],
    'when it failed': [
      official({ stage: 'out', samples: [createSample({ kind: 'forbidden', status: 403 })] }),
      10,
      /fails here/,
    ],
    'when a zip moves under 500 kB/s': [
      official({ stage: 'rate', samples: [createSample()], moving: { bytes: 149_000, ms: 300 } }),
      500,
      /only 497 kB\/s/,
    ],
    'not when it moves faster': [
      official({ stage: 'rate', samples: [createSample()], moving: { bytes: 151_000, ms: 300 } }),
      500,
      undefined,
    ],
    'not before the rate can be told': [
      official({ stage: 'rate', samples: [createSample()], moving: { bytes: 10, ms: 299 } }),
      500,
      undefined,
    ],
    'when a zip came slowly': [
      official({ stage: 'done', samples: [createZipSample(100_000, 400)] }),
      600,
      /only 250 kB\/s/,
    ],
  }
  test.each(Object.entries(cases))('%s', (_name, [racing, nowMs, reason]) => {
    const found = findJoinReason([racing, standby], nowMs, policy)
    if (reason === undefined) expect(found).toBeUndefined()
    else expect(found).toMatch(reason)
    const step = nextStep([racing, standby], nowMs, rules)
    expect(step.kind === 'join').toBe(reason !== undefined)
  })
})

test('an official proxy that is there is waited for no longer than that', () => {
  const silent = racer('official', { trust: 'official', isReached: true })
  const reasons = [2_999, 3_000].map(ms => findJoinReason([silent, racer('mirror', { stage: 'standby' })], ms, policy))
  expect(reasons).toEqual([undefined, 'the official proxy sent nothing within 1 s'])
})

describe('the stages', () => {
  const near = racer('near', { stage: 'ready', readyMs: 50, samples: [createSample()] })
  const done = (name: string, options: Partial<Racer> & { readonly trust?: Trust } = {}) =>
    racer(name, {
      stage: 'done',
      readyMs: 50,
      rateStartedMs: 50,
      samples: [createSample(), createZipSample(4_000_000, 100)],
      ...options,
    })
  const namesOf = (step: RaceStep) =>
    step.kind === 'start rate' || step.kind === 'stop rate' ? step.racers.map(({ candidate }) => candidate.name) : []

  test('a racer that is ready is asked for zips at once', () => {
    const step = nextStep([near, racer('far')], 60, rules)
    expect(step.kind).toBe('start rate')
    expect(namesOf(step)).toEqual(['near'])
  })

  test('the others have the time of the latency stage, and not more', () => {
    const all = [done('near'), racer('far')]
    expect(nextStep(all, policy.latencyStageMs - 1, rules).kind).toBe('wait')
    expect(nextStep(all, policy.latencyStageMs, rules)).toEqual({ kind: 'finish', capped: false })
  })

  test('once two are through, no other is waited for beyond twice the slower one', () => {
    const all = [done('near'), done('other', { readyMs: 100 }), racer('far')]
    expect(nextStep(all, 199, rules).kind).toBe('wait')
    expect(nextStep(all, 200, rules).kind).toBe('finish')
  })

  test('a racer that is ready after that time is not asked for zips, unless there is no other', () => {
    const late = racer('late', { stage: 'ready', readyMs: policy.latencyStageMs + 1, samples: [createSample()] })
    expect(nextStep([done('near'), late], policy.latencyStageMs + 2, rules).kind).toBe('finish')
    expect(namesOf(nextStep([racer('near', { stage: 'out' }), late], policy.latencyStageMs + 2, rules))).toEqual([
      'late',
    ])
  })

  test('no racer is waited for that could not be better than the best, however fast its zips may come', () => {
    const all = [done('near'), racer('far')]
    expect(nextStep(all, 100, forecasting({ near: 2 }, { far: 2 })).kind).toBe('finish')
    expect(nextStep(all, 100, forecasting({ near: 2 }, { far: 1.9 })).kind).toBe('wait')
  })

  test('nor are zips asked of one', () => {
    const far = racer('far', { stage: 'rate', readyMs: 100, rateStartedMs: 100 })
    expect(namesOf(nextStep([done('near'), far], 120, forecasting({ near: 2 }, { far: 2 })))).toEqual(['far'])
    expect(nextStep([done('near'), far], 120, forecasting({ near: 2 }, { far: 1.9 })).kind).toBe('wait')
  })

  test('a racer that would be preferred among equals is waited for a little longer', () => {
    const seconds = forecasting({ mirror: 2 }, { official: 2.1, own: 2.1, other: 2.1 })
    const against = (name: string, trust: Trust) =>
      nextStep([done('mirror'), racer(name, { trust })], 100, seconds).kind
    expect(against('official', 'official')).toBe('wait')
    expect(against('own', 'own')).toBe('wait')
    expect(against('other', 'mirror')).toBe('finish')
  })

  test('of the last one left nothing is waited for once the download has begun with it', () => {
    const last = racer('last', {
      stage: 'rate',
      readyMs: 50,
      rateStartedMs: 50,
      samples: [createSample(), createZipSample(100, 1)],
    })
    const begun = { ...last, downloads: true }
    const step = (...racers: Racer[]) => nextStep(racers, 100, rules).kind
    expect(step(last, racer('out', { stage: 'out' }))).toBe('wait')
    expect(step(begun, racer('out', { stage: 'out' }))).toBe('finish')
    expect(step(begun, racer('other'))).toBe('wait')
    expect(step(begun, racer('mirror', { stage: 'standby' }))).toBe('wait')
    expect(step(begun, done('rated'))).toBe('wait')
  })

  test('all have half of the stage at least, whenever they began', () => {
    const began = (name: string, rateStartedMs: number) =>
      racer(name, { stage: 'rate', readyMs: rateStartedMs, rateStartedMs, samples: [createZipSample(300_000, 50)] })
    const end = 100 + policy.rateStageMs
    const all = [began('first', 100), began('second', end - policy.rateStageMs / 4)]
    expect(nextStep(all, end - 1, rules).kind).toBe('wait')
    expect(namesOf(nextStep(all, end, rules))).toEqual(['first'])
    expect(namesOf(nextStep(all, end + policy.rateStageMs / 4, rules))).toEqual(['first', 'second'])
  })

  test('the four nearest go on to zips', () => {
    const ready = [90, 30, 70, 10, 50].map(ms =>
      racer(`at ${ms}`, {
        stage: 'ready',
        readyMs: ms,
        samples: [createSample({ timings: { ...createSample().timings, firstByteMs: ms } })],
      }),
    )
    const step = nextStep(ready, 100, rules)
    expect(namesOf(step)).toEqual(['at 10', 'at 30', 'at 50', 'at 70'])
    // One that failed makes room.
    const going = ready.map((one, i) => (i === 0 ? one : racer(`${i}`, { ...one, stage: 'done', rateStartedMs: 100 })))
    expect(nextStep(going, 100, rules).kind).toBe('finish')
    const oneOut = going.map((one, i) => (i === 1 ? racer('out', { stage: 'out' }) : one))
    expect(namesOf(nextStep(oneOut, 100, rules))).toEqual(['at 90'])
  })

  test('a zip that moves at under a tenth of the best rate is given up at once, the others go on', () => {
    const rating = (name: string, options: Partial<Racer>) =>
      racer(name, { stage: 'rate', rateStartedMs: 100, ...options })
    const good = rating('good', { samples: [createZipSample(1_000_000, 100)], moving: { bytes: 500_000, ms: 60 } })
    const slow = rating('slow', { moving: { bytes: 15_000, ms: 150 } })
    const step = nextStep([good, slow], 260, rules)
    expect(step.kind === 'stop rate' && step.racers.map(({ candidate }) => candidate.name)).toEqual(['slow'])
    const passable = rating('passable', { moving: { bytes: 200_000, ms: 150 } })
    expect(nextStep([good, passable], 260, rules).kind).toBe('wait')
  })

  test('all fail: the race ends at once, without a wait for the cap', () => {
    expect(nextStep([racer('a', { stage: 'out' }), racer('b', { stage: 'out' })], 30, rules)).toEqual({
      kind: 'finish',
      capped: false,
    })
  })

  test('at the cap it is finished, whatever the state', () => {
    const anyStage = fc.constantFrom<Racer['stage']>('standby', 'latency', 'ready', 'rate', 'done', 'out')
    fc.assert(
      fc.property(fc.array(anyStage, { maxLength: 10 }), fc.integer({ min: 2_000, max: 1e6 }), (stages, nowMs) => {
        const racers = stages.map((stage, i) => racer(String(i), { stage }))
        expect(nextStep(racers, nowMs, rules)).toEqual({ kind: 'finish', capped: true })
      }),
    )
  })

  test('whatever the state, a wait is for later and never beyond the cap', () => {
    const anyRacer = fc.record({
      stage: fc.constantFrom<Racer['stage']>('standby', 'latency', 'ready', 'rate', 'done', 'out'),
      at: fc.integer({ min: 0, max: 1_500 }),
      bytes: fc.integer({ min: 0, max: 5_000_000 }),
      bodyMs: fc.integer({ min: 1, max: 800 }),
    })
    fc.assert(
      fc.property(
        fc.array(anyRacer, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 1_999 }),
        (list, nowMs) => {
          const racers = list.map(({ stage, at, bytes, bodyMs }, i) =>
            racer(String(i), {
              stage,
              startedMs: Math.min(at, nowMs),
              readyMs: stage === 'ready' ? Math.min(at + 10, nowMs) : undefined,
              rateStartedMs: stage === 'rate' || stage === 'done' ? Math.min(at + 20, nowMs) : undefined,
              samples: stage === 'done' ? [createZipSample(bytes, bodyMs)] : [],
              moving: stage === 'rate' ? { bytes, ms: bodyMs } : undefined,
            }),
          )
          const step = nextStep(racers, nowMs, rules)
          if (step.kind === 'wait') {
            expect(step.untilMs).toBeGreaterThan(nowMs)
            expect(step.untilMs).toBeLessThanOrEqual(rules.capMs)
          }
          // No racer is told to do what it is past: that would be an endless loop.
          if (step.kind === 'stop rate') expect(step.racers.every(({ stage }) => stage === 'rate')).toBe(true)
          if (step.kind === 'start rate') expect(step.racers.every(({ stage }) => stage === 'ready')).toBe(true)
          if (step.kind === 'stop rate' || step.kind === 'start rate') expect(step.racers.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})
