import type { Problem } from '../errors.ts'
import type { Origin } from '../settings/settings.ts'

export type SettingName = 'GOPROXY' | 'GOPRIVATE' | 'GONOPROXY' | 'GONOSUMDB' | 'GOSUMDB' | 'GO111MODULE'

/** One value for the go command: what it is, where it came from, why it is so. */
export interface Setting {
  readonly name: SettingName
  readonly value: string
  readonly from: Origin | 'go-proxy-setup'
  /** Plain words for the log and the summary. */
  readonly why: string
  /** Whether it differs from what go would have used by itself. */
  readonly changed: boolean
  /** Whether later steps get it, or only our own download. */
  readonly scope: 'job' | 'download'
}

/** What the ranking means for go. */
export interface Choice {
  /** Name of the fastest usable candidate; undefined when there is none or none was asked for. */
  readonly proxy: string | undefined
  readonly settings: readonly Setting[]
  /** GOPROXY for the first round and each later one; the last repeats. Never beyond a policy chain. */
  readonly rounds: readonly string[]
  /** GOPROXY for the one unranked try before failing. */
  readonly lastTry: string
  /** Whether at least one candidate was found usable; false sends the download straight to the last try. */
  readonly usable: boolean
  readonly warnings: readonly Problem[]
}
