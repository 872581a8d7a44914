import { basename, join } from 'node:path'
import type { Candidate, Candidates } from '../candidates/candidate.ts'
import { findCandidates, secretsInGoproxy } from '../candidates/find.ts'
import { loginsFor, usesNetrc } from '../candidates/logins.ts'
import { openPublicity, type Publicity } from '../candidates/publicity.ts'
import { readNetrc } from '../credentials/install.ts'
import type { Effects, Files } from '../effects.ts'
import type { Problem, Result } from '../errors.ts'
import { type Loads, openLoads } from '../gateway/fetching/loads.ts'
import { downloadPath } from '../go/module-cache.ts'
import { parseNetrc } from '../go/netrc.ts'
import { neededToolchain, parseGoVersion } from '../go/version.ts'
import { type FoundDirectory, findDirectories, warnOfModulesBelow, warnOfNoCheckout } from '../inputs/directories.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { type Privacy, sortByPrivacy, withLines } from '../project/privacy.ts'
import { type ModuleDirectory, type Project, possible } from '../project/project.ts'
import { readProject } from '../project/read.ts'
import { readLinesOf } from '../project/read-lines.ts'
import type { Carried } from '../settings/original.ts'
import { readGoSettings } from '../settings/read.ts'
import { findRisks } from '../settings/risks.ts'
import type { GoSettings } from '../settings/settings.ts'
import { findUndeletable } from '../settings/undeletable.ts'
import { count } from '../text/count.ts'
import type { Login } from '../upstream/fetch.ts'
import { VERSION } from '../version.ts'
import type { Job } from './job.ts'
import { withCachesOnWorkDrive } from './work-drive.ts'

/** What is known before the first request. */
export interface Prepared {
  readonly settings: GoSettings
  readonly project: Project
  readonly candidates: Candidates
  readonly privacy: Privacy
  /** Paths of modules that earlier uses in this job kept from public mirrors. */
  readonly shelteredBefore: readonly string[]
  /** What this run learns about which proxy may be asked for which module; this and `loads` are what changes. */
  readonly publicity: Publicity
  /** What is under way to each proxy, and what it has shown to bear. */
  readonly loads: Loads
  /** The toolchain that go will switch to, such as `go1.27.3`. */
  readonly toolchain: string | undefined
  /** About what go will fetch for that; 0 if it need not. */
  readonly toolchainBytes: number
  /** Candidates that only go can ask, since their logins come from a command of GOAUTH. */
  readonly leftToGo: readonly Candidate[]
  /** Logins of the user's netrc file for the user's own proxies; go would send them too. */
  readonly logins: readonly Login[]
  /** If there is no project here: that there are some in directories below. */
  readonly below: readonly Problem[]
}

/**
 * Learns everything that can be known, and refuses what can be refused, before the first request for a module.
 * @param earlier what earlier uses in this job said about privacy
 * @param onCandidates called once nothing in the inputs can be refused any more
 */
export async function prepare(
  job: Job,
  earlier: Carried,
  onCandidates: (candidates: Candidates) => void,
): Promise<Result<Prepared>> {
  const { effects, inputs, policy, processors } = job
  const { files, commands, log } = effects
  const read = await readGoSettings({
    ...effects,
    processors,
    timeoutMs: policy.goQueryMs,
    directory: inputs.workingDirectory.base,
  })
  if (!read.ok) return read
  const settings = await withCachesOnWorkDrive(read.value, job)
  for (const secret of secretsInGoproxy(settings.GOPROXY.value)) log.mask(secret)
  const directories = await findDirectories(inputs.workingDirectory, files)
  if (!directories.ok) return directories
  const candidates = findCandidates(inputs, settings)
  if (!candidates.ok) return candidates
  // If everything is vendored, no proxy is asked, so no connection is opened.
  if (!(await seemVendored(directories.value, files))) onCandidates(candidates.value)
  const project = await readProject(directories.value, settings, {
    files,
    commands,
    timeoutMs: policy.goQueryMs,
    workspace: inputs.workingDirectory.workspace,
  })
  if (!project.ok) return project
  const privacy = await placed(privacyOf(project.value, settings, inputs), project.value, files)
  const logins = await findLogins(settings, candidates.value, effects)
  for (const { token } of logins) log.mask(token)
  const toolchain = toolchainOf(settings, project.value)
  const below = directories.value.length > 0 ? [] : await warnOfNoModule(inputs.workingDirectory, files)
  return {
    ok: true,
    value: {
      settings,
      project: project.value,
      candidates: candidates.value,
      privacy,
      shelteredBefore: earlier.sheltered,
      publicity: openPublicity({ kept: earlier.sheltered }),
      loads: openLoads(policy.gateway.window),
      toolchain,
      toolchainBytes: await findToolchainBytes(toolchain, settings, files),
      leftToGo: [],
      logins,
      below,
    },
  }
}

async function warnOfNoModule(where: Inputs['workingDirectory'], files: Files): Promise<readonly Problem[]> {
  return [...(await warnOfNoCheckout(where, files)), ...(await warnOfModulesBelow(where, files))]
}

async function placed(privacy: Privacy, { directories }: Project, files: Files): Promise<Privacy> {
  return privacy.warnings.length === 0 ? privacy : withLines(privacy, await readLinesOf(directories, files))
}

export function privacyOf(project: Project, settings: GoSettings, { privateDomains }: Inputs): Privacy {
  return sortByPrivacy(possible(project).modules, settings, privateDomains, project.sums)
}

async function findLogins(settings: GoSettings, { list }: Candidates, effects: Effects): Promise<readonly Login[]> {
  if (!usesNetrc(settings)) return []
  return loginsFor(list, parseNetrc((await readNetrc(settings.env, effects)).forGo), settings)
}

/** The zip of a toolchain: 64 to 83 MB on linux/amd64, Go 1.22 to 1.27. */
const TOOLCHAIN_BYTES = 70_000_000

async function findToolchainBytes(version: string | undefined, settings: GoSettings, files: Files): Promise<number> {
  if (version === undefined || parseGoVersion(version) === undefined) return 0
  const zip = `v0.0.1-${version}.${settings.goos}-${settings.goarch}.zip`
  const [there] = await files.stat([downloadPath(settings.gomodcache, 'golang.org/toolchain/@v', zip)])
  return there === undefined ? TOOLCHAIN_BYTES : 0
}

function toolchainOf(settings: GoSettings, { goLine, toolchainLine }: Project): string | undefined {
  return neededToolchain(settings.version, goLine, toolchainLine, settings.GOTOOLCHAIN.value)
}

/** Whether go runs in this step: for the command, or to download the project's modules. */
export function runsGo({ command, inputs }: Job, { project }: Pick<Prepared, 'project'>): boolean {
  return command !== undefined || (inputs.download && project.directories.length > 0)
}

/**
 * Whether go will build from vendor directories, so that no proxy need be asked. If nothing is to be downloaded, the
 * settings are the purpose of the run, and candidates are measured nevertheless.
 */
export function needsNothing(
  { command, inputs }: Pick<Job, 'command' | 'inputs'>,
  { project }: Pick<Prepared, 'project'>,
): boolean {
  return project.vendored && (command !== undefined || inputs.download)
}

/** A guess: only the project, once it is read, tells for certain. */
async function seemVendored(directories: readonly FoundDirectory[], files: Pick<Files, 'kind'>): Promise<boolean> {
  const lists = await Promise.all(directories.map(({ path }) => files.kind(join(path, 'vendor', 'modules.txt'))))
  return lists.length > 0 && lists.every(kind => kind === 'file')
}

export function warningsOf(
  { settings, candidates, privacy, below }: Prepared,
  { inputs, effects }: Pick<Job, 'inputs' | 'effects'>,
): readonly Problem[] {
  const { gomodcache, GOFLAGS } = settings
  const { env, platform, userId } = effects
  return [
    ...below,
    ...withoutEffect(inputs),
    ...findRisks(settings, inputs.privateDomains),
    ...findUndeletable({ env, platform, userId, gomodcache, goflags: GOFLAGS.value }),
    ...candidates.warnings,
    ...privacy.warnings,
  ]
}

/** Inputs that have no effect because of another input. */
function withoutEffect({ auditLog, gateway }: Inputs): readonly Problem[] {
  if (auditLog === undefined || gateway !== 'off') return []
  return [
    {
      code: 'AUDIT_WITHOUT_GATEWAY',
      message: 'audit-log is not written: with `gateway: off` go asks the proxies itself.',
      hint: 'Leave `gateway` at `step`, or omit audit-log.',
    },
  ]
}

/** With the file that -modfile in GOFLAGS puts into go.mod's place. */
function nameWithFile({ name, kind, modFiles: [file = 'go.mod'] }: ModuleDirectory): string {
  return kind === 'workspace' || basename(file) === 'go.mod' ? name : `${name} (${basename(file)})`
}

/** How many modules, where, and how many of them are to be fetched. */
function describeModules({ directories, modules, missing, openEnded }: Project): string {
  const names = directories.map(nameWithFile)
  // The current directory needs no name.
  const where = names.length === 1 && names[0] === '.' ? '' : ` in ${names.join(', ')}`
  const there = `${openEnded ? 'at least ' : ''}${count(modules.length, 'module')}${where}`
  if (modules.length === 0) return there
  if (modules.length === 1) return `${there}, ${missing.length === 0 ? 'in' : 'not in'} the module cache`
  const share = missing.length === modules.length ? 'none' : missing.length === 0 ? 'all' : missing.length
  return `${there}, ${share} of them ${typeof share === 'number' ? 'not ' : ''}in the module cache`
}

export function sayProject(prepared: Prepared, { log }: Effects): void {
  const { settings, project, candidates, toolchain, toolchainBytes } = prepared
  const { version: go, goos: os, goarch: arch } = settings
  log.info(`go-proxy-setup ${VERSION}, ${go} ${os}/${arch}`, { event: 'start', version: VERSION, go, os, arch })
  if (project.directories.length === 0) log.info('There is no go.mod here, so there is nothing to download.')
  else {
    const [modules, missing] = [project.modules.length, project.missing.length]
    log.info(describeModules(project), { event: 'project', modules, missing })
  }
  if (toolchainBytes > 0) {
    const file = project.directories.every(({ kind }) => kind === 'workspace') ? 'go.work' : 'go.mod'
    const size = `about ${Math.round(toolchainBytes / 1e6)} MB`
    log.info(`${file} asks for ${toolchain}; go will fetch that toolchain (${size}).`)
  }
  const names = candidates.list.filter(candidate => candidate.starts === 'at once').map(candidate => candidate.name)
  if (names.length > 0) log.info(`Candidates: ${names.join(' ')}`)
}
