import type { Candidate } from '../candidates/candidate.ts'
import type { Download } from '../download/download.ts'
import type { Log } from '../effects.ts'
import { type Problem, reasonOf, whyNotWritten } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { databaseOf } from '../gateway/plan.ts'
import { type StepGateway, startStepGateway, whyNoGateway } from '../gateway/step.ts'
import { type MeasuredTry, renderAudit } from '../gateway/telling/audit.ts'
import {
  type GatewayFigures,
  type Rejected,
  senderOf,
  sendersOf,
  type WrongSender,
  wrongContent,
} from '../gateway/telling/events.ts'
import type { ModuleVersion } from '../go/module.ts'
import { requestsOfGateway } from '../report/requests.ts'
import type { Story } from '../report/story.ts'
import { type DownloadPace, paceOf } from './download-pace.ts'
import { sourcesOf, stepOptions } from './gateway-options.ts'
import type { Job } from './job.ts'
import type { Chosen } from './measure.ts'
import { needsNothing } from './prepare.ts'
import type { Ready } from './ready.ts'
import { announceShared, maskPath, warnOfUnshared } from './sharing.ts'

/** What a gateway did, once it is closed. */
export interface GatewayEnd {
  readonly figures: GatewayFigures
  /** Modules that some cold proxy still lacks. */
  readonly leftCold: readonly ModuleVersion[]
  /** Content that no upstream gave as go.sum has it, once for each object. */
  readonly disputed: readonly Rejected[]
  /** The proxies that sent wrong content. @param spared what was not their fault */
  readonly blame: (spared: Download['spared']) => readonly WrongSender[]
  readonly pace: DownloadPace
  readonly requests: Story['requests']
  /** One that go fetched through it. */
  readonly toolchain: Download['toolchain']
  readonly warnings: readonly Problem[]
}

/**
 * Does `work` while a gateway stands before the proxies; `goproxy` is then what go is to use first. Fetching ahead must
 * not fail the job: where a gateway cannot help or does not start, there is none.
 */
export async function behindGateway<T>(
  ready: Ready,
  chosen: Chosen,
  work: (gateway: Gateway | undefined, goproxy: string | undefined) => Promise<T>,
): Promise<{ readonly result: T; readonly gateway: GatewayEnd | undefined }> {
  const gateway = await openGateway(ready, chosen)
  const { tail } = chosen.choice
  try {
    const result = await work(gateway, gateway && (tail === '' ? gateway.url : `${gateway.url}|${tail}`))
    await gateway?.close()
    return { result, gateway: gateway && (await endOf(gateway, ready, chosen)) }
  } finally {
    await gateway?.close()
  }
}

/** Takes the head start's gateway, or starts one; it then asks the chosen proxies and fetches everything ahead. */
async function openGateway(ready: Ready, chosen: Chosen): Promise<Gateway | undefined> {
  const { log } = ready.job.effects
  const sources = sourcesOf(chosen.choice, ready.prepared)
  const options = stepOptions(ready, sources)
  const begun = await chosen.headStart.end()
  const reason = whyNoGateway(options)
  if (reason !== undefined) {
    log.debug(`No gateway: ${reason}`)
    await begun?.close()
    return undefined
  }
  try {
    const gateway = begun ?? (await startStepGateway(options))
    maskPath(gateway.url, ready.job)
    announceShared(gateway.shared, ready.job)
    gateway.adopt(sources.upstreams, databaseOf(sources.gosumdb), leftBehind(chosen))
    gateway.warm(() => chosen.cold().filter(one => sources.upstreams.includes(one) && one.from !== 'default'))
    chosen.headStart.handTo(gateway)
    // A command may ask for other modules, but not for vendored ones.
    if (!needsNothing(ready.job, ready.prepared)) await fetchAhead(gateway, chosen, log)
    return gateway
  } catch (error) {
    log.debug(`No gateway: ${reasonOf(error)}`)
    await begun?.close()
    return undefined
  }
}

/** Fetches what the benchmark still expects only if it does not arrive. */
async function fetchAhead(gateway: StepGateway, chosen: Chosen, log: Log): Promise<void> {
  const { targets, settled } = chosen.onTheirWay()
  await gateway.fetchAhead('everything', targets)
  if (targets.length === 0) return
  const rest = settled.then(() => gateway.fetchAhead('everything'))
  void rest.catch(error => log.debug(`Not fetched ahead: ${reasonOf(error)}`))
}

/** Transfers from a proxy less than half as fast as the winner: asking the winner again is quicker. */
const BEHIND_SHARE = 0.5

function leftBehind({ choice, facts: { ranking } }: Chosen): readonly Candidate[] {
  const measurements = ranking?.measurements ?? []
  const winner = measurements.find(({ candidate }) => candidate === choice.upstreams[0])
  return measurements
    .filter(({ bytesPerSecond }) => (bytesPerSecond ?? 0) < BEHIND_SHARE * (winner?.bytesPerSecond ?? 0))
    .map(({ candidate }) => candidate)
}

async function endOf(gateway: Gateway, { job, prepared }: Ready, chosen: Chosen): Promise<GatewayEnd> {
  const { auditLog } = job.inputs
  const audit = auditLog === undefined ? [] : await writeAudit(gateway, auditLog, job, await measuredTries(chosen))
  return {
    figures: gateway.figures(),
    leftCold: gateway.leftCold(),
    disputed: disputedIn(gateway.events),
    blame: spared => sendersOf(wrongContent(gateway.events).filter(event => !isSpared(event, spared))),
    pace: paceOf(gateway.events, prepared.settings.gomaxprocs),
    requests: requestsOfGateway(gateway.events, gateway.startMs - job.startMs),
    toolchain: toolchainIn(gateway.events),
    warnings: [...warnOfUnshared(gateway.shared, job), ...audit],
  }
}

function toolchainIn(events: Gateway['events']): Download['toolchain'] {
  for (const event of events) {
    if (event.kind !== 'served' || event.status !== 200) continue
    const [, version] = TOOLCHAIN_ZIP.exec(event.target) ?? []
    if (version !== undefined) return { version, seconds: event.ms / 1000 }
  }
  return undefined
}

/** Source: cmd/go/internal/toolchain, Exec. */
const TOOLCHAIN_ZIP = /^golang\.org\/toolchain\/@v\/v0\.0\.1-(go[\w.]+)\.[a-z0-9]+-[a-z0-9]+\.zip$/

function disputedIn(events: Gateway['events']): readonly Rejected[] {
  const proven = new Set(events.flatMap(event => ('proof' in event && event.proof === 'go.sum' ? [event.target] : [])))
  const open = wrongContent(events).filter(({ target }) => !proven.has(target))
  return [...new Map(open.map(event => [event.target, event])).values()]
}

function isSpared(event: Rejected, spared: Download['spared']): boolean {
  return spared.some(({ target, except }) => target === event.target && !except.includes(senderOf(event)))
}

/** The requests that measured the candidates. Correct answers to them were handed on to the gateway. */
async function measuredTries({ completeRanking }: Chosen): Promise<readonly MeasuredTry[]> {
  const { measurements } = (await completeRanking()) ?? { measurements: [] }
  return measurements.flatMap(({ candidate, probes }) => probes.map(probe => ({ ...probe, upstream: candidate.name })))
}

async function writeAudit(
  gateway: Gateway,
  path: string,
  { inputs: { workingDirectory }, effects: { files } }: Job,
  measured: readonly MeasuredTry[],
): Promise<readonly Problem[]> {
  try {
    await files.deliver(path, renderAudit(gateway.events, measured), {
      append: true,
      confinedTo: workingDirectory.workspace,
    })
    return []
  } catch (error) {
    return [
      {
        code: 'AUDIT_NOT_WRITTEN',
        message: `The audit log could not be written to ${path} (${whyNotWritten(error)}).`,
        hint: 'Set audit-log to a file in an existing directory that this user may write to.',
      },
    ]
  }
}
