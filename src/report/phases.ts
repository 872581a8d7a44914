import type { Clock } from '../effects.ts'
import type { Phase } from './story.ts'

/** Measures how long each stage of the job takes. Stages may overlap. */
export interface Phases {
  readonly list: readonly Phase[]
  /** Runs `stage` and notes its time under `name`, also when it throws. */
  time<T>(name: string, stage: () => Promise<T>): Promise<T>
  /** Notes a phase that was measured elsewhere; its `startMs` counts from the process's first work. */
  note(phase: Phase): void
  /** Milliseconds since the beginning. */
  elapsedMs(): number
}

/** @param startMs the clock's reading at the process's first work, from which phases count */
export function startPhases(clock: Clock, startMs: number): Phases {
  const list: Phase[] = []
  return {
    list,
    async time(name, stage) {
      const from = clock.now()
      try {
        return await stage()
      } finally {
        list.push({ name, startMs: from - startMs, ms: clock.now() - from })
      }
    },
    note: phase => void list.push(phase),
    elapsedMs: () => clock.now() - startMs,
  }
}
