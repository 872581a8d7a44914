import type { OutcomeKind } from '../../upstream/outcome.ts'

/** What an upstream's answer means for the next step. */
export type Consequence =
  | 'serve'
  /** It does not exist: believed of a trusted upstream. */
  | 'absent'
  /** Not there because its own source failed: others may have it, and it may have it soon. */
  | 'absent for now'
  /** Fall back to another upstream now, and retry this one in the next round. */
  | 'elsewhere'
  /** Do not ask it for a while. */
  | 'embargo'
  /** Never ask it again in this job: its identity cannot be verified. */
  | 'out'
  /** The answer is not needed any more. */
  | 'stopped'

const CONSEQUENCES: Readonly<Record<OutcomeKind, Consequence>> = {
  found: 'serve',
  absent: 'absent',
  'absent for now': 'absent for now',
  // Only said when asked for what is cached, which the gateway never does.
  'not cached': 'absent for now',
  unauthorized: 'elsewhere',
  forbidden: 'elsewhere',
  limited: 'embargo',
  'server error': 'elsewhere',
  'unexpected status': 'elsewhere',
  'unknown host': 'elsewhere',
  unreachable: 'elsewhere',
  'bad certificate': 'out',
  'tls failed': 'elsewhere',
  silent: 'elsewhere',
  stalled: 'elsewhere',
  cut: 'elsewhere',
  'too large': 'elsewhere',
  encoded: 'elsewhere',
  'redirect refused': 'elsewhere',
  'protocol error': 'elsewhere',
  'http proxy unreachable': 'elsewhere',
  'http proxy refuses': 'elsewhere',
  stopped: 'stopped',
}

export function consequenceOf(kind: OutcomeKind): Consequence {
  return CONSEQUENCES[kind]
}

const FINAL: readonly OutcomeKind[] = [
  'unauthorized',
  'forbidden',
  'bad certificate',
  'redirect refused',
  'http proxy refuses',
]

/** Answers that would be the same a moment later: no reason for another round. */
export function isFinal(kind: OutcomeKind): boolean {
  return FINAL.includes(kind)
}

/**
 * What a retry is likely to bring. `lasting`: the same answer (wrong content, a status or encoding that makes no sense).
 * `flapping`: another answer in a few seconds, for the upstream answers, but fails. `away`: another answer once the
 * upstream or the path to it is back. `one too many`: a good answer once fewer requests are under way.
 */
export type Nature = 'lasting' | 'flapping' | 'away' | 'no connection' | 'one too many'

export function natureOf(kind: OutcomeKind): Nature {
  switch (kind) {
    case 'unexpected status':
    case 'too large':
    case 'encoded':
    case 'protocol error':
    case 'http proxy refuses':
      return 'lasting'
    case 'server error':
    case 'cut':
    // go alone would have failed at once.
    case 'http proxy unreachable':
      return 'flapping'
    case 'unknown host':
    case 'unreachable':
    case 'tls failed':
      return 'no connection'
    default:
      return 'away'
  }
}

export const MINIMUM_EMBARGO_MS = 1_000
/** A pause without an answer in between is doubled at most so often. */
const MOST_DOUBLINGS = 4
/** An upstream that asks for a longer pause is not waited for while there is another. */
export const MAXIMUM_EMBARGO_MS = 30_000
/**
 * The only upstream is not waited for longer than this, and only once: we may have sent more requests at a time than go
 * alone, which would not have met the limit.
 */
export const LONGEST_EMBARGO_MS = 120_000

/**
 * How long not to ask an upstream that answered 429 or 503. A value that makes no sense counts as none.
 * @param retryAfter seconds or an HTTP date (RFC 9110, 10.2.3)  @param random uniform in [0, 1)
 * @param pauses how many in a row this is: it doubles what we choose, not what the upstream asks for
 */
export function embargoMs(retryAfter: string | undefined, nowDate: Date, random: () => number, pauses = 1): number {
  const asked = parseRetryAfter(retryAfter, nowDate) ?? 0
  const leastMs = MINIMUM_EMBARGO_MS * 2 ** Math.min(MOST_DOUBLINGS, Math.max(0, pauses - 1))
  return Math.max(leastMs, asked) + random() * MINIMUM_EMBARGO_MS
}

/** Milliseconds from now; undefined for what is missing, malformed or past. */
export function parseRetryAfter(text: string | undefined, nowDate: Date): number | undefined {
  const trimmed = text?.trim() ?? ''
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1_000
  // The three forms of an HTTP date all begin with a day's name.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(trimmed)) return undefined
  const ms = Date.parse(trimmed) - nowDate.getTime()
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}

/** Sleep after a whole round failed: doubling up to a cap, half fixed and half random. @param round 0 for the first */
export function roundDelayMs(round: number, baseMs: number, maximumMs: number, random: () => number): number {
  return (Math.min(maximumMs, baseMs * 2 ** round) * (1 + random())) / 2
}
