import type { Candidate } from '../../candidates/candidate.ts'
import type { Clock } from '../../effects.ts'

/** Bytes of zips, and the milliseconds in which at least one was arriving: the wait for an answer does not count. */
export interface Flow {
  readonly bytes: number
  readonly ms: number
}

/** How fast zips arrive from each upstream. */
export interface Flows {
  /** A body begins. */
  open(upstream: Candidate): { note(bytes: number): void; close(): void }
  of(upstream: Candidate): Flow
}

export function openFlows(clock: Clock): Flows {
  const states = new Map<Candidate, { bytes: number; ms: number; bodies: number; sinceMs: number }>()
  const stateOf = (upstream: Candidate) => {
    const state = states.get(upstream) ?? { bytes: 0, ms: 0, bodies: 0, sinceMs: 0 }
    states.set(upstream, state)
    return state
  }
  return {
    open(upstream) {
      const state = stateOf(upstream)
      if (state.bodies === 0) state.sinceMs = clock.now()
      state.bodies++
      let open = true
      return {
        note(bytes) {
          state.bytes += bytes
        },
        close() {
          if (!open) return
          open = false
          state.bodies--
          if (state.bodies === 0) state.ms += clock.now() - state.sinceMs
        },
      }
    },
    of(upstream) {
      const { bytes, ms, bodies, sinceMs } = stateOf(upstream)
      return { bytes, ms: bodies === 0 ? ms : ms + clock.now() - sinceMs }
    },
  }
}
