import type { Problem } from '../errors.ts'
import type { BuildKeys } from './key.ts'
import type { BuildCacheMode } from './mode.ts'
import type { BuildRestored } from './restore.ts'
import type { Reached } from './save.ts'

/** What post needs to decide and to save; it says itself what came of it. */
export interface BuildSavePlan {
  readonly keys: BuildKeys
  readonly gocache: string
  readonly stampMs: number
  /** When this step began and ended, by the calendar; milliseconds. */
  readonly beganMs: number
  readonly endedMs: number
  /** What the entry that was restored can save, as it says. */
  readonly savedSeconds: number
  readonly reached: Reached
  readonly isDefaultBranch: boolean
  /** Whether the job's summary is wanted. */
  readonly summary: boolean
}

/** The build cache's part of a run, for the report. */
export interface BuildCacheStory {
  readonly mode: BuildCacheMode
  readonly restored: BuildRestored | undefined
  readonly plan: BuildSavePlan | undefined
  readonly warnings: readonly Problem[]
}

/** Files that a warning names. */
const NAMED = 5

/** What the user should know about a restore that failed or brought wrong content. */
export function warningsOfBuildRestore({ how, what, rejected }: BuildRestored): readonly Problem[] {
  const bad = rejected.slice(0, NAMED).map(({ target, what }) => `${target} (${what})`)
  return [
    ...(how === 'failed'
      ? [
          {
            code: 'BUILD_CACHE_NOT_RESTORED',
            message: `The build cache could not be restored: ${what ?? 'unknown reason'}.`,
            hint: 'go builds what it needs instead.',
          },
        ]
      : []),
    ...(rejected.length > 0
      ? [
          {
            code: 'BUILD_CACHE_WRONG_CONTENT',
            message: `${rejected.length} files of the build cache’s entry were wrong and were not used: ${bad.join(', ')}${rejected.length > NAMED ? ', …' : ''}.`,
            hint: 'go builds what it needs instead. The entry may have been tampered with: delete this repository’s caches.',
          },
        ]
      : []),
  ]
}
