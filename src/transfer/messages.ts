/** What every task of the child has; what it is about, its room adds. It lies in a file of ours: arguments can be read by others. */
export interface TransferTask {
  readonly kind: 'restore' | 'save'
  /** Begins each line that is a message: the library prints what a service says, raw, to the same output. */
  readonly mark: string
  /** What is stored, and where it is unpacked: ours, and the child's working directory. */
  readonly directory: string
}

/** What the child reports while it works. */
export type CacheMessage =
  /** There is an entry of this name. */
  | { readonly kind: 'found'; readonly key: string }
  /** There is no entry to restore; or nothing has to be stored, for this reason. */
  | { readonly kind: 'missed'; readonly what?: string }
  /** The archive is there and unpacked. */
  | { readonly kind: 'unpacked' }
  /** So much lies where it belongs by now. */
  | { readonly kind: 'placed'; readonly files: number; readonly bytes: number }
  /** This file is what go.sum says. */
  | { readonly kind: 'verified'; readonly target: string; readonly bytes: number }
  | { readonly kind: 'rejected'; readonly target: string; readonly what: string }
  /** All of the task is done. */
  | { readonly kind: 'finished' }
  /** The archive holds what none of ours holds, or is damaged. */
  | { readonly kind: 'refused'; readonly what: string }
  /** This machine could not write what the archive holds: a full disk, a directory that is not this user's. */
  | { readonly kind: 'unwritten'; readonly what: string }
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
