import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findJoinReason, nextStep, type Racer } from '../../src/benchmark/race.ts'
import type { Sample } from '../../src/benchmark/sample.ts'
import type { Candidate, Trust } from '../../src/candidates/candidate.ts'
import { defaultPolicy } from '../../src/policy.ts'

const policy = defaultPolicy.benchmark
const rules = { capMs: 2_000, policy }

function racer(name: string, options: Partial<Racer> & { readonly trust?: Trust } = {}): Racer {
  const { trust = 'mirror', ...rest } = options
  const candidate: Candidate = {
    name,
    list: { entries: [], ending: undefined },
    configured: false,
    trust,
    from: 'input',
    incumbent: false,
    starts: rest.stage === 'standby' ? 'standby' : 'at once',
  }
  return {
    candidate,
    stage: 'latency',
    startedMs: 0,
    readyMs: undefined,
    rateStartedMs: undefined,
    samples: [],
    moving: undefined,
    ...rest,
  }
}

function sample(options: Partial<Sample> = {}): Sample {
  return {
    object: 'm/@v/v1.0.0.mod',
    purpose: 'latency',
    kind: 'found',
    status: 200,
    timings: { lookupMs: null, connectMs: 1, tlsMs: null, firstByteMs: 20, bodyMs: 1, totalMs: 22 },
    bytes: 100,
    reused: true,
    verified: true,
    censored: false,
    ...options,
  }
}

const zip = (bytes: number, bodyMs: number, options: Partial<Sample> = {}) =>
  sample({
    object: 'm/@v/v1.0.0.zip',
    purpose: 'rate',
    bytes,
    timings: { lookupMs: null, connectMs: 1, tlsMs: null, firstByteMs: 20, bodyMs, totalMs: 20 + bodyMs },
    ...options,
  })

describe('mirrors on standby join', () => {
  const official = (options: Partial<Racer>) => racer('official', { trust: 'official', ...options })
  const standby = racer('mirror', { stage: 'standby' })
  const cases: Record<string, [Racer, number, RegExp | undefined]> = {
    'not while the official proxy has time': [official({}), 999, undefined],
    'when it gave nothing verified in its head start': [official({}), 1_000, /gave nothing within 1 s/],
    'not when something verified came': [official({ samples: [sample()] }), 1_500, undefined],
    'when it failed': [
      official({ stage: 'out', samples: [sample({ kind: 'forbidden', status: 403 })] }),
      10,
      /fails here/,
    ],
    'when a zip moves under 500 kB/s': [
      official({ stage: 'rate', samples: [sample()], moving: { bytes: 149_000, ms: 300 } }),
      500,
      /497 kB\/s only/,
    ],
    'not when it moves faster': [
      official({ stage: 'rate', samples: [sample()], moving: { bytes: 151_000, ms: 300 } }),
      500,
      undefined,
    ],
    'not before the rate can be told': [
      official({ stage: 'rate', samples: [sample()], moving: { bytes: 10, ms: 299 } }),
      500,
      undefined,
    ],
    'when a zip came slowly': [official({ stage: 'done', samples: [zip(100_000, 400)] }), 600, /250 kB\/s only/],
  }
  test.each(Object.entries(cases))('%s', (_name, [racing, nowMs, reason]) => {
    const found = findJoinReason([racing, standby], nowMs, policy)
    if (reason === undefined) expect(found).toBeUndefined()
    else expect(found).toMatch(reason)
    const step = nextStep([racing, standby], nowMs, rules)
    expect(step.kind === 'join').toBe(reason !== undefined)
  })
})

describe('the stages', () => {
  const near = racer('near', { stage: 'ready', readyMs: 50, samples: [sample()] })

  test('whoever is alone ready is given company until the latency stage ends', () => {
    const step = nextStep([near, racer('far')], 60, rules)
    expect(step).toEqual({ kind: 'wait', untilMs: policy.latencyStageMs })
    expect(nextStep([near, racer('far')], policy.latencyStageMs, rules).kind).toBe('start rate')
  })

  test('once two are ready, nobody is waited for beyond twice the slower one', () => {
    const other = racer('other', { stage: 'ready', readyMs: 100, samples: [sample()] })
    expect(nextStep([near, other, racer('far')], 120, rules)).toEqual({ kind: 'wait', untilMs: 200 })
    expect(nextStep([near, other, racer('far')], 200, rules).kind).toBe('start rate')
  })

  test('the four nearest go on to zips', () => {
    const ready = [90, 30, 70, 10, 50].map(ms =>
      racer(`at ${ms}`, {
        stage: 'ready',
        readyMs: ms,
        samples: [sample({ timings: { ...sample().timings, firstByteMs: ms } })],
      }),
    )
    const step = nextStep(ready, 100, rules)
    const names = step.kind === 'start rate' ? step.racers.map(({ candidate }) => candidate.name) : []
    expect(names).toEqual(['at 10', 'at 30', 'at 50', 'at 70'])
  })

  test('a zip that moves at under a tenth of the best rate is given up at once, the others go on', () => {
    const rating = (name: string, options: Partial<Racer>) =>
      racer(name, { stage: 'rate', rateStartedMs: 100, ...options })
    const good = rating('good', { samples: [zip(1_000_000, 100)], moving: { bytes: 500_000, ms: 60 } })
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
              samples: stage === 'done' ? [zip(bytes, bodyMs)] : [],
              moving: stage === 'rate' ? { bytes, ms: bodyMs } : undefined,
            }),
          )
          const step = nextStep(racers, nowMs, rules)
          if (step.kind === 'wait') {
            expect(step.untilMs).toBeGreaterThan(nowMs)
            expect(step.untilMs).toBeLessThanOrEqual(rules.capMs)
          }
          // Nobody is told to do what they are past: that would be an endless loop.
          if (step.kind === 'stop rate') expect(step.racers.every(({ stage }) => stage === 'rate')).toBe(true)
          if (step.kind === 'start rate') expect(step.racers.every(({ stage }) => stage === 'ready')).toBe(true)
          if (step.kind === 'stop rate' || step.kind === 'start rate') expect(step.racers.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})
