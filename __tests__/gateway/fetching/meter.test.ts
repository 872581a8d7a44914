import { expect, test } from '@jest/globals'
import { startMeter } from '../../../src/gateway/fetching/meter.ts'
import { virtualClock } from '../../support/worlds/virtual-clock.ts'

/** How often a body is found slow that brings so many bytes in each second of a minute, measured over ten of them. */
async function slowSteps(bytesInSecond: (second: number) => number): Promise<number> {
  const clock = virtualClock()
  let slow = 0
  const meter = startMeter(clock, 10_000, () => slow++)
  for (let second = 0; second < 60; second++) {
    meter.note(bytesInSecond(second))
    await clock.sleep(1_000)
  }
  meter.stop()
  return slow
}

test('below 4 KiB a second is slow, from the first whole window on; above is not', async () => {
  expect(await slowSteps(() => 3_000)).toBeGreaterThan(0)
  expect(await slowSteps(() => 5_000)).toBe(0)
})

test('a pause shorter than the window after a burst is not slow, one as long as it is', async () => {
  expect(await slowSteps(second => (second % 8 === 0 ? 100_000 : 0))).toBe(0)
  expect(await slowSteps(second => (second % 20 === 0 ? 100_000 : 0))).toBeGreaterThan(0)
})

test('once stopped it waits for nothing', async () => {
  const clock = virtualClock()
  let slow = 0
  startMeter(clock, 1_000, () => slow++).stop()
  await clock.sleep(10_000)
  expect(slow).toBe(0)
})
