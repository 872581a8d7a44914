import { mkdirSync, readdirSync } from 'node:fs'
import { describe, expect } from '@jest/globals'
import { type BuiltModule, buildModule, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyRequest, startProxy } from '../../src/demo/proxy.ts'
import type { Clock } from '../../src/effects.ts'
import { openHashing } from '../../src/gateway/keeping/hashing.ts'
import { openSpool } from '../../src/gateway/keeping/spool.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { openNeed } from '../../src/prewarm/need.ts'
import { type WarmRules, type WarmRun, warmProxy } from '../../src/prewarm/warm.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { testBeside } from '../support/clean-up.ts'
import { faults, withOneMoreFile } from '../support/servers/faults.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { inlineThreads } from '../support/worlds/threads.ts'

const { test, cleanUp } = testBeside()

const modules = Array.from({ length: 4 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 20_000 }),
)

/** Time passes by real work, and at once where something sleeps. */
function hastyClock(): Clock & { readonly slept: number[] } {
  let extraMs = 0
  const slept: number[] = []
  return {
    ...systemClock,
    slept,
    now: () => systemClock.now() + extraMs,
    sleep: async ms => {
      slept.push(ms)
      await new Promise(resolve => setImmediate(resolve))
      extraMs += ms
    },
  }
}

interface Warmed {
  readonly run: WarmRun
  readonly said: readonly string[]
  /** Bodies that are still kept. */
  readonly left: readonly string[]
}

async function warm(
  url: string,
  rules: Partial<WarmRules> = {},
  { clock = hastyClock(), signal = new AbortController().signal, some = modules as readonly BuiltModule[] } = {},
): Promise<Warmed> {
  const directory = cleanUp.directory('prewarm-')
  mkdirSync(directory, { recursive: true })
  const connections = cleanUp(createConnections())
  const sums = parseGoSum(goSumOf(some)).hashes
  const said: string[] = []
  const spool = openSpool(directory, 1 << 20)
  const run = await warmProxy(
    { name: url, url, trust: 'own', behind: [] },
    {
      transport: transportOver(connections),
      clock,
      random: systemRandom,
      log: { info: text => void said.push(text), follow: () => () => {} },
      spool,
      hashing: cleanUp(openHashing(inlineThreads, 1)),
      sums,
      need: openNeed({ sums, modules: some, listed: some, graphs: [], prunedGraphs: [] }, undefined),
      audience: { noProxy: '', isSheltered: () => false, sums },
      deadlines: { headMs: 20_000, stallMs: 10_000, totalMs: 20_000 },
      signal,
      rules: {
        rate: 1_000,
        atOnce: 4,
        retries: 2,
        retryDelayMs: 10,
        maximumDelayMs: 20,
        patienceMs: 120_000,
        ...rules,
      },
    },
  )
  return { run, said, left: readdirSync(directory) }
}

async function proxy(fault?: (request: ProxyRequest) => Fault | undefined): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...(fault === undefined ? {} : { fault }) }))
}

const failuresOf = ({ run }: Warmed) => run.tally.failures().map(({ target, code }) => [target, code])
const countOf = ({ requests }: DemoProxy) => new Set(requests.map(({ path }) => path)).size

describe('one proxy', () => {
  test('is asked for each file once, and nothing of it is kept', async () => {
    const one = await proxy()
    const { run, left, said } = await warm(one.url)
    expect([one.requests.length, countOf(one)]).toEqual([12, 12])
    expect(run.tally.figures()).toMatchObject({ modules: 4, files: 12, alreadyWarm: 4, refused: 0 })
    expect([run.notAsked, run.gaveUp, left, said]).toEqual([0, undefined, [], []])
    // Small files first: whichever comes first makes a cold proxy fetch the module.
    expect(one.requests.slice(0, 4).every(({ path }) => path.endsWith('.mod'))).toBe(true)
  })

  test.each<[number]>([[1], [4]])('is never asked faster than the rate, %i at a time', async atOnce => {
    const clock = hastyClock()
    const startMs = clock.now()
    const arrivals: number[] = []
    const one = await proxy(() => {
      arrivals.push(clock.now() - startMs)
      return undefined
    })
    await warm(one.url, { rate: 0.5, atOnce }, { clock })
    expect(arrivals.length).toBe(12)
    // However late a request arrives, it was not sent earlier than this.
    for (const [i, ms] of arrivals.entries()) expect(ms).toBeGreaterThanOrEqual(i * 2_000)
  })

  test('is never asked for more at a time than is allowed', async () => {
    let most = 0
    const held: (() => void)[] = []
    const answerAll = () => {
      for (const answer of held.splice(0)) answer()
    }
    // Three wait for each other, and then for a fourth that must not come.
    const hold: Fault = (_, res, good) => {
      most = Math.max(
        most,
        held.push(() => res.writeHead(200).end(good)),
      )
      if (held.length === 3) setTimeout(answerAll, 20)
    }
    const { run } = await warm((await proxy(() => hold)).url, { atOnce: 3 })
    expect([run.tally.figures().files, most]).toEqual([12, 3])
  })

  test('that answers 429 with Retry-After is left alone for so long, asked more slowly, and that is said', async () => {
    const clock = hastyClock()
    let refusedMs: number | undefined
    let nextMs: number | undefined
    const one = await proxy(({ path }) => {
      if (refusedMs === undefined && path.includes('m2')) {
        refusedMs = clock.now()
        return faults.status(429, '', { headers: { 'retry-after': '40' } })
      }
      if (refusedMs !== undefined) nextMs ??= clock.now()
      return undefined
    })
    const { run, said } = await warm(one.url, { rate: 10, atOnce: 1 }, { clock })
    expect(run.tally.figures()).toMatchObject({ files: 12, refused: 1 })
    expect((nextMs ?? 0) - (refusedMs ?? 0)).toBeGreaterThanOrEqual(40_000)
    expect([said, run.lowestRate]).toEqual([
      [`${one.url}: it answers 429. From now on 5 requests a second at most.`],
      5,
    ])
  })

  test('that wants a pause longer than `timeout` is given up', async () => {
    const one = await proxy(() => faults.status(503, '', { headers: { 'retry-after': '86400' } }))
    const { run } = await warm(one.url, { atOnce: 1 })
    expect([one.requests.length, run.gaveUp, run.notAsked]).toEqual([
      1,
      'it answers 503, and wants a longer pause than `timeout` allows',
      12,
    ])
  })

  test('that refuses everything is given up after a dozen requests, ever more slowly', async () => {
    const one = await proxy(() => faults.status(503))
    const { run } = await warm(one.url, { rate: 100, atOnce: 1 })
    expect([run.gaveUp, run.lowestRate]).toEqual(['it answers 503 to everything', 0.1])
    expect(one.requests.length).toBeLessThanOrEqual(16)
  })

  test('that sends a wrong zip and a wrong go.mod is not asked for them again', async () => {
    const one = await proxy(({ path }) => {
      if (path === 'example.com/m1/@v/v1.0.0.zip') return faults.send(withOneMoreFile(modules[1]?.zip as Buffer))
      return path === 'example.com/m2/@v/v1.0.0.mod' ? faults.send(Buffer.from('module example.com/evil\n')) : undefined
    })
    const warmed = await warm(one.url)
    expect(failuresOf(warmed)).toEqual([
      ['example.com/m1/@v/v1.0.0.zip', 'PREWARM_WRONG_CONTENT'],
      ['example.com/m2/@v/v1.0.0.mod', 'PREWARM_WRONG_CONTENT'],
    ])
    expect([warmed.run.tally.figures().modules, one.requests.length, warmed.left]).toEqual([2, 12, []])
  })

  test.each<[number]>([[404], [410]])('that lacks a module (%i) is asked once for each of its files', async status => {
    const one = await proxy(({ path }) => (path.includes('m3') ? faults.status(status, 'not found') : undefined))
    const warmed = await warm(one.url)
    expect(failuresOf(warmed)).toEqual(
      ['info', 'mod', 'zip'].map(kind => [`example.com/m3/@v/v1.0.0.${kind}`, 'PREWARM_MISSING']),
    )
    expect(one.requests.length).toBe(12)
  })

  test('that fails once is asked again', async () => {
    const kinds: readonly Fault[] = [faults.status(502), faults.cut, faults.reset, faults.half, faults.portal]
    const one = await proxy(({ path, earlier }) => {
      const at = ['m0.zip', 'm1.zip', 'm2.mod', 'm2.zip', 'm3.info'].indexOf(path.replace('/@v/v1.0.0', '').slice(12))
      return earlier === 0 ? kinds[at] : undefined
    })
    const warmed = await warm(one.url)
    expect([failuresOf(warmed), warmed.run.tally.figures().files]).toEqual([[], 12])
    expect(one.requests.length).toBeLessThanOrEqual(18)
  })

  test('whose limit a burst meets is asked more slowly, not given up', async () => {
    let refusals = 0
    const one = await proxy(() => (refusals++ < 12 ? faults.status(429) : undefined))
    const { run } = await warm(one.url, { atOnce: 16 })
    expect([run.gaveUp, run.tally.figures().files, run.tally.figures().refused]).toEqual([undefined, 12, 12])
  })

  test('that refuses the login is not asked hundreds of times', async () => {
    const one = await proxy(() => faults.status(401))
    const { run } = await warm(one.url, { atOnce: 1 })
    expect([one.requests.length, run.gaveUp, run.notAsked]).toEqual([
      8,
      'it asks for credentials (401), whatever it is asked for',
      4,
    ])
  })

  test('that is not there is given up after all retries, and says why', async () => {
    const { run } = await warm(`http://127.0.0.1:${await findFreePort()}`)
    expect([run.gaveUp, run.tally.figures().files]).toEqual(['no connection', 0])
    expect(run.notAsked + run.tally.failures().length).toBe(12)
  })

  test('stops at once when the user says so, and tells how far it came', async () => {
    const controller = new AbortController()
    const one = await proxy(({ path }) => {
      if (!path.endsWith('.info')) return undefined
      controller.abort()
      return faults.silent
    })
    const { run, left } = await warm(one.url, { atOnce: 1 }, { signal: controller.signal })
    expect([run.tally.figures().files, run.notAsked, run.tally.failures(), left]).toEqual([4, 8, [], []])
    // Of each module only the go.mod file came.
    expect(run.tally.figures()).toMatchObject({ modules: 0, alreadyWarm: 0 })
  })
})
