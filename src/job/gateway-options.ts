import { join } from 'node:path'
import type { Choice } from '../choice/choice.ts'
import { ALIAS_SUMDB_URL, OFFICIAL_SUMDB_URL } from '../choice/sumdb.ts'
import type { PlanOptions } from '../gateway/plan.ts'
import type { StepOptions } from '../gateway/step.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'
import type { Ready } from './ready.ts'
import { shareOf } from './sharing.ts'

/** The proxies that a gateway asks, best first, and the checksum database. */
export type GatewaySources = Pick<PlanOptions, 'upstreams' | 'gosumdb'>

/**
 * What the choice gives a gateway to ask; no proxy where none can be used, or where only go can ask the first: the others
 * come behind it.
 */
export function sourcesOf({ settings, upstreams, usable }: Choice, prepared: Prepared): GatewaySources {
  const { leftToGo } = prepared
  const chosen = settings.find(({ name }) => name === 'GOSUMDB')
  const [first] = upstreams
  const asksFirst = usable && first !== undefined && !leftToGo.includes(first)
  return {
    upstreams: asksFirst ? upstreams.filter(candidate => !leftToGo.includes(candidate)) : [],
    gosumdb: chosen?.value ?? prepared.settings.GOSUMDB.value,
  }
}

/** What a gateway of this step is started with. */
export function stepOptions(
  { job, prepared, means }: Pick<Ready, 'job' | 'prepared' | 'means'>,
  sources: GatewaySources,
): StepOptions {
  const { effects, temporaryDirectory } = job
  const { transport, credentials } = means
  return {
    ...planOptions(job, prepared, sources, credentials.known.logins),
    share: job.command === undefined ? undefined : shareOf(job, prepared.privacy),
    settings: prepared.settings,
    project: prepared.project,
    privacy: prepared.privacy,
    inputs: job.inputs,
    toolchain: prepared.toolchain,
    anyCommand: job.command !== undefined,
    files: effects.files,
    threads: effects.threads,
    world: { ...effects, transport, temporaryDirectory: join(temporaryDirectory, 'gateway'), loads: prepared.loads },
  }
}

/** What the plan of every gateway is made from. */
export function planOptions(
  { inputs, policy }: Job,
  { project, privacy, publicity }: Prepared,
  sources: GatewaySources,
  logins: PlanOptions['logins'],
): PlanOptions {
  return { inputs, project, privacy, publicity, ...sources, sumdbHosts: SUMDB_HOSTS, policy: policy.gateway, logins }
}

const SUMDB_HOSTS = [OFFICIAL_SUMDB_URL, ALIAS_SUMDB_URL]
