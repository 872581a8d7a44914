import { BlockList, isIP } from 'node:net'

/** Loopback, RFC 1918, link-local (RFC 3927), and what carriers and overlay networks share (RFC 6598). */
const LOCAL_IPV4: readonly (readonly [network: string, prefix: number])[] = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
]

/**
 * Loopback and unique local addresses (RFC 4193). Link-local ones (fe80::/10) are not among them: they mean something
 * only with the name of an interface, which is another one in a container.
 */
const LOCAL_IPV6: readonly (readonly [network: string, prefix: number])[] = [
  ['::1', 128],
  ['fc00::', 7],
]

// One list for each family: Node would find an IPv4 address that is written as an IPv6 one in the list of the former.
const IPV4 = listOf('ipv4', LOCAL_IPV4)
const IPV6 = listOf('ipv6', LOCAL_IPV6)

function listOf(family: 'ipv4' | 'ipv6', networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family)
  return list
}

/** Whether a server may listen on an address without the internet reaching it; false for all that is no address. */
export function isLocalNetworkAddress(address: string): boolean {
  // A zone (`%eth0`) has no place in a URL that other machines read.
  if (address.includes('%')) return false
  const family = isIP(address)
  return family === 4 ? IPV4.check(address, 'ipv4') : family === 6 && IPV6.check(address, 'ipv6')
}

/** The one way to write an address: IPv6 in lower case and shortened, as URLs and interfaces have it. */
export function canonicalAddress(address: string): string {
  // A zone has no place in a URL.
  return isIP(address) === 6 && !address.includes('%') ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address
}

/** An address as a URL and a Host header have it. */
export function hostOfAddress(address: string, port: number): string {
  return `${isIP(address) === 6 ? `[${address}]` : address}:${port}`
}

/** Tells which addresses lie in a network, such as `172.17.0.0/16`; for anything else: none do. */
export function withinNetwork(network: string): (address: string | undefined) => boolean {
  const [base = '', prefix = ''] = network.split('/')
  const family = isIP(base)
  const bits = Number(prefix)
  if (family === 0 || !/^\d{1,3}$/.test(prefix) || bits > (family === 4 ? 32 : 128)) return () => false
  const list = listOf(family === 4 ? 'ipv4' : 'ipv6', [[base, bits]])
  return address =>
    address !== undefined && isIP(address) === family && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
