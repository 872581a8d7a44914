import type { Authority } from '../../__tests__/support/builders/certificates.ts'
import type { Ledger } from '../../__tests__/support/servers/module-server.ts'
import type { Library } from './library.ts'

/** The columns: how the product is told where modules come from. */
export const WAYS = ['own', 'configured', 'two', 'private'] as const
export type Way = (typeof WAYS)[number]

export const WAY_TITLES: Readonly<Record<Way, string>> = {
  own: 'one own proxy',
  configured: 'configured GOPROXY',
  two: 'two candidates',
  private: '`private-proxy`',
}

/** A row: what servers, network or machine are like. */
export interface Habit {
  /** For `--only` and the list of known failures: `limit-8-429-after`. */
  readonly id: string
  /** The row's title, Markdown. */
  readonly title: string
  /** Of the row, for the pairwise sample: `{ family: 'at once', most: '8', status: '429' }`. */
  readonly factors: Readonly<Record<string, string>>
  /** Which project is downloaded. */
  readonly project: keyof Library['projects']
  /** The ways that it concerns; all, where it is not given. */
  readonly ways?: readonly Way[]
  /** Its delays, and with them the policy and the product's deadlines, are divided by the scale, or by this if it is less. */
  readonly scaledBy?: number
  /** Where plain go fails the product works none the less. */
  readonly alwaysWorks?: true
  /** Why it cannot be played on this machine. */
  readonly skip?: () => string | undefined
  /** Opens the servers anew for each run of a program. */
  readonly open: (place: Place) => Promise<Opened>
  /** What surrounds the program under test: few descriptors, a control group. */
  readonly confine?: Confine
}

/** What a habit is opened in. */
export interface Place {
  readonly library: Library
  readonly way: Way
  /** Delays are divided by it. */
  readonly scale: number
  /** Empty; removed after the run. */
  readonly directory: string
  readonly authority: Authority
}

export interface Opened {
  /** Where the modules come from: one URL, or in the order of preference several. */
  readonly urls: readonly string[]
  /** Variables of the job, for plain go as for the product. */
  readonly env?: Readonly<Record<string, string>>
  /** What the servers remember, one for each. */
  readonly ledgers: () => readonly Ledger[]
  close(): Promise<void>
}

/** A command that runs the one that follows it, and what must be undone. @param directory for files of its own */
export type Confine = (directory: string) => { readonly prefix: readonly string[]; close(): Promise<void> }
