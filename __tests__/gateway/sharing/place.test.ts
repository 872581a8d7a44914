import { describe, expect, test } from '@jest/globals'
import { findSharedPlace } from '../../../src/gateway/sharing/place.ts'
import { withinNetwork } from '../../../src/places/local-network.ts'

const addresses = [
  { interface: 'lo', address: '127.0.0.1', network: '127.0.0.1/8' },
  { interface: 'eth0', address: '203.0.113.7', network: '203.0.113.7/24' },
  { interface: 'eth1\u001b[31m', address: '10.0.0.4', network: '10.0.0.4/24' },
  { interface: 'docker0', address: 'fe80::42', network: 'fe80::42/64' },
  { interface: 'docker0', address: '172.17.0.1', network: '172.17.0.1/16' },
  { interface: 'wg0', address: 'FD00:0::1', network: 'fd00::1/64' },
]
const find = (host: string, port?: number, of = addresses) =>
  findSharedPlace({ host, port, label: 'gateway-listen' }, of)

describe('the address that is meant', () => {
  test.each([
    ['docker', undefined, { address: '172.17.0.1', port: 0, network: '172.17.0.1/16' }],
    ['172.17.0.1', 8080, { address: '172.17.0.1', port: 8080, network: '172.17.0.1/16' }],
    ['fd00::1', 80, { address: 'fd00::1', port: 80, network: 'fd00::1/64' }],
  ])('%s', (host, port, value) => {
    expect(find(host, port)).toEqual({ ok: true, value })
  })

  test('one that this machine does not have is refused with those that it has, and no public one', () => {
    const found = find('172.18.0.1')
    expect(found).toEqual({
      ok: false,
      problems: [
        {
          code: 'GATEWAY_LISTEN_ADDRESS',
          message: 'gateway-listen: 172.18.0.1 is not an address of this machine.',
          hint: 'Name one of its addresses: 127.0.0.1 (lo), 10.0.0.4 (an interface), 172.17.0.1 (docker0), fd00::1 (wg0).',
        },
      ],
    })
  })

  test('without Docker, and on a machine of which nothing is known', () => {
    const none = find('docker', undefined, addresses.slice(0, 1))
    expect(!none.ok && none.problems[0]?.message).toBe(
      'gateway-listen: this machine has no interface docker0 with an IPv4 address.',
    )
    const nothing = find('10.0.0.4', undefined, [])
    expect(!nothing.ok && nothing.problems[0]?.hint).toMatch(/no address on which the gateway may listen/)
  })
})

describe('who is in a network', () => {
  test.each([
    ['172.17.0.1/16', '172.17.255.9', true],
    ['172.17.0.1/16', '172.18.0.2', false],
    ['172.17.0.1/16', '::ffff:172.17.0.2', false],
    ['fd00::1/64', 'fd00::9', true],
    ['fd00::1/64', 'fd00:0:0:1::9', false],
    ['172.17.0.1/16', undefined, false],
    ['', '172.17.0.1', false],
    ['172.17.0.1/33', '172.17.0.1', false],
    ['172.17.0.1/', '172.17.0.1', false],
  ])('%s, %s: %s', (network, address, isIn) => {
    expect(withinNetwork(network)(address)).toBe(isIn)
  })
})
