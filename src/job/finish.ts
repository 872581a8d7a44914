import type { Ranking } from '../benchmark/ranking.ts'
import type { Choice } from '../choice/choice.ts'
import { ok, type Problem, type Result } from '../errors.ts'
import type { GatewayPlan } from '../gateway/plan.ts'
import { warnOfWithdrawn } from '../project/withdrawn.ts'
import { requestsOfBenchmark } from '../report/requests.ts'
import type { Story } from '../report/story.ts'
import type { ModuleStoreStory } from '../store/story.ts'
import { chooseAgain } from './choose-again.ts'
import { findHttpProxyProblem, findHttpProxyProblemOfAll } from './http-proxy.ts'
import type { Chosen } from './measure.ts'
import { storeModules } from './module-store.ts'
import { runsGo } from './prepare.ts'
import type { Ready } from './ready.ts'
import { warnOfRefusedModules } from './refused.ts'
import { startResidence } from './residence.ts'
import { setTestTimes } from './test-times.ts'
import type { Used } from './use.ts'

/** What later steps get. */
export interface Finished {
  readonly story: Pick<
    Story,
    'ranking' | 'requests' | 'choice' | 'residence' | 'sharedUrl' | 'cache' | 'buildCache' | 'moduleStore' | 'failure'
  >
  readonly warnings: readonly Problem[]
}

/** Decides what later steps get: settings, a gateway of their own, and what post stores. */
export async function finish(ready: Ready, chosen: Chosen, used: Used): Promise<Finished> {
  const { job, prepared, means, cache, buildCache, phases } = ready
  const { ranking, choice } = runsGo(job, prepared)
    ? await chooseAgain(ready, chosen, used.story)
    : { ranking: chosen.facts.ranking, choice: chosen.choice }
  const refused = await warnOfRefusedModules(job, prepared, used.story.failure)
  const withdrawn = await findWithdrawn(ready, used)
  const residence =
    job.inputs.gateway === 'job'
      ? await phases.time('gateway for the job', () => startResidence(ready, choice, coldFor(ranking, choice, used)))
      : undefined
  const cached = await cache.finish({
    download: used.story.download,
    headStart: chosen.headStart.events(),
    logins: means.transport.logins ?? [],
  })
  const stored = await storeAsked(ready, used)
  const times = await setTestTimes(job, prepared.project.directories)
  if (times !== undefined) job.effects.log.info(times)
  const built = await buildCache.finish()
  return {
    story: {
      ranking,
      requests: [...requestsOfBenchmark(ranking?.requests ?? [], job.startMs), ...used.story.requests],
      choice,
      residence: residence?.ok ? residence.value.url : undefined,
      sharedUrl: residence?.ok ? residence.value.sharedUrl : undefined,
      cache: cached,
      buildCache: built,
      moduleStore: stored.ok ? stored.value : undefined,
      failure: used.story.failure ?? (stored.ok ? undefined : stored.problems[0]),
    },
    warnings: [
      ...warnOfHttpProxy(used, ready),
      ...choice.warnings.map(warning => withoutBlame(warning, ready)),
      ...refused,
      ...withdrawn,
      ...(residence === undefined ? [] : residence.ok ? residence.value.warnings : residence.problems),
      ...cached.warnings,
      // One warning is enough for a cache service that fails.
      ...(cached.restored?.how === 'failed' ? [] : built.warnings),
    ],
  }
}

/** Only if everything before succeeded: else the store would be incomplete. */
async function storeAsked(
  { job, prepared, phases }: Ready,
  { story }: Used,
): Promise<Result<ModuleStoreStory | undefined>> {
  const isDue = job.inputs.moduleStore !== undefined && job.command === undefined && story.failure === undefined
  return isDue && !job.signal.aborted ? phases.time('module store', () => storeModules(job, prepared)) : ok(undefined)
}

/** Only after a download: the user of a command did not ask for it. */
async function findWithdrawn({ job, prepared }: Ready, { story }: Used): Promise<readonly Problem[]> {
  if (story.download === undefined || story.failure !== undefined) return []
  return warnOfWithdrawn(prepared.project, prepared.settings.gomodcache, job.effects.files)
}

/** Not if the step fails with that problem anyway. */
function warnOfHttpProxy({ story }: Used, ready: Ready): readonly Problem[] {
  const problem = findHttpProxyProblem(ready)
  return problem === undefined || story.failure?.code === problem.code ? [] : [problem]
}

/** If the network's own proxy opens no connection, the candidates were never reached and are not to blame. */
function withoutBlame(warning: Problem, ready: Ready): Problem {
  if (warning.code !== 'NO_CANDIDATE_EXPORTED') return warning
  return { ...warning, hint: findHttpProxyProblemOfAll(ready)?.hint ?? warning.hint }
}

/** What the gateway of later steps goes on with: proxies that were cold when measured, and what they still lack. */
function coldFor(ranking: Ranking | undefined, { upstreams }: Choice, { leftCold }: Used): GatewayPlan['cold'] {
  const cold = (ranking?.measurements ?? []).filter(one => one.isCold && upstreams.includes(one.candidate))
  return cold.length === 0 ? undefined : { names: cold.map(({ candidate }) => candidate.name), modules: leftCold }
}
