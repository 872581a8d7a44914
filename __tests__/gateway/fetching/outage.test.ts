import { describe, expect, test } from '@jest/globals'
import { watchOutage } from '../../../src/gateway/fetching/outage.ts'

describe('when nobody answers at all', () => {
  const outage = () => watchOutage(1_000, 300)

  test('objects that are asked for later wait no longer than the first one did', () => {
    const watched = outage()
    watched.failed(100)
    watched.failed(900)
    expect(watched.deadlineMs(0)).toBe(1_000)
    expect(watched.deadlineMs(800)).toBe(1_100)
  })

  test('one object at a time finds out whether it is over, and one answer ends it', () => {
    const watched = outage()
    watched.failed(0)
    expect([watched.mayAsk(999), watched.mayAsk(1_000), watched.mayAsk(1_001), watched.mayAsk(1_300)]).toEqual([
      true,
      true,
      false,
      true,
    ])
    watched.answered()
    expect([watched.mayAsk(1_301), watched.mayAsk(1_302)]).toEqual([true, true])
    expect(watched.deadlineMs(1_302)).toBe(2_302)
  })
})
