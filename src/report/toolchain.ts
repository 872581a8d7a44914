import type { GoSettings } from '../settings/settings.ts'
import type { ToolchainStory } from '../toolchain/story.ts'

/** The go command of this step. */
export interface GoReport {
  readonly version: string
  readonly os: string
  readonly arch: string
  /** GOROOT. Older reports have none. */
  readonly root?: string
}

export function goReport({ version, goos, goarch, goroot }: GoSettings): GoReport {
  return { version, os: goos, arch: goarch, root: goroot }
}

/** The Go that was found or fetched. Absent if none was asked for and there was one already. */
export interface ToolchainReport {
  /** Such as `1.26.7`. */
  readonly version: string
  readonly root: string
  /** What was asked for, as written. */
  readonly wanted: string
  /** The input or file that asked for it; null: there was no Go. */
  readonly by: string | null
  /** Where it was; `proxy`: it was fetched. */
  readonly from: ToolchainStory['from']
  /** null: it was there. */
  readonly fetched: NonNullable<ToolchainStory['fetched']> | null
}

export function toolchainReport({ version, goroot, wanted, by, from, fetched }: ToolchainStory): ToolchainReport {
  return {
    version: version.slice(2),
    root: goroot,
    wanted,
    by: by === '' ? null : by,
    from,
    fetched: fetched ?? null,
  }
}
