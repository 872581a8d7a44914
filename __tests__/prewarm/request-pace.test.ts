import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LEAST_RATE, openPace } from '../../src/prewarm/request-pace.ts'

describe('the pace of one proxy', () => {
  test('is the rate that is asked for, without a burst after a pause', () => {
    const pace = openPace(10)
    expect(pace.waitMs(0)).toBe(0)
    pace.sent(0)
    expect([pace.waitMs(0), pace.waitMs(60), pace.waitMs(100)]).toEqual([100, 40, 0])
    pace.sent(5_000)
    expect(pace.waitMs(5_000)).toBe(100)
  })

  test('is halved by a refusal, once for all that was sent before, and holds for half a minute', () => {
    const pace = openPace(8)
    expect(pace.refused(1_000, 900, undefined)).toBe(true)
    expect(pace.refused(1_010, 950, undefined)).toBe(false)
    expect([pace.rate(), pace.waitMs(1_010)]).toEqual([4, 250])
    pace.answered(30_000)
    expect(pace.rate()).toBe(4)
    pace.answered(31_010)
    expect([pace.rate(), pace.lowestRate()]).toEqual([8, 4])
  })

  test('pauses for as long as the proxy asks, and the half minute begins after that', () => {
    const pace = openPace(8)
    pace.refused(0, 0, 60_000)
    expect(pace.waitMs(0)).toBe(60_000)
    pace.answered(89_000)
    expect(pace.rate()).toBe(4)
    pace.answered(90_000)
    expect(pace.rate()).toBe(8)
  })

  test('tells a new lowest rate only once, and never goes below one request in ten seconds', () => {
    const pace = openPace(1)
    const news = [0, 1, 2, 3, 4, 5].map(i => pace.refused(i * 1_000, i * 1_000, undefined))
    expect([news, pace.rate()]).toEqual([[true, true, true, true, false, false], LEAST_RATE])
    expect(openPace(0.1).refused(0, 0, undefined)).toBe(false)
  })

  test('never sends more than the rate in any second, whatever the proxy answers', () => {
    const event = fc.record({
      kind: fc.constantFrom('good', 'refused', 'asked to wait'),
      restMs: fc.double({ min: 0, max: 400, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(event, { maxLength: 80 }), (rate, events) => {
        const pace = openPace(rate)
        const sent: number[] = []
        let nowMs = 0
        for (const { kind, restMs } of events) {
          nowMs += pace.waitMs(nowMs)
          sent.push(nowMs)
          pace.sent(nowMs)
          if (kind === 'good') pace.answered(nowMs + restMs)
          else pace.refused(nowMs, nowMs, kind === 'refused' ? undefined : restMs)
          nowMs += restMs / rate
        }
        for (const from of sent) {
          const within = sent.filter(ms => ms >= from && ms < from + 999.999).length
          expect(within).toBeLessThanOrEqual(rate)
        }
      }),
    )
  })
})
