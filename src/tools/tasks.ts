import type { TransferTask } from '../transfer/messages.ts'

/** What the child is to do for one tool. */
export type ToolTask = RestoreToolTask | SaveToolTask

export interface RestoreToolTask extends ToolTaskBase {
  readonly kind: 'restore'
  /** The directory that the program is moved to. */
  readonly into: string
}

export interface SaveToolTask extends ToolTaskBase {
  readonly kind: 'save'
  /** The name of the new entry. */
  readonly entry: string
  /** The entry that is there is no good. */
  readonly again: boolean
  /** The program. */
  readonly from: string
  /** SHA-256 of the program as it was built, in hexadecimal: later steps could have changed it. */
  readonly sha256: string
}

interface ToolTaskBase extends TransferTask {
  readonly about: 'tool'
  /** See `toolKey`. */
  readonly key: string
  /** The program's file name: all that an archive holds. */
  readonly file: string
}
