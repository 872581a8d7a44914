import type { Candidates } from '../candidates/candidate.ts'
import { findCandidates, secretsInGoproxy } from '../candidates/find.ts'
import { loginsFor, usesNetrc } from '../candidates/logins.ts'
import { readNetrc } from '../credentials/install.ts'
import type { Effects } from '../effects.ts'
import type { Result } from '../errors.ts'
import { parseNetrc } from '../go/netrc.ts'
import { neededToolchain } from '../go/version.ts'
import { findDirectories } from '../inputs/directories.ts'
import { type Privacy, sortByPrivacy } from '../project/privacy.ts'
import type { Project } from '../project/project.ts'
import { readProject } from '../project/read.ts'
import { readGoSettings } from '../settings/read.ts'
import type { GoSettings } from '../settings/settings.ts'
import type { Login } from '../upstream/fetch.ts'
import { VERSION } from '../version.ts'
import type { Job } from './job.ts'

/** What is known before the network hears of us. */
export interface Prepared {
  readonly settings: GoSettings
  readonly project: Project
  readonly candidates: Candidates
  readonly privacy: Privacy
  /** What the user's own netrc file has for the user's own proxies: go would send it. */
  readonly logins: readonly Login[]
}

/** Everything that can be known, and refused, before the network hears of us. */
export async function prepare({ effects, inputs, policy, processors }: Job): Promise<Result<Prepared>> {
  const { files, commands, log } = effects
  const settings = await readGoSettings({
    ...effects,
    processors,
    timeoutMs: policy.goQueryMs,
    directory: inputs.workingDirectory.base,
  })
  if (!settings.ok) return settings
  for (const secret of secretsInGoproxy(settings.value.GOPROXY.value)) log.mask(secret)
  const directories = await findDirectories(inputs.workingDirectory, files)
  if (!directories.ok) return directories
  const project = await readProject(directories.value, settings.value, { files, commands, timeoutMs: policy.goQueryMs })
  if (!project.ok) return project
  const candidates = findCandidates(inputs, settings.value)
  if (!candidates.ok) return candidates
  const privacy = sortByPrivacy(project.value.modules, settings.value, inputs.privateDomains)
  const logins = await findLogins(settings.value, candidates.value, effects)
  for (const { token } of logins) log.mask(token)
  return {
    ok: true,
    value: { settings: settings.value, project: project.value, candidates: candidates.value, privacy, logins },
  }
}

async function findLogins(settings: GoSettings, { list }: Candidates, effects: Effects): Promise<readonly Login[]> {
  if (!usesNetrc(settings)) return []
  return loginsFor(list, parseNetrc(await readNetrc(settings.env, effects)), settings)
}

export function toolchainOf({ settings, project }: Prepared): string | undefined {
  return neededToolchain(settings.version, project.goLine, project.toolchainLine, settings.GOTOOLCHAIN.value)
}

export function sayProject({ settings, project, candidates }: Prepared, { log }: Effects): void {
  log.info(`go-proxy-setup ${VERSION}, ${settings.version} ${settings.goos}/${settings.goarch}`)
  if (project.directories.length === 0)
    log.info('No go.mod here: the candidates are ranked and exported, nothing is downloaded.')
  else {
    const where = project.directories.map(directory => directory.name).join(', ')
    log.info(`${project.modules.length} modules in ${where}, ${project.missing.length} of them not in the module cache`)
  }
  const names = candidates.list.filter(candidate => candidate.starts === 'at once').map(candidate => candidate.name)
  if (names.length > 0) log.info(`Candidates: ${names.join(' ')}`)
}
