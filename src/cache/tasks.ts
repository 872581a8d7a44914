import type { TransferTask } from '../transfer/messages.ts'
import type { CacheKeys } from './key.ts'
import type { CacheFile } from './select.ts'

/** What the child is to do for the module cache. */
export type CacheTask = RestoreTask | SaveTask

export interface RestoreTask extends ModulesTask {
  readonly kind: 'restore'
  readonly keys: CacheKeys
  /**
   * Beside a download, between finding an entry and fetching it: then it is clear whether fetching pays, and nothing
   * is spent yet. 0: nothing else runs.
   */
  readonly pauseMs: number
}

export interface SaveTask extends ModulesTask {
  readonly kind: 'save'
  readonly key: string
  readonly from: string
}

interface ModulesTask extends TransferTask {
  readonly about: 'modules'
  readonly files: readonly CacheFile[]
}
