import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity, PublicitySnapshot } from '../candidates/publicity.ts'
import type { Clock, Environment, Random } from '../effects.ts'
import { type Gosumdb, parseGosumdb } from '../go/gosumdb.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Policy } from '../policy.ts'
import { type Privacy, shelteredBy } from '../project/privacy.ts'
import type { Project } from '../project/project.ts'
import type { Deadlines, Login, Transport } from '../upstream/fetch.ts'
import type { Loads } from './fetching/loads.ts'
import type { Hashing } from './keeping/hashing.ts'
import type { Prefill } from './keeping/prefill.ts'
import type { SharePlan } from './sharing/place.ts'

/** What a gateway is to do, as plain data: it may run in another process than the one that plans it. */
export interface GatewayPlan {
  /** In the order to ask, until a ranking is adopted. Their URLs may hold passwords. */
  readonly upstreams: readonly Candidate[]
  /** Line keys and hashes of go.sum. */
  readonly sums: readonly (readonly [string, string])[]
  /** Modules that no upstream may be asked for; undefined: a private proxy stands alone, and serves every module. */
  readonly sheltered: { readonly patterns: string } | undefined
  /** What the official proxy's answers have shown so far. */
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
  /** Names of upstreams that are cold, and modules that came from elsewhere: they are to have them, too. */
  readonly cold?: { readonly names: readonly string[]; readonly modules: readonly ModuleVersion[] } | undefined
  /** Whether go is run again when it finds a wrong zip; else each zip is hashed before go gets it. */
  readonly mends?: boolean
  /** Where and how others than this job may ask; undefined: nowhere. */
  readonly share?: SharePlan | undefined
}

/** What a gateway needs of the process it runs in. */
export interface GatewayWorld {
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly env: Environment
  /** Ours, existing; removed by the caller. */
  readonly temporaryDirectory: string
  /** Which modules mirrors may be asked for, and what is learned about that; undefined: all that are not sheltered. */
  readonly publicity?: Publicity | undefined
  /** What is under way to the upstreams, and what they bear, as far as others of the same step know; undefined: nothing. */
  readonly loads?: Loads | undefined
  /** Where objects fetched ahead are put, so that go need not ask for them; undefined: go asks for everything. */
  readonly prefill?: Prefill | undefined
  /** Told what the go.mod of a module says, as soon as it is there. */
  readonly onGoMod?: ((module: ModuleVersion, text: string) => void) | undefined
  /** Hashes zips in a thread; closed with the gateway. */
  readonly hashing?: Hashing | undefined
}

/** What a plan is made from. */
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
  /** Where and how others than this job may ask; undefined: nowhere. */
  readonly share?: SharePlan | undefined
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
    share: rest.share,
  }
}

/**
 * A round costs less here than a run of go: there are twice as many, and the first pause is a quarter as long. With the
 * defaults they outlast 20 s in which no upstream answers.
 */
export function withRounds(
  policy: Policy['gateway'],
  { retries, retryDelayMs }: Pick<Inputs, 'retries' | 'retryDelayMs'>,
): Policy['gateway'] {
  return { ...policy, rounds: Math.max(1, 2 * retries), roundDelayMs: retryDelayMs / 4 }
}

/** Which modules no upstream may be asked for. */
export function shelterOf({ sheltered }: GatewayPlan, env: Environment): (modulePath: string) => boolean {
  if (sheltered === undefined) return () => false
  const isSheltered = shelteredBy(sheltered.patterns, env)
  // It is asked for each turn of each object, and the patterns are compiled each time.
  const known = new Map<string, boolean>()
  return path => {
    const answer = known.get(path) ?? isSheltered(path)
    known.set(path, answer)
    return answer
  }
}

/** A checksum database that is on. */
export type Database = Extract<Gosumdb, { kind: 'database' }>

/** The checksum database that go asks; undefined when it asks none. */
export function databaseOf(gosumdb: string): Database | undefined {
  const parsed = parseGosumdb(gosumdb)
  return parsed.ok && parsed.value.kind === 'database' ? parsed.value : undefined
}
