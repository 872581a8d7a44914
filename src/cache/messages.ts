import type { CacheKeys } from './key.ts'
import type { CacheFile } from './select.ts'

/** What the child is to do, in a file of ours: arguments can be read by others. */
export type CacheTask = RestoreTask | SaveTask

export interface RestoreTask extends TaskBase {
  readonly kind: 'restore'
  readonly keys: CacheKeys
  /**
   * Beside a download, between finding an entry and fetching it: then it is clear whether fetching pays, and nothing
   * is spent yet. 0: nothing else runs.
   */
  readonly pauseMs: number
}

export interface SaveTask extends TaskBase {
  readonly kind: 'save'
  readonly key: string
  readonly from: string
}

interface TaskBase {
  /** Begins each line that is a message: the library prints what a service says, raw, to the same output. */
  readonly mark: string
  /** What is stored, and where it is unpacked: ours, and the child's working directory. */
  readonly directory: string
  readonly files: readonly CacheFile[]
}

/** What the child reports while it works. */
export type CacheMessage =
  /** There is an entry of this name. */
  | { readonly kind: 'found'; readonly key: string }
  | { readonly kind: 'missed' }
  /** The archive is there and unpacked. */
  | { readonly kind: 'unpacked' }
  /** This file is what go.sum says. */
  | { readonly kind: 'verified'; readonly target: string; readonly bytes: number }
  | { readonly kind: 'rejected'; readonly target: string; readonly what: string }
  /** All of the task is done. */
  | { readonly kind: 'finished' }
  /** The archive holds what none of ours holds, or is damaged. */
  | { readonly kind: 'refused'; readonly what: string }
  /** In plain words of ours or the library's. */
  | { readonly kind: 'failed'; readonly what: string }

export function writeMessage(mark: string, message: CacheMessage): string {
  return `${mark}${JSON.stringify(message)}\n`
}

/** A line of the child's output; undefined when it is the library's. */
export function readMessage(mark: string, line: string): CacheMessage | undefined {
  if (!line.startsWith(mark)) return undefined
  try {
    return JSON.parse(line.slice(mark.length)) as CacheMessage
  } catch {
    return undefined
  }
}

/** `Received 4194304 of 12345678 (34.0%), …`, once a second; `Sent …` likewise. */
export function readTransferred(line: string): { readonly bytes: number; readonly of: number } | undefined {
  const [, bytes, of] = /^(?:Received|Sent) (\d{1,13}) of (\d{1,13}) /.exec(line) ?? []
  return bytes === undefined ? undefined : { bytes: Number(bytes), of: Number(of) }
}

/** What the library says went wrong: `::warning::Failed to restore: …`. A URL's query is a signature. */
export function readWarning(line: string): string | undefined {
  const [, text] = /^::(?:warning|error)[^:]*::(.*)$/.exec(line) ?? []
  const plain = text?.replaceAll('%0A', ' ').replaceAll('%0D', ' ').replaceAll('%25', '%')
  return plain?.replace(/(https?:\/\/[^\s?]*)\?\S*/g, '$1?***').trim()
}
