import type { Candidate } from '../candidates/candidate.ts'
import type { Outcome } from '../upstream/outcome.ts'

/**
 * Counts what is under way to each candidate, with what others ask of it meanwhile: its server may bear only so many
 * requests.
 */
export interface Account {
  /** Resolves when one more may be sent, and counts it; after the signal at once. Never rejects. */
  begin(candidate: Candidate, load: 'small' | 'zip', signal: AbortSignal): Promise<void>
  /** The request ended. @returns whether it was refused as one too many, so that it is worth asking again */
  end(candidate: Candidate, load: 'small' | 'zip', outcome: Outcome): boolean
}
