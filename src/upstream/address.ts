import { BlockList, isIP, isIPv4 } from 'node:net'
import { isInternalName } from '../places/internal-names.ts'

/**
 * IPv4 networks that are not globally reachable. Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890), all
 * blocks there but those of anycast services (192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24) and the two addresses
 * in 192.0.0.0/24 that are such; multicast (RFC 5771).
 */
const IPV4_NETWORKS: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // A public address by its number, but answered by the Azure host under each of its machines (WireServer).
  ['168.63.129.16', 32],
]

/**
 * The part of IPv6 that is given out to the public internet. Source: IANA IPv6 Address Space Registry: everything else
 * is reserved, unique local (fc00::/7), link-local (fe80::/10), site-local (fec0::/10), multicast (ff00::/8) or not
 * given out, 5f00::/16 (SRv6) and 100::/64 (discard) included.
 */
const IPV6_GLOBAL = ['2000::', 3] as const
/** What is special in it. Source: IANA IPv6 Special-Purpose Address Registry. */
const IPV6_NETWORKS: readonly (readonly [network: string, prefix: number])[] = [
  // Protocol assignments: Teredo (2001::/32), which holds IPv4 addresses, benchmarking, ORCHID.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4: any IPv4 address, private ones too. No server has one since RFC 7526.
  ['2002::', 16],
  ['3fff::', 20],
]
/** NAT64 (RFC 6052): the IPv4 address behind it decides, for where only IPv6 is, all of the IPv4 internet is there. */
const NAT64 = ['64:ff9b::', 96] as const

const PRIVATE_IPV4 = listOf('ipv4', IPV4_NETWORKS)
const SPECIAL_IPV6 = listOf('ipv6', IPV6_NETWORKS)
const GLOBAL_IPV6 = listOf('ipv6', [IPV6_GLOBAL])
const TRANSLATED = listOf('ipv6', [NAT64, ['::ffff:0:0', 96]])

function listOf(family: 'ipv4' | 'ipv6', networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family)
  return list
}

/** Whether an address is none of the public internet: loopback, private, link-local (cloud metadata), multicast. */
export function isPrivateAddress(address: string): boolean {
  // A zone (`%eth0`) says on which link an address is, so it is none of the internet's.
  if (isIP(address) !== 0 && address.includes('%')) return true
  switch (isIP(address)) {
    case 4:
      return PRIVATE_IPV4.check(address, 'ipv4')
    case 6:
      return isTranslated(address)
        ? PRIVATE_IPV4.check(lastIPv4(address), 'ipv4')
        : !GLOBAL_IPV6.check(address, 'ipv6') || SPECIAL_IPV6.check(address, 'ipv6')
    default:
      return false
  }
}

function isTranslated(address: string): boolean {
  return TRANSLATED.check(address, 'ipv6')
}

/** The last 32 bits of an IPv6 address, as an IPv4 address. */
function lastIPv4(address: string): string {
  const dotted = address.slice(address.lastIndexOf(':') + 1)
  if (isIPv4(dotted)) return dotted
  // Two groups at the end; `::` stands for zeros.
  const [high = 0, low = 0] = (address.endsWith('::') ? `${address}0:0` : address.replace(/::/g, ':0:'))
    .split(':')
    .slice(-2)
    .map(group => Number.parseInt(group || '0', 16))
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

/** Whether a URL's host is, as written, a name or address that only this machine or network knows. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase()
  if (isIP(host) !== 0) return isPrivateAddress(host)
  // A name without a dot is completed by this network's own domain.
  if (!host.includes('.')) return true
  if (isInternalName(host)) return true
  // Numbers in any other form than the usual one, which resolvers read as addresses all the same.
  if (!/(^|\.)(\d+|0x[0-9a-f]*)$/.test(host)) return false
  const url = `http://${host}/`
  return !URL.canParse(url) || isPrivateAddress(new URL(url).hostname)
}
