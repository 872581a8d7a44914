import { join, resolve } from 'node:path'
import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Choice } from '../choice/choice.ts'
import { ALIAS_SUMDB_URL, OFFICIAL_SUMDB_URL } from '../choice/sumdb.ts'
import type { Credentials } from '../credentials/install.ts'
import type { Download } from '../download/download.ts'
import { childEnvironment } from '../environment/variables.ts'
import { failed, ok, type Problem, type Result, whyNotWritten } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { databaseOf, type PlanOptions, planGateway } from '../gateway/plan.ts'
import { type Residence, residenceDirectory } from '../gateway/resident.ts'
import { type StepOptions, startStepGateway, whyNoGateway } from '../gateway/step.ts'
import { renderAudit } from '../gateway/telling/audit.ts'
import { type GatewayFigures, lastFailures, slowestOf, warnOfWrongContent } from '../gateway/telling/events.ts'
import type { Transport } from '../upstream/fetch.ts'
import { outlivesStep } from './credentials.ts'
import type { HeadStart } from './head-start.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** What was decided before go runs. */
export interface Chosen {
  readonly choice: Choice
  /** undefined when nothing was measured. */
  readonly ranking: Ranking | undefined
  /** The toolchain that go will switch to, such as `go1.27.3`. */
  readonly toolchain: string | undefined
  readonly transport: Transport
  readonly headStart: HeadStart
  readonly credentials: Credentials
}

/** What a gateway did, once it is closed. */
export interface GatewayEnd {
  readonly figures: GatewayFigures
  /** Names of those that sent wrong content. */
  readonly quarantined: readonly string[]
  /** For each proxy that failed the last time it was asked: its name and why. */
  readonly failures: readonly string[]
  readonly slowest: Download['slowest']
  readonly warnings: readonly Problem[]
}

/**
 * Does `work` while a gateway stands before the proxies; `goproxy` is then what go is to use first. Fetching ahead must
 * not be what fails the job: where a gateway cannot help or does not start, there is none.
 */
export async function behindGateway<T>(
  job: Job,
  prepared: Prepared,
  chosen: Chosen,
  work: (gateway: Gateway | undefined, goproxy: string | undefined) => Promise<T>,
): Promise<{ readonly result: T; readonly gateway: GatewayEnd | undefined }> {
  const gateway = await openGateway(job, prepared, chosen)
  const { tail } = chosen.choice
  try {
    const result = await work(gateway, gateway && (tail === '' ? gateway.url : `${gateway.url}|${tail}`))
    await gateway?.close()
    return { result, gateway: gateway && (await endOf(gateway, job)) }
  } finally {
    await gateway?.close()
  }
}

async function openGateway(job: Job, prepared: Prepared, chosen: Chosen): Promise<Gateway | undefined> {
  const { choice, headStart } = chosen
  const { log } = job.effects
  const order = { upstreams: choice.usable ? choice.upstreams : [], gosumdb: gosumdbOf(choice, prepared) }
  const options = stepOptions(job, prepared, chosen, order)
  const { begun, verified } = await headStart.end()
  const reason = whyNoGateway(options)
  if (reason !== undefined) {
    log.debug(`No gateway: ${reason}`)
    await begun?.close()
    return undefined
  }
  try {
    const gateway = begun ?? (await startStepGateway(options))
    maskPath(gateway.url, job)
    gateway.adopt(order.upstreams, databaseOf(order.gosumdb), leftBehind(chosen))
    for (const object of verified) gateway.accept(object)
    await gateway.fetchAhead('everything')
    return gateway
  } catch (error) {
    log.debug(`No gateway: ${error instanceof Error ? error.message : String(error)}`)
    await begun?.close()
    return undefined
  }
}

/** What is on its way from less than half as fast a proxy comes sooner when it is asked of the winner. */
const BEHIND_SHARE = 0.5

function leftBehind({ choice, ranking }: Pick<Chosen, 'choice' | 'ranking'>): readonly Candidate[] {
  const measurements = ranking?.measurements ?? []
  const winner = measurements.find(({ candidate }) => candidate === choice.upstreams[0])
  return measurements
    .filter(({ bytesPerSecond }) => (bytesPerSecond ?? 0) < BEHIND_SHARE * (winner?.bytesPerSecond ?? 0))
    .map(({ candidate }) => candidate)
}

type Order = Pick<PlanOptions, 'upstreams' | 'gosumdb'>

/** What a gateway of this step is started with. */
export function stepOptions(
  job: Job,
  prepared: Prepared,
  { toolchain, transport, credentials }: Pick<Chosen, 'toolchain' | 'transport' | 'credentials'>,
  order: Order,
): StepOptions {
  const { effects, temporaryDirectory } = job
  return {
    ...planOptions(job, prepared, order, credentials.known.logins),
    settings: prepared.settings,
    project: prepared.project,
    privacy: prepared.privacy,
    inputs: job.inputs,
    toolchain,
    anyCommand: job.command !== undefined,
    files: effects.files,
    threads: effects.threads,
    world: { ...effects, transport, temporaryDirectory: join(temporaryDirectory, 'gateway') },
  }
}

function planOptions(
  { inputs, policy }: Job,
  { project, privacy, publicity }: Prepared,
  order: Order,
  logins: PlanOptions['logins'],
): PlanOptions {
  return { inputs, project, privacy, publicity, ...order, sumdbHosts: SUMDB_HOSTS, policy: policy.gateway, logins }
}

const SUMDB_HOSTS = [OFFICIAL_SUMDB_URL, ALIAS_SUMDB_URL]

function gosumdbOf({ settings }: Choice, prepared: Prepared): string {
  return settings.find(({ name }) => name === 'GOSUMDB')?.value ?? prepared.settings.GOSUMDB.value
}

/** The path is all that keeps other users of this machine out. */
function maskPath(url: string, { effects }: Job): void {
  effects.log.mask(new URL(url).pathname.slice(1))
}

async function endOf(gateway: Gateway, { effects, inputs }: Job): Promise<GatewayEnd> {
  const audit = inputs.auditLog === undefined ? [] : await writeAudit(gateway, inputs, inputs.auditLog, effects.files)
  return {
    figures: gateway.figures(),
    quarantined: gateway.quarantined(),
    failures: lastFailures(gateway.events),
    slowest: slowestOf(gateway.events),
    warnings: [...warnOfWrongContent(gateway.events), ...audit],
  }
}

async function writeAudit(
  gateway: Gateway,
  { workingDirectory }: Job['inputs'],
  path: string,
  files: Job['effects']['files'],
): Promise<readonly Problem[]> {
  try {
    await files.deliver(path, renderAudit(gateway.events), { append: true, confinedTo: workingDirectory.workspace })
    return []
  } catch (error) {
    return [
      {
        code: 'AUDIT_NOT_WRITTEN',
        message: `The request log could not be written to ${path} (${whyNotWritten(error)}).`,
        hint: 'Set audit-log to a file in an existing directory that this user may write to.',
      },
    ]
  }
}

/** So long a gateway of its own may take to be there: a process that starts. */
const START_MS = 10_000

/**
 * Starts a gateway that stays for the rest of the job, in a process of its own.
 * @returns its address, to stand before the exported GOPROXY; why there is none
 */
export async function startResidence(
  job: Job,
  prepared: Prepared,
  { choice, credentials }: Pick<Chosen, 'choice' | 'credentials'>,
): Promise<Result<string>> {
  const { effects, inputs, temporaryDirectory } = job
  // What is for the download alone does not outlive it in a process of ours either.
  const logins = [...(outlivesStep(job) ? credentials.known.logins : []), ...prepared.logins]
  if (!inputs.export) return failed(noResidence('with `export: false` later steps would not learn its address'))
  if (choice.upstreams.length === 0 && choice.usable) return failed(noResidence('GOPROXY asks no proxy'))
  if (!choice.usable) return failed(noResidence('no usable candidate answered'))
  const order = { upstreams: choice.upstreams, gosumdb: gosumdbOf(choice, prepared) }
  const directory = residenceDirectory(temporaryDirectory)
  try {
    await effects.files.makeDirectory(directory, 0o700)
    const residence: Residence = {
      plan: planGateway(planOptions(job, prepared, order, logins)),
      directory,
      auditLog: inputs.auditLog && resolve(inputs.auditLog),
      workspace: inputs.workingDirectory.workspace,
      runnerProcessId: job.parentProcessId,
    }
    const url = await effects.commands.startResident(['serve'], {
      cwd: directory,
      env: childEnvironment(effects.env, []),
      input: JSON.stringify(residence),
      timeoutMs: START_MS,
    })
    if (url === undefined || !URL.canParse(url)) return failed(noResidence('it did not start'))
    maskPath(url, job)
    return ok(url)
  } catch (error) {
    effects.log.debug(`No gateway for the job: ${error instanceof Error ? error.message : String(error)}`)
    return failed(noResidence('it did not start'))
  }
}

function noResidence(why: string): Problem {
  return {
    code: 'GATEWAY_NOT_FOR_JOB',
    message: `gateway: job: later steps have no gateway, because ${why}.`,
    hint: 'They ask the proxies in GOPROXY themselves.',
  }
}
