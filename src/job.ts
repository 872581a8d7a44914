import { join } from 'node:path'
import { runBenchmark } from './benchmark/benchmark.ts'
import { planProbes } from './benchmark/probes.ts'
import type { Ranking } from './benchmark/ranking.ts'
import type { Candidates } from './candidates/candidate.ts'
import { findCandidates, secretsInGoproxy } from './candidates/find.ts'
import type { Choice, Facts } from './choice/choice.ts'
import { choose } from './choice/choose.ts'
import { ALIAS_SUMDB_URL, OFFICIAL_SUMDB_URL } from './choice/sumdb.ts'
import type { Download } from './download/download.ts'
import { runDownload } from './download/run.ts'
import type { Effects } from './effects.ts'
import { childEnvironment } from './environment/variables.ts'
import type { Problem, Result } from './errors.ts'
import { parseGosumdb } from './go/gosumdb.ts'
import { neededToolchain } from './go/version.ts'
import { findDirectories } from './inputs/directories.ts'
import type { Inputs } from './inputs/inputs.ts'
import { startPhases } from './phases.ts'
import type { Policy } from './policy.ts'
import { type Privacy, sortByPrivacy } from './project/privacy.ts'
import type { Project } from './project/project.ts'
import { readProject } from './project/read.ts'
import type { Story } from './report/report.ts'
import { readGoSettings } from './settings/read.ts'
import type { GoSettings } from './settings/settings.ts'
import { openConnections } from './upstream/connection.ts'
import type { Transport } from './upstream/fetch.ts'
import { findAnsweringSumdbs } from './upstream/sumdb.ts'
import { readTrustedRoots } from './upstream/trust.ts'
import { USER_AGENT, VERSION } from './version.ts'

/** What every face hands to the story. */
export interface Job {
  readonly effects: Effects
  readonly inputs: Inputs
  readonly policy: Policy
  /** The clock's reading when the process began its work. */
  readonly startMs: number
  /** Warnings from before, such as those of the inputs. */
  readonly warnings: readonly Problem[]
  /** Processors of this machine. */
  readonly processors: number
  /** Ours alone; the face removes it. */
  readonly temporaryDirectory: string
  readonly onBackup: (directory: string) => void
  /** Aborts when the user or the runner wants us to end. */
  readonly signal: AbortSignal
}

/**
 * The whole story: inputs, settings, project, candidates, benchmark, choice, download. Each stage's result is a value
 * for the next; the story tells how far it came. Exporting and reporting are the face's.
 */
export async function runJob(job: Job): Promise<Story> {
  const { effects, inputs } = job
  const phases = startPhases(effects.clock, job.startMs)
  const told: { -readonly [Part in keyof Story]: Story[Part] } = {
    toolVersion: VERSION,
    settings: undefined,
    project: undefined,
    candidates: undefined,
    ranking: undefined,
    benchmarkSkipped: undefined,
    choice: undefined,
    download: undefined,
    phases: phases.list,
    warnings: job.warnings,
    failure: undefined,
  }
  const warn = (problems: readonly Problem[]) => {
    told.warnings = [...told.warnings, ...problems]
  }

  const read = await phases.time('read the project', () => prepare(job))
  if (!read.ok) return { ...told, ...failedWith(read.problems) }
  const { settings, project, candidates, privacy } = read.value
  Object.assign(told, { settings, project, candidates })
  warn([...candidates.warnings, ...privacy.warnings])
  sayProject(read.value, effects)

  const transport = await openTransport(job)
  try {
    told.benchmarkSkipped = whyNoBenchmark(inputs, project, candidates)
    if (told.benchmarkSkipped === undefined) {
      told.ranking = await phases.time('benchmark', () => benchmark(job, read.value, transport))
      if (told.ranking === undefined) told.benchmarkSkipped = 'it failed; the order given counts'
    }
    const facts: Facts = {
      inputs,
      settings,
      candidates,
      privacy,
      ranking: told.ranking,
      toolchain: neededToolchain(settings.version, project.goLine, project.toolchainLine, settings.GOTOOLCHAIN.value),
      answeringSumdbs: await phases.time('checksum database', () =>
        askSumdbs(job, read.value, told.ranking, transport),
      ),
      excluded: [],
    }
    told.choice = choose(facts)
    if (inputs.download && project.directories.length > 0) {
      told.download = await phases.time('download', () => download(job, read.value, told.choice as Choice))
      notePhases(told.download, phases)
      told.choice = choose({ ...facts, excluded: misbehaved(candidates, told.download) })
      warn([...told.download.warnings, ...slowDownload(told.download, inputs)])
      told.failure = told.download.failure
    }
    warn(told.choice.warnings)
    return told
  } finally {
    await transport.connections.close()
  }
}

interface Prepared {
  readonly settings: GoSettings
  readonly project: Project
  readonly candidates: Candidates
  readonly privacy: Privacy
}

/** Everything that can be known, and refused, before the network hears of us. */
async function prepare({ effects, inputs, policy, processors }: Job): Promise<Result<Prepared>> {
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
  return {
    ok: true,
    value: { settings: settings.value, project: project.value, candidates: candidates.value, privacy },
  }
}

/** Why there is nothing to measure, in plain words. */
function whyNoBenchmark(inputs: Inputs, project: Project, { mode, list }: Candidates): string | undefined {
  if (mode === 'none') return 'GOPROXY asks no proxy, which is obeyed'
  if (mode === 'policy') return 'GOPROXY was configured here and is the only candidate'
  if (inputs.benchmark === 'off') return 'switched off by the input benchmark'
  if (list.length < 2) return 'there is only one candidate'
  if (project.vendored) return 'the modules are vendored'
  if (project.modules.length > 0 && project.missing.length === 0) return 'all modules are in the module cache'
  return undefined
}

async function openTransport({ effects, inputs }: Job): Promise<Transport> {
  const { clock, env, files, platform } = effects
  const trustedRoots = await readTrustedRoots(env, platform, files)
  const connections = openConnections({
    env,
    trustedRoots,
    clock,
    connectMs: inputs.connectTimeoutMs,
    connectionsPerOrigin: 8,
  })
  return { connections, clock, userAgent: USER_AGENT }
}

/** The ranking; undefined when measuring itself failed, which must not fail the job. */
async function benchmark(job: Job, prepared: Prepared, transport: Transport): Promise<Ranking | undefined> {
  const { effects, inputs, policy } = job
  const { project, settings, candidates, privacy } = prepared
  const sumdb = parseGosumdb(inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb)
  const plan = planProbes({
    publicModules: privacy.public,
    missing: privacy.public.filter(module => project.missing.includes(module)),
    sums: project.sums,
    sumdb: sumdb.ok && sumdb.value.kind === 'database' ? sumdb.value : undefined,
    nonce: effects.random.hex(8),
  })
  const { objects, ranking } = runBenchmark({
    candidates: candidates.list,
    plan,
    capMs: inputs.benchmarkTimeoutMs,
    policy: policy.benchmark,
    deadlines: { headMs: inputs.readTimeoutMs, stallMs: inputs.readTimeoutMs, totalMs: inputs.benchmarkTimeoutMs },
    mode: { parallel: settings.gomaxprocs, prefetch: undefined },
    transport,
    clock: effects.clock,
    signal: job.signal,
  })
  // Whoever fetches ahead of go will take these; until then they only count as checked.
  for await (const _ of objects);
  return ranking.catch(error => {
    effects.log.debug(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  })
}

/** Which official database answers is only asked where it decides something: when a mirror is in the race. */
async function askSumdbs(
  job: Job,
  { settings, candidates }: Prepared,
  ranking: Ranking | undefined,
  transport: Transport,
): Promise<readonly string[] | undefined> {
  const mirrors = candidates.list.some(
    ({ trust, starts }) => trust === 'mirror' && (starts === 'at once' || ranking?.joined !== undefined),
  )
  const isDefault = settings.GOSUMDB.value === 'sum.golang.org' && job.inputs.sumdb === 'auto'
  if (!mirrors || !isDefault) return undefined
  return findAnsweringSumdbs(
    [OFFICIAL_SUMDB_URL, ALIAS_SUMDB_URL],
    settings.GOSUMDB.value,
    job.inputs.benchmarkTimeoutMs,
    transport,
  )
}

async function download(job: Job, { project, settings }: Prepared, choice: Choice): Promise<Download> {
  const { effects, inputs, policy } = job
  effects.log.info(`Downloading with GOPROXY=${choice.rounds[0] ?? choice.lastTry}`)
  return runDownload(
    {
      project,
      choice,
      inputs,
      policy: policy.download,
      gomodcache: settings.gomodcache,
      env: childEnvironment(settings.env, choice.settings),
      temporaryDirectory: join(job.temporaryDirectory, 'download'),
      signal: job.signal,
    },
    { ...effects, onBackup: job.onBackup },
  )
}

/** The toolchain switch is the download's first part, told apart because go.mod and not a proxy asks for it. */
function notePhases({ toolchain }: Download, phases: ReturnType<typeof startPhases>): void {
  const whole = phases.list.find(phase => phase.name === 'download')
  if (toolchain !== undefined && whole !== undefined) {
    phases.note({ name: `toolchain ${toolchain.version}`, startMs: whole.startMs, ms: toolchain.seconds * 1000 })
  }
}

function misbehaved({ list }: Candidates, { quarantined }: Download): readonly string[] {
  return list
    .filter(candidate => candidate.list.entries.some(entry => quarantined.includes(entry.url)))
    .map(({ name }) => name)
}

function slowDownload({ seconds }: Download, { slowAfterMs }: Inputs): readonly Problem[] {
  if (slowAfterMs === undefined || seconds * 1000 <= slowAfterMs) return []
  return [
    {
      code: 'DOWNLOAD_SLOW',
      message: `The download took ${seconds.toFixed(1)} s, longer than slow-after (${slowAfterMs / 1000} s).`,
      hint: 'The table of candidates shows whether another proxy would be faster; a module cache would avoid it.',
    },
  ]
}

/** The first problem fails the step; the others are told beside it. */
function failedWith(problems: readonly Problem[]): Pick<Story, 'failure' | 'warnings'> {
  const [first, ...rest] = problems
  return { failure: first, warnings: rest }
}

function sayProject({ settings, project, candidates }: Prepared, { log }: Effects): void {
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
