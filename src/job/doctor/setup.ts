import { parse } from 'node:path'
import type { Candidates } from '../../candidates/candidate.ts'
import { findCandidates, secretsInGoproxy } from '../../candidates/find.ts'
import { secretsOf } from '../../credentials/admit.ts'
import { type Finding, faultOf, good, skipped } from '../../doctor/finding.ts'
import { layerOf } from '../../doctor/layer-of.ts'
import type { SetupFacts } from '../../doctor/setup-facts.ts'
import type { Environment } from '../../effects.ts'
import { failed, type Problem, type Result } from '../../errors.ts'
import { withoutSecrets } from '../../go/child-environment.ts'
import { loginsIn, parseGoproxy } from '../../go/goproxy.ts'
import { findDirectories } from '../../inputs/directories.ts'
import { type Privacy, shelteredBy, sortByPrivacy } from '../../project/privacy.ts'
import { type Project, possible } from '../../project/project.ts'
import { readProject } from '../../project/read.ts'
import { restoreOriginals } from '../../settings/original.ts'
import { GO_NAMES, type PlacedSetting, placeSettings } from '../../settings/places.ts'
import { readFiles, readGoSettings } from '../../settings/read.ts'
import type { GoSettings } from '../../settings/settings.ts'
import { count } from '../../text/count.ts'
import { secretsInTraceSettings } from '../../tracing/settings.ts'
import type { Job } from '../job.ts'
import { QUERY_MS, readCertificateFiles, readDisks, readGit, readGoroot } from './machine.ts'
import { settingsWithoutGo } from './without-go.ts'

/** What is known of a set-up before the network is asked. */
export interface Setup {
  readonly facts: SetupFacts
  /** What could not be read, or is refused. */
  readonly findings: readonly Finding[]
  readonly placed: readonly PlacedSetting[]
  /** There is a go, and it answers. */
  readonly hasGo: boolean
  readonly privacy: Privacy | undefined
  /** What GOPROXY names on this machine, as candidates. */
  readonly inForce: Candidates | undefined
}

const NO_VALUES: Readonly<Record<string, string>> = {}
const NO_CANDIDATES: Candidates = { list: [], mode: 'none', warnings: [] }

/** Reads everything that this machine tells. What cannot be read is a finding, and the rest is read all the same. */
export async function readSetup(job: Job): Promise<Setup> {
  const { effects, inputs } = job
  const env = restoreOriginals(effects.env)
  maskSecrets(job, env)
  const read = await readGoSettings({
    ...effects,
    processors: job.processors,
    timeoutMs: QUERY_MS,
    directory: inputs.workingDirectory.base,
  })
  const settings = read.ok ? read.value : await settingsWithoutGo(job)
  for (const secret of secretsInGoproxy(settings.GOPROXY.value)) effects.log.mask(secret)
  const inForce = findCandidates({ proxies: [], privateProxy: undefined }, settings)
  const candidates = findCandidates(inputs, settings)
  const [project, machine, values] = await Promise.all([
    read.ok ? readProjectOf(job, settings) : failed(),
    readMachine(job, settings, env),
    read.ok ? readValues(job, settings) : NO_VALUES,
  ])
  const places = { GOENV: values['GOENV'] ?? env['GOENV'] ?? '', GOROOT: settings.goroot }
  const files = await readFiles(places, effects.files)
  const known = project?.ok ? project.value : undefined
  const list = parseGoproxy(settings.GOPROXY.value)
  const problems = [
    ...(read.ok ? [] : read.problems),
    ...(candidates.ok ? [] : candidates.problems),
    ...(!inForce.ok && candidates.ok ? inForce.problems : []),
  ]
  return {
    facts: {
      ...machine,
      env,
      platform: effects.platform,
      userId: effects.userId,
      settings,
      godebug: env['GODEBUG'] || files.user.get('GODEBUG') || '',
      sumdb: inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb,
      inForce: list.ok ? list.value : undefined,
      project: known,
      candidates: candidates.ok ? withOwnWarnings(candidates.value, inForce) : NO_CANDIDATES,
      privateDomains: inputs.privateDomains,
    },
    findings: [...problems.map(toFault), ...projectFindings(project, read.ok, job)],
    placed: placeSettings(env, files, values),
    hasGo: read.ok,
    privacy: known && sortByPrivacy(possible(known).modules, settings, inputs.privateDomains, known.sums),
    inForce: inForce.ok ? inForce.value : undefined,
  }
}

async function readMachine(
  job: Job,
  settings: GoSettings,
  env: Environment,
): Promise<Pick<SetupFacts, 'goroot' | 'git' | 'disks' | 'certificates'>> {
  const [goroot, git, disks, certificates] = await Promise.all([
    readGoroot(job, settings.goroot),
    readGit(job, env),
    readDisks(job, settings, job.temporaryDirectory),
    readCertificateFiles(job, env),
  ])
  return { goroot, git, disks, certificates }
}

/** A login in a variable is as secret as one that is given. */
function maskSecrets({ effects: { log }, inputs }: Job, env: Environment): void {
  const variables = Object.keys(env).filter(name => /^(GOPROXY|(https?|all)_proxy)$/i.test(name))
  const logins = variables.flatMap(name => loginsIn(env[name] ?? ''))
  const passwords = logins.map(login => login.slice(login.indexOf(':') + 1)).filter(password => password !== '')
  for (const secret of [...secretsOf(inputs), ...passwords, ...secretsInTraceSettings(env)]) log.mask(secret)
}

function toFault(problem: Problem): Finding {
  return faultOf(layerOf(problem.code), problem)
}

/** A password in GOPROXY is there whatever proxies are named. */
function withOwnWarnings(candidates: Candidates, inForce: Result<Candidates>): Candidates {
  return { ...candidates, warnings: [...candidates.warnings, ...(inForce.ok ? inForce.value.warnings : [])] }
}

async function readProjectOf(job: Job, settings: GoSettings): Promise<Result<Project> | undefined> {
  const { effects, inputs } = job
  const directories = await findDirectories(inputs.workingDirectory, effects.files)
  if (!directories.ok) return directories
  if (directories.value.length === 0) return undefined
  return readProject(directories.value, settings, {
    ...effects,
    timeoutMs: QUERY_MS,
    workspace: inputs.workingDirectory.workspace,
  })
}

function projectFindings(project: Result<Project> | undefined, hasGo: boolean, { inputs }: Job): readonly Finding[] {
  if (!hasGo) return [skipped('project', 'Without go, go.mod is not read.')]
  if (project === undefined)
    return [skipped('project', `There is no go.mod in ${inputs.workingDirectory.base}, nor above it.`)]
  if (!project.ok) return project.problems.map(problem => faultOf('project', problem))
  const { modules, missing, vendored } = project.value
  const where = vendored ? 'in the vendor directory' : `${missing.length} of them not in the module cache`
  return [good('project', `${count(modules.length, 'module')}${modules.length === 0 ? '' : `, ${where}`}`)]
}

/** What go says of all its settings, some of which only it knows. */
async function readValues({ effects, inputs }: Job, settings: GoSettings): Promise<Readonly<Record<string, string>>> {
  const answer = await effects.commands.run('go', ['env', '-json', ...GO_NAMES], {
    cwd: parse(inputs.workingDirectory.base).root,
    env: { ...withoutSecrets(settings.env), GOTOOLCHAIN: 'local' },
    timeoutMs: QUERY_MS,
  })
  try {
    return JSON.parse(answer.stdout) as Readonly<Record<string, string>>
  } catch {
    return {}
  }
}

/** Modules that no proxy of others may hear of, where there is no project to tell. */
export function sheltered({ facts, privacy }: Setup): (path: string) => boolean {
  const { settings, privateDomains, env } = facts
  const patterns = [settings.GOPRIVATE.value, settings.GONOPROXY.value, ...privateDomains].join(',')
  return privacy?.isSheltered ?? shelteredBy(patterns, env)
}
