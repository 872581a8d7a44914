import type { Outcome, OutcomeKind } from '../upstream/outcome.ts'

/** The codes of files that a proxy does not give. Programs may rely on them. */
export type WarmCode =
  | 'PREWARM_MISSING'
  | 'PREWARM_DENIED'
  | 'PREWARM_REFUSED'
  | 'PREWARM_WRONG_CONTENT'
  | 'PREWARM_NO_ANSWER'
  | 'PREWARM_FAILED'
  | 'PREWARM_NOT_STORED'

/** What came of asking one proxy for one file. */
export type WarmAnswer =
  /** It is what go.sum says, or has the right form where go.sum has no line. */
  | { readonly kind: 'right'; readonly bytes: number; readonly waitedMs: number; readonly goMod?: string }
  /** The proxy asks for fewer requests. */
  | { readonly kind: 'refused'; readonly status: number | null; readonly retryAfter: string | undefined }
  | WarmFailure
  /** The user stopped it, or time is over. */
  | { readonly kind: 'stopped' }

/** A file that did not come. */
export interface WarmFailure {
  readonly kind: 'failed'
  readonly code: WarmCode
  /** Plain words; nothing in it comes from the proxy. */
  readonly reason: string
  /** Whether asking again a moment later may help. */
  readonly passes: boolean
  /** Whether the proxy answered at all. */
  readonly answered: boolean
}

/** Of an outcome without content. */
export function answerOf({ kind, status, reason, retryAfter }: Outcome): WarmAnswer {
  if (kind === 'stopped') return { kind: 'stopped' }
  if (kind === 'limited' || status === 503) return { kind: 'refused', status, retryAfter }
  return { kind: 'failed', code: codeFor(kind), reason, passes: !LASTING.has(kind), answered: status !== null }
}

const LASTING: ReadonlySet<OutcomeKind> = new Set([
  'absent',
  'unauthorized',
  'forbidden',
  'bad certificate',
  'redirect refused',
  'unknown host',
  'too large',
  'encoded',
  'http proxy refuses',
  // It had as long as `timeout` says.
  'silent',
])

const UNREACHED: ReadonlySet<OutcomeKind> = new Set([
  'unknown host',
  'unreachable',
  'bad certificate',
  'tls failed',
  'silent',
  'http proxy unreachable',
  'http proxy refuses',
])

function codeFor(kind: OutcomeKind): WarmCode {
  if (kind === 'absent') return 'PREWARM_MISSING'
  if (kind === 'unauthorized' || kind === 'forbidden') return 'PREWARM_DENIED'
  return UNREACHED.has(kind) ? 'PREWARM_NO_ANSWER' : 'PREWARM_FAILED'
}

/** Content that is not what it should be. @param what in plain words @param settled the same would come again */
export function wrongContent(what: string, settled: boolean): WarmFailure {
  return { kind: 'failed', code: 'PREWARM_WRONG_CONTENT', reason: what, passes: !settled, answered: true }
}
