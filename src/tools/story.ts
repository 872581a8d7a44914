import type { Problem } from '../errors.ts'
import type { Tool } from '../inputs/tools.ts'

/** A tool that later steps can call. */
export interface InstalledTool extends Tool {
  /** `restored`: from the cache service; `kept`: it was on this machine; `built`: by `go install`. */
  readonly how: 'restored' | 'kept' | 'built'
  /** Of its program. */
  readonly bytes: number
  readonly seconds: number
}

/** What post needs to store a program; it says itself what came of it. */
export interface ToolSavePlan {
  /** The command, for people. */
  readonly name: string
  /** See `toolKey`. */
  readonly key: string
  /** The name of the entry. */
  readonly entry: string
  /** The entry that is there is no good. */
  readonly again: boolean
  /** The program: its directory's path, and its file name. */
  readonly directory: string
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** Whether the job's summary is wanted. */
  readonly summary: boolean
}

/** The tools' part of a run, for the report. */
export interface ToolsStory {
  readonly list: readonly InstalledTool[]
  /** Where they are, for PATH. */
  readonly directories: readonly string[]
  /** Why none was restored or none will be stored; undefined where both may be. */
  readonly why: string | undefined
  readonly plan: readonly ToolSavePlan[]
  readonly warnings: readonly Problem[]
  /** Why one could not be installed. */
  readonly failure: Problem | undefined
}
