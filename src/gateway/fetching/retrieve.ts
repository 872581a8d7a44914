import type { Candidate } from '../../candidates/candidate.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import { type Failed, type Retrieved, TOO_LATE, TOO_SLOW } from './answer.ts'
import { askOnce } from './ask.ts'
import { askOnly } from './hedge.ts'
import type { Turn } from './pool.ts'
import { roundDelayMs } from './retry.ts'
import type { Ticket, Turns } from './turns.ts'
import { prove } from './verdict.ts'
import type { RetrievalWorld } from './world.ts'

/**
 * Gets one object from any upstream that has it: the next one at once after a failure, a pause only when all of them
 * failed, and never wrong content. Never rejects.
 *
 * In one piece: each answer decides which upstream is asked next, and whether another round follows.
 */
export async function retrieve(
  route: ModuleRoute,
  ticket: Ticket,
  turns: Turns,
  world: RetrievalWorld,
): Promise<Retrieved> {
  const { clock, outage, policy, pool, random, signal } = world
  // Counted from the first request on: no upstream is at fault for the time in the queue.
  let begunMs: number | undefined
  const reasons = new Map<string, string>()
  const refusals = new Map<string, string>()
  // go finds elsewhere what no upstream may be asked for here.
  if (!pool.upstreams.some(one => world.mayAsk(one, route))) return { kind: 'absent' }
  if (!outage.mayAsk(clock.now())) return { kind: 'failed', reasons: ['no proxy has answered for some time'] }
  const refused = new Set<Candidate>()
  const last = new Map<Candidate, Failed>()
  const isUnmet = (one: Candidate) =>
    last.get(one)?.nature === 'no connection' && pool.usualFirstByteMs(one) === undefined
  let attempts = 0
  const nextAttempt = () => attempts++
  let lateRetry = false
  let gaveUp = false
  let askedLong = false
  let tooMany = 0
  for (let round = 0; ; round++) {
    const tried = new Set<Candidate>(refused)
    let absences = 0
    let waiting = false
    // What the trusted ones do not have may be private: mirrors are not asked for it.
    let absentAtTrusted = false
    const allowed = (one: Candidate) => world.mayAsk(one, route) && !(absentAtTrusted && one.trust === 'mirror')
    /** No request is given up in favour of an upstream that cannot even be reached. */
    const promising = (one: Candidate) => allowed(one) && last.get(one)?.nature !== 'no connection'
    for (;;) {
      const upstream = await turns.next(ticket, tried, allowed)
      if (upstream === 'none') break
      if (signal.aborted) {
        pool.end(upstream, 'neutral', ticket.load)
        turns.wake()
        break
      }
      tried.add(upstream)
      // It was excluded after its turn came.
      if (pool.isOut(upstream)) {
        pool.end(upstream, 'neutral', ticket.load)
        turns.wake()
        continue
      }
      begunMs ??= clock.now()
      const mayGiveUp = () => {
        const request = { allowed: promising, tried, load: ticket.load, urgent: ticket.isUrgent() }
        return !gaveUp && isWillingSoon(pool.turn(request, clock.now()))
      }
      const alone = !pool.upstreams.some(
        one => one !== upstream && !pool.isAway(one, clock.now()) && !refused.has(one) && promising(one),
      )
      const askedMs = clock.now()
      const ask = { attempt: nextAttempt(), mayGiveUp, begunMs, alone, onAnswer: turns.wake }
      const asked = alone
        ? await askOnly(route, upstream, { ...ask, ticket, nextAttempt }, world)
        : await askOnce(route, upstream, ask, world)
      turns.wake()
      const answer = asked.kind === 'received' ? await prove(route, asked, ticket, world) : asked
      if (answer.kind === 'found') {
        if (answer.proof === 'go.sum' || !pool.isOut(upstream)) return answer
        // It was excluded, perhaps for wrong content, and no hash proves this.
        answer.content.drop()
        continue
      }
      if (answer.kind === 'not stored') return { kind: 'failed', reasons: [answer.reason] }
      if (answer.kind === 'absent') {
        absences++
        refused.add(upstream)
        absentAtTrusted ||= upstream.trust !== 'mirror'
        continue
      }
      if (answer.kind === 'failed' && answer.nature === 'one too many' && tooMany++ < MOST_TOO_MANY) {
        begunMs += clock.now() - askedMs
        refusals.set(upstream.name, answer.reason)
        const elsewhere = pool.turn({ allowed: promising, tried, load: ticket.load, urgent: true }, clock.now())
        if (elsewhere.kind !== 'ask') tried.delete(upstream)
        continue
      }
      reasons.set(upstream.name, answer.reason)
      // What the same upstream sent wrong twice stays wrong.
      const again = last.get(upstream)?.nature === 'lasting' && answer.nature === 'lasting'
      last.set(upstream, answer)
      begunMs += answer.flowedMs ?? 0
      // Something on the way cut the request while the proxy was fetching; it may have the object by now.
      if (alone && !askedLong && clock.now() - askedMs > policy.objectMs) {
        askedLong = true
        begunMs = clock.now()
      }
      // Only once: where the others turn out worse, slow is better than never.
      gaveUp ||= answer.reason === TOO_SLOW.reason || answer.reason === TOO_LATE.reason
      if (answer.final || again) refused.add(upstream)
      if (answer.kind === 'absent for now') waiting = true
    }
    if (absentAtTrusted) return { kind: 'absent' }
    const left = pool.upstreams.filter(one => !pool.isAway(one, clock.now()) && !refused.has(one) && allowed(one))
    // Mirrors that agree that it does not exist are believed when no other upstream is left to ask.
    if (left.length === 0)
      return absences > 0 && reasons.size === 0
        ? { kind: 'absent' }
        : { ...failed(reasons.size > 0 ? reasons : refusals), final: true }
    // No pause when no request would follow it.
    begunMs ??= clock.now()
    const flapping = left.every(one => last.get(one)?.nature === 'flapping')
    const endMs = Math.min(
      outage.deadlineMs(begunMs),
      flapping ? begunMs + policy.flappingMs : Number.POSITIVE_INFINITY,
    )
    const leftMs = endMs - clock.now()
    const isSettled = pool.upstreams.some(one => refused.has(one) || pool.isOut(one))
    const rounds = isSettled && left.every(isUnmet) ? Math.min(policy.rounds, UNMET_ROUNDS) : policy.rounds
    if (round + 1 >= rounds || leftMs <= 0) return failed(reasons)
    const late = waiting && left.every(one => reasons.has(one.name))
    if (late && lateRetry) return { kind: 'absent' }
    lateRetry ||= late
    const pauseMs = late
      ? policy.lateRetryMs
      : roundDelayMs(round, policy.roundDelayMs, policy.maximumDelayMs, random.next)
    // The last round is at the deadline.
    await clock.sleep(Math.min(pauseMs, leftMs), signal)
    if (signal.aborted) return failed(reasons)
  }
}

/**
 * So often upstreams are asked that could never be reached, while others were and have answered: the network is there,
 * and a name that does not resolve in it, or a closed port, is no outage to be waited for.
 */
const UNMET_ROUNDS = 3

/** An object is refused so often for other requests' sake before the upstream counts as failing. */
const MOST_TOO_MANY = 20

/** Whether an upstream could be asked now, or in a moment. */
function isWillingSoon({ kind }: Turn): boolean {
  return kind === 'ask' || kind === 'later'
}

function failed(reasons: ReadonlyMap<string, string>): Extract<Retrieved, { kind: 'failed' }> {
  return { kind: 'failed', reasons: [...reasons].map(([name, reason]) => `${name}: ${reason}`) }
}

/** go shows 648 bytes of an error and nothing of a longer one. Source: cmd/go/internal/web, maxErrorDetailBytes. */
const WORDS_BYTES = 640

/** go prints this to the user, so it names each proxy and how it failed; what a proxy wrote is sanitised. */
export function wordsFor(retrieved: Retrieved): string {
  if (retrieved.kind !== 'failed') return 'not found'
  return sanitizeLine(`no proxy could serve it: ${retrieved.reasons.join('; ')}`, WORDS_BYTES)
}
