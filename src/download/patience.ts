import type { Moved } from './movement.ts'

/** How long go is waited for. All in milliseconds, the deadlines by the clock. */
export interface PatienceRules {
  /** Nothing moves for this long: what go waits for does not come. */
  readonly stallMs: number
  /** Final, whatever moves. */
  readonly deadlineMs: number
  /** From here on go is waited for only while something arrives: without it for `quietMs` it is ended. */
  readonly softDeadlineMs: number
  readonly quietMs: number
}

/** One value of what moved, which serves every deadline. */
export interface Patience {
  note(moved: Moved, nowMs: number): void
  /** When something last arrived. */
  arrivedMs(): number
  /** Why go is to be ended now; undefined: it is waited for. */
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
