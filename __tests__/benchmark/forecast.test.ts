import { describe, expect, test } from '@jest/globals'
import { forecastOf } from '../../src/benchmark/forecast.ts'
import type { ProbePlan } from '../../src/benchmark/probe-plan.ts'
import type { Racer } from '../../src/benchmark/race.ts'
import { PLENTY, type Sample } from '../../src/benchmark/sample.ts'
import { createRacer, createSample } from '../support/builders/race.ts'
import { upstreamAt } from '../support/worlds/gateway.ts'

const modules = Array.from({ length: 50 }, (_, i) => ({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const plan: ProbePlan = {
  mods: [],
  zips: [],
  controlPath: 'x',
  sumdb: undefined,
  work: { graphFiles: 50, modules, otherBytes: 0 },
  pinned: false,
}
const mode = { parallel: 2, prefetch: 50 }
/** 150 requests in three rounds, and 50 zips of a usual size. */
const ROUND_TRIPS = 3
const BYTES = 50 * 150_000

function sample(purpose: 'latency' | 'rate', bytes: number, ms: number): Sample {
  const isZip = purpose === 'rate'
  return createSample({
    object: isZip ? 'zip' : 'mod',
    purpose,
    timings: {
      lookupMs: null,
      connectMs: 0,
      tlsMs: null,
      firstByteMs: isZip ? 0 : ms,
      bodyMs: isZip ? ms : 0,
      totalMs: ms,
    },
    bytes,
  })
}

function racer(options: Partial<Racer>): Racer {
  return createRacer({
    candidate: upstreamAt('https://1.example'),
    stage: 'rate',
    readyMs: 0,
    rateStartedMs: 0,
    ...options,
  })
}

const forecast = (one: Racer, nowMs = 0) => forecastOf([one], nowMs, plan, mode)(one)

describe('what the download would take', () => {
  test('by the usual round trip and the rate so far; at best by the shortest one alone', () => {
    const samples = [50, 40, 60].map(ms => sample('latency', 100, ms))
    const one = racer({ samples: [...samples, sample('rate', 500_000, 100)] })
    expect(forecast(one).expected).toBeCloseTo((ROUND_TRIPS * 50) / 1000 + BYTES / 5_000_000, 6)
    expect(forecast(one).atBest).toBeCloseTo((ROUND_TRIPS * 40) / 1000, 6)
  })

  test('what is on its way counts', () => {
    const one = racer({
      samples: [sample('latency', 100, 50), sample('rate', 500_000, 100)],
      moving: { bytes: 500_000, ms: 300 },
    })
    expect(forecast(one).expected).toBeCloseTo((ROUND_TRIPS * 50) / 1000 + BYTES / 2_500_000, 6)
  })

  test('is not expected of too little, or of zips that were not right', () => {
    const latency = sample('latency', 100, 50)
    expect(forecast(racer({ samples: [latency, sample('rate', 100_000, 10)] })).expected).toBeUndefined()
    const wrong = { ...sample('rate', 500_000, 100), verified: false }
    expect(forecast(racer({ samples: [latency, wrong] })).expected).toBeUndefined()
    expect(forecast(racer({ samples: [latency] })).expected).toBeUndefined()
  })

  test('a silent racer counts as farther away with every moment', () => {
    expect(forecast(racer({ stage: 'latency' }), 300).atBest).toBeCloseTo((ROUND_TRIPS * 100) / 1000, 6)
    expect(forecast(racer({ stage: 'latency', startedMs: 150 }), 300).atBest).toBeCloseTo((ROUND_TRIPS * 50) / 1000, 6)
  })

  test('the rate is no argument against a download that gets plenty', () => {
    const samples = [sample('latency', 100, 50), sample('rate', 1000, 1)]
    const moving = { bytes: PLENTY / 5, ms: 199 }
    expect(forecast(racer({ samples, moving, downloads: true })).expected).toBeCloseTo((ROUND_TRIPS * 50) / 1000, 6)
    expect(forecast(racer({ samples, moving })).expected).toBeGreaterThan(0.3)
  })
})
