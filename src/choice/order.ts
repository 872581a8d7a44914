import type { Measurement } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { ChoiceFacts } from './choice.ts'
import { findPreferred, secondsOf } from './preference.ts'

/** A mirror that the user did not name replaces a working official proxy only where it saves both. */
const SAVED_SHARE = 0.3
const SAVED_SECONDS = 2

/**
 * The candidates that may be used, best first; cold ones come behind the others, except where the order given counts.
 * Without a ranking: all, in the order given. What `allows` refuses is left out wherever it stands.
 */
export function orderCandidates(facts: ChoiceFacts, allows: (candidate: Candidate) => boolean): readonly Candidate[] {
  const allowed = (candidate: Candidate) => !facts.excluded.includes(candidate.name) && allows(candidate)
  const { answered, candidates } = facts
  if (facts.ranking === undefined) {
    return candidates.list.filter(
      one => one.starts === 'at once' && allowed(one) && (answered === undefined || answered.includes(one)),
    )
  }
  const { measurements, begun } = facts.ranking
  const usable = measurements.filter(one => one.usable && allowed(one.candidate))
  const cold = measurements.filter(one => one.isCold && allowed(one.candidate))
  const able = [...usable, ...cold]
  // Each file is checked again as it comes, and go says what is wrong if all of them send the same.
  const disputed = measurements.filter(one => one.isDisputed && allowed(one.candidate))
  if (able.length === 0 && disputed.length > 0) return disputed.map(({ candidate }) => candidate)
  // They failed when measured, and modules came from them all the same.
  if (able.length === 0 && answered !== undefined) {
    const liars = findLiars(facts)
    return candidates.list.filter(one => answered.includes(one) && allowed(one) && !liars.includes(one))
  }
  const winner = able.find(({ candidate }) => candidate === facts.winner)
  if (winner !== undefined) return withFirst(winner, able)
  if (facts.inputs.selection === 'ordered') return inGivenOrder(facts, able)
  const kept = facts.candidates.mode === 'default' ? findDefended(usable) : undefined
  return withFirst(kept ?? findPreferred(usable, begun), able)
}

/**
 * Candidates that lack something or failed for a moment: asked for what no better one has. Never one that sent wrong
 * content, and none where all are only late: beside another the one that is asked would get less time.
 */
export function findReserve(
  facts: ChoiceFacts,
  order: readonly Candidate[],
  allows: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  const left = [...findLiars(facts), ...(facts.late ?? [])]
  return (facts.ranking?.measurements ?? [])
    .map(({ candidate }) => candidate)
    .filter(one => !left.includes(one) && !order.includes(one) && !facts.excluded.includes(one.name) && allows(one))
}

/** The user's own candidates that have yet to fetch what is needed. */
export function findColdOwn({ ranking }: ChoiceFacts): readonly Candidate[] {
  return (ranking?.measurements ?? [])
    .filter(one => one.isCold && one.candidate.trust === 'own')
    .map(({ candidate }) => candidate)
}

/** Candidates that sent wrong content. */
export function findLiars({ ranking }: ChoiceFacts): readonly Candidate[] {
  return (ranking?.measurements ?? [])
    .filter(({ verdict }) => verdict === 'tampered' || verdict === 'bogus')
    .map(({ candidate }) => candidate)
}

function inGivenOrder(facts: ChoiceFacts, able: readonly Measurement[]): readonly Candidate[] {
  return facts.candidates.list.filter(candidate => able.some(measurement => measurement.candidate === candidate))
}

function withFirst(first: Measurement | undefined, able: readonly Measurement[]): readonly Candidate[] {
  return [...(first === undefined ? [] : [first]), ...able.filter(one => one !== first)].map(one => one.candidate)
}

/** The official proxy, where it works and the fastest does not save enough to replace it. */
function findDefended(usable: readonly Measurement[]): Measurement | undefined {
  const official = usable.find(measurement => measurement.candidate.trust === 'official')
  if (official === undefined) return undefined
  const saved = secondsOf(official) - Math.min(...usable.map(secondsOf))
  const isWorthIt = saved >= SAVED_SECONDS && saved >= secondsOf(official) * SAVED_SHARE
  return isWorthIt ? undefined : official
}
