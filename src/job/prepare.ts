import { join } from 'node:path'
import type { Candidates } from '../candidates/candidate.ts'
import { findCandidates, secretsInGoproxy } from '../candidates/find.ts'
import { loginsFor, usesNetrc } from '../candidates/logins.ts'
import { openPublicity, type Publicity } from '../candidates/publicity.ts'
import { readNetrc } from '../credentials/install.ts'
import type { Effects, Files } from '../effects.ts'
import type { Result } from '../errors.ts'
import { parseNetrc } from '../go/netrc.ts'
import { neededToolchain, parseGoVersion } from '../go/version.ts'
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
  /** What this run learns of who may hear of which module; the one part that changes. */
  readonly publicity: Publicity
  /** About what go will fetch to switch to the Go that go.mod asks for; 0 where it need not. */
  readonly toolchainBytes: number
  /** What the user's own netrc file has for the user's own proxies: go would send it. */
  readonly logins: readonly Login[]
}

/**
 * Everything that can be known, and refused, before a proxy hears of a module.
 * @param shelteredBefore paths of modules that earlier uses in the job kept from mirrors
 * @param onCandidates told as soon as nothing in the inputs can be refused any more
 */
export async function prepare(
  { effects, inputs, policy, processors }: Job,
  shelteredBefore: readonly string[],
  onCandidates: (candidates: Candidates) => void,
): Promise<Result<Prepared>> {
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
  const candidates = findCandidates(inputs, settings.value)
  if (!candidates.ok) return candidates
  onCandidates(candidates.value)
  const project = await readProject(directories.value, settings.value, {
    files,
    commands,
    timeoutMs: policy.goQueryMs,
    workspace: inputs.workingDirectory.workspace,
  })
  if (!project.ok) return project
  const privacy = sortByPrivacy(project.value.modules, settings.value, inputs.privateDomains, project.value.sums)
  const logins = await findLogins(settings.value, candidates.value, effects)
  for (const { token } of logins) log.mask(token)
  return {
    ok: true,
    value: {
      settings: settings.value,
      project: project.value,
      candidates: candidates.value,
      privacy,
      publicity: openPublicity({ kept: shelteredBefore }),
      toolchainBytes: await findToolchainBytes(settings.value, project.value, files),
      logins,
    },
  }
}

async function findLogins(settings: GoSettings, { list }: Candidates, effects: Effects): Promise<readonly Login[]> {
  if (!usesNetrc(settings)) return []
  return loginsFor(list, parseNetrc((await readNetrc(settings.env, effects)).forGo), settings)
}

/** The zip of a toolchain: 64 to 83 MB on linux/amd64, Go 1.22 to 1.27. */
const TOOLCHAIN_BYTES = 70_000_000

async function findToolchainBytes(settings: GoSettings, project: Project, files: Files): Promise<number> {
  const version = toolchainOf({ settings, project })
  if (version === undefined || parseGoVersion(version) === undefined) return 0
  const zip = `v0.0.1-${version}.${settings.goos}-${settings.goarch}.zip`
  const [there] = await files.stat([join(settings.gomodcache, 'cache/download/golang.org/toolchain/@v', zip)])
  return there === undefined ? TOOLCHAIN_BYTES : 0
}

export function toolchainOf({ settings, project }: Pick<Prepared, 'settings' | 'project'>): string | undefined {
  return neededToolchain(settings.version, project.goLine, project.toolchainLine, settings.GOTOOLCHAIN.value)
}

export function sayProject(prepared: Prepared, { log }: Effects): void {
  const { settings, project, candidates, toolchainBytes } = prepared
  log.info(`go-proxy-setup ${VERSION}, ${settings.version} ${settings.goos}/${settings.goarch}`)
  if (project.directories.length === 0)
    log.info('No go.mod here: the candidates are ranked and exported, nothing is downloaded.')
  else {
    const where = project.directories.map(directory => directory.name).join(', ')
    log.info(`${project.modules.length} modules in ${where}, ${project.missing.length} of them not in the module cache`)
  }
  if (toolchainBytes > 0) {
    const file = project.directories.every(({ kind }) => kind === 'workspace') ? 'go.work' : 'go.mod'
    const size = `about ${Math.round(toolchainBytes / 1e6)} MB`
    log.info(`${file} asks for ${toolchainOf(prepared)}; go will fetch that toolchain (${size}).`)
  }
  const names = candidates.list.filter(candidate => candidate.starts === 'at once').map(candidate => candidate.name)
  if (names.length > 0) log.info(`Candidates: ${names.join(' ')}`)
}
