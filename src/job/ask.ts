import { findAnswering } from '../benchmark/answer.ts'
import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import { ALIAS_SUMDB_URL, OFFICIAL_SUMDB_URL } from '../choice/sumdb.ts'
import type { Transport } from '../upstream/fetch.ts'
import { findAnsweringSumdbs } from '../upstream/sumdb.ts'
import { planFor } from './benchmark.ts'
import type { Job } from './job.ts'
import { needsNothing, type Prepared } from './prepare.ts'

/**
 * Which candidates answer at all, where proxies were named and nothing is measured: each is asked for a file that every
 * proxy may be asked for.
 * @returns undefined if there is no need to ask: one candidate alone, GOPROXY as the user set it, no such file, or
 * nothing to ask for
 */
export function askCandidates(
  job: Job,
  prepared: Prepared,
  transport: Transport,
): Promise<readonly Candidate[]> | undefined {
  const { effects, inputs, policy, signal } = job
  const { list, mode } = prepared.candidates
  const { mods } = planFor(job, prepared)
  if (mode !== 'named' || list.length < 2 || mods.length === 0 || needsNothing(job, prepared)) return undefined
  return findAnswering({
    candidates: list,
    objects: mods,
    timeoutMs: inputs.connectTimeoutMs,
    graceMs: policy.benchmark.latencyStageMs,
    transport,
    clock: effects.clock,
    signal,
  })
}

/** Which official database answers. Asked only if that decides something: when a mirror is in the race. */
export async function askSumdbs(
  job: Job,
  prepared: Prepared,
  ranking: Ranking | undefined,
  transport: Transport,
): Promise<readonly string[] | undefined> {
  const { inputs } = job
  const { settings, candidates } = prepared
  const mirrors = candidates.list.some(
    ({ trust, starts }) => trust === 'mirror' && (starts === 'at once' || ranking?.joined !== undefined),
  )
  const isDefault = settings.GOSUMDB.value === 'sum.golang.org' && inputs.sumdb === 'auto'
  if (!mirrors || !isDefault || needsNothing(job, prepared)) return undefined
  return findAnsweringSumdbs(
    [OFFICIAL_SUMDB_URL, ALIAS_SUMDB_URL],
    settings.GOSUMDB.value,
    inputs.benchmarkTimeoutMs,
    transport,
  )
}
