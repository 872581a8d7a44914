import type { MachineAddress } from '../../effects.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import type { ListenRequest } from '../../inputs/listen.ts'
import { canonicalAddress, isLocalNetworkAddress } from '../../places/local-network.ts'

/** An address of this machine on which the gateway listens besides loopback. */
export interface SharedPlace {
  readonly address: string
  /** 0: any free one. */
  readonly port: number
  /** The network that the address is in, such as `172.17.0.0/16`: who asks from elsewhere is not answered. */
  readonly network: string
}

const BRIDGE = 'docker0'

/** The address of this machine that is meant. */
export function findSharedPlace(request: ListenRequest, addresses: readonly MachineAddress[]): Result<SharedPlace> {
  const allowed = addresses
    .map(one => ({ ...one, address: canonicalAddress(one.address) }))
    .filter(({ address }) => isLocalNetworkAddress(address))
  const meant = allowed.find(one =>
    request.host === 'docker' ? one.interface === BRIDGE && one.address.includes('.') : one.address === request.host,
  )
  if (meant === undefined) return failed(notHere(request, allowed))
  return ok({ address: meant.address, port: request.port ?? 0, network: meant.network })
}

const SHOWN = 10

function notHere({ host, label }: ListenRequest, allowed: readonly MachineAddress[]): Problem {
  const shown = allowed.slice(0, SHOWN).map(({ address, interface: name }) => `${address} (${showInterface(name)})`)
  const more = allowed.length > SHOWN ? ` and ${allowed.length - SHOWN} more` : ''
  return {
    code: 'GATEWAY_LISTEN_ADDRESS',
    message:
      host === 'docker'
        ? `${label}: this machine has no interface ${BRIDGE} with an IPv4 address.`
        : `${label}: ${host} is not an address of this machine.`,
    hint:
      shown.length === 0
        ? 'This machine has no address on which the gateway may listen. Leave the input out.'
        : `Name one of its addresses: ${shown.join(', ')}${more}.`,
  }
}

/** Whoever made the interface has named it. */
function showInterface(name: string): string {
  return /^[\w.:@ -]{1,40}$/.test(name) ? name : 'an interface'
}

/** What a gateway is to do for others than its job, as plain data. */
export interface SharePlan {
  readonly place: SharedPlace
  /** Whether they get private modules, too, and what a proxy gives for a login. */
  readonly withPrivate: boolean
  /** GOPRIVATE, GONOPROXY and `private-domains` together. */
  readonly patterns: string
  /** How many connections they have at most. */
  readonly connections: number
  /** How many bytes of files that go.sum does not name they get in all. */
  readonly strangeBytes: number
  /** How many requests of theirs are answered in all. */
  readonly requests: number
}

/** go downloads as many modules at a time as the machine has processors, each over a connection of its own. */
const [LEAST_CONNECTIONS, CONNECTIONS_EACH] = [64, 8]
/** What is not the project's may stay on the disk: about what `go install` of a hundred large programs needs. */
const STRANGE_BYTES = 4e9
/** Thirty times what a project of a thousand modules needs. */
const REQUESTS = 100_000

/** @param withPrivate the input `gateway-listen-private`  @param processors of this machine, which containers share */
export function planShare(place: SharedPlace, withPrivate: boolean, patterns: string, processors: number): SharePlan {
  const connections = Math.max(LEAST_CONNECTIONS, CONNECTIONS_EACH * processors)
  return { place, withPrivate, patterns, connections, strangeBytes: STRANGE_BYTES, requests: REQUESTS }
}
