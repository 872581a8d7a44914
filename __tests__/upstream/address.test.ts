import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, isIP } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { systemClock } from '../../src/runner/clock.ts'
import { isPrivateAddress, isPrivateHost } from '../../src/upstream/address.ts'
import { fetchObject } from '../../src/upstream/fetch.ts'
import { watchInside } from '../../src/upstream/inside.ts'
import { nameSources } from '../../src/upstream/lookup.ts'
import { type Authority, createAuthority } from '../support/builders/certificates.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const PRIVATE: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'no address': ['0.0.0.0', '::'],
  'private networks': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::1'],
  'shared by a provider’s customers': ['100.64.0.1', '100.127.255.255'],
  'link-local': ['169.254.0.1', 'fe80::1', 'febf::1'],
  'cloud metadata': ['169.254.169.254', 'fd00:ec2::254'],
  'for measurements': ['198.18.0.1', '198.19.255.255'],
  'multicast and reserved': ['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', 'ff02::1'],
  'protocol assignments': ['192.0.0.1', '192.0.0.192', '192.88.99.1'],
  'for documentation': ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1', '3fff:fff::1'],
  'the cloud’s own by a public number': ['168.63.129.16', '::ffff:168.63.129.16', '100.100.100.200'],
  'site-local': ['fec0:0:0:0::1', 'feff::1'],
  'not given out': ['100::1', '100:0:0:1::1', '200::1', '4000::1', '5f00::1', 'fbff::1', '1fff:ffff::1'],
  'of one link, by its zone': ['fe80::1%eth0', '2001:4860::1%1'],
  '6to4': ['2002:7f00:1::1', '2002:a00:1::', '2002:a9fe:a9fe::1', '2002:808:808::1'],
  'Teredo and other protocols': ['2001::1', '2001:0:7f00:1::f5ff:fffe', '2001:2::1', '2001:10::1', '2001:1ff:ffff::1'],
  'IPv4 behind NAT64': [
    '64:ff9b::10.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b::',
    '64:ff9b::7f00:1',
    '64:ff9b::c0a8:1',
    '64:ff9b::a9fe:a9fe',
  ],
  'local NAT64': ['64:ff9b:1::1', '64:ff9b:1::808:808', '64:ff9b:1:ffff::a00:1', '64:ff9b::1:0:0'],
  'IPv4 in IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::FFFF:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:7f00:1',
    '::127.0.0.1',
    '::ffff:0:0',
    '::ffff:0:127.0.0.1',
    '::ffff:0:8.8.8.8',
    '::8.8.8.8',
  ],
}
const PUBLIC = [
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '128.0.0.1',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:4860:4860::8888',
  '168.63.129.15',
  '168.63.129.17',
  '191.255.255.255',
  '192.0.1.0',
  '192.0.3.0',
  '192.88.98.255',
  '198.51.99.255',
  '203.0.114.0',
  '2000::1',
  '2001:200::1',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2003::1',
  '2600:1901:0:38d7::',
  '3ffe:ffff::1',
  '::ffff:8.8.8.8',
  '::ffff:808:808',
  '64:ff9b::8.8.8.8',
  '64:ff9b::808:808',
  '64:ff9b:0:0:0:0:808:808',
]

describe('an address of this machine or network', () => {
  test.each(Object.entries(PRIVATE))('%s', (_name, addresses) => {
    expect(addresses.filter(address => !isPrivateAddress(address))).toEqual([])
    expect(addresses.filter(address => !isPrivateHost(address.includes(':') ? `[${address}]` : address))).toEqual([])
  })

  test('public ones and names are none', () => {
    expect(PUBLIC.filter(isPrivateAddress)).toEqual([])
    expect(['', 'localhost', 'proxy.golang.org', '10', '127.0.0'].filter(isPrivateAddress)).toEqual([])
  })

  test.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:169.254.169.254]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://①②⑦.0.0.1/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://metadata.localhost/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://metadata/',
    'http://metadata.google.internal/',
    'http://vault.corp/',
    'http://nas.lan/',
    'http://printer.local./',
    'http://router.home.arpa/',
    'http://api.default.svc/',
    'http://VAULT.CORP/',
  ])('however it is written in a URL: %s', url => {
    expect(isPrivateHost(new URL(url).hostname)).toBe(true)
  })

  test.each([
    '0x7f.1',
    '127.1',
    '2130706433',
    '017700000001',
    '10.1',
    '0xa9fea9fe',
    '1.2.3.4.5',
    '10.0.0.256',
    '127.0.0.1..',
  ])('however it is written, even where no URL was made of it: %s', host => expect(isPrivateHost(host)).toBe(true))

  test('the same address in another form is the same', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), number => {
        const bytes = [24, 16, 8, 0].map(shift => (number >>> shift) & 0xff)
        const expected = isPrivateAddress(bytes.join('.'))
        const hex = number.toString(16).padStart(8, '0')
        const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`
        for (const prefix of ['::ffff:', '64:ff9b::', '0:0:0:0:0:ffff:', '0064:ff9b:0:0:0:0:']) {
          expect([prefix, isPrivateAddress(`${prefix}${groups}`)]).toEqual([prefix, expected])
          expect([prefix, isPrivateAddress(`${prefix}${bytes.join('.')}`)]).toEqual([prefix, expected])
        }
        for (const form of [`${number}`, `0x${hex}`, `${bytes[0]}.${number & 0xffffff}`])
          expect([form, isPrivateHost(form)]).toEqual([form, form.includes('.') ? expected : true])
      }),
    )
  })

  test.each([
    'http://proxy.golang.org/',
    'http://localhost.example/',
    'http://134744072/',
    'http://127.0.0.1.nip.io/',
    'http://corp.example.com/',
    'http://internal.example.com/',
    'http://my-corp.com/',
  ])('a public one: %s', url => expect(isPrivateHost(new URL(url).hostname)).toBe(false))
})

const cleanUp = cleanUpAfterEach()

interface Listening {
  readonly port: number
  readonly asked: readonly string[]
}

async function serve(
  listener: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Listening> {
  const asked: string[] = []
  const noting: RequestListener = (req, res) => {
    asked.push(req.url ?? '')
    listener(req, res)
  }
  const server = tls ? createTlsServer(tls, noting) : createServer(noting)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => {
    server.closeAllConnections()
    return new Promise(resolve => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

const redirect =
  (location: string): RequestListener =>
  (_, res) =>
    res.writeHead(302, { location }).end()

/** A clock whose timers go off when told. */
function timers() {
  const set: [number, () => void][] = []
  const after = (ms: number, callback: () => void) => {
    set.push([ms, callback])
    return () => {}
  }
  const fire = () =>
    set.map(([ms, callback]) => {
      callback()
      return ms
    })
  return { clock: { ...systemClock, after }, fire }
}

/** What this machine's resolver says; of all other names, nothing. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'second.example': ['8.8.8.8', '2001:4860:4860::8888'],
  'vault.example.com': ['10.0.0.7'],
  'both.example.com': ['8.8.8.8', 'fd00::7'],
  'six.example.com': ['::ffff:169.254.169.254'],
}

function connections(env: Readonly<Record<string, string>> = {}, authority?: Authority) {
  return cleanUp(
    createConnections({
      env,
      trustedRoots: authority && [authority.cert],
      connectionsPerOrigin: 2,
      names: {
        ...nameSources({}, 1_000),
        aside: async host => {
          if (host === 'broken.example.com') throw new Error('no resolver')
          return (NAMES[host] ?? []).map(address => ({ address, family: isIP(address) }))
        },
      },
    }),
  )
}

function get(url: string, pool: ReturnType<typeof connections>, publicUpstream = true) {
  const deadlines = { headMs: 5_000, stallMs: 5_000, totalMs: 10_000 }
  return fetchObject(url, { deadlines, maxBytes: 1_000, publicUpstream }, transportOver(pool))
}

/** Answers for every host of the internet, as an HTTP proxy; hosts of `direct` are connected to without it. */
async function internet(location: string, direct = '') {
  const gate = await serve(redirect(location))
  return {
    gate,
    pool: connections({
      HTTP_PROXY: `http://127.0.0.1:${gate.port}`,
      HTTPS_PROXY: `http://127.0.0.1:${gate.port}`,
      NO_PROXY: direct,
    }),
  }
}

describe('a public upstream that redirects', () => {
  test.each(['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/latest/', 'http://2852039166/'])(
    'to the cloud’s metadata is refused: %s',
    async location => {
      const { gate, pool } = await internet(location)
      expect((await get('http://public.example/x', pool)).kind).toBe('redirect refused')
      expect(gate.asked).toEqual(['http://public.example/x'])
    },
  )

  test.each(['127.0.0.1', 'localhost', 'localhost.', '0x7f000001', '[::ffff:127.0.0.1]'])(
    'to this machine is refused: %s',
    async host => {
      const victim = await serve((_, res) => res.end('secret'))
      const { pool } = await internet(`http://${host}:${victim.port}/`)
      expect((await get('http://public.example/x', pool)).kind).toBe('redirect refused')
      expect(victim.asked).toEqual([])
    },
  )

  test('over another public one to this machine is refused', async () => {
    const victim = await serve((_, res) => res.end('secret'))
    const gate = await serve((req, res) =>
      redirect(req.url?.includes('second') ? `http://127.0.0.1:${victim.port}/` : 'http://second.example/')(req, res),
    )
    const pool = connections({ HTTP_PROXY: `http://127.0.0.1:${gate.port}` })
    expect((await get('http://first.example/x', pool)).kind).toBe('redirect refused')
    expect([gate.asked, victim.asked]).toEqual([['http://first.example/x', 'http://second.example/'], []])
  })

  describe('behind an HTTP proxy, which resolves names itself', () => {
    test.each([
      ['without a dot', 'vault'],
      ['of the cloud’s metadata', 'metadata.google.internal'],
      ['of a company’s network', 'vault.corp'],
      ['of a house’s network', 'nas.lan'],
      ['that leads inside, as this machine knows', 'vault.example.com'],
      ['one of whose addresses is inside', 'both.example.com'],
      ['that leads inside in another form', 'six.example.com'],
    ])('to a name %s is refused', async (_, host) => {
      for (const scheme of ['http', 'https']) {
        const { gate, pool } = await internet(`${scheme}://${host}/secret`)
        expect((await get('http://public.example/x', pool)).kind).toBe('redirect refused')
        expect(gate.asked).toEqual(['http://public.example/x'])
      }
    })

    test.each([
      ['that is public', 'second.example'],
      ['that this machine does not know', 'cdn.example.com'],
      ['while this machine can resolve nothing', 'broken.example.com'],
    ])('to a name %s is followed', async (_, host) => {
      const gate = await serve((req, res) => {
        if (req.url?.includes(host)) res.end('stored')
        else redirect(`http://${host}/y`)(req, res)
      })
      const pool = connections({ HTTP_PROXY: `http://127.0.0.1:${gate.port}` })
      expect((await get('http://public.example/x', pool)).kind).toBe('found')
    })

    test('an upstream of one’s own may go where it likes', async () => {
      const gate = await serve((req, res) => {
        if (req.url?.includes('vault')) res.end('stored')
        else redirect('http://vault.example.com/y')(req, res)
      })
      const pool = connections({ HTTP_PROXY: `http://127.0.0.1:${gate.port}` })
      expect((await get('http://athens.example.com/x', pool, false)).kind).toBe('found')
    })
  })

  test('is followed to public addresses only, where the proxy is not asked', async () => {
    const { pool } = await internet('http://second.example:1/', 'second.example')
    const seen: unknown[] = []
    const watched: typeof pool = {
      ...pool,
      reach: (url, publicOnly) => {
        seen.push([url.hostname, publicOnly])
        const refusal = Object.assign(new Error('no public address'), { code: 'ENETUNREACH' })
        return url.hostname === 'second.example' ? Promise.reject(refusal) : pool.reach(url, publicOnly)
      },
    }
    expect((await get('http://public.example/x', watched)).kind).toBe('unreachable')
    expect(seen).toEqual([
      ['public.example', false],
      ['second.example', true],
    ])
  })

  test('names are looked up, and what is not public is forgotten', async () => {
    const victim = await serve((_, res) => res.end('secret'))
    const pool = connections()
    const url = new URL(`https://localhost:${victim.port}/`)
    expect(await pool.reach(url, true).catch(error => error.code)).toBe('ENETUNREACH')
    // It is reached where that is allowed, and does not speak TLS.
    expect(await pool.reach(url, false).catch(error => error.code)).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
  })
})

describe('whether a name leads inside', () => {
  test('is not waited for longer than a second, and asked once', async () => {
    const { clock, fire } = timers()
    const asked: string[] = []
    const aside = (host: string, signal?: AbortSignal) => {
      asked.push(host)
      return new Promise<[]>(resolve => signal?.addEventListener('abort', () => resolve([])))
    }
    const isInside = watchInside({ aside }, clock)
    const answers = [isInside(new URL('https://slow.example.com/a')), isInside(new URL('https://slow.example.com/b'))]
    expect(fire()).toEqual([1_000])
    expect(await Promise.all(answers)).toEqual([false, false])
    expect(asked).toEqual(['slow.example.com'])
  })

  test('is asked of the hosts file and of DNS servers, which can be stopped', async () => {
    const { aside } = nameSources({ readHosts: async () => '10.0.0.7 vault.invalid' }, 60_000)
    expect(await watchInside({ aside }, systemClock)(new URL('https://vault.invalid/'))).toBe(true)
    expect(await aside('other.invalid', AbortSignal.abort())).toEqual([])
    const stop = new AbortController()
    const answer = aside('other.invalid', stop.signal)
    stop.abort()
    expect(await answer).toEqual([])
  })
})

describe('an upstream of one’s own', () => {
  test('may redirect within its network', async () => {
    const store = await serve((_, res) => res.end('stored'))
    const own = await serve(redirect(`http://127.0.0.1:${store.port}/`))
    expect((await get(`http://127.0.0.1:${own.port}/x`, connections(), false)).kind).toBe('found')
  })
})

test('nobody is followed from https to http', async () => {
  const directory = cleanUp.directory('authority-')
  const authority = await createAuthority(directory)
  const plain = await serve((_, res) => res.end('readable by all'))
  const secure = await serve(redirect(`http://127.0.0.1:${plain.port}/`), await authority.issue(['127.0.0.1']))
  for (const publicUpstream of [true, false]) {
    const outcome = await get(`https://127.0.0.1:${secure.port}/x`, connections({}, authority), publicUpstream)
    expect(outcome.kind).toBe('redirect refused')
  }
  expect(plain.asked).toEqual([])
})
