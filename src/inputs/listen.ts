import { isIP } from 'node:net'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { canonicalAddress, isLocalNetworkAddress } from '../places/local-network.ts'
import { type Given, inputProblem, showGiven } from './given.ts'

/** Where else the gateway is to listen, as the user wrote it: whether this machine has such an address is not known yet. */
export interface ListenRequest {
  /** An IP address, or `docker`: the address of the bridge docker0. */
  readonly host: string
  /** undefined: any free one. */
  readonly port: number | undefined
  /** How the user knows the input. */
  readonly label: string
}

/** `docker`, IPv4 or bracketed IPv6, each with a port or without; or IPv6 alone. */
const PLACE = /^(?:(docker|[\d.]+)|\[([0-9a-f:.]+)\])(?::(.*))?$/i

/** One address of a network that the internet does not reach: see docs/decisions/gateway-listen.md. */
export function parseListen(given: Given): Result<ListenRequest | undefined> {
  const { text, label } = given
  if (text === '') return ok(undefined)
  const [, name, bracketed, port] = isIP(text) === 6 ? ['', undefined, text] : (PLACE.exec(text) ?? [])
  const host = (name ?? bracketed ?? '').toLowerCase()
  const isRight = bracketed === undefined ? host === 'docker' || isIP(host) === 4 : isIP(host) === 6
  if (!isRight) return failed(inputProblem(given, 'LISTEN_ADDRESS', `\`${showGiven(given)}\` is not an IP address`))
  if (port !== undefined && !(/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535))
    return failed(
      inputProblem(given, 'LISTEN_PORT', `\`${showGiven(given)}\` has no port from 1 to 65535 after the colon`),
    )
  const address = canonicalAddress(host)
  if (host !== 'docker' && !isLocalNetworkAddress(address)) {
    const what = isUnspecified(address)
      ? `\`${showGiven(given)}\` stands for every network of this machine, public ones included`
      : `\`${showGiven(given)}\` is an address that others than this machine’s own networks may reach`
    return failed(inputProblem(given, 'LISTEN_PUBLIC', what))
  }
  return ok({ host: address, port: port === undefined ? undefined : Number(port), label })
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

/**
 * A gateway that others can ask must be there while they build: that of the job, or of a command.
 * @param gateway the input of this name  @param inJob whether this is a step of a job
 */
export function findListenClash(
  request: ListenRequest | undefined,
  gateway: 'step' | 'job' | 'off',
  inJob: boolean,
): Problem | undefined {
  if (request === undefined || gateway === 'job' || (!inJob && gateway !== 'off')) return undefined
  const why =
    gateway === 'off'
      ? 'there is no gateway with `gateway: off`'
      : 'with `gateway: step` the gateway ends with this step'
  return {
    code: 'INPUT_LISTEN_GATEWAY',
    message: `${request.label}: ${why}.`,
    hint: inJob ? 'Set `gateway: job`, which serves until the job ends.' : 'Leave --gateway out.',
  }
}
