import type { Candidate } from '../candidates/candidate.ts'
import type { Problem } from '../errors.ts'
import type { ChoiceFacts } from './choice.ts'
import type { GoproxyPlan } from './rounds.ts'
import type { SumdbChoice } from './sumdb.ts'

/**
 * Candidates whose mirror of the checksum database fails. go asks the first proxy that says it has one, and a failed
 * lookup is final: so such a proxy stands in no chain that go reads. Behind the gateway, which turns to the database
 * itself, it is as good as any. Where go looks nothing up through proxies, none is barred.
 */
export function findBrokenLookups({ ranking }: ChoiceFacts, sumdb: SumdbChoice): ReadonlySet<Candidate> {
  if (sumdb.off || sumdb.bypassesProxies) return new Set()
  const broken = (ranking?.measurements ?? []).filter(measurement => measurement.sumdb === 'broken')
  return new Set(broken.map(({ candidate }) => candidate))
}

/** @param order all candidates that may be used  @param plan what came of it */
export function warnOfLookups(
  order: readonly Candidate[],
  broken: ReadonlySet<Candidate>,
  { exported }: GoproxyPlan,
): readonly Problem[] {
  const found = order.filter(candidate => broken.has(candidate))
  if (found.length === 0) return []
  const names = found.map(({ name }) => name).join(', ')
  // Where nothing is exported GOPROXY stays as it was, and what it names stays in it.
  const stays = exported.length === 0 && found.some(({ incumbent }) => incumbent)
  const fate = found.some(one => exported.includes(one))
    ? 'Later steps still get it, because no other named proxy works here'
    : stays
      ? 'Later steps keep it, because nothing better works here'
      : 'Later steps do not use it'
  return [
    {
      code: 'SUMDB_MIRROR_BROKEN',
      message: `${names}: its mirror of the checksum database fails, and go would fail with it. ${fate}.`,
      hint: 'Remove it from `proxies`, or set `sumdb: sum.golang.org https://sum.golang.org`, which asks no proxy.',
    },
  ]
}
