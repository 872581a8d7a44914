import { networkInterfaces } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import { parseKernelAddresses, readAddresses } from '../../src/runner/addresses.ts'

/** Of a machine with Docker and no container. */
const TRIE = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 172.17.0.0/16 2 0 2
        |-- 172.17.0.0
           /16 link UNICAST
        |-- 172.17.0.1
           /32 host LOCAL
        |-- 172.17.255.255
           /32 link BROADCAST
     |-- 10.1.0.4
        /32 host LOCAL
     |-- 127.0.0.1
        /32 host LOCAL
Local:
     |-- 172.17.0.1
        /32 host LOCAL
`
const ROUTES = [
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
  'eth0\t00000000\t0100010A\t0003\t0\t0\t100\t00000000\t0\t0\t0',
  'eth0\t0000010A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
  'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  '',
].join('\n')

describe('the kernel’s tables', () => {
  test('tell the addresses of a bridge on which nothing runs, each once, with their network', () => {
    expect(parseKernelAddresses(TRIE, ROUTES)).toEqual([
      { interface: 'docker0', address: '172.17.0.1', network: '172.17.0.1/16' },
      { interface: 'eth0', address: '10.1.0.4', network: '10.1.0.4/24' },
    ])
  })

  test('of two networks with the address the narrower one is its own', () => {
    const tunnel = 'wg0\t000010AC\t00000000\t0001\t0\t0\t0\t0000F0FF\t0\t0\t0'
    const [head = '', ...routes] = ROUTES.split('\n')
    expect(parseKernelAddresses(TRIE, [head, tunnel, ...routes].join('\n'))).toEqual(parseKernelAddresses(TRIE, ROUTES))
  })

  test.each([
    ['', ''],
    [TRIE, ''],
    ['', ROUTES],
    [TRIE, 'eth0\tzz\t00000000\t1\t0\t0\t0\tFFFFFFFF'],
  ])('rubbish tells nothing: %#', (trie, routes) => {
    expect(parseKernelAddresses(trie, routes)).toEqual([])
  })
})

test('what Node tells is there, once', () => {
  const all = readAddresses()
  const told = Object.values(networkInterfaces()).flatMap((found = []) => found.map(({ address }) => address))
  expect(all.map(({ address }) => address)).toEqual(expect.arrayContaining(told))
  expect(new Set(all.map(one => `${one.interface} ${one.address}`)).size).toBe(all.length)
})
