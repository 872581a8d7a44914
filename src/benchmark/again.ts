import type { Candidate } from '../candidates/candidate.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import type { Measurement, Probe, Ranking } from './ranking.ts'
import { STOPPED_BY_BENCHMARK } from './sample.ts'
import type { Verdict } from './verdict.ts'

/** Failures that may be over in a moment: of a network, or of a server that starts or has too much to do. */
const PASSING: ReadonlySet<string> = new Set<OutcomeKind>([
  'absent for now',
  'not cached',
  'limited',
  'server error',
  'unknown host',
  'unreachable',
  'tls failed',
  'http proxy unreachable',
  'silent',
  'stalled',
  'cut',
  'stopped',
])
/** How a request ends that has had no answer. */
const LATE: ReadonlySet<string> = new Set<OutcomeKind | typeof STOPPED_BY_BENCHMARK>([
  'silent',
  'stopped',
  STOPPED_BY_BENCHMARK,
])
/** Verdicts that asking again will not change: it lies, or does not have what is needed. */
const LASTING: ReadonlySet<Verdict> = new Set(['tampered', 'bogus', 'missing'])

/**
 * Candidates to ask once more where none can be used: those whose failure may pass. Empty where one can be used, and
 * where all are only late: a measurement would again take as long as it may.
 */
export function findPassing(ranking: Ranking): readonly Candidate[] {
  if (canUseOne(ranking)) return []
  const passing = ranking.measurements.filter(mayPass)
  return passing.every(isLate) ? [] : passing.map(({ candidate }) => candidate)
}

/**
 * Candidates that took our requests and have yet to answer one, where none is known to be better: a proxy that fetches
 * what it is asked for needs longer than a measurement has.
 */
export function findLate(ranking: Ranking): readonly Candidate[] {
  return canUseOne(ranking) ? [] : ranking.measurements.filter(isLate).map(({ candidate }) => candidate)
}

function canUseOne({ measurements }: Ranking): boolean {
  return measurements.some(one => one.usable || one.isCold || one.isDisputed)
}

function isLate({ verdict, connectMs, probes }: Measurement): boolean {
  const isReached = connectMs !== null || probes.some(({ outcome }) => outcome === 'absent')
  return verdict === 'unreachable' && isReached && filesIn(probes).every(({ outcome }) => LATE.has(outcome))
}

function mayPass({ verdict, probes }: Measurement): boolean {
  if (LASTING.has(verdict)) return false
  return filesIn(probes)
    .filter(({ outcome }) => outcome !== 'found')
    .every(({ outcome }) => PASSING.has(outcome) || outcome === STOPPED_BY_BENCHMARK)
}

function filesIn(probes: readonly Probe[]): readonly Probe[] {
  return probes.filter(({ purpose }) => purpose === 'latency' || purpose === 'rate')
}

/** The newer measurement of each candidate; of those that were not asked again, the older. */
export function joinRankings(before: Ranking, now: Ranking): Ranking {
  const again = new Set(now.measurements.map(({ candidate }) => candidate))
  return {
    ...now,
    measurements: [...now.measurements, ...before.measurements.filter(({ candidate }) => !again.has(candidate))],
    requests: [...before.requests, ...now.requests],
    seconds: before.seconds + now.seconds,
    bytes: before.bytes + now.bytes,
    joined: now.joined ?? before.joined,
  }
}
