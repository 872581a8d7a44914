import type { Candidate } from '../candidates/candidate.ts'
import { headMs } from '../upstream/outcome.ts'
import { outcomeOf, type RefusedProbe, type Sample } from './sample.ts'

/** One request that the benchmark sent. */
export interface MeasuredRequest {
  /** The candidate's name. */
  readonly upstream: string
  /** Path below the candidate's URL. */
  readonly object: string
  readonly purpose: Sample['purpose']
  readonly outcome: string
  readonly status: number | null
  /** The clock's reading when it was sent. */
  readonly sentMs: number
  readonly ms: number
  /** When its first byte came, since it was sent; null: none came. */
  readonly firstByteMs: number | null
  readonly bytes: number
  /** 0 for the first request for this object. */
  readonly attempt: number
}

/** The requests behind a candidate's answers, those included that were sent again. */
export function requestsIn(candidate: Pick<Candidate, 'name'>, samples: readonly Sample[]): readonly MeasuredRequest[] {
  return samples.flatMap(sample => {
    const { object, purpose, sentMs, refused = [] } = sample
    // What came by the download is among the gateway's requests.
    if (sentMs === undefined) return []
    const told = { upstream: candidate.name, object, purpose }
    const took = ({ timings, status, bytes }: Sample | RefusedProbe) => ({
      status,
      bytes,
      ms: timings.totalMs,
      firstByteMs: headMs(timings),
    })
    return [
      ...refused.map((one, i) => ({ ...told, ...took(one), outcome: one.kind, sentMs: one.sentMs, attempt: i })),
      { ...told, ...took(sample), outcome: outcomeOf(sample), sentMs, attempt: refused.length },
    ]
  })
}
