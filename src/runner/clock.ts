import { performance } from 'node:perf_hooks'
import type { Clock } from '../effects.ts'

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, timerMs(ms))
      signal?.addEventListener('abort', done)
    }),
  after: (ms, callback) => {
    const timer = setTimeout(callback, timerMs(ms))
    return () => clearTimeout(timer)
  },
  // Node looks for what has come between timers and this.
  soon: callback => void setImmediate(callback),
}

/** Node fires a timer of more than 31 bits, or of Infinity, at once. */
function timerMs(ms: number): number {
  return Math.min(ms, 2 ** 31 - 1)
}
