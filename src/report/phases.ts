import type { Clock } from '../effects.ts'
import type { Phase } from './story.ts'

/** Writes down how long each stage of the story took; stages may overlap. */
export interface Phases {
  readonly list: readonly Phase[]
  /** Runs `stage` and notes its time under `name`, also when it throws. */
  time<T>(name: string, stage: () => Promise<T>): Promise<T>
  /** Notes a stretch that was measured elsewhere; `startMs` counts from the beginning. */
  note(phase: Phase): void
  /** Milliseconds since the beginning. */
  elapsedMs(): number
}

/** @param startMs the clock's reading at the process's first work: phases count from there. */
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
