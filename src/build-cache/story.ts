import type { Problem } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { warningsOf } from '../transfer/warnings.ts'
import type { BuildKeys } from './key.ts'
import { type BuildCacheMode, KEPT_VARIABLE } from './mode.ts'
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

/** What main learned of the entry that it asked for. @param restored undefined: it asked for none */
export function reachedBy(restored: BuildRestored | undefined): Reached {
  const found = restored?.key !== undefined
  return {
    found,
    unknown: restored !== undefined && !found && restored.how !== 'missed',
    exact: restored?.match === 'commit',
    whole: restored?.how === 'done',
    failed: restored?.how === 'failed' && !restored.unwritten,
    spoiled: restored !== undefined && (restored.refused || restored.rejected.length > 0),
  }
}

/** What the user should know about a restore of the build cache that failed or brought wrong content. */
export function warningsOfBuildRestore(restored: BuildRestored): readonly Problem[] {
  const instead = 'go builds what it needs instead.'
  return warningsOf(restored, {
    codes: { failed: 'BUILD_CACHE_NOT_RESTORED', wrong: 'BUILD_CACHE_WRONG_CONTENT' },
    name: 'The build cache',
    wrong: 'of the build cache’s entry had wrong content',
    instead,
    insteadOfWrong: instead,
  })
}

/**
 * What tells later uses in the job that this one looks after GOCACHE: post stores what the whole job used, once. One
 * that was told to save nothing leaves that to a later use.
 */
export function variablesForLaterUses(
  { plan, restored }: Pick<BuildCacheStory, 'plan' | 'restored'>,
  gocache: string | undefined,
  input: Inputs['buildCache'],
): Readonly<Record<string, string>> {
  const isKept = plan !== undefined || (restored !== undefined && input !== 'read-only')
  return isKept && gocache ? { [KEPT_VARIABLE]: gocache } : {}
}
