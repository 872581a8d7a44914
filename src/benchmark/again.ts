import type { Candidate } from '../candidates/candidate.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import type { Measurement, Ranking } from './ranking.ts'
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
/** Verdicts that asking again will not change: it lies, or does not have what is needed. */
const LASTING: ReadonlySet<Verdict> = new Set(['tampered', 'bogus', 'missing'])

/** Candidates to ask once more where none can be used: those whose failure may pass. Empty where one can be used. */
export function findPassing({ measurements }: Ranking): readonly Candidate[] {
  if (measurements.some(one => one.usable || one.isCold)) return []
  return measurements.filter(mayPass).map(({ candidate }) => candidate)
}

function mayPass({ verdict, probes }: Measurement): boolean {
  if (LASTING.has(verdict)) return false
  return probes
    .filter(({ purpose, outcome }) => (purpose === 'latency' || purpose === 'rate') && outcome !== 'found')
    .every(({ outcome }) => PASSING.has(outcome) || outcome === 'stopped by the benchmark')
}

/** The newer measurement of each candidate; of those that were not asked again, the older. */
export function joinRankings(before: Ranking, now: Ranking): Ranking {
  const again = new Set(now.measurements.map(({ candidate }) => candidate))
  return {
    ...now,
    measurements: [...now.measurements, ...before.measurements.filter(({ candidate }) => !again.has(candidate))],
    seconds: before.seconds + now.seconds,
    bytes: before.bytes + now.bytes,
    joined: now.joined ?? before.joined,
  }
}
