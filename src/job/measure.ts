import { findLate } from '../benchmark/again.ts'
import type { OnTheirWay } from '../benchmark/benchmark.ts'
import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Choice, ChoiceFacts } from '../choice/choice.ts'
import { choose } from '../choice/choose.ts'
import type { Project } from '../project/project.ts'
import { askCandidates, askSumdbs } from './ask.ts'
import { type Measuring, startBenchmark, whyNoBenchmark } from './benchmark.ts'
import type { Defer } from './defer.ts'
import { stepOptions } from './gateway-options.ts'
import { type HeadStart, openHeadStart } from './head-start.ts'
import { runsGo } from './prepare.ts'
import type { Ready } from './ready.ts'
import { sparingRefused } from './refused.ts'

/** What is decided before go runs, and what later answers may still change. */
export interface Chosen {
  readonly facts: ChoiceFacts
  readonly choice: Choice
  /** Why there was no benchmark, in plain words; undefined when there was one. */
  readonly benchmarkSkipped: string | undefined
  readonly headStart: HeadStart
  /** The candidates that are known to be cold by now. */
  cold(): readonly Candidate[]
  /** What the benchmark still expects from the candidate that the download comes from. */
  onTheirWay(): OnTheirWay
  /** Ends the benchmark. @returns the ranking with the answers that came since */
  completeRanking(): Promise<Ranking | undefined>
  /** The candidates that answer, where nothing was measured; undefined: none was asked. */
  readonly asking: Promise<readonly Candidate[]> | undefined
}

/** Measures the candidates and chooses; meanwhile the download may begin from the first that sends a correct file. */
export async function measure(ready: Ready, defer: Defer): Promise<Chosen> {
  const { job, prepared, means, phases } = ready
  const { transport } = means
  const unranked = factsBefore(ready)
  const headStart = openHeadStartFor(ready, unranked)
  defer(headStart.close)
  const whyNot = whyNoBenchmark(job, prepared)
  const measuring = whyNot === undefined ? startBenchmark(job, prepared, transport, headStart) : undefined
  defer(async () => measuring?.complete('enough'))
  const measured = measuring && (await phases.time('benchmark', () => enoughOf(measuring, ready)))
  const ranking = measured && withLeftToGo(measured, prepared.leftToGo)
  // Runs during the download, which does not need the answers if the given order counts.
  const asking = ranking === undefined ? askCandidates(job, prepared, transport) : undefined
  const waits = asking !== undefined && !runsGo(job, prepared)
  const late = ranking === undefined ? [] : findLate(ranking)
  const facts: ChoiceFacts = {
    ...unranked,
    ranking,
    // A download waits longer for answers than a measurement, and longest for a single candidate: the first late one.
    answered: waits ? await phases.time('candidates', () => asking) : late.length > 0 ? late.slice(0, 1) : undefined,
    late,
    answeringSumdbs: await phases.time('checksum database', () => askSumdbs(job, prepared, ranking, transport)),
  }
  return {
    facts,
    choice: choose(sparingRefused(facts, prepared)),
    benchmarkSkipped: whyNot ?? (ranking === undefined ? 'it failed, so the order given is used' : undefined),
    headStart,
    cold: () => measuring?.cold() ?? [],
    onTheirWay: () => measuring?.onTheirWay() ?? { targets: [], settled: Promise.resolve() },
    completeRanking: async () => (await measuring?.complete('enough')) ?? ranking,
    asking,
  }
}

/** A proxy that refuses us may serve go, which has a login for it. */
function withLeftToGo(ranking: Ranking, leftToGo: readonly Candidate[]): Ranking {
  const reason = 'it wants a login that only go can get, through GOAUTH'
  const measurements = ranking.measurements.map(one =>
    leftToGo.includes(one.candidate) && !one.usable ? { ...one, reason } : one,
  )
  return { ...ranking, measurements }
}

function mayFetch({ missing, openEnded }: Project): boolean {
  return missing.length > 0 || openEnded
}

function factsBefore({ job, prepared }: Pick<Ready, 'job' | 'prepared'>): ChoiceFacts {
  const { settings, candidates, privacy, toolchain, shelteredBefore } = prepared
  return {
    inputs: job.inputs,
    settings,
    candidates,
    privacy,
    ranking: undefined,
    toolchain,
    answeringSumdbs: undefined,
    excluded: [],
    shelteredBefore,
  }
}

/** What would be chosen if nothing could be measured. */
export function unrankedChoice(known: Pick<Ready, 'job' | 'prepared'>): Choice {
  return choose(factsBefore(known))
}

function openHeadStartFor(ready: Ready, unranked: ChoiceFacts): HeadStart {
  const { job, prepared } = ready
  const gosumdb = prepared.settings.GOSUMDB.value
  return openHeadStart({
    isWanted: job.command !== undefined || (job.inputs.download && mayFetch(prepared.project)),
    mayBegin: mayBegin(unranked),
    gosumdb,
    gatewayFrom: from => stepOptions(ready, { upstreams: [from], gosumdb }),
    publicity: prepared.publicity,
    log: job.effects.log,
  })
}

/** The candidates that the download may begin from before there is a ranking; the first alone where the order given counts. */
function mayBegin(unranked: ChoiceFacts): (candidate: Candidate) => boolean {
  const { upstreams } = choose(unranked)
  const able = unranked.inputs.selection === 'ordered' ? upstreams.slice(0, 1) : upstreams
  return candidate => able.includes(candidate)
}

/** A gateway needs only the winner, since it learns about the others as it asks them; go alone has only those in GOPROXY. */
function enoughOf({ ranking, complete }: Measuring, { job, prepared }: Ready): Promise<Ranking | undefined> {
  if (!runsGo(job, prepared)) return complete('all')
  return job.inputs.gateway === 'off' ? complete('enough') : ranking
}
