import type { CacheStory, Restored } from '../cache/cache.ts'

/** The module cache's part of the report. */
export interface CacheReport {
  /** `exact`: the entry made for these sums; `partial`: an older one that has some of them; `none`: there is no entry. */
  readonly restore: 'exact' | 'partial' | 'none' | 'failed' | 'abandoned' | 'off'
  /** Why it failed, was abandoned or is off. */
  readonly reason: string | null
  readonly key: string | null
  readonly seconds: number | null
  /** When the restore began, since the process's first work, in milliseconds. */
  readonly startMs?: number
  /** Size of the entry, as its name says. */
  readonly bytes: number
  /** Files taken from it. */
  readonly files: number
  readonly rejected: readonly { readonly file: string; readonly what: string }[]
  /** The download's predicted time when restore and download were compared. */
  readonly predictedDownloadSeconds: number | null
  readonly save: CacheStory['save']
  /** Bytes that post will store. */
  readonly saveBytes: number
}

/** @param startMs when the process began its work, by the clock */
export function cacheReport({ mode, restored, save, plan }: CacheStory, startMs: number): CacheReport {
  return {
    restore: restored === undefined ? 'off' : restoreOutcome(restored),
    reason: restored?.what ?? mode.why ?? null,
    key: restored?.key ?? null,
    seconds: restored?.seconds ?? null,
    ...(restored === undefined ? {} : { startMs: restored.startedMs - startMs }),
    bytes: restored?.bytes ?? 0,
    files: restored?.taken.size ?? 0,
    rejected: (restored?.rejected ?? []).map(({ target, what }) => ({ file: target, what })),
    predictedDownloadSeconds: restored?.predictedDownloadSeconds ?? null,
    save,
    saveBytes: plan?.bytes ?? 0,
  }
}

function restoreOutcome({ how, exact }: Restored): CacheReport['restore'] {
  if (how === 'missed') return 'none'
  if (how !== 'done') return how
  return exact ? 'exact' : 'partial'
}
