import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidate, Candidates } from '../candidates/candidate.ts'
import type { Problem } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Privacy } from '../project/privacy.ts'
import type { Carried } from '../settings/original.ts'
import type { GoSettings, SettingOrigin } from '../settings/settings.ts'

/** What go fetches other toolchains as. */
export const TOOLCHAIN_MODULE = 'golang.org/toolchain'

/** What a choice is made from; all of it was learned before. */
export interface ChoiceFacts {
  readonly inputs: Pick<Inputs, 'proxies' | 'privateDomains' | 'privateProxy' | 'sumdb' | 'selection' | 'fallback'>
  readonly settings: GoSettings
  readonly candidates: Candidates
  /** undefined when there was no benchmark: then the order given counts. */
  readonly ranking: Ranking | undefined
  readonly privacy: Privacy
  /** The toolchain that go will switch to, such as `go1.27.3`. */
  readonly toolchain: string | undefined
  /** URLs of checksum databases that answered just now; undefined when none was asked. */
  readonly answeringSumdbs: readonly string[] | undefined
  /**
   * Candidates that answered otherwise, or may yet: where nothing was measured, those that gave one file when asked for
   * it; where all are late, these; after the download, those that modules came from. undefined: none was asked.
   */
  readonly answered?: readonly Candidate[] | undefined
  /** Where none could be used: those that had yet to answer when the measurement ended. */
  readonly late?: readonly Candidate[]
  /** Names of candidates that misbehaved since the ranking. */
  readonly excluded: readonly string[]
  /** Paths of modules that earlier uses in this job kept from public mirrors. */
  readonly shelteredBefore?: readonly string[]
  /** The candidate that the download came from: it stays first unless it may not be used any more. */
  readonly winner?: Candidate | undefined
}

export type SettingName = 'GOPROXY' | 'GOPRIVATE' | 'GONOPROXY' | 'GONOSUMDB' | 'GOSUMDB' | 'GO111MODULE'

/** One value for the go command: what it is, where it came from, why it is so. */
export interface Setting {
  readonly name: SettingName
  readonly value: string
  readonly from: SettingOrigin | 'go-proxy-setup'
  /** Plain words for the log and the summary. */
  readonly why: string
  /** Whether it differs from what go would have used by itself. */
  readonly changed: boolean
  /** Whether later steps get it, or only our own download. */
  readonly scope: 'job' | 'download'
}

/** What the facts mean for go. */
export interface Choice {
  /** Name of the candidate that comes first; undefined when there is none or none was asked for. */
  readonly proxy: string | undefined
  readonly settings: readonly Setting[]
  /** GOPROXY for the first round and each later one; the last repeats. Never beyond a policy chain. */
  readonly rounds: readonly string[]
  /** Where modules may be fetched from for this download, best first; those that failed a probe last. */
  readonly upstreams: readonly Candidate[]
  /**
   * GOPROXY behind a gateway that died or does not have it, within what the inputs allow: never a mirror of our own
   * choosing, which could send there unchecked what it was excluded for. Empty: nothing may stand behind it.
   */
  readonly tail: string
  /**
   * GOPROXY behind a gateway that stays for later steps: what is exported without one, but no mirror that the user did
   * not name, for go asks it for all that the gateway does not have.
   */
  readonly laterTail: string
  /** GOPROXY for the one unranked try before failing. */
  readonly lastTry: string
  /** Whether at least one candidate may be used; false sends the download straight to the last try. */
  readonly usable: boolean
  /** What a later use in the same job has to know of this one's privacy. */
  readonly carried: Carried
  readonly warnings: readonly Problem[]
}
