import type { Measurement } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Facts } from './choice.ts'

/** Within this share of the fastest, trust decides. */
const EQUAL_SHARE = 0.1
/** A mirror that nobody named replaces a working official proxy only for this much. */
const SAVED_SHARE = 0.3
const SAVED_SECONDS = 2

/**
 * The candidates that may be used, best first. Without a ranking: all, in the order given. What `allows` refuses is
 * left out wherever it stands.
 */
export function orderCandidates(facts: Facts, allows: (candidate: Candidate) => boolean): readonly Candidate[] {
  const allowed = (candidate: Candidate) => !facts.excluded.includes(candidate.name) && allows(candidate)
  const { answered, candidates } = facts
  if (facts.ranking === undefined) {
    return candidates.list.filter(
      one => one.starts === 'at once' && allowed(one) && (answered === undefined || answered.includes(one)),
    )
  }
  const usable = facts.ranking.measurements.filter(measurement => measurement.usable && allowed(measurement.candidate))
  // Too slow or too ill to be measured, and modules came from it all the same.
  if (usable.length === 0 && answered !== undefined) {
    const liars = findLiars(facts)
    return candidates.list.filter(one => answered.includes(one) && allowed(one) && !liars.includes(one))
  }
  const { winner } = facts
  const kept = usable.filter(({ candidate }) => candidate === winner)
  if (kept.length > 0) return [...kept, ...usable.filter(one => !kept.includes(one))].map(({ candidate }) => candidate)
  if (facts.inputs.selection === 'ordered') return inGivenOrder(facts, usable)
  const ordered = facts.candidates.mode === 'default' ? defendOfficial(usable) : preferTrusted(usable)
  return ordered.map(measurement => measurement.candidate)
}

/** Those that lack something or failed for a moment: of use for the rest, when nobody better has it. Never a liar. */
export function findReserve(
  facts: Facts,
  order: readonly Candidate[],
  allows: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  const liars = findLiars(facts)
  return (facts.ranking?.measurements ?? [])
    .map(({ candidate }) => candidate)
    .filter(one => !liars.includes(one) && !order.includes(one) && !facts.excluded.includes(one.name) && allows(one))
}

/** Who was caught with wrong content. */
export function findLiars({ ranking }: Facts): readonly Candidate[] {
  return (ranking?.measurements ?? [])
    .filter(({ verdict }) => verdict === 'tampered' || verdict === 'bogus')
    .map(({ candidate }) => candidate)
}

function inGivenOrder(facts: Facts, usable: readonly Measurement[]): readonly Candidate[] {
  return facts.candidates.list.filter(candidate => usable.some(measurement => measurement.candidate === candidate))
}

function preferTrusted(usable: readonly Measurement[]): readonly Measurement[] {
  const fastest = findFastest(usable)
  if (fastest === undefined) return []
  const equals = usable.filter(other => seconds(other) <= seconds(fastest) * (1 + EQUAL_SHARE))
  const trusted = equals.filter(other => other.candidate.trust !== 'mirror')
  const pool = trusted.length > 0 ? trusted : equals
  const first =
    pool.find(other => other.candidate.incumbent) ?? pool.find(other => other.candidate.trust === 'official') ?? pool[0]
  return first === undefined ? [] : [first, ...usable.filter(other => other !== first)]
}

/** Nobody named the mirrors: where the official proxy works, only a large saving puts one before it. */
function defendOfficial(usable: readonly Measurement[]): readonly Measurement[] {
  const official = usable.find(measurement => measurement.candidate.trust === 'official')
  const fastest = findFastest(usable)
  if (official === undefined || fastest === undefined || fastest === official) return usable
  const saved = seconds(official) - seconds(fastest)
  const worthIt = saved >= SAVED_SECONDS && saved >= seconds(official) * SAVED_SHARE
  return worthIt ? usable : [official, ...usable.filter(other => other !== official)]
}

/** Not simply the first: the ranking puts an equal that is better known before the fastest. */
function findFastest(usable: readonly Measurement[]): Measurement | undefined {
  return [...usable].sort((a, b) => seconds(a) - seconds(b))[0]
}

function seconds(measurement: Measurement): number {
  return measurement.predictedSeconds ?? Number.POSITIVE_INFINITY
}
