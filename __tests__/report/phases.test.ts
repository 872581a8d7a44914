import { describe, expect, test } from '@jest/globals'
import { startPhases } from '../../src/report/phases.ts'
import { virtualClock } from '../support/worlds/virtual-clock.ts'

describe('phases', () => {
  test('count from the beginning of the process, may overlap, and are noted when they end', async () => {
    const clock = virtualClock()
    // The process began 100 ms before the clock was first read.
    const phases = startPhases(clock, clock.now() - 100)
    await Promise.all([phases.time('long', () => clock.sleep(50)), phases.time('short', () => clock.sleep(20))])
    phases.note({ name: 'measured elsewhere', startMs: 5, ms: 7 })
    expect(phases.list).toEqual([
      { name: 'short', startMs: 100, ms: 20 },
      { name: 'long', startMs: 100, ms: 50 },
      { name: 'measured elsewhere', startMs: 5, ms: 7 },
    ])
    expect(phases.elapsedMs()).toBe(150)
  })

  test('give what the stage gave, and are noted when it fails', async () => {
    const clock = virtualClock()
    const phases = startPhases(clock, 0)
    expect(await phases.time('good', async () => 5)).toBe(5)
    const failing = phases.time('bad', async () => {
      await clock.sleep(30)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(phases.list.map(({ name, ms }) => [name, ms])).toEqual([
      ['good', 0],
      ['bad', 30],
    ])
  })
})
