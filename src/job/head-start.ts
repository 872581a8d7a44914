import type { Begun } from '../benchmark/beginning.ts'
import type { ProbePlan } from '../benchmark/probe-plan.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity } from '../candidates/publicity.ts'
import type { Log } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { databaseOf } from '../gateway/plan.ts'
import { type StepGateway, type StepOptions, startStepGateway, whyNoGateway } from '../gateway/step.ts'
import type { GatewayEvent } from '../gateway/telling/events.ts'
import { requestedModule } from '../go/escape.ts'
import type { Extent, VerifiedObject } from '../objects/object.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'

/**
 * A download that begins while the candidates are still being measured, from the first that returned a correct file.
 * The final ranking moves the rest of the work to the winner.
 */
export interface HeadStart {
  /** Remembers what the benchmark verified. */
  take(object: VerifiedObject): void
  /** Begins with the candidate that a correct file came from, if it may; called again, goes on with that one alone. Never rejects. */
  begin(right: VerifiedObject, plan: ProbePlan, extent: Extent): Promise<Begun | undefined>
  /** @returns the gateway, if one began, which the caller then owns */
  end(): Promise<StepGateway | undefined>
  /** Hands over what was verified and no gateway has yet; from now on it takes what is verified, too. */
  handTo(gateway: Pick<Gateway, 'accept'>): void
  /** What its gateway did, if there was one, however it ended: it may have put files into the module cache. */
  events(): readonly GatewayEvent[]
  /** Closes the gateway unless `end` handed it over. */
  close(): Promise<void>
}

export interface HeadStartOptions {
  /** There is something to download. */
  readonly isWanted: boolean
  /** Whether the candidate would be used without a ranking, too. */
  readonly mayBegin: (candidate: Candidate) => boolean
  /** The GOSUMDB value in force. */
  readonly gosumdb: string
  /** How to start a gateway that asks this candidate alone. */
  readonly gatewayFrom: (candidate: Candidate) => StepOptions
  readonly publicity: Publicity
  readonly log: Log
}

export function openHeadStart(options: HeadStartOptions): HeadStart {
  const { isWanted, mayBegin, gosumdb, gatewayFrom, publicity, log } = options
  const verified: VerifiedObject[] = []
  let starting: Promise<StepGateway | undefined> | undefined
  let heir: Pick<Gateway, 'accept'> | undefined
  let hasEnded = false
  let events: readonly GatewayEvent[] = []

  const start = async (from: Candidate): Promise<StepGateway | undefined> => {
    const gateway = await startGatewayFrom(gatewayFrom(from), log)
    events = gateway?.events ?? []
    return gateway
  }
  return {
    take(object) {
      const gateway = heir === undefined ? starting : Promise.resolve(heir)
      if (gateway === undefined) noteOnce(object, verified)
      else void gateway.then(taker => taker?.accept(object)).catch(sayNoHeadStart(log))
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
        sayNoHeadStart(log)(error)
        return undefined
      }
      return {
        zips: () => gateway.flowFrom(from),
        failure: least => failureOf(from, least, gateway.events, publicity),
        settled: gateway.settled,
      }
    },
    async end() {
      hasEnded = true
      const begun = await starting
      starting = undefined
      return begun
    },
    handTo(gateway) {
      heir = gateway
      for (const object of verified.splice(0)) gateway.accept(object)
    },
    events: () => events,
    async close() {
      hasEnded = true
      await (await starting)?.close()
    },
  }
}

async function startGatewayFrom(options: StepOptions, log: Log): Promise<StepGateway | undefined> {
  if (whyNoGateway(options) !== undefined) return undefined
  try {
    return await startStepGateway(options)
  } catch (error) {
    sayNoHeadStart(log)(error)
    return undefined
  }
}

function sayNoHeadStart(log: Log): (error: unknown) => void {
  return error => log.debug(`No head start: ${reasonOf(error)}`)
}

/** Several candidates return the same object, since all are asked for the same. */
function noteOnce(object: VerifiedObject, verified: VerifiedObject[]): void {
  const { path } = object.module
  if (!verified.some(({ kind, module }) => kind === object.kind && module.path === path)) verified.push(object)
}

/** What the benchmark fetches itself: the small files, and the zip that shows whether zips are right. */
function ownOf({ mods, zips }: ProbePlan): readonly string[] {
  return [...mods, ...zips.slice(0, 1)].map(({ path }) => path)
}

/** How its zips fail, if none arrived and at least `least` requests for one failed. */
function failureOf(
  from: Candidate,
  least: number,
  events: readonly GatewayEvent[],
  publicity: Publicity,
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
