import type { Candidate } from '../candidates/candidate.ts'
import type { Clock } from '../effects.ts'
import { hashGoMod } from '../go/h1.ts'
import type { Transport } from '../upstream/fetch.ts'
import { fetchFromList } from '../upstream/list.ts'
import type { Outcome, OutcomeKind } from '../upstream/outcome.ts'
import { SMALL_BYTES } from './probe.ts'
import type { PlannedObject } from './probe-plan.ts'

export interface Question {
  readonly candidates: readonly Candidate[]
  /** Files with their right hashes. Where one is missing the next is asked for: its module may be private. */
  readonly objects: readonly PlannedObject[]
  /** For each answer. */
  readonly timeoutMs: number
  /** How long to wait for all of them, even when enough have answered. */
  readonly graceMs: number
  readonly transport: Transport
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** A chain of two survives the failure of one. */
const ENOUGH = 2

/** The candidates that answer as a live module proxy does; all are asked for a small file at once. Never rejects. */
export async function findAnswering(question: Question): Promise<readonly Candidate[]> {
  const { candidates, clock, graceMs } = question
  const answering: Candidate[] = []
  const over = new AbortController()
  const signal = AbortSignal.any([question.signal, over.signal])
  const enough = new AbortController()
  const grace = clock.sleep(graceMs, signal)
  const asked = candidates.map(async candidate => {
    if (await answers(candidate, question, signal)) answering.push(candidate)
    if (answering.length >= ENOUGH) enough.abort()
  })
  const all = Promise.all(asked)
  const whenEnough = new Promise<void>(resolve => enough.signal.addEventListener('abort', () => resolve()))
  await Promise.race([all, Promise.all([grace, whenEnough])])
  over.abort()
  await all
  return candidates.filter(candidate => answering.includes(candidate))
}

async function answers(candidate: Candidate, question: Question, signal: AbortSignal): Promise<boolean> {
  for (const object of question.objects) {
    const outcome = await ask(candidate, object, question, signal)
    if (isAlive(candidate, object, outcome)) return true
    if (!MAY_HAVE_ANOTHER.has(outcome.kind)) return false
  }
  return false
}

function ask(
  candidate: Candidate,
  object: PlannedObject,
  { timeoutMs, transport }: Question,
  signal: AbortSignal,
): Promise<Outcome> {
  const deadlines = { headMs: timeoutMs, stallMs: timeoutMs, totalMs: timeoutMs }
  const publicUpstream = candidate.trust !== 'own'
  const options = { deadlines, maxBytes: SMALL_BYTES, signal, onlyCached: true, publicUpstream }
  return fetchFromList(candidate.list, object.path, options, transport)
}

const MAY_HAVE_ANOTHER: ReadonlySet<OutcomeKind> = new Set(['absent', 'not cached', 'forbidden'])
const ALIVE: ReadonlySet<OutcomeKind> = new Set(['absent', 'not cached', 'unauthorized', 'forbidden', 'limited'])

/**
 * The right file is always an answer. Every public proxy has it. One of the user's own may lack it, not have fetched it
 * yet, forbid it, want a login that only go knows, or be overloaded, and still serve the user's modules.
 */
function isAlive(
  { trust }: Pick<Candidate, 'trust'>,
  { h1 }: Pick<PlannedObject, 'h1'>,
  { kind, body }: Pick<Outcome, 'kind' | 'body'>,
): boolean {
  if (kind === 'found') return hashGoMod(body) === h1
  return trust === 'own' && ALIVE.has(kind)
}
