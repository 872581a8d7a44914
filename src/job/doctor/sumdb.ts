import type { ProbePlan } from '../../benchmark/probe-plan.ts'
import { faultOf, skipped } from '../../doctor/finding.ts'
import type { AskedProxy } from '../../doctor/proxies.ts'
import { judgeSumdb } from '../../doctor/sumdb.ts'
import { isSignedNote, parseGosumdb } from '../../go/gosumdb.ts'
import { matchesPatterns } from '../../go/patterns.ts'
import type { Job } from '../job.ts'
import { type Asker, askDatabase, type NetworkFindings } from './probe.ts'
import type { Setup } from './setup.ts'

export interface SumdbParts {
  /** The proxies of the list that serves, in its order; undefined: there is no such list. */
  readonly serving: readonly AskedProxy[] | undefined
  /** There are lists, and none serves. */
  readonly isStuck: boolean
  readonly plan: ProbePlan
  readonly asker: Asker
}

/** The checksum database, as the list that serves leads to it. */
export async function examineSumdb(
  job: Job,
  { facts }: Setup,
  { serving, isStuck, plan, asker }: SumdbParts,
): Promise<NetworkFindings> {
  const parsed = parseGosumdb(facts.sumdb)
  if (!parsed.ok)
    return { findings: parsed.problems.map(problem => faultOf('checksum database', problem)), answers: [] }
  if (parsed.value.kind === 'off') return { findings: [], answers: [] }
  const { name, verifierKey, url } = parsed.value
  // Where nothing is fetched, or nothing may be asked about, go does not ask either.
  const isOff = serving === undefined && !isStuck && facts.inForce?.ending === 'off'
  if (isOff || (isStuck && url === undefined) || plan.sumdb === undefined)
    return { findings: [skipped('checksum database', `Nothing here is looked up in ${name}.`)], answers: [] }
  const proxies = serving ?? []
  const supported = proxies.flatMap(({ answers }) => answers.filter(({ purpose }) => purpose === 'supported'))
  // A proxy that never answered would not pass it on either.
  const isAsked = url !== undefined || supported.every(({ kind }) => kind === 'absent')
  const base = url ?? `https://${name}`
  const isRight = (body: Buffer) => isSignedNote(body.toString('utf8'), verifierKey)
  const database =
    isAsked && !asker.signal.aborted
      ? { url: base, answer: await askDatabase(base, 'latest', isRight, asker) }
      : undefined
  const isNeeded = lacksSums(job, facts)
  const findings = judgeSumdb({ name, bypassesProxies: url !== undefined, isNeeded, proxies, database })
  return { findings, answers: database === undefined ? [] : [database.answer] }
}

/** Whether go would look something up: a module of this project has no line in go.sum, and may be asked about. */
function lacksSums({ inputs }: Job, { project, settings }: Setup['facts']): boolean {
  const unchecked = [settings.GONOSUMDB.value, ...inputs.privateDomains].join(',')
  const unsummed = (project?.directories ?? []).flatMap(one => one.unsummed ?? [])
  return unsummed.some(({ path }) => !matchesPatterns(unchecked, path))
}
