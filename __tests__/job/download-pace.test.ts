import { describe, expect, test } from '@jest/globals'
import type { Asked, GatewayEvent, Served } from '../../src/gateway/telling/events.ts'
import { networkSeconds, paceOf } from '../../src/job/download-pace.ts'
import { createCandidate } from '../support/builders/candidate.ts'

const MODULES = 20
const FILES = 60

function asked(target: string, atMs: number, ms: number, bytes: number, change: Partial<Asked> = {}): Asked {
  const upstream = { name: 'https://proxy.example' }
  return { kind: 'asked', target, upstream, outcome: 'found', status: 200, bytes, atMs, ms, attempt: 0, ...change }
}

/** Go.mod files at once, then zips at once, at this round trip and 10 MB/s in all. */
function download(rttMs: number, zipBytes: number): readonly Asked[] {
  const transferMs = (MODULES * zipBytes) / 10_000
  return [
    ...Array.from({ length: FILES }, (_, i) => asked(`example.com/m${i}/@v/v1.0.0.mod`, 0, rttMs, 300)),
    ...Array.from({ length: MODULES }, (_, i) =>
      asked(`example.com/m${i}/@v/v1.0.0.zip`, rttMs, rttMs + transferMs, zipBytes),
    ),
  ]
}

describe('what plain go would have needed', () => {
  test.each([
    // 2 round trips to connect, 15 for go.mod files four at a time, 20 for .info one by one, 5 for zips; and the bytes.
    [80, 0, 42 * 0.08],
    [80, 100_000, 42 * 0.08 + 0.2],
    [1, 1_000_000, 42 * 0.001 + 2],
  ])('at %d ms with zips of %d bytes', (rttMs, zipBytes, seconds) => {
    expect(paceOf(download(rttMs, zipBytes), 4).plainGoSeconds).toBeCloseTo(seconds, 3)
  })

  test('is not known from a few files, nor without zips', () => {
    const events = download(80, 100)
    expect(paceOf(events.slice(-MODULES - 4), 4).plainGoSeconds).toBeUndefined()
    expect(paceOf(events.slice(0, FILES), 4).plainGoSeconds).toBeUndefined()
    expect(paceOf([], 4)).toEqual({ fetchingSeconds: 0, plainGoSeconds: undefined })
  })
})

test('requests that overlap count once, and pauses do not', () => {
  const events = [asked('a', 0, 100, 0), asked('b', 50, 100, 0), asked('c', 60, 10, 0), asked('d', 500, 50, 0)]
  expect(paceOf(events, 4).fetchingSeconds).toBeCloseTo(0.2)
})

test('what go unpacks after the last byte is not waiting for the network, unless go fetched some of it itself', () => {
  const from = createCandidate()
  const served: Omit<Served, 'target'> = {
    ...{ kind: 'served', status: 200, bytes: 1, atMs: 0, ms: 0, from, proof: 'go.sum', ahead: true },
  }
  const given: readonly GatewayEvent[] = [
    { kind: 'placed', target: 'example.com/a/@v/v1.0.0.zip', from, bytes: 1, proof: 'go.sum', atMs: 1 },
    { ...served, target: 'example.com/b/@v/v1.0.0.zip' },
    { ...served, target: 'example.com/b/@v/v1.0.0.mod' },
    { ...served, target: 'corp.example/c/@v/v1.0.0.zip', status: 404 },
  ]
  const pace = { fetchingSeconds: 3, plainGoSeconds: undefined }
  expect(networkSeconds({ seconds: 7, modules: 2, pace }, given)).toBe(3)
  expect(networkSeconds({ seconds: 7, modules: 3, pace }, given)).toBe(7)
  expect(networkSeconds({ seconds: 7, modules: 2 }, given)).toBe(7)
})
