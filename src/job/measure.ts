import { runBenchmark } from '../benchmark/benchmark.ts'
import { type ProbePlan, planProbes } from '../benchmark/probes.ts'
import type { HeardOut, Ranking } from '../benchmark/ranking.ts'
import { ALIAS_SUMDB_URL, OFFICIAL_SUMDB_URL } from '../choice/sumdb.ts'
import { parseGosumdb } from '../go/gosumdb.ts'
import { matchesPatterns } from '../go/patterns.ts'
import type { Transport } from '../upstream/fetch.ts'
import { findAnsweringSumdbs } from '../upstream/sumdb.ts'
import type { HeadStart } from './head-start.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** Why there is nothing to measure, in plain words. */
export function whyNoBenchmark(job: Job, prepared: Prepared): string | undefined {
  const { inputs } = job
  const { project, candidates } = prepared
  const { mode, list } = candidates
  if (mode === 'none') return 'GOPROXY asks no proxy, which is obeyed'
  if (mode === 'policy') return 'GOPROXY was configured here and is the only candidate'
  if (inputs.benchmark === 'off') return 'switched off by the input benchmark'
  if (list.length < 2) return 'there is only one candidate'
  if (project.vendored) return 'the modules are vendored'
  if (project.modules.length > 0 && project.missing.length === 0) return 'all modules are in the module cache'
  if (planFor(job, prepared).mods.length === 0)
    return 'GOPRIVATE and private-domains cover every module that could be asked for'
  return undefined
}

/** Requests that a gateway keeps under way on the average, as it widens from 32 to 128. */
const USUALLY_IN_FLIGHT = 64

/** The benchmark: rankings are undefined when measuring itself failed, which must not fail the job. */
export interface Measuring {
  readonly ranking: Promise<Ranking | undefined>
  /** The same winner, and what the others have said since; nothing is asked any more afterwards. */
  complete(what: HeardOut): Promise<Ranking | undefined>
}

export function startBenchmark(
  job: Job,
  prepared: Prepared,
  transport: Transport,
  headStart: Pick<HeadStart, 'take' | 'begin'>,
): Measuring {
  const { effects, inputs, policy } = job
  const { settings, candidates } = prepared
  const plan = planFor(job, prepared)
  const { objects, ranking, complete } = runBenchmark({
    candidates: candidates.list,
    plan,
    capMs: inputs.benchmarkTimeoutMs,
    policy: policy.benchmark,
    deadlines: { headMs: inputs.readTimeoutMs, stallMs: inputs.readTimeoutMs, totalMs: inputs.benchmarkTimeoutMs },
    mode: { parallel: settings.gomaxprocs, prefetch: inputs.gateway === 'off' ? undefined : USUALLY_IN_FLIGHT },
    transport,
    clock: effects.clock,
    publicity: prepared.publicity,
    signal: job.signal,
    hearAll: inputs.selection === 'ordered',
    beginDownload: (right, extent) => headStart.begin(right, plan, extent),
  })
  const handOn = async () => {
    for await (const object of objects) headStart.take(object)
    return ranking
  }
  const failed = (error: unknown) => {
    effects.log.debug(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
  return { ranking: handOn().catch(failed), complete: what => complete(what).catch(failed) }
}

function planFor({ effects, inputs }: Job, { project, settings, privacy, toolchainBytes }: Prepared): ProbePlan {
  const sumdb = parseGosumdb(inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb)
  return planProbes({
    publicModules: privacy.public,
    missing: privacy.public.filter(module => project.missing.includes(module)),
    sums: project.sums,
    sumdb: sumdb.ok && sumdb.value.kind === 'database' ? sumdb.value : undefined,
    isPrivate: privacy.isSheltered,
    isUnchecked: path => matchesPatterns(settings.GONOSUMDB.value, path),
    otherBytes: toolchainBytes,
    nonce: effects.random.hex(8),
  })
}

/** Which official database answers is only asked where it decides something: when a mirror is in the race. */
export async function askSumdbs(
  job: Job,
  { settings, candidates }: Prepared,
  ranking: Ranking | undefined,
  transport: Transport,
): Promise<readonly string[] | undefined> {
  const mirrors = candidates.list.some(
    ({ trust, starts }) => trust === 'mirror' && (starts === 'at once' || ranking?.joined !== undefined),
  )
  const isDefault = settings.GOSUMDB.value === 'sum.golang.org' && job.inputs.sumdb === 'auto'
  if (!mirrors || !isDefault) return undefined
  return findAnsweringSumdbs(
    [OFFICIAL_SUMDB_URL, ALIAS_SUMDB_URL],
    settings.GOSUMDB.value,
    job.inputs.benchmarkTimeoutMs,
    transport,
  )
}
