import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { drawAxis } from '../../src/report/page/chart.ts'
import { curvesOf, peaksOf, readCurves } from '../../src/report/page/curves.ts'
import { request } from '../support/builders/story.ts'

describe('curves', () => {
  test('lose no byte and no time of a request', () => {
    const span = fc.record({ startMs: fc.nat(1000), ms: fc.nat(500), firstByteMs: fc.nat(500), bytes: fc.nat(1e6) })
    fc.assert(
      fc.property(fc.array(span), fc.integer({ min: 1, max: 300 }), (spans, steps) => {
        const requests = spans.map(one => request({ ...one, firstByteMs: Math.min(one.firstByteMs, one.ms) }))
        const { stepMs, rates, inFlight } = curvesOf(requests, 1500, steps)
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
        expect((sum(rates) * stepMs) / 1000).toBeCloseTo(sum(requests.map(({ bytes }) => bytes)), 3)
        expect(sum(inFlight) * stepMs).toBeCloseTo(sum(requests.map(({ ms }) => ms)), 3)
      }),
    )
  })

  test('spread the bytes from the first to the last', () => {
    const requests = [
      request({ startMs: 0, ms: 100, firstByteMs: 50, bytes: 5_000 }),
      request({ startMs: 50, ms: 50, firstByteMs: 0, bytes: 5_000 }),
    ]
    const curves = curvesOf(requests, 200, 4)
    expect(curves.rates).toEqual([0, 200_000, 0, 0])
    expect(curves.inFlight).toEqual([1, 2, 0, 0])
    expect(peaksOf(curves)).toEqual({ rate: '200 kB/s', inFlight: '2' })
    expect(readCurves(curves, 20)).toBe('0 B/s, 1 request in flight')
  })
})

test.each([
  [1, ['0', '0.2 ms', '0.4 ms', '0.6 ms', '0.8 ms']],
  [450, ['0', '100 ms', '200 ms', '300 ms', '400 ms']],
  [2_300, ['0', '500 ms', '1.0 s', '1.5 s', '2.0 s']],
  [60_000, ['0', '10 s', '20 s', '30 s', '40 s', '50 s']],
])('the axis of %d ms has round times that differ', (endMs, told) => {
  expect(drawAxis(endMs, 6).times.map(({ text }) => text)).toEqual(told)
})
