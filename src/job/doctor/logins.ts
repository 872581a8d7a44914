import { loginsFor, usesNetrc } from '../../candidates/logins.ts'
import { type Credentials, readNetrc } from '../../credentials/install.ts'
import { type Finding, faultOf, warnOf } from '../../doctor/finding.ts'
import { parseNetrc } from '../../go/netrc.ts'
import { EMPTY_PROJECT } from '../../project/project.ts'
import type { Login } from '../../upstream/fetch.ts'
import { installFor } from '../credentials.ts'
import type { Job } from '../job.ts'
import type { Setup } from './setup.ts'

export interface FoundCredentials {
  readonly installed: Credentials | undefined
  readonly findings: readonly Finding[]
}

/** Those of the inputs, as a job would install them, in a directory of ours. */
export async function credentialsFor(job: Job, { facts, hasGo }: Setup): Promise<FoundCredentials> {
  const { settings, project, candidates } = facts
  if (!hasGo) return { installed: undefined, findings: [] }
  const installed = await installFor(
    job,
    { settings, project: project ?? EMPTY_PROJECT, candidates, toolchain: undefined },
    job.inputs.privateDomains,
  )
  if (!installed.ok)
    return { installed: undefined, findings: installed.problems.map(problem => faultOf('credentials', problem)) }
  return {
    installed: installed.value,
    findings: installed.value.warnings.map(problem => warnOf('credentials', problem)),
  }
}

/** The logins that go would send to proxies, those of the inputs first. Each is hidden in what is printed. */
export async function loginsOf(
  job: Job,
  { facts, inForce }: Setup,
  credentials: Credentials | undefined,
): Promise<readonly Login[]> {
  const { settings, candidates } = facts
  const given = credentials?.known.logins ?? []
  if (!usesNetrc(settings)) return given
  const netrc = parseNetrc((await readNetrc(settings.env, job.effects)).forGo)
  const found = loginsFor([...candidates.list, ...(inForce?.list ?? [])], netrc, settings)
  for (const { token } of found) job.effects.log.mask(token)
  return [...given, ...found]
}
