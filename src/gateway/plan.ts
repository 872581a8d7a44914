import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity, PublicitySnapshot } from '../candidates/publicity.ts'
import type { Clock, Environment, Random } from '../effects.ts'
import { parseGosumdb } from '../go/gosumdb.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Policy } from '../policy.ts'
import { type Privacy, shelteredBy } from '../project/privacy.ts'
import type { Project } from '../project/project.ts'
import type { Deadlines, Login, Transport } from '../upstream/fetch.ts'
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts'

/** All that a gateway has to know, as plain data: it may run in another process than the one that knows it. */
export interface GatewayPlan {
  /** Best first. Their URLs may hold passwords. */
  readonly upstreams: readonly Candidate[]
  /** Line keys and hashes of go.sum. */
  readonly sums: readonly (readonly [string, string])[]
  /** Modules that no upstream hears of from us; empty: a private proxy stands alone, and it may hear of everything. */
  readonly sheltered: { readonly patterns: string } | undefined
  /** What the official proxy's answers told by then. */
  readonly publicity?: PublicitySnapshot | undefined
  /** The GOSUMDB value in force. */
  readonly gosumdb: string
  /** Base URLs of the checksum database's own hosts. */
  readonly sumdbHosts: readonly string[]
  readonly policy: Policy['gateway']
  readonly deadlines: Deadlines
  readonly connectMs: number
  /** For private proxies; secret. */
  readonly logins: readonly Login[]
}

export interface PlanOptions {
  readonly inputs: Pick<
    Inputs,
    'privateProxy' | 'connectTimeoutMs' | 'readTimeoutMs' | 'timeoutMs' | 'timeoutGiven' | 'retries' | 'retryDelayMs'
  >
  readonly project: Pick<Project, 'sums'>
  readonly privacy: Pick<Privacy, 'patterns'>
  readonly publicity?: Publicity | undefined
  /** Best first. */
  readonly upstreams: readonly Candidate[]
  /** The GOSUMDB value in force. */
  readonly gosumdb: string
  readonly sumdbHosts: readonly string[]
  readonly policy: Policy['gateway']
  readonly logins: readonly Login[]
}

export function planGateway({ inputs, project, privacy, ...rest }: PlanOptions): GatewayPlan {
  const { timeoutGiven, timeoutMs } = inputs
  // As for the download: what the user set is final, and a default of ours ends nothing that flows.
  const flowMs = timeoutGiven ? timeoutMs : Math.max(timeoutMs, rest.policy.flowMs)
  const policy = { ...withRounds(rest.policy, inputs), flowMs }
  return {
    upstreams: rest.upstreams,
    sums: [...project.sums],
    sheltered: inputs.privateProxy === undefined ? { patterns: privacy.patterns } : undefined,
    publicity: rest.publicity?.snapshot(),
    gosumdb: rest.gosumdb,
    sumdbHosts: rest.sumdbHosts,
    policy,
    deadlines: { headMs: inputs.readTimeoutMs, stallMs: inputs.readTimeoutMs, totalMs: timeoutMs },
    connectMs: inputs.connectTimeoutMs,
    logins: rest.logins,
  }
}

/**
 * A round costs less here than a run of go: twice as many of them, from a quarter of the pause on. With the defaults
 * they outlast 20 s in which nobody answers.
 */
export function withRounds(
  policy: Policy['gateway'],
  { retries, retryDelayMs }: Pick<Inputs, 'retries' | 'retryDelayMs'>,
): Policy['gateway'] {
  return { ...policy, rounds: Math.max(1, 2 * retries), roundDelayMs: retryDelayMs / 4 }
}

export interface GatewayWorld {
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly env: Environment
  /** Ours, existing; removed by the caller. */
  readonly temporaryDirectory: string
}

/** A private proxy stands alone, and it may hear of everything. */
export function shelterOf({ sheltered }: GatewayPlan, env: Environment): (modulePath: string) => boolean {
  return sheltered === undefined ? () => false : shelteredBy(sheltered.patterns, env)
}

/** The database that go asks; undefined when it asks none. */
export function databaseOf(gosumdb: string): GatewayOptions['sumdb'] {
  const parsed = parseGosumdb(gosumdb)
  return parsed.ok && parsed.value.kind === 'database' ? parsed.value : undefined
}

/** @param beside what is done for a download that is under way in this process */
export function startPlanned(
  plan: GatewayPlan,
  world: GatewayWorld,
  beside: Pick<GatewayOptions, 'prefill' | 'hashing' | 'mends' | 'publicity'> = {},
): Promise<Gateway> {
  return startGateway({
    ...world,
    ...beside,
    upstreams: plan.upstreams,
    sums: new Map(plan.sums),
    isSheltered: shelterOf(plan, world.env),
    sumdb: databaseOf(plan.gosumdb),
    sumdbHosts: plan.sumdbHosts,
    policy: plan.policy,
    deadlines: plan.deadlines,
  })
}
