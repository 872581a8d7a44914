import type { BuildRestored } from '../build-cache/restore.ts'
import type { BuildCacheStory } from '../build-cache/story.ts'
import { count, formatBytes, formatSeconds } from './units.ts'

export interface BuildCacheReport {
  /** `commit`: an entry of this commit; `sums`: of the same go.sum lines; `older`: of others; `none`: there is no entry. */
  readonly restore: 'commit' | 'sums' | 'older' | 'none' | 'failed' | 'abandoned' | 'off'
  /** Why it failed, was abandoned or is off. */
  readonly reason: string | null
  readonly key: string | null
  readonly seconds: number | null
  /** When the restore began, since the process's first work, in milliseconds. */
  readonly startMs?: number
  /** Files taken from the entry, and their bytes. */
  readonly files: number
  readonly bytes: number
  readonly rejected: readonly { readonly file: string; readonly what: string }[]
  /** Whether post decides what to save. */
  readonly mayBeSaved: boolean
}

/** @param startMs the clock's reading that the report's times count from */
export function buildCacheReport({ mode, restored, plan }: BuildCacheStory, startMs: number): BuildCacheReport {
  return {
    restore: restored === undefined ? 'off' : outcomeOf(restored),
    reason: restored?.what ?? mode.why ?? null,
    key: restored?.key ?? null,
    seconds: restored?.seconds ?? null,
    ...(restored === undefined ? {} : { startMs: restored.startedMs - startMs }),
    files: restored?.placed.files ?? 0,
    bytes: restored?.placed.bytes ?? 0,
    rejected: (restored?.rejected ?? []).map(({ target, what }) => ({ file: target, what })),
    mayBeSaved: plan !== undefined,
  }
}

function outcomeOf({ how, match }: BuildRestored): BuildCacheReport['restore'] {
  if (how === 'failed' || how === 'abandoned') return how
  return how === 'missed' ? 'none' : (match ?? 'none')
}

/** What happened to the build cache, in one line; undefined when nothing did. */
export function renderBuildCache(report: BuildCacheReport | null): string | undefined {
  if (report === null || (report.restore === 'off' && !report.mayBeSaved)) return undefined
  return `Build cache: ${renderRestore(report)}.`
}

function renderRestore({ restore, reason, seconds, files, bytes, rejected }: BuildCacheReport): string {
  const time = formatSeconds(seconds)
  const wrong = rejected.length === 0 ? '' : `, ${count(rejected.length, 'file')} refused`
  const done = `${count(files, 'file')} (${formatBytes(bytes)})`
  switch (restore) {
    case 'off':
      return reason ?? 'nothing to restore'
    case 'none':
      return `no entry yet (${time})`
    case 'failed':
      return `not restored after ${time}: ${reason}${wrong}`
    case 'abandoned':
      return `given up after ${time}: ${reason}`
    case 'commit':
      return `${done} of this commit restored in ${time}${wrong}`
    case 'sums':
      return `${done} of another commit restored in ${time}${wrong}`
    case 'older':
      return `${done} of other go.sum lines restored in ${time}${wrong}`
  }
}
