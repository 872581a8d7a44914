import { createServer, type Socket } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { type Benchmark, type BenchmarkOptions, runBenchmark } from '../../src/benchmark/benchmark.ts'
import { planProbes } from '../../src/benchmark/probe-plan.ts'
import type { HeardOut } from '../../src/benchmark/racer.ts'
import type { Ranking } from '../../src/benchmark/ranking.ts'
import type { Candidate } from '../../src/candidates/candidate.ts'
import { toleranceOver } from '../../src/choice/preference.ts'
import { type BuiltModule, buildModule, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { openAccount, openLoads } from '../../src/gateway/fetching/loads.ts'
import { objectPath } from '../../src/go/escape.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import type { VerifiedObject } from '../../src/objects/object.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { createCandidate } from '../support/builders/candidate.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { coldServer } from '../support/servers/cold.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { startModuleServer } from '../support/servers/module-server.ts'
import { until } from '../support/until.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 8 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: i === 3 ? 900_000 : 60_000 }),
)

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

function candidate(url: string, options: Partial<Candidate> = {}): Candidate {
  return createCandidate({ name: url, ...options })
}

async function run(
  candidates: readonly Candidate[],
  options: Partial<BenchmarkOptions> & {
    readonly built?: readonly BuiltModule[]
    readonly what?: HeardOut
    /** Called when it has begun. */
    readonly onStart?: (benchmark: Benchmark) => void
  } = {},
): Promise<{ decided: Ranking; ranking: Ranking; objects: VerifiedObject[]; verdicts: Record<string, string> }> {
  const built = options.built ?? modules
  const connections = cleanUp(createConnections({ connectionsPerOrigin: 4 }))
  const plan = planProbes({
    publicModules: built,
    missing: built,
    sums: parseGoSum(goSumOf(built)).hashes,
    sumdb: undefined,
    isPrivate: () => false,
    isUnchecked: () => false,
    otherBytes: 0,
    nonce: 'n',
  })
  const objects: VerifiedObject[] = []
  const benchmark = runBenchmark({
    candidates,
    plan,
    // Who answers may be as late as on a busy machine; tests of silence have less time.
    capMs: 30_000,
    policy: { ...defaultPolicy.benchmark, latencyStageMs: 5_000, rateStageMs: 2_000 },
    deadlines: { headMs: 10_000, stallMs: 10_000, totalMs: 10_000 },
    mode: { parallel: 2, prefetch: undefined },
    transport: transportOver(connections),
    clock: systemClock,
    toleranceOver,
    onVerified: object => objects.push(object),
    ...options,
  })
  options.onStart?.(benchmark)
  const decided = await benchmark.ranking
  const ranking = await benchmark.complete(options.what ?? 'all')
  const verdicts = Object.fromEntries(ranking.measurements.map(m => [m.candidate.name, m.verdict]))
  return { decided, ranking, objects, verdicts }
}

async function silentPort(): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>(resolve => server.close(() => resolve()))
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

test('a candidate that bears one at a time is not found fault with for the second, and that it refuses is known', async () => {
  const objects = new Map(
    modules.flatMap(module =>
      (['mod', 'zip'] as const).map(kind => [`/${objectPath(module, kind)}`, module[kind]] as const),
    ),
  )
  const server = cleanUp(await startModuleServer({ objects, delayMs: 30, atOnce: { most: 1, status: 429 } }))
  const limited = candidate(`http://127.0.0.1:${server.port}`, { trust: 'own' })
  const loads = openLoads(defaultPolicy.gateway.window)
  const { verdicts } = await run([limited], { account: openAccount(loads, systemClock) })
  expect(verdicts).toEqual({ [limited.name]: 'ok' })
  expect(server.ledger().refused.length).toBeGreaterThan(0)
  expect(loads.of(limited).ceiling).toBeLessThanOrEqual(2)
})

describe('verdicts, each from a real socket', () => {
  const wrong = new Map(modules.map(module => [module.path, tampered(module)]))
  const cases: Record<string, [Partial<ProxyOptions>, string]> = {
    'a sound proxy': [{}, 'ok'],
    'without the zips, though it has every go.mod': [
      { fault: r => (r.path.endsWith('.zip') ? faults.status(404, 'not found') : undefined) },
      'missing',
    ],
    refusing: [{ fault: () => faults.status(403) }, 'blocked'],
    'asking for fewer requests': [{ fault: () => faults.status(429) }, 'blocked'],
    failing: [{ fault: () => faults.status(502) }, 'unhealthy'],
    'not found because its source failed': [
      { fault: () => faults.status(404, 'not found: bad upstream') },
      'unhealthy',
    ],
    'a proxy that has yet to fetch everything': [{ fault: coldServer({ obeys: true }).fault }, 'cold'],
    'a proxy that has yet to fetch some of it': [
      { fault: coldServer({ obeys: true, has: module => module.includes('m0') }).fault },
      'cold',
    ],
    'resetting connections': [{ fault: () => faults.reset }, 'unhealthy'],
    'a login page for everything': [{ fault: () => faults.portal }, 'bogus'],
    'right content, and 200 to what cannot exist': [{ fault: () => faults.yesToAll }, 'bogus'],
    'wrong zips': [
      {
        fault: r => {
          const module = wrong.get(r.path.split('/@v/')[0] ?? '')
          return module !== undefined && r.path.endsWith('.zip') ? faults.send(module.zip) : undefined
        },
      },
      'tampered',
    ],
    'wrong go.mod files': [
      {
        fault: r =>
          r.path.endsWith('.mod') && !r.path.startsWith('go-proxy-setup')
            ? faults.send(Buffer.from('module evil\n'))
            : undefined,
      },
      'tampered',
    ],
    silent: [{ fault: () => faults.silent }, 'unreachable'],
    'redirecting to a file': [{ fault: () => faults.redirect('file:///etc/passwd') }, 'bogus'],
  }
  test.each(Object.entries(cases))('%s', async (name, [options, verdict]) => {
    const { url } = await proxy(options)
    const { ranking } = await run([candidate(url)], name === 'silent' ? { capMs: 1_500 } : {})
    expect(ranking.measurements.map(m => m.verdict)).toEqual([verdict])
    expect(ranking.measurements[0]?.predictedSeconds === null).toBe(verdict !== 'ok')
  })

  test('a closed port, and a port that accepts and says nothing', async () => {
    const silent = await silentPort()
    const { verdicts } = await run([candidate('http://127.0.0.1:1'), candidate(silent)], { capMs: 700 })
    expect(verdicts).toEqual({ 'http://127.0.0.1:1': 'unreachable', [silent]: 'unreachable' })
  })
})

describe('the checksum database behind a proxy', () => {
  // The first module's is looked up.
  const [module] = modules as [BuiltModule]
  const [own, other] = [makeDatabase('sum.corp.example', module), makeDatabase('sum.corp.example', module)]
  const plan = planProbes({
    publicModules: modules,
    missing: modules,
    sums: parseGoSum(goSumOf(modules)).hashes,
    sumdb: { name: 'sum.corp.example', verifierKey: own.verifierKey },
    isPrivate: () => false,
    isUnchecked: () => false,
    otherBytes: 0,
    nonce: 'n',
  })
  const below = (answers: ReadonlyMap<string, Buffer>) => (path: string) =>
    answers.get(path.replace('/sumdb/sum.corp.example', ''))

  const cases: Record<string, [Partial<ProxyOptions>, string]> = {
    'a real lookup, signed': [{ extra: below(own.answers) }, 'works'],
    'says that it is supported and fails every lookup': [
      { extra: below(new Map([['/supported', Buffer.alloc(0)]])) },
      'broken',
    ],
    'a lookup that another key signed': [{ extra: below(other.answers) }, 'broken'],
    'not there': [{}, 'absent'],
    'an error': [{ fault: ({ path }) => (path.startsWith('sumdb/') ? faults.status(500) : undefined) }, 'broken'],
  }
  test.each(Object.entries(cases))('%s', async (_name, [options, verdict]) => {
    const { url } = await proxy(options)
    const other = await proxy()
    const { ranking } = await run([candidate(url), candidate(other.url)], { plan })
    expect(ranking.measurements.find(m => m.candidate.name === url)?.sumdb).toBe(verdict)
  })
})

describe('the race', () => {
  test('is won by the fastest whose content is right, and hands out each verified object', async () => {
    const near = await proxy({ latencyMs: 5 })
    const far = await proxy({ latencyMs: 60 })
    const liar = await proxy({
      fault: r => (r.path.endsWith('.zip') ? faults.send(tampered(modules[0] as BuiltModule).zip) : undefined),
    })
    const { ranking, objects, verdicts } = await run([candidate(far.url), candidate(liar.url), candidate(near.url)])
    expect(ranking.measurements[0]?.candidate.name).toBe(near.url)
    expect(verdicts[liar.url]).toBe('tampered')
    expect(objects.some(object => object.kind === 'zip')).toBe(true)
    for (const object of objects) {
      const module = modules.find(m => m.path === object.module.path)
      expect(object.bytes.equals((object.kind === 'zip' ? module?.zip : module?.mod) ?? Buffer.alloc(0))).toBe(true)
    }
  })

  test('no host is asked more than ten times', async () => {
    const proxies = [await proxy(), await proxy()]
    await run(proxies.map(({ url }) => candidate(url)))
    for (const { requests } of proxies) expect(requests.length).toBeLessThanOrEqual(10)
  })

  test('mirrors on standby hear nothing while the official proxy is good', async () => {
    const [official, mirror] = [await proxy(), await proxy()]
    const { ranking } = await run([
      candidate(official.url, { trust: 'official' }),
      candidate(mirror.url, { starts: 'standby' }),
    ])
    expect(mirror.connections()).toBe(0)
    expect(ranking.joined).toBeUndefined()
    expect(ranking.measurements).toHaveLength(1)
  })

  test.each([
    ['it fails', { fault: () => faults.status(500) }, /fails here/],
    ['it is silent', { fault: () => faults.silent }, /sent nothing within/],
    [
      'its zips trickle',
      { fault: r => (r.path.endsWith('.zip') ? faults.trickle(2_000, 20) : undefined) },
      /at only \d+ kB\/s/,
    ],
  ] as [string, Partial<ProxyOptions>, RegExp][])('mirrors join when %s', async (_name, options, reason) => {
    const [official, mirror] = [await proxy(options), await proxy()]
    const { ranking } = await run([
      candidate(official.url, { trust: 'official' }),
      candidate(mirror.url, { starts: 'standby' }),
    ])
    expect(ranking.joined).toMatch(reason)
    expect(ranking.measurements[0]?.candidate.name).toBe(mirror.url)
  })

  test('a configured chain is one candidate, asked in its order', async () => {
    const [first, second] = [await proxy({ fault: () => faults.status(404) }), await proxy()]
    const chain = candidate(`${first.url},${second.url}`, {
      configured: true,
      list: {
        entries: [
          { text: first.url, url: first.url, separator: ',' },
          { text: second.url, url: second.url, separator: ',' },
        ],
        ending: 'direct',
      },
    })
    const { ranking } = await run([chain])
    expect(ranking.measurements[0]?.verdict).toBe('ok')
    expect(first.requests.length).toBeGreaterThanOrEqual(second.requests.length)
  })

  test('it ends at its cap with what it has, and can be stopped', async () => {
    const { url } = await proxy({ fault: () => faults.silent })
    const { ranking } = await run([candidate(url)], { capMs: 300 })
    expect([ranking.capped, ranking.measurements[0]?.verdict]).toEqual([true, 'unreachable'])
    const stopped = await run([candidate(url)], { signal: AbortSignal.abort() })
    expect(stopped.ranking.capped).toBe(true)
  })
})

describe('the end', () => {
  test('comes when the best is known; who is farther away is heard out afterwards, and stays behind', async () => {
    const [near, far] = [await proxy(), await proxy({ latencyMs: 400 })]
    const { decided, ranking } = await run([candidate(far.url), candidate(near.url)])
    const usable = ({ measurements }: Ranking) => measurements.filter(one => one.usable).map(one => one.candidate.name)
    expect(usable(decided)).toEqual([near.url])
    expect(usable(ranking)).toEqual([near.url, far.url])
    expect(far.requests.filter(({ path }) => path.endsWith('.zip'))).toEqual([])
  })

  test('a candidate that is not waited for is no fallback, and is not called unreachable', async () => {
    const candidates = [await proxy(), await proxy(), await proxy({ latencyMs: 5_000 })].map(({ url }) =>
      candidate(url),
    )
    const { ranking } = await run(candidates, { what: 'enough' })
    expect(ranking.measurements.map(({ verdict, usable }) => [verdict, usable])).toEqual([
      ['ok', true],
      ['ok', true],
      ['slow', false],
    ])
    expect(ranking.measurements[2]?.reason).toMatch(/stopped waiting for it/)
  })

  test('is not put off for one that has failed already', async () => {
    const [good, bogus] = [await proxy(), await proxy({ fault: () => faults.portal })]
    const policy = { ...defaultPolicy.benchmark, latencyStageMs: 600_000 }
    const { verdicts } = await run([candidate(good.url), candidate(bogus.url)], { policy, capMs: 600_000 })
    expect(verdicts).toEqual({ [good.url]: 'ok', [bogus.url]: 'bogus' })
  })

  test('does not come early where others than the fastest may be wanted', async () => {
    const [near, far] = [await proxy(), await proxy({ latencyMs: 120 })]
    const { decided } = await run([candidate(far.url), candidate(near.url)], { hearAll: true })
    expect(decided.measurements.map(({ usable }) => usable)).toEqual([true, true])
  })
})

describe('a benchmark for its own sake', () => {
  test('measures each candidate to the end, one after the other, and waits for those that come late', async () => {
    const built = Array.from({ length: 6 }, (_, i) =>
      buildModule({ path: `example.com/n${i}`, version: 'v1.0.0', paddingBytes: 220_000 }),
    )
    const slow = await proxy({ modules: built, latencyMs: 100, bytesPerSecond: 400_000 })
    const near = await Promise.all(Array.from({ length: 5 }, () => proxy({ modules: built })))
    const late = await proxy({ modules: built, latencyMs: 700 })
    let begun: Benchmark | undefined
    const { decided } = await run(
      [...near, slow, late].map(({ url }) => candidate(url)),
      {
        built,
        hearAll: true,
        thorough: true,
        capMs: 30_000,
        policy: { ...defaultPolicy.benchmark, latencyStageMs: 100, rateStageMs: 500 },
        onStart: benchmark => {
          begun = benchmark
        },
      },
    )
    expect(decided.capped).toBe(false)
    expect(decided.measurements.map(({ usable, bytesPerSecond }) => [usable, bytesPerSecond !== null])).toEqual(
      Array(7).fill([true, true]),
    )
    expect(decided.measurements.map(({ reason }) => reason).join()).not.toMatch(/waiting/)
    const { bytes = 0, ...soFar } = begun?.soFar() ?? {}
    expect([soFar, bytes > 7 * 220_000]).toEqual([{ asked: 7, heard: 7 }, true])
  })

  test('hears a silent one until the cap, and says so', async () => {
    const silent = await silentPort()
    const { decided } = await run([candidate((await proxy()).url), candidate(silent)], {
      hearAll: true,
      thorough: true,
      // The other one has to be heard meanwhile.
      capMs: 3_000,
    })
    expect(decided.measurements.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['ok', 'content verified'],
      ['unreachable', 'it did not answer in time'],
    ])
  })

  test('once stopped, says nothing of those that had not answered', async () => {
    const stop = new AbortController()
    const near = await proxy()
    const { decided } = await run([candidate(near.url), candidate(await silentPort())], {
      hearAll: true,
      thorough: true,
      signal: stop.signal,
      onStart: ({ soFar }) => void until(() => soFar().heard > 0).then(() => stop.abort()),
    })
    expect(decided.measurements.map(({ candidate: { name }, verdict }) => [name, verdict])).toEqual([[near.url, 'ok']])
  })
})

describe('a download that begins meanwhile', () => {
  const zipsOf = ({ requests }: DemoProxy) => requests.filter(({ path }) => path.endsWith('.zip')).length
  const never = () => new Promise<void>(() => {})
  const nothing = { zips: () => ({ bytes: 0, ms: 0 }), failure: () => undefined, settled: never }

  test('begins with what a go.mod file proves, goes on with the first right zip, and tells the rate instead of more', async () => {
    const [near, far] = [await proxy(), await proxy({ latencyMs: 60 })]
    const begun: string[] = []
    const { ranking } = await run([candidate(near.url), candidate(far.url)], {
      beginDownload: async ({ kind, from }, extent) => {
        begun.push(`${kind} of ${from.name}: ${extent}`)
        const fromMs = performance.now()
        const zips = () => {
          const ms = performance.now() - fromMs
          return { bytes: Math.round(ms * 5_000), ms }
        }
        return { ...nothing, zips }
      },
    })
    expect(begun).toEqual([`mod of ${near.url}: go.mod files`, `zip of ${near.url}: everything`])
    expect(zipsOf(near)).toBe(1)
    const measured = ranking.measurements.find(one => one.candidate.name === near.url)
    expect(measured?.bytesPerSecond).toBeGreaterThan(4_000_000)
    expect(measured?.bytesPerSecond).toBeLessThan(6_000_000)
  })

  test('goes further from far away, where a round trip is too long to wait for', async () => {
    const far = await proxy({ latencyMs: 200 })
    const extents: string[] = []
    await run([candidate(far.url)], {
      beginDownload: async ({ kind }, extent) => {
        extents.push(`${kind}: ${extent}`)
        return { ...nothing, settled: async () => {} }
      },
    })
    expect(extents).toEqual(['mod: first zips', 'zip: everything'])
  })

  test('begins anew with another when the first turns out to be no good', async () => {
    const wrong = new Map(modules.map(module => [module.path, tampered(module)]))
    const liar = await proxy({
      fault: r => {
        const module = wrong.get(r.path.split('/@v/')[0] ?? '')
        return module !== undefined && r.path.endsWith('.zip') ? faults.send(module.zip) : undefined
      },
    })
    const good = await proxy({ latencyMs: 60 })
    const begun: string[] = []
    const { ranking } = await run([candidate(liar.url), candidate(good.url)], {
      beginDownload: async ({ from }, extent) => {
        begun.push(`${from.name === liar.url ? 'liar' : 'good'}: ${extent}`)
        return { ...nothing, settled: async () => {} }
      },
    })
    expect(begun).toEqual(['liar: go.mod files', 'good: go.mod files', 'good: everything'])
    expect(ranking.measurements.map(({ verdict }) => verdict)).toEqual(['ok', 'tampered'])
  })

  test('that gives nothing is worth no promise', async () => {
    const [stuck, far] = [await proxy(), await proxy({ latencyMs: 60 })]
    const { ranking } = await run([candidate(stuck.url), candidate(far.url)], {
      beginDownload: async ({ from }) => (from.name === stuck.url ? nothing : undefined),
    })
    expect(ranking.measurements.map(({ candidate }) => candidate.name)).toEqual([far.url, stuck.url])
    expect(ranking.measurements[1]?.predictedSeconds).toBeNull()
  })

  test('of which all zips fail shows what the proxy is worth, and goes on with another', async () => {
    const [lacking, far] = [await proxy(), await proxy({ latencyMs: 60 })]
    const begun: string[] = []
    const { ranking } = await run([candidate(lacking.url), candidate(far.url)], {
      beginDownload: async ({ from }, extent) => {
        begun.push(`${from.name === lacking.url ? 'lacking' : 'far'}: ${extent}`)
        return from.name === lacking.url ? { ...nothing, failure: () => 'absent' } : nothing
      },
    })
    expect(ranking.measurements.map(({ verdict, usable }) => [verdict, usable])).toEqual([
      ['ok', true],
      ['missing', false],
    ])
    // Its zips would be asked of the next one too, so that one has to prove itself first.
    expect(begun).toEqual(['lacking: go.mod files', 'lacking: everything', 'far: everything'])
  })

  test('fetches the go.mod files that were not asked for yet; the one on its way is handed on when it comes', async () => {
    let release = () => {}
    const isDecided = new Promise<void>(resolve => {
      release = resolve
    })
    const asked: string[] = []
    const near = await proxy({
      fault: ({ path }) => {
        if (!path.startsWith('example.com/') || !path.endsWith('.mod') || asked.push(path) < 2) return undefined
        return (_, res, good) => void isDecided.then(() => res.end(good))
      },
    })
    const held: string[] = []
    const { objects } = await run([candidate(near.url)], {
      beginDownload: async () => nothing,
      onStart: benchmark => {
        void benchmark.ranking.then(() => {
          held.push(...benchmark.onTheirWay().targets)
          release()
        })
      },
    })
    expect([asked.length, held]).toEqual([2, asked.slice(1)])
    expect(objects.flatMap(({ kind, module }) => (kind === 'mod' ? [objectPath(module, kind)] : []))).toEqual(asked)
  })

  test('that is over at once lets the race go on to its end', async () => {
    const near = await proxy()
    const { decided } = await run([candidate(near.url), candidate('http://127.0.0.1:1')], {
      beginDownload: async () => ({ ...nothing, zips: () => ({ bytes: 900_000, ms: 9 }), settled: async () => {} }),
    })
    expect([decided.capped, decided.measurements[0]?.verdict]).toEqual([false, 'ok'])
  })

  test('is offered to the next one where it may not come from the first, which is asked for zips then', async () => {
    const [first, second] = [await proxy(), await proxy({ latencyMs: 30 })]
    const asked: string[] = []
    await run([candidate(first.url), candidate(second.url)], {
      hearAll: true,
      beginDownload: async ({ from }) => {
        asked.push(from.name)
        return undefined
      },
    })
    expect(new Set(asked)).toEqual(new Set([first.url, second.url]))
    expect(zipsOf(first)).toBeGreaterThan(1)
  })
})
