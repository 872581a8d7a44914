import { describe, expect, test } from '@jest/globals'
import { startPatience } from '../../src/download/patience.ts'
import { watchProcessor } from '../../src/download/processor.ts'

/** Whether it is ever seen to work, looked at each second for two minutes. @param msAt processor time used up to a second */
function isSeenToWork(msAt: (second: number) => number, windowMs = 4_000): readonly number[] {
  const watch = watchProcessor(windowMs)
  // The system counts in steps of 10 ms.
  return Array.from({ length: 120 }, (_, second) => second).filter(second =>
    watch.look(Math.floor(msAt(second) / 10) * 10, second * 1_000),
  )
}

describe('who works is told from who waits', () => {
  test('a go with a fifth, or a thirtieth, of a processor works in every window', () => {
    for (const share of [1, 1 / 5, 1 / 30]) {
      const seen = isSeenToWork(second => second * 1_000 * share)
      const gaps = seen.map((second, i) => second - (seen[i - 1] ?? 0))
      expect(Math.max(...gaps)).toBeLessThanOrEqual(4)
    }
  })

  test('timers, and collections of garbage every two minutes, are no work', () => {
    expect(isSeenToWork(second => second * 5)).toEqual([])
    expect(isSeenToWork(second => second + (second > 60 ? 50 : 0))).toEqual([])
  })

  test('what it used before the first look does not count, nor where the system tells nothing', () => {
    expect(isSeenToWork(() => 60_000)).toEqual([])
    expect(watchProcessor(4_000).look(undefined, 0)).toBe(false)
  })

  test('a child’s end takes its time away, and the next work is seen all the same', () => {
    const watch = watchProcessor(4_000)
    expect([watch.look(9_000, 0), watch.look(100, 1_000), watch.look(300, 2_000)]).toEqual([false, false, true])
  })
})

describe('every deadline looks at the same movement', () => {
  const start = () => startPatience({ stallMs: 20_000, deadlineMs: 600_000, softDeadlineMs: 30_000, quietMs: 8_000 }, 0)

  test('what moves is waited for past the soft deadline, up to the final one', () => {
    const patience = start()
    for (let now = 0; now < 600_000; now += 5_000) {
      patience.note('arriving', now)
      expect(patience.verdict(now)).toBeUndefined()
    }
    expect(patience.verdict(600_000)).toBe('timed out')
  })

  test('requests that end without anything are no reason to go on past the soft deadline', () => {
    const patience = start()
    for (let now = 0; now < 30_000; now += 1_000) {
      patience.note('trying', now)
      expect(patience.verdict(now)).toBeUndefined()
    }
    expect(patience.verdict(30_000)).toBe('timed out')
  })

  test('nothing at all is a stall', () => {
    const patience = start()
    patience.note('arriving', 1_000)
    patience.note('nothing', 20_000)
    expect([patience.verdict(20_999), patience.verdict(21_000)]).toEqual([undefined, 'stalled'])
  })
})
