import { ok, type Problem, type Result } from '../errors.ts'
import { findSharedPlace, planShare, type SharedPlace, type SharePlan } from '../gateway/sharing/place.ts'
import type { SharedAddress } from '../gateway/sharing/share.ts'
import { hostOfAddress } from '../places/local-network.ts'
import type { Privacy } from '../project/privacy.ts'
import type { Job } from './job.ts'

/** The address that `gateway-listen` means on this machine; undefined when it is not given, or no gateway stays. */
export function findShared({ inputs, effects, command }: Job): Result<SharedPlace | undefined> {
  const { gatewayListen, gateway } = inputs
  if (gatewayListen === undefined || (command === undefined && gateway !== 'job')) return ok(undefined)
  return findSharedPlace(gatewayListen, effects.addresses?.() ?? [])
}

/** What a gateway for the job, or for a command, is to serve to clients on other addresses. */
export function shareOf(
  { inputs, shared, processors }: Job,
  { patterns }: Pick<Privacy, 'patterns'>,
): SharePlan | undefined {
  return shared && planShare(shared, inputs.gatewayListenPrivate, patterns, processors)
}

/** Only its path keeps other users of this machine from using the gateway. */
export function maskPath(url: string, { effects }: Job): void {
  effects.log.mask(new URL(url).pathname.slice(1))
}

/** Hides the secret of the second address, and says where it is. */
export function announceShared(address: SharedAddress | undefined, job: Job): void {
  if (address === undefined || !('url' in address)) return
  maskPath(address.url, job)
  job.effects.log.info(`Gateway for containers: ${new URL(address.url).host}`)
}

/** The warning if a second address was asked for but could not be opened. */
export function warnOfUnshared(address: SharedAddress | undefined, job: Job): readonly Problem[] {
  return address !== undefined && 'fault' in address ? [notShared(address.fault, job)] : []
}

function notShared(code: string, { shared }: Job): Problem {
  const place = shared === undefined ? 'its second address' : hostOfAddress(shared.address, shared.port)
  return {
    code: 'GATEWAY_NOT_SHARED',
    message: `gateway-listen: the gateway could not listen on ${place.replace(/:0$/, '')} (${WHY[code] ?? code}).`,
    hint: 'Containers have no gateway, and ask the proxies themselves.',
  }
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken',
  EACCES: 'this user may not use the port',
  EADDRNOTAVAIL: 'the address has gone',
}
