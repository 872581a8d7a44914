import type { ProbePlan } from '../benchmark/probe-plan.ts'
import type { Begun } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import { databaseOf } from '../gateway/plan.ts'
import { type StepGateway, startStepGateway, whyNoGateway } from '../gateway/step.ts'
import type { GatewayEvent } from '../gateway/telling/events.ts'
import { requestedModule } from '../go/escape.ts'
import type { Extent, VerifiedObject } from '../objects/object.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import { type Chosen, stepOptions } from './behind-gateway.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/**
 * A download that begins while the candidates are still being measured, from the first of whom a file was right. The
 * ranking's end moves the rest of the work to the winner.
 */
export interface HeadStart {
  /** Takes note of what the benchmark verified. */
  take(object: VerifiedObject): void
  /** Begins from where a right file came, if it may; again: goes on from there, and from nobody else. Never rejects. */
  begin(right: VerifiedObject, plan: ProbePlan, extent: Extent): Promise<Begun | undefined>
  /** The gateway, if one began, which is the caller's now, and what was verified for whoever begins one now. */
  end(): Promise<{ readonly begun: StepGateway | undefined; readonly verified: readonly VerifiedObject[] }>
  /** What its gateway did, if there was one, whatever became of it: files may be in the module cache from it. */
  events(): readonly GatewayEvent[]
  /** Ends what nobody asked for. */
  close(): Promise<void>
}

/** What the benchmark brings: the small files, and the zip that shows whether zips are right. */
function ownOf({ mods, zips }: ProbePlan): readonly string[] {
  return [...mods, ...zips.slice(0, 1)].map(({ path }) => path)
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
  let starting: Promise<StepGateway | undefined> | undefined
  let hasEnded = false
  let events: readonly GatewayEvent[] = []
  const isWanted = job.command !== undefined || (job.inputs.download && prepared.project.missing.length > 0)

  const sayNoHeadStart = (error: unknown) =>
    job.effects.log.debug(`No head start: ${error instanceof Error ? error.message : String(error)}`)
  const start = async (from: Candidate): Promise<StepGateway | undefined> => {
    const options = stepOptions(job, prepared, means, { upstreams: [from], gosumdb })
    if (whyNoGateway(options) !== undefined) return undefined
    try {
      const gateway = await startStepGateway(options)
      events = gateway.events
      return gateway
    } catch (error) {
      sayNoHeadStart(error)
      return undefined
    }
  }
  // All candidates are asked for the same.
  const noteOnce = (object: VerifiedObject) => {
    const { path } = object.module
    if (!verified.some(({ kind, module }) => kind === object.kind && module.path === path)) verified.push(object)
  }
  return {
    take(object) {
      if (hasEnded) return
      if (starting === undefined) noteOnce(object)
      else void starting.then(gateway => gateway?.accept(object)).catch(sayNoHeadStart)
    },
    async begin({ from }, plan, extent) {
      if (hasEnded || !isWanted || plan.pinned || !mayBegin(from)) return undefined
      starting ??= start(from)
      const gateway = await starting
      if (gateway === undefined) return undefined
      try {
        gateway.adopt([from], databaseOf(gosumdb))
        for (const object of verified.splice(0)) gateway.accept(object)
        await gateway.fetchAhead(extent, ownOf(plan))
      } catch (error) {
        sayNoHeadStart(error)
        return undefined
      }
      return {
        zips: () => gateway.flowFrom(from),
        failure: least => failureOf(from, least, gateway.events, prepared.publicity),
        settled: gateway.settled,
      }
    },
    async end() {
      hasEnded = true
      const begun = await starting
      starting = undefined
      return { begun, verified }
    },
    events: () => events,
    async close() {
      hasEnded = true
      await (await starting)?.close()
    },
  }
}

/** How its zips fail, where not one came and so many were asked for in vain. */
function failureOf(
  from: Candidate,
  least: number,
  events: readonly GatewayEvent[],
  publicity: Prepared['publicity'],
): OutcomeKind | undefined {
  const outcomes = events.flatMap(event => {
    if (event.kind !== 'asked' || event.upstream !== from || !event.target.endsWith('.zip')) return []
    const { outcome: kind, status, target } = event
    const isFailure =
      kind !== 'stopped' && !publicity.isAboutModule(from, requestedModule(target) ?? '', { kind, status })
    return isFailure ? [kind] : []
  })
  return outcomes.includes('found') || outcomes.length < least ? undefined : outcomes[0]
}
