import type { CandidateReport, Report } from './report.ts'
import { formatSeconds } from './units.ts'

/** Such as `1.2 s`; `~1.2 s` where the rate is a guess. */
export function formatPredicted(candidate: CandidateReport): string {
  return `${isGuess(candidate) ? '~' : ''}${formatSeconds(candidate.predictedSeconds)}`
}

/** What the mark means, where there is one. */
export function explainGuesses({ candidates }: Report): string | undefined {
  return candidates.some(isGuess)
    ? '~ marks a guess: too little of a zip arrived to measure the rate, and the download may be much faster.'
    : undefined
}

/** One small file shows how long a request takes, and hardly a rate: the benchmark itself takes no fewer bytes for one. */
const RATE_BYTES = 200_000

function isGuess({ predictedSeconds, bytesPerSecond, probes }: CandidateReport): boolean {
  if (predictedSeconds === null) return false
  const zips = probes.filter(({ purpose, bytes }) => purpose === 'rate' && bytes > 0)
  const bytes = zips.reduce((sum, one) => sum + one.bytes, 0)
  return bytesPerSecond === null || (zips.length > 0 && bytes < RATE_BYTES)
}
