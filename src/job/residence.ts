import { resolve } from 'node:path'
import type { Choice } from '../choice/choice.ts'
import { childEnvironment } from '../environment/variables.ts'
import { failed, ok, type Problem, type Result, reasonOf } from '../errors.ts'
import { type GatewayPlan, planGateway } from '../gateway/plan.ts'
import { parseAddresses, type Residence, residenceDirectory } from '../gateway/resident.ts'
import { outlivesStep } from './credentials.ts'
import { planOptions, sourcesOf } from './gateway-options.ts'
import type { Ready } from './ready.ts'
import { announceShared, maskPath, shareOf, warnOfUnshared } from './sharing.ts'

/** A gateway that stays. */
export interface ResidenceStart {
  /** A secret. */
  readonly url: string
  /** Where others than this job reach it, another secret; undefined: nowhere. */
  readonly sharedUrl: string | undefined
  readonly warnings: readonly Problem[]
}

/** Time for its process to start and say its address. */
const START_MS = 10_000

/**
 * Starts a gateway that stays for the rest of the job, in a process of its own.
 * @param cold proxies that are to have what came from elsewhere
 * @returns its addresses, of which the first precedes the exported GOPROXY; else why there is none
 */
export async function startResidence(
  ready: Ready,
  choice: Choice,
  cold: GatewayPlan['cold'],
): Promise<Result<ResidenceStart>> {
  const { effects, inputs, temporaryDirectory } = ready.job
  if (!inputs.export) return failed(noResidence('with `export: false` later steps would not learn its address'))
  if (choice.upstreams.length === 0 && choice.usable) return failed(noResidence('GOPROXY names no proxy'))
  if (!choice.usable) return failed(noResidence('no usable candidate answered'))
  if (sourcesOf(choice, ready.prepared).upstreams.length === 0)
    return failed(noResidence('only go can get the proxy’s login, through GOAUTH'))
  const directory = residenceDirectory(temporaryDirectory)
  try {
    await effects.files.makeDirectory(directory, 0o700)
    const said = await effects.commands.startResident(['serve'], {
      cwd: directory,
      env: childEnvironment(effects.env, []),
      input: JSON.stringify(planResidence(ready, choice, directory, cold)),
      timeoutMs: START_MS,
    })
    const addresses = parseAddresses(said)
    if (addresses === undefined) return failed(noResidence('it did not start'))
    const { url, shared } = addresses
    maskPath(url, ready.job)
    announceShared(shared, ready.job)
    const sharedUrl = shared !== undefined && 'url' in shared ? shared.url : undefined
    return ok({ url, sharedUrl, warnings: warnOfUnshared(shared, ready.job) })
  } catch (error) {
    effects.log.debug(`No gateway for the job: ${reasonOf(error)}`)
    return failed(noResidence('it did not start'))
  }
}

function planResidence(
  { job, prepared, means }: Ready,
  choice: Choice,
  directory: string,
  cold: GatewayPlan['cold'],
): Residence {
  const { inputs, parentProcessId } = job
  // Credentials that are for the download only must not outlive it, in a process of ours either.
  const logins = [...(outlivesStep(job) ? means.credentials.known.logins : []), ...prepared.logins]
  return {
    plan: {
      ...planGateway({
        ...planOptions(job, prepared, sourcesOf(choice, prepared), logins),
        share: shareOf(job, prepared.privacy),
      }),
      cold,
    },
    directory,
    auditLog: inputs.auditLog && resolve(inputs.auditLog),
    workspace: inputs.workingDirectory.workspace,
    runnerProcessId: parentProcessId,
  }
}

function noResidence(why: string): Problem {
  return {
    code: 'GATEWAY_NOT_FOR_JOB',
    message: `gateway: job: later steps have no gateway, because ${why}.`,
    hint: 'They ask the proxies in GOPROXY themselves.',
  }
}
