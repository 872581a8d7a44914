import type { ProbePlan } from '../benchmark/probes.ts'
import type { VerifiedObject } from '../benchmark/ranking.ts'
import { type StepGateway, startStepGateway, whyNoGateway } from '../gateway/step.ts'
import { type Chosen, stepOptions } from './behind-gateway.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/**
 * A gateway that begins while the candidates are still being measured: the first trusted one that proved itself is
 * asked for what is small. The zips wait for the ranking, whose rates they would spoil.
 */
export interface HeadStart {
  /** Takes note of what the benchmark verified; with the first of it the gateway begins. */
  take(object: VerifiedObject, plan: ProbePlan): void
  /** The gateway, if one began, which is the caller's now, and all that was verified. */
  end(): Promise<{ readonly begun: StepGateway | undefined; readonly verified: readonly VerifiedObject[] }>
  /** Ends what nobody asked for. */
  close(): Promise<void>
}

export function openHeadStart(
  job: Job,
  prepared: Prepared,
  means: Pick<Chosen, 'toolchain' | 'transport' | 'credentials'>,
): HeadStart {
  const verified: VerifiedObject[] = []
  let begun: Promise<StepGateway | undefined> | undefined
  const begin = async ({ from }: VerifiedObject, { mods, zips }: ProbePlan): Promise<StepGateway | undefined> => {
    const order = { upstreams: [from], gosumdb: prepared.settings.GOSUMDB.value }
    const options = stepOptions(job, prepared, means, order)
    if (whyNoGateway(options) !== undefined) return undefined
    try {
      const gateway = await startStepGateway(options)
      // Those come by the benchmark.
      await gateway.fetchSmall(new Set([...mods, ...zips].map(({ path }) => path)))
      return gateway
    } catch (error) {
      job.effects.log.debug(`No head start: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  const wanted = job.command !== undefined || (job.inputs.download && prepared.project.missing.length > 0)
  return {
    take(object, plan) {
      verified.push(object)
      if (wanted && !plan.pinned && object.from.trust !== 'mirror') begun ??= begin(object, plan)
    },
    async end() {
      const gateway = await begun
      begun = undefined
      return { begun: gateway, verified }
    },
    close: async () => (await begun)?.close(),
  }
}
