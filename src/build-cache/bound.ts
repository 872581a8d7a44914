import type { Policy } from '../policy.ts'
import type { TransferProgress } from '../transfer/progress.ts'
import type { EntryFigures } from './key.ts'

export interface RestoreSoFar {
  readonly progress: TransferProgress
  /** Of the entry that is being restored; undefined while none is found. */
  readonly figures: EntryFigures | undefined
  readonly startMs: number
  readonly nowMs: number
}

/** Why restoring does not pay any more; undefined while it may. An entry can save no more than its writer's whole job took. */
export function whyGiveUp(
  { progress, figures, startMs, nowMs }: RestoreSoFar,
  { unpackRate, patienceMs }: Policy['cache'],
): string | undefined {
  if (nowMs - progress.movedMs >= patienceMs) return `no progress for ${inSeconds(patienceMs)}`
  if (figures === undefined || progress.unpacked) return undefined
  const { bytes, total, fetchingMs } = progress
  const spent = nowMs - startMs
  const saved = figures.savedSeconds * 1000
  // The archive is unpacked once all of it is there; how large it is, the library says after its first second.
  const fetching =
    total === undefined || fetchingMs === undefined || bytes === 0
      ? 0
      : ((total - bytes) * (nowMs - fetchingMs)) / bytes
  const placing = (Math.max(0, figures.bytes - progress.placedBytes) * 1000) / unpackRate
  const needed = spent + fetching + placing
  if (needed <= saved) return undefined
  return `it would take ${inSeconds(needed)}, and the job that stored it took ${inSeconds(saved)}`
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
