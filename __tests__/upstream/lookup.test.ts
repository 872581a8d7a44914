import { createSocket, type Socket } from 'node:dgram'
import { Resolver } from 'node:dns'
import type { AddressInfo, LookupFunction } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { type Address, askServers, findInHosts, isAbsolute, openLookups } from '../../src/upstream/lookup.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { virtualClock } from '../support/worlds/virtual-clock.ts'

const cleanUp = cleanUpAfterEach()

const GOOD: readonly Address[] = [{ address: '192.0.2.1', family: 4 }]

/** A system in which names beginning with `dead` are looked for as long as the test wants. */
function system() {
  const hanging: ((error: Error) => void)[] = []
  const asked: string[] = []
  return {
    asked,
    fail: () => {
      for (const reject of hanging.splice(0)) reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))
    },
    lookup: (name: string): Promise<readonly Address[]> => {
      asked.push(name)
      return name.startsWith('dead')
        ? new Promise((_, reject) => {
            hanging.push(reject)
          })
        : Promise.resolve(GOOD)
    },
  }
}

const unknown = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))

function find(lookup: LookupFunction, name: string, family = 0): Promise<unknown> {
  return new Promise(resolve => {
    lookup(name, { all: true, family }, (error, addresses) => resolve(error?.code ?? addresses))
  })
}

describe('thirty names whose servers are silent, and a good one behind them', () => {
  test('the good one is found elsewhere, and its turn never comes', async () => {
    const [names, clock] = [system(), virtualClock()]
    const aside = async (name: string) => (name === 'good.example' ? GOOD : unknown())
    const lookup = openLookups({ system: names.lookup, aside }, clock)
    const dead = Array.from({ length: 30 }, (_, i) => find(lookup, `dead${i}.example`))
    const good = find(lookup, 'good.example')
    await clock.sleep(1_000)
    expect(await good).toEqual(GOOD)
    expect(names.asked).toEqual(['dead0.example', 'dead1.example'])
    for (let i = 0; i < 15; i++) {
      names.fail()
      await clock.sleep(1)
    }
    expect(new Set(await Promise.all(dead))).toEqual(new Set(['ENOTFOUND']))
  })

  test('what only the system knows has its turn', async () => {
    const [names, clock] = [system(), virtualClock()]
    const lookup = openLookups({ system: names.lookup, aside: unknown }, clock)
    const dead = [find(lookup, 'dead0.example'), find(lookup, 'dead1.example')]
    const good = find(lookup, 'local.example')
    await clock.sleep(1_000)
    names.fail()
    expect([await good, ...(await Promise.all(dead))]).toEqual([GOOD, 'ENOTFOUND', 'ENOTFOUND'])
  })
})

test('the system alone is asked while there is room, and once for each name at a time', async () => {
  const [names, clock] = [system(), virtualClock()]
  const aside = () => Promise.reject(new Error('asked'))
  const lookup = openLookups({ system: names.lookup, aside }, clock)
  expect(await Promise.all([find(lookup, 'a.example'), find(lookup, 'a.example')])).toEqual([GOOD, GOOD])
  expect(await find(lookup, 'a.example', 6)).toBe('ENOTFOUND')
  expect(names.asked).toEqual(['a.example', 'a.example'])
})

describe('where the servers find what the system would', () => {
  const silent = () => Promise.reject(Object.assign(new Error('no answer'), { code: 'EAI_AGAIN' }))
  test.each([
    ['they are asked alone', async () => GOOD, GOOD, []],
    ['what they do not know, the system may', async () => [], GOOD, ['good.example']],
    ['what they fail with, the system may know', unknown, GOOD, ['good.example']],
    ['their silence is final: the process could not end while the system asks', silent, 'EAI_AGAIN', []],
  ] as const)('%s', async (_, aside, answer, asked) => {
    const [names, clock] = [system(), virtualClock()]
    const lookup = openLookups({ system: names.lookup, aside, isAlike: async () => true }, clock)
    expect(await find(lookup, 'good.example')).toEqual(answer)
    expect(names.asked).toEqual(asked)
  })

  test('other names are the system’s', async () => {
    const [names, clock] = [system(), virtualClock()]
    const lookup = openLookups({ system: names.lookup, aside: silent, isAlike: async () => false }, clock)
    expect(await find(lookup, 'good.example')).toEqual(GOOD)
  })

  test.each([
    ['goproxy.example', '', true],
    ['goproxy', 'search example.com\n', false],
    ['goproxy.example', 'search a.b\noptions timeout:1 ndots:5\n', false],
    ['a.b.c.d.e.f', 'options ndots:5\n', true],
    ['goproxy', 'options ndots:0\n', true],
  ])('%s, resolv.conf %j', (name, text, isAlike) => {
    expect(isAbsolute(name, text)).toBe(isAlike)
  })
})

test('a DNS server that is silent says so', async () => {
  const server: Socket = cleanUp(createSocket('udp4'))
  await new Promise<void>(resolve => server.bind(0, '127.0.0.1', resolve))
  const resolver = new Resolver({ timeout: 50, tries: 1 })
  resolver.setServers([`127.0.0.1:${(server.address() as AddressInfo).port}`])
  await expect(askServers(resolver, 'good.example')).rejects.toMatchObject({ code: 'EAI_AGAIN' })
})

test('a hosts file: names in any place and case, no comments, nothing that is no address', () => {
  const text =
    '# 192.0.2.9 a.example\n192.0.2.1\tb.example A.Example # c.example\r\n::1 a.example\nnonsense a.example\n'
  expect(findInHosts(text, 'a.example')).toEqual([
    { address: '192.0.2.1', family: 4 },
    { address: '::1', family: 6 },
  ])
  expect(findInHosts(text, 'c.example')).toEqual([])
})

test('a DNS server: its addresses of both families, none for what it does not know', async () => {
  const resolver = new Resolver({ timeout: 1_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${await startDns()}`])
  expect(await askServers(resolver, 'good.example')).toEqual(GOOD)
  expect(await askServers(resolver, 'dead.example')).toEqual([])
})

/** Knows `good.example` by its IPv4 address (RFC 1035, 4.1). */
async function startDns(): Promise<number> {
  const server: Socket = cleanUp(createSocket('udp4'))
  server.on('message', (query, from) => {
    const end = query.indexOf(0, 12) + 5
    const question = query.subarray(12, end)
    const found = question.includes('good') && query.readUInt16BE(end - 4) === 1
    const header = Buffer.from([
      query[0] ?? 0,
      query[1] ?? 0,
      0x81,
      found ? 0x80 : 0x83,
      0,
      1,
      0,
      found ? 1 : 0,
      0,
      0,
      0,
      0,
    ])
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1])
    server.send(Buffer.concat([header, question, ...(found ? [record] : [])]), from.port, from.address)
  })
  await new Promise<void>(resolve => server.bind(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
