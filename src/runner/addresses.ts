import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import type { MachineAddress } from '../effects.ts'

/**
 * The addresses of this machine, as its interfaces have them now. Node leaves out interfaces on which nothing runs, such
 * as Docker's bridge before the first container, so on Linux the kernel's own tables are read besides.
 */
export function readAddresses(): readonly MachineAddress[] {
  const running = Object.entries(networkInterfaces()).flatMap(([name, found = []]) =>
    // Node writes the address itself with the length of its network: `172.17.0.1/16`.
    found.map(({ address, cidr }) => ({ interface: name, address, network: cidr ?? '' })),
  )
  const idle = parseKernelAddresses(readTable('/proc/net/fib_trie'), readTable('/proc/net/route'))
  return [...running, ...idle.filter(({ address }) => !running.some(one => one.address === address))]
}

/** Empty where there is none: not Linux, or hidden from us. */
function readTable(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/**
 * IPv4 addresses of interfaces that have a network of their own.
 * @param trie of which the leaves marked `/32 host LOCAL` are this machine's addresses
 * @param routes tells interface, destination and mask of each network. Source: proc_net(5), Linux net/ipv4/fib_trie.c
 */
export function parseKernelAddresses(trie: string, routes: string): readonly MachineAddress[] {
  const networks = routes.split('\n').flatMap(line => {
    const [name = '', destination = '', gateway, , , , , mask = ''] = line.split('\t')
    const isNetwork = [destination, mask].every(hex => /^[0-9A-F]{8}$/.test(hex)) && gateway === '00000000'
    return isNetwork && mask !== '00000000' ? [{ name, base: numberOf(destination), mask: numberOf(mask) }] : []
  })
  // A tunnel may route a network that contains a bridge's: as for the kernel, the narrowest one holds.
  networks.sort((a, b) => b.mask - a.mask)
  const own = new Set([...trie.matchAll(/\|-- (\d+\.\d+\.\d+\.\d+)\n\s+\/32 host LOCAL/g)].map(([, text = '']) => text))
  return [...own].flatMap(address => {
    const bits = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
    const network = networks.find(({ base, mask }) => (bits & mask) >>> 0 === base)
    return network === undefined
      ? []
      : [{ interface: network.name, address, network: `${address}/${lengthOf(network.mask)}` }]
  })
}

/** The kernel prints the bytes as they lie in memory; every machine that we run on has the lowest first. */
function numberOf(hex: string): number {
  return Buffer.from(hex, 'hex').readUInt32LE()
}

function lengthOf(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length
}
