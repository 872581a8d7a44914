import type { Clock } from '../../../src/effects.ts'

/** Time that passes at once: whenever nothing else is left to be done, the next timer is due. */
export function virtualClock(): Clock {
  const timers = new Map<number, { readonly atMs: number; readonly fire: () => void }>()
  let nowMs = 0
  let ids = 0
  let running = false
  const run = async () => {
    if (running) return
    running = true
    for (;;) {
      // Everything that can go on without time passing does so first.
      for (let turn = 0; turn < 6; turn++) await new Promise(resolve => setImmediate(resolve))
      const [next] = [...timers].sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)
      if (next === undefined) break
      timers.delete(next[0])
      nowMs = Math.max(nowMs, next[1].atMs)
      next[1].fire()
    }
    running = false
  }
  const after = (ms: number, fire: () => void) => {
    const id = ids++
    timers.set(id, { atMs: nowMs + ms, fire })
    void run()
    return () => void timers.delete(id)
  }
  return {
    now: () => nowMs,
    date: () => new Date(Date.UTC(2026, 0, 1) + nowMs),
    after,
    soon: callback => void setImmediate(callback),
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (signal?.aborted) return resolve()
        const stop = () => {
          cancel()
          resolve()
        }
        const cancel = after(ms, () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        })
        signal?.addEventListener('abort', stop)
      }),
  }
}
