import type { Clock } from '../../effects.ts'

/** Bytes per second. A slower body had better come from another upstream. */
const MINIMUM_RATE = 4 << 10
/** The window moves in so many steps. */
const STEPS = 4

/** Watches whether one body arrives fast enough. */
export interface Meter {
  note(bytes: number): void
  stop(): void
}

/**
 * A deadline for silence never passes while a byte comes now and then. This one looks at a moving window, from the
 * first byte on. @param onSlow called at each step at which the window brought too little, until stopped
 */
export function startMeter(clock: Clock, windowMs: number, onSlow: () => void): Meter {
  const stepMs = windowMs / STEPS
  const steps: number[] = []
  let bytes = 0
  const step = () => {
    steps.push(bytes)
    bytes = 0
    if (steps.length > STEPS) steps.shift()
    cancel = clock.after(stepMs, step)
    const received = steps.reduce((sum, one) => sum + one, 0)
    if (steps.length === STEPS && received * 1000 < MINIMUM_RATE * windowMs) onSlow()
  }
  let cancel = clock.after(stepMs, step)
  return {
    note(more) {
      bytes += more
    },
    stop: () => cancel(),
  }
}
