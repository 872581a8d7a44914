import type { Writable } from 'node:stream'

/** Resolves when more can be written, or the reader is gone. */
export function drained(res: Pick<Writable, 'once' | 'off'>): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      res.off('drain', done).off('close', done)
      resolve()
    }
    res.once('drain', done).once('close', done)
  })
}

/** Waits until the rate allows so many bytes more; time saved while idle is not kept. */
export function tokenBucket(bytesPerSecond: number | undefined): (bytes: number) => Promise<void> {
  let freeAtMs = 0
  return async bytes => {
    if (bytesPerSecond === undefined) return
    const now = performance.now()
    freeAtMs = Math.max(now, freeAtMs) + (bytes * 1000) / bytesPerSecond
    // Timers are no finer than this: short waits add up before one is made.
    if (freeAtMs - now > 4) await delay(freeAtMs - now)
  }
}

export function delay(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise(resolve => setTimeout(resolve, ms))
}
