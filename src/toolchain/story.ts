import type { InstalledGo } from './installed.ts'

/** Which Go a job used because it was asked for, or was not there. */
export interface ToolchainStory {
  /** Such as `go1.26.7`. */
  readonly version: string
  /** Absolute. */
  readonly goroot: string
  /** What was asked for, as written. */
  readonly wanted: string
  /** What asked for it: the input, or the file; '': nothing did, and there was no Go. */
  readonly by: string
  /** Where it was; `proxy`: it was not there, and was brought. */
  readonly from: InstalledGo['where'] | 'proxy'
  /** undefined: it was there. */
  readonly fetched:
    | { readonly proxy: string; readonly database: string; readonly bytes: number; readonly seconds: number }
    | undefined
}
