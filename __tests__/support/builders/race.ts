import type { Racer } from '../../../src/benchmark/race.ts'
import type { Sample } from '../../../src/benchmark/sample.ts'
import { createCandidate } from './candidate.ts'

/** A small file, right, over a connection that was there: its first byte after 20 ms. */
export function createSample(overrides: Partial<Sample> = {}): Sample {
  return {
    object: 'example.com/m/@v/v1.0.0.mod',
    purpose: 'latency',
    kind: 'found',
    status: 200,
    timings: { lookupMs: null, connectMs: 1, tlsMs: null, firstByteMs: 20, bodyMs: 1, totalMs: 22 },
    bytes: 100,
    reused: true,
    verified: true,
    censored: false,
    ...overrides,
  }
}

/** A zip, right. @param bodyMs from its first byte to its last, in milliseconds */
export function createZipSample(bytes: number, bodyMs: number, overrides: Partial<Sample> = {}): Sample {
  return createSample({
    object: 'example.com/m/@v/v1.0.0.zip',
    purpose: 'rate',
    bytes,
    timings: { lookupMs: null, connectMs: 1, tlsMs: null, firstByteMs: 20, bodyMs, totalMs: 20 + bodyMs },
    ...overrides,
  })
}

/** A racer that is asked for small files since the race began, and has answered nothing yet. */
export function createRacer(overrides: Partial<Racer> = {}): Racer {
  return {
    candidate: createCandidate(),
    stage: 'latency',
    startedMs: 0,
    readyMs: undefined,
    rateStartedMs: undefined,
    samples: [],
    downloads: false,
    moving: undefined,
    ...overrides,
  }
}
