import type { Candidate } from '../../candidates/candidate.ts'
import type { Proof } from '../../objects/verify.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import type { Stored } from '../keeping/spool.ts'
import type { Nature } from './retry.ts'

/** What came of looking for an object. */
export type Retrieved =
  /** `from`: undefined when no upstream gave it. */
  | {
      readonly kind: 'found'
      readonly content: Stored
      readonly from: Candidate | undefined
      /** Of its list, the URL that gave it. */
      readonly via?: string | undefined
      readonly proof: Proof
    }
  /** It does not exist: an upstream that is trusted for this says so. */
  | { readonly kind: 'absent' }
  /** `final`: a retry a moment later would fail in the same way. */
  | { readonly kind: 'failed'; readonly reasons: readonly string[]; readonly final?: boolean }

/** What one upstream answered. */
export type UpstreamAnswer =
  | VerifiedAnswer
  /** A zip that arrived whole and is yet to be verified. */
  | ({ readonly kind: 'received' } & Sent)

/** What one upstream answered, its content verified. */
export type VerifiedAnswer =
  | Extract<Retrieved, { kind: 'found' }>
  | { readonly kind: 'absent' }
  | Failed
  /** No upstream is at fault: this machine has no room, or cannot open a file. */
  | { readonly kind: 'not stored'; readonly reason: string }

/** Content that an upstream sent, before it is verified. */
export interface Sent {
  readonly content: Stored
  readonly from: Candidate
  readonly via: string | undefined
  /** The transfer was cut and resumed: the content is put together from parts. */
  readonly resumed: boolean
}

export interface Failed {
  readonly kind: 'absent for now' | 'failed'
  readonly reason: string
  /** A retry a moment later would fail in the same way. */
  readonly final: boolean
  /** What a retry is likely to achieve. */
  readonly nature: Nature
  /** How long a body was arriving: this time was not lost. */
  readonly flowedMs?: number
}

/** Why a request was ended before its deadlines, in favour of another upstream or request. */
export type GivenUp = Pick<Outcome, 'kind' | 'reason'>

export const TOO_SLOW: GivenUp = { kind: 'stalled', reason: 'its answer came too slowly' }
export const TOO_LATE: GivenUp = { kind: 'silent', reason: 'it was silent while another proxy could be asked' }
