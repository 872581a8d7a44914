import type { OutcomeKind } from '../upstream/outcome.ts'
import { describeOutcome } from '../upstream/outcome.ts'
import type { Sample } from './sample.ts'

export type Verdict =
  | 'ok'
  | 'slow'
  | 'cold'
  | 'missing'
  | 'blocked'
  | 'unhealthy'
  | 'bogus'
  | 'tampered'
  | 'unreachable'

export interface Judgement {
  readonly verdict: Verdict
  /** Plain words; nothing of it comes from the candidate. */
  readonly reason: string
}

const VERDICTS: Readonly<Partial<Record<OutcomeKind, Verdict>>> = {
  absent: 'missing',
  'absent for now': 'unhealthy',
  'not cached': 'cold',
  unauthorized: 'blocked',
  forbidden: 'blocked',
  limited: 'blocked',
  'server error': 'unhealthy',
  'unexpected status': 'unhealthy',
  'unknown host': 'unreachable',
  unreachable: 'unreachable',
  'bad certificate': 'unreachable',
  'tls failed': 'unreachable',
  'http proxy unreachable': 'unreachable',
  'http proxy refuses': 'unreachable',
  silent: 'unreachable',
  stopped: 'unreachable',
  stalled: 'slow',
  cut: 'unhealthy',
  'too large': 'bogus',
  encoded: 'bogus',
  'redirect refused': 'bogus',
  'protocol error': 'bogus',
}

/**
 * What to think of one candidate by itself, worst finding first: wrong content, then 200 to a path that cannot exist,
 * then the first needed object that it did not give. A refusal does not count if the module may be private.
 * @param pinned whether it was asked for the built-in set instead of what the project needs
 * @param cut whether the benchmark stopped waiting for it because other candidates were good
 */
export function judge(samples: readonly Sample[], pinned = false, cut = false): Judgement {
  const asked = samples.filter(sample => sample.purpose === 'latency' || sample.purpose === 'rate')
  const needed = asked.filter(({ aboutModule }) => !aboutModule)
  const control = samples.find(sample => sample.purpose === 'control')
  const wrong = needed.find(sample => sample.verified === false)
  if (control?.kind === 'found') return { verdict: 'bogus', reason: 'it answers 200 even for a path that cannot exist' }
  if (wrong !== undefined)
    return {
      verdict: 'tampered',
      reason: `its content does not match ${pinned ? 'the checksum database' : 'go.sum'}`,
    }
  const failures = needed.filter(sample => sample.kind !== 'found' && !sample.censored)
  const failure = failures.find(({ kind }) => kind !== 'not cached') ?? failures[0]
  if (failure !== undefined) return judgeFailure(failure, needed, pinned)
  if (needed.some(sample => sample.verified)) return { verdict: 'ok', reason: 'content verified' }
  if (needed.some(sample => sample.bytes > 0)) return { verdict: 'slow', reason: 'it sent no complete file in time' }
  if (needed.length === 0 && asked.length > 0)
    return { verdict: 'ok', reason: 'it answers, but has none of the modules it was asked for' }
  if (cut) return { verdict: 'slow', reason: 'others answered first, so we stopped waiting for it' }
  return { verdict: 'unreachable', reason: connected(samples) ? 'it did not answer in time' : 'no connection in time' }
}

function judgeFailure(failure: Sample, needed: readonly Sample[], pinned: boolean): Judgement {
  const what = failure.purpose === 'rate' ? 'a module’s zip' : 'a module’s go.mod'
  const verdict = VERDICTS[failure.kind] ?? 'unhealthy'
  const reason = failure.reason ?? describeOutcome(failure.kind, failure.status)
  // A candidate that answered other requests and was silent for one is slow, not unreachable.
  if (verdict === 'unreachable' && needed.some(sample => sample.kind === 'found')) {
    return { verdict: 'unhealthy', reason: `for ${what}: ${reason}` }
  }
  if (verdict === 'cold') return { verdict, reason: `it has yet to fetch ${what}` }
  const lacks = `it lacks ${what} that ${pinned ? 'other proxies have' : 'this project needs'}`
  return { verdict, reason: verdict === 'missing' ? lacks : reason }
}

/** Whether nothing came because of the network's own proxy: this says nothing of the candidate. */
export function isHttpProxysFault(samples: readonly Sample[]): boolean {
  const answered = samples.filter(({ censored }) => !censored)
  return answered.length > 0 && answered.every(({ kind }) => kind.startsWith('http proxy'))
}

function connected(samples: readonly Sample[]): boolean {
  return samples.some(sample => sample.timings.connectMs !== null)
}

/** A rate under this share of the best one is called slow. */
const SLOW_SHARE = 0.1

/** Whether a rate is so far behind the best that the candidate is called slow. */
export function isSlow(bytesPerSecond: number | undefined, best: number | undefined): boolean {
  return bytesPerSecond !== undefined && best !== undefined && bytesPerSecond < best * SLOW_SHARE
}
