import type { Clock } from '../effects.ts'

/** Lets one waiter sleep until it is woken or its time is up. A wake-up that comes before the wait ends it at once. */
export function wakeUp() {
  let pending = false
  let stop = () => {}
  return {
    wake: () => {
      pending = true
      stop()
    },
    async wait(clock: Clock, ms: number): Promise<void> {
      if (!pending) {
        const sleeping = new AbortController()
        stop = () => sleeping.abort()
        await clock.sleep(Math.max(0, ms), sleeping.signal)
      }
      pending = false
    },
  }
}
