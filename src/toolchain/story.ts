import type { ToolchainZip } from './install.ts'
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
  /** Where it was found; `proxy`: it was not installed, and was fetched. */
  readonly from: InstalledGo['where'] | 'proxy'
  /** Its zip, where it was to be kept. */
  readonly zip?: KeptGo
  /** undefined: it was there. */
  readonly fetched:
    | { readonly proxy: string; readonly database: string; readonly bytes: number; readonly seconds: number }
    | undefined
}

/** The zip of a Go, and what proves it where the checksum database cannot be asked. */
export interface KeptGo extends ToolchainZip {
  readonly proof: {
    /** The database's name. */
    readonly database: string
    /** What it answered, by path below its URL: `/lookup/…`, `/tile/…`. */
    readonly answers: ReadonlyMap<string, Buffer>
  }
}
