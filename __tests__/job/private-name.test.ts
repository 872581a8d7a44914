import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, type ProxyRequest, startProxy } from '../../src/demo/proxy.ts'
import { sumKey } from '../../src/go/gosum.ts'
import { type Authority, type Certificate, createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startInternet } from '../support/servers/internet.ts'
import { runStory } from '../support/worlds/job.ts'
import { cachedFiles, createProject, goEnvironment } from '../support/worlds/project.ts'

/** Stand-ins for all that may hear of a module: each one's requests are its log. */
const HOSTS = [
  'proxy.golang.org',
  'goproxy.cn',
  'goproxy.io',
  'sum.golang.org',
  'sum.golang.google.cn',
  'athens.corp.example',
] as const
const MIRRORS = ['goproxy.cn', 'goproxy.io'] as const
const SECRET = 'github.com/acme/secret'

const secret = buildModule({ path: SECRET, version: 'v1.0.0' })
const publicModules = Array.from({ length: 4 }, (_, i) =>
  buildModule({ path: `github.com/known/m${i}`, version: 'v1.0.0', paddingBytes: 2_000 }),
)

const cleanUpAtEnd = cleanUpAfterAll()
let authority: Authority
const certificates = new Map<string, Certificate>()
beforeAll(async () => {
  authority = await createAuthority(cleanUpAtEnd.directory('private-name-'))
  for (const host of HOSTS) certificates.set(host, await authority.issue([host]))
})

const cleanUp = cleanUpAfterEach()

interface Extra {
  readonly goSum?: string
  readonly athens?: Partial<ProxyOptions>
  readonly env?: Readonly<Record<string, string>>
}

type Host = (typeof HOSTS)[number]

/** The story with the inputs given, in a world where the mirrors have everything. */
async function run(
  official: Partial<ProxyOptions>,
  inputs: Readonly<Record<string, string>> = {},
  modules = [secret, ...publicModules],
  { goSum = goSumOf(modules), athens = {}, ...extra }: Extra = {},
) {
  const hosts = {} as Record<Host, DemoProxy>
  for (const host of HOSTS) {
    const tls = certificates.get(host)
    const own =
      host === 'proxy.golang.org'
        ? { modules: publicModules, ...official }
        : { modules, ...(host === 'athens.corp.example' ? athens : {}) }
    hosts[host] = cleanUp(await startProxy({ ...own, ...(tls && { tls }) }))
  }
  const internet = cleanUp(await startInternet(Object.fromEntries(HOSTS.map(host => [host, hosts[host].port]))))
  const project = cleanUp(createProject({ 'go.mod': goModOf('example.com/project', modules), 'go.sum': goSum }))
  const env = goEnvironment(project, { ...internet.env, ...authority.env, GIT_TERMINAL_PROMPT: '0', ...extra.env })
  const { story, log } = await runStory(project, { 'retry-delay': '10ms', ...inputs }, env)
  const settings = Object.fromEntries((story.choice?.settings ?? []).map(({ name, value }) => [name, value]))
  return {
    story,
    log,
    settings,
    zips: cachedFiles(env, '.zip').length,
    asked: (host: Host) => hosts[host].requests.map(({ path }) => path),
    /** Who heard of the private module. */
    heard: HOSTS.filter(host => hosts[host].requests.some(({ path }) => path.includes('acme'))),
  }
}

const forSecret =
  (fault: Fault): ((request: ProxyRequest) => Fault | undefined) =>
  ({ path }) =>
    path.includes('acme') ? fault : undefined

const refusals: readonly [string, Fault][] = [
  ['404', faults.status(404, 'not found: invalid version: git ls-remote -q origin: exit status 128\n')],
  ['404 since its host cannot be reached', faults.status(404, 'dial tcp 10.0.0.1:443: i/o timeout\n')],
  ['403', faults.status(403)],
  ['410', faults.status(410)],
]

describe('with default inputs, one module that the official proxy refuses is about that module:', () => {
  test.each(refusals)('%s', async (_, fault) => {
    const { story, settings, zips, asked, heard } = await run({ fault: forSecret(fault) })
    expect(heard).toEqual(['proxy.golang.org'])
    expect(MIRRORS.map(asked)).toEqual([[], []])
    expect([story.ranking?.joined, settings['GOPROXY']]).toEqual([undefined, 'https://proxy.golang.org,direct'])
    expect(story.ranking?.measurements.map(({ verdict, usable }) => [verdict, usable])).toEqual([['ok', true]])
    expect(zips).toBe(publicModules.length)
    const warning = story.warnings.find(({ code }) => code === 'PRIVATE_UNCOVERED')
    expect(warning?.message).toContain(`go.mod:6: ${SECRET} (`)
    expect(warning?.hint).toContain('private-domains: github.com/acme')
  })

  test('also where there is no other module', async () => {
    const { story, asked, heard } = await run({ modules: [] }, {}, [secret])
    expect(heard).toEqual(['proxy.golang.org'])
    expect(MIRRORS.map(asked)).toEqual([[], []])
    expect(story.ranking?.measurements.map(({ verdict }) => verdict)).toEqual(['ok'])
  })

  test('whatever go asks for by itself, without a gateway', async () => {
    const { heard } = await run({}, { gateway: 'off' })
    expect(heard).toEqual(['proxy.golang.org'])
  })
})

describe('mirrors that join hear of public modules alone:', () => {
  test('the official proxy fails for a module that it served before', async () => {
    const fault: ProxyOptions['fault'] = ({ path }) => (path.endsWith('.zip') ? faults.status(404) : undefined)
    const { story, heard, asked } = await run({ fault })
    expect(story.ranking?.joined).toMatch(/official proxy fails/)
    expect(heard).toEqual(['proxy.golang.org'])
    expect(asked('goproxy.cn').some(path => path.endsWith('.zip'))).toBe(true)
  })

  test.each<[string, Fault]>([
    ['500', faults.status(500)],
    ['503', faults.status(503)],
    ['429', faults.status(429)],
  ])('the official proxy answers %s for the others, and 404 for the private one', async (_, failure) => {
    const fault: ProxyOptions['fault'] = ({ path }) =>
      path.startsWith('github.com/known/') ? failure : path.includes('acme') ? faults.status(404) : undefined
    const { story, zips, heard, settings } = await run({ fault })
    expect(story.ranking?.joined).toMatch(/official proxy fails/)
    expect(heard).toEqual(['proxy.golang.org'])
    expect(zips).toBe(publicModules.length)
    // Nor in later steps.
    expect([settings['GOPROXY'], settings['GONOPROXY']]).toEqual([expect.stringContaining('goproxy.'), SECRET])
  })

  describe('the official proxy takes its time for each answer', () => {
    const late: Fault = (_, res, good) =>
      void setTimeout(() => res.writeHead(good === undefined ? 404 : 200).end(good), 1_200)

    test('and refuses the first module then', async () => {
      const { heard } = await run({ fault: () => late })
      expect(heard).toEqual(['proxy.golang.org'])
    })

    test('and serves it', async () => {
      const { story, zips } = await run({ fault: () => late }, {}, publicModules)
      expect(story.ranking?.joined).toMatch(/sent nothing within 1 s/)
      expect([story.failure, zips]).toEqual([undefined, publicModules.length])
    })
  })

  test('the official proxy takes requests and says nothing', async () => {
    const { story, zips } = await run({ fault: () => faults.silent })
    expect(story.ranking?.joined).toMatch(/sent nothing within 1 s/)
    expect([story.failure, zips]).toEqual([undefined, publicModules.length + 1])
  })

  test('the official proxy is slow', async () => {
    const large = Array.from({ length: 3 }, (_, i) =>
      buildModule({ path: `github.com/known/large${i}`, version: 'v1.0.0', paddingBytes: 400_000 }),
    )
    const { story, zips, heard } = await run({ modules: large, bytesPerSecond: 200_000 }, {}, [secret, ...large])
    expect(story.ranking?.joined).toMatch(/kB\/s/)
    expect(heard).toEqual(['proxy.golang.org'])
    expect(zips).toBe(large.length)
  })

  test('a network forbids the official proxy as a whole, paths that cannot exist included', async () => {
    const { story, zips } = await run({ fault: () => faults.status(403) })
    expect(story.ranking?.joined).toMatch(/403/)
    expect([story.failure, zips]).toEqual([undefined, publicModules.length + 1])
  })

  test('it forbids all that it does not have: what it refused is named to no other proxy', async () => {
    const fault: ProxyOptions['fault'] = ({ path }) => (path.includes('/known/') ? undefined : faults.status(403))
    const { story, heard } = await run({ fault })
    expect([story.ranking?.joined, heard]).toEqual([undefined, ['proxy.golang.org']])
  })

  test('the official proxy cannot be reached: then all that does not look private is asked of them', async () => {
    const { story, zips, asked } = await run({ fault: () => req => void req.socket.destroy() })
    expect(story.failure).toBeUndefined()
    expect(zips).toBe(publicModules.length + 1)
    expect(asked('goproxy.cn').length + asked('goproxy.io').length).toBeGreaterThan(0)
  })
})

test.each([404, 403])('a named proxy that answers %d for the first module is exported all the same', async status => {
  const inputs = { proxies: 'official https://goproxy.cn', benchmark: 'off', download: 'false' }
  const { settings } = await run({ fault: forSecret(faults.status(status)) }, inputs)
  expect(settings['GOPROXY']).toBe('https://proxy.golang.org|https://goproxy.cn,direct')
})

test('what an earlier use in the job kept from mirrors they do not hear of either where the official proxy is away', async () => {
  const carried = JSON.stringify({ private: { privateDomains: [], sheltered: [SECRET] } })
  const away: Partial<ProxyOptions> = { fault: () => req => void req.socket.destroy() }
  const { heard, zips } = await run(away, {}, undefined, { env: { GOPROXYSETUP_ORIGINAL: carried } })
  expect(heard.filter(host => host !== 'proxy.golang.org')).toEqual([])
  expect(zips).toBe(publicModules.length)
})

describe('mirrors that the user named', () => {
  test('hear of nothing that looks private, be it named by go.sum alone', async () => {
    const internal = buildModule({ path: 'git.acme.internal/x', version: 'v1.0.0' })
    const old = buildModule({ path: 'github.com/known/old', version: 'v1.0.0', requires: [internal], goLine: '1.16' })
    const goSum = `${goSumOf([old])}${sumKey(internal, 'mod')} ${internal.goModH1}\n`
    const inputs = { proxies: 'https://goproxy.cn', gateway: 'off', retries: '0' }
    const { asked, settings, story } = await run({}, inputs, [old], { goSum })
    expect(asked('goproxy.cn').filter(path => path.includes('internal'))).toEqual([])
    expect(settings['GONOPROXY']).toBe('git.acme.internal/x')
    expect(story.warnings.map(({ code }) => code)).toContain('PRIVATE_UNCOVERED')
  })

  test('hear of what the official proxy does not have in the last try alone, which is go with the GOPROXY they stand in', async () => {
    const { story, heard, log, zips } = await run({}, { proxies: 'official https://goproxy.cn', benchmark: 'off' })
    expect([story.failure, zips]).toEqual([undefined, publicModules.length + 1])
    expect(heard).toEqual(['proxy.golang.org', 'goproxy.cn'])
    const last = story.download?.attempts.at(-1)
    expect(last?.goproxy).toBe('https://proxy.golang.org|https://goproxy.cn,direct')
    expect(log).toContain('go')
  })

  test('go on where it refuses to serve anything: the user chose them', async () => {
    const { story, zips } = await run(
      { fault: () => faults.status(403) },
      { proxies: 'official https://goproxy.cn', benchmark: 'off' },
    )
    expect([story.failure, zips]).toEqual([undefined, publicModules.length + 1])
  })
})

test('the benchmark looks up no module of the project in the checksum database', async () => {
  const athens: Partial<ProxyOptions> = {
    fault: ({ path }) => (path.endsWith('/supported') ? faults.status(200) : undefined),
  }
  const { asked } = await run({}, { proxies: 'https://athens.corp.example official' }, undefined, { athens })
  const lookups = asked('athens.corp.example').filter(path => path.includes('/lookup/'))
  expect(lookups).toEqual([expect.stringContaining('/lookup/github.com/spf13/pflag@')])
})

describe('a look-up that the user’s own proxy refuses', () => {
  const athens: Partial<ProxyOptions> = {
    fault: ({ path }) =>
      path.endsWith('/supported')
        ? faults.status(200)
        : path.includes('/lookup/')
          ? faults.status(403, 'no sum for acme')
          : undefined,
  }
  const GOPROXY = 'https://athens.corp.example'

  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['configured', {}, { GOPROXY: `${GOPROXY},direct` }],
    ['configured before the official one', {}, { GOPROXY: `${GOPROXY},https://proxy.golang.org,direct` }],
    ['named', { proxies: GOPROXY, retries: '1' }, {}],
    ['named before the official one', { proxies: `${GOPROXY} official`, benchmark: 'off', retries: '1' }, {}],
    ['private', { 'private-proxy': GOPROXY, retries: '1' }, {}],
  ])('reaches the database by no other way: %s', async (_, inputs, env) => {
    const { story, heard, asked } = await run({}, inputs, [secret], { goSum: '', athens, env })
    expect(story.failure?.message).toContain('403')
    expect(heard).toEqual(['athens.corp.example'])
    expect(asked('athens.corp.example').some(path => path.includes('/lookup/'))).toBe(true)
  })
})
