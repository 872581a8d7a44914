import type { Moved } from './movement.ts'

/** How long we wait for go. All in milliseconds, the deadlines by the clock. */
export interface PatienceRules {
  /** Nothing moves for this long: go stalls. */
  readonly stallMs: number
  /** Final, even while something moves. */
  readonly deadlineMs: number
  /** From here on go runs only while something arrives: after `quietMs` without it, it is ended. */
  readonly softDeadlineMs: number
  readonly quietMs: number
}

/** Keeps when something last moved, for every deadline. */
export interface Patience {
  note(moved: Moved, nowMs: number): void
  /** When something last arrived. */
  arrivedMs(): number
  /** Why go must be ended now; undefined: it may go on. */
  verdict(nowMs: number): 'stalled' | 'timed out' | undefined
}

export function startPatience(
  { stallMs, deadlineMs, softDeadlineMs, quietMs }: PatienceRules,
  startMs: number,
): Patience {
  let movedMs = startMs
  let arrivedMs = startMs
  return {
    note(moved, nowMs) {
      if (moved !== 'nothing') movedMs = nowMs
      if (moved === 'arriving') arrivedMs = nowMs
    },
    arrivedMs: () => arrivedMs,
    verdict(nowMs) {
      if (nowMs >= deadlineMs) return 'timed out'
      if (nowMs >= softDeadlineMs && nowMs - arrivedMs >= quietMs) return 'timed out'
      return nowMs - movedMs >= stallMs ? 'stalled' : undefined
    },
  }
}
