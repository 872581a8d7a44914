import type { Problem } from '../errors.ts'
import type { GoproxyList } from '../go/goproxy.ts'
import type { SettingOrigin } from '../settings/settings.ts'

/** Goes by host, however a candidate was named: proxy.golang.org, a preset's public mirror, or everything else. */
export type Trust = 'official' | 'own' | 'mirror'

/** Somewhere modules can come from. */
export interface Candidate {
  /** What is shown and compared: the URL, or the whole chain; credentials masked. Unique. */
  readonly name: string
  /** The list asked, in go's order and with go's fall-through: one entry, or the chain that GOPROXY held. */
  readonly list: GoproxyList
  /** Whether `list` is a configured GOPROXY (one candidate whatever its length). */
  readonly configured: boolean
  readonly trust: Trust
  /** What named it. `default`: Go's default, or what stands by for it. */
  readonly from: SettingOrigin
  /** What GOPROXY says today: wins among equals. */
  readonly incumbent: boolean
  /** `standby`: joins the race only when the official proxy fails here. */
  readonly starts: 'at once' | 'standby'
}

/** Which candidates there are, and what that allows. */
export interface Candidates {
  readonly list: readonly Candidate[]
  /**
   * `named`: the `proxies` input. `policy`: GOPROXY was set to other than Go's default, and is the only candidate.
   * `default`: the official proxy, mirrors on standby. `none`: GOPROXY is off or direct alone, which is obeyed.
   */
  readonly mode: 'named' | 'policy' | 'default' | 'none'
  readonly warnings: readonly Problem[]
}
