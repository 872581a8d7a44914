import type { Policy } from '../policy.ts'
import type { TransferTask } from '../transfer/messages.ts'
import type { BuildKeys } from './key.ts'
import type { Reached } from './save.ts'

/** What the child is to do for the build cache. */
export type BuildTask = RestoreBuildTask | SaveBuildTask

export interface RestoreBuildTask extends BuildTaskBase {
  readonly kind: 'restore'
  /** The time that restored entries get, by the calendar; milliseconds. */
  readonly stampMs: number
  /** The modules, which go needs first, are fetched over the same link: this file is there once they have been. */
  readonly turn?: { readonly file: string; readonly longestMs: number } | undefined
}

export interface SaveBuildTask extends BuildTaskBase {
  readonly kind: 'save'
  readonly stampMs: number
  /** When the main step began, by the calendar; milliseconds. */
  readonly sinceMs: number
  readonly savedSeconds: number
  readonly reached: Reached
  /** Makes the name of a second entry for one commit. */
  readonly again?: string | undefined
  readonly isDefaultBranch: boolean
  readonly policy: Policy['buildCache']
}

interface BuildTaskBase extends TransferTask {
  readonly about: 'build'
  /** GOCACHE. */
  readonly gocache: string
  /** The name in GOCACHE of what is being written. */
  readonly pending: string
  readonly keys: BuildKeys
}
