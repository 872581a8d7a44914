import { describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'

describe('systemClock', () => {
  test('a sleep ends when it is aborted, before or meanwhile', async () => {
    await systemClock.sleep(3_600_000, AbortSignal.abort())
    const controller = new AbortController()
    const sleep = systemClock.sleep(3_600_000, controller.signal)
    controller.abort()
    await sleep
  })

  test('a wait that no timer can hold does not end at once', async () => {
    let fired = false
    const stop = systemClock.after(Number.POSITIVE_INFINITY, () => {
      fired = true
    })
    await systemClock.sleep(5)
    stop()
    expect(fired).toBe(false)
  })

  test('what was called off is not called', async () => {
    let called = ''
    const stop = systemClock.after(0, () => {
      called += 'a'
    })
    stop()
    await new Promise<void>(resolve => systemClock.after(1, resolve))
    expect(called).toBe('')
  })
})
