import type { Begun } from '../benchmark/probe.ts'
import type { ProbePlan } from '../benchmark/probes.ts'
import type { VerifiedObject } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import { databaseOf } from '../gateway/plan.ts'
import { type StepGateway, startStepGateway, whyNoGateway } from '../gateway/step.ts'
import { type Chosen, stepOptions } from './behind-gateway.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/**
 * A download that begins while the candidates are still being measured: go.mod files come from the first of whom
 * one was right, everything from the first of whom a zip was right, too. The ranking's end moves the rest of
 * the work to the winner.
 */
export interface HeadStart {
  /** Takes note of what the benchmark verified; with the first of it the gateway begins. */
  take(object: VerifiedObject, plan: ProbePlan): void
  /** Begins the whole download from where this zip came, if it may. */
  begin(zip: VerifiedObject, plan: ProbePlan): Promise<Begun | undefined>
  /** The gateway, if one began, which is the caller's now, and what was verified for whoever begins one now. */
  end(): Promise<{ readonly begun: StepGateway | undefined; readonly verified: readonly VerifiedObject[] }>
  /** Ends what nobody asked for. */
  close(): Promise<void>
}

/** @param mayBegin whether it would be used without a ranking, too */
export function openHeadStart(
  job: Job,
  prepared: Prepared,
  means: Pick<Chosen, 'toolchain' | 'transport' | 'credentials'>,
  mayBegin: (candidate: Candidate) => boolean,
): HeadStart {
  const gosumdb = prepared.settings.GOSUMDB.value
  const verified: VerifiedObject[] = []
  let begun: { readonly from: Candidate; readonly gateway: Promise<StepGateway | undefined> } | undefined
  const isWanted = job.command !== undefined || (job.inputs.download && prepared.project.missing.length > 0)
  const mayCome = ({ from }: VerifiedObject, { pinned }: ProbePlan) => isWanted && !pinned && mayBegin(from)

  // The benchmark brings these.
  const ownOf = ({ mods }: ProbePlan) => mods.map(({ path }) => path)
  const start = async (from: Candidate, plan: ProbePlan): Promise<StepGateway | undefined> => {
    const options = stepOptions(job, prepared, means, { upstreams: [from], gosumdb })
    if (whyNoGateway(options) !== undefined) return undefined
    try {
      const gateway = await startStepGateway(options)
      await gateway.fetchAhead('go.mod files', ownOf(plan))
      return gateway
    } catch (error) {
      job.effects.log.debug(`No head start: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  // All candidates are asked for the same.
  const noteOnce = (object: VerifiedObject) => {
    const { path } = object.module
    if (!verified.some(({ kind, module }) => kind === object.kind && module.path === path)) verified.push(object)
  }
  const startOnce = (object: VerifiedObject, plan: ProbePlan) => {
    begun ??= { from: object.from, gateway: start(object.from, plan) }
    return begun
  }
  return {
    take(object, plan) {
      if (mayCome(object, plan)) startOnce(object, plan)
      if (begun === undefined) noteOnce(object)
      else void begun.gateway.then(gateway => gateway?.accept(object))
    },
    async begin(zip, plan) {
      if (!mayCome(zip, plan)) return undefined
      const { from, gateway: starting } = startOnce(zip, plan)
      const gateway = await starting
      if (gateway === undefined) return undefined
      // A good go.mod file is less of a promise than a good zip.
      gateway.adopt(from === zip.from ? [from] : [zip.from, from], databaseOf(gosumdb))
      gateway.accept(zip)
      await gateway.fetchAhead('everything', ownOf(plan))
      return { zipBytes: () => gateway.zipBytesFrom(zip.from), settled: gateway.settled() }
    },
    async end() {
      const gateway = await begun?.gateway
      begun = undefined
      return { begun: gateway, verified }
    },
    close: async () => (await begun?.gateway)?.close(),
  }
}
