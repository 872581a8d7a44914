import { describe, expect, test } from '@jest/globals'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { planOrder } from '../../src/objects/wanted.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { coldServer } from '../support/servers/cold.ts'
import { until } from '../support/until.ts'
import { gatewayFor, upstreamAt } from '../support/worlds/gateway.ts'

const cleanUp = cleanUpAfterEach()

const needed = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/needed${i}`, version: 'v1.0.0' }))
const stale = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/stale${i}`, version: 'v1.0.0' }))
const sums = parseGoSum(goSumOf([...needed, ...stale])).hashes
const wanted = planOrder({ sums, modules: needed, toolchain: undefined })
const patient = { headMs: 30_000, stallMs: 30_000, totalMs: 60_000 }

describe('a proxy that fetches whole modules', () => {
  test('is asked ahead only for what go certainly needs, once for all files of a module', async () => {
    const server = coldServer({ fetchMs: 700, workers: 2 })
    const proxy = cleanUp(await startProxy({ modules: [...needed, ...stale], fault: server.fault }))
    const gateway = cleanUp(
      await gatewayFor(needed, [upstreamAt(proxy.url)], { sums, ahead: false, deadlines: patient }),
    )
    gateway.prefetch(wanted)
    const zips = () => proxy.requests.filter(({ path }) => path.endsWith('.zip')).length
    await until(() => gateway.events.filter(event => event.kind === 'asked').length === 12)
    expect([zips(), server.fetched.length]).toEqual([4, 4])
    expect(server.fetched.every(module => module.includes('needed'))).toBe(true)
    // go asks for one of the others after all.
    const answer = await fetch(`${gateway.url}/example.com/stale1/@v/v1.0.0.mod`)
    expect([answer.status, server.fetched.length]).toEqual([200, 5])
    // Another turns out to be needed.
    gateway.prefetch(
      wanted.filter(({ target }) => target.includes('stale2')).map(({ mayBeUnneeded: _, ...one }) => one),
    )
    await until(() => server.fetched.length === 6)
  })

  test('a quick one is asked for everything ahead', async () => {
    const proxy = cleanUp(await startProxy({ modules: [...needed, ...stale] }))
    const gateway = cleanUp(await gatewayFor(needed, [upstreamAt(proxy.url)], { sums, ahead: false }))
    gateway.prefetch(wanted)
    await gateway.settled()
    expect(proxy.requests.filter(({ path }) => path.includes('stale')).length).toBe(3)
  })
})

describe('warming', () => {
  test('tells a cold proxy no private names, and goes on with what is left', async () => {
    const server = coldServer({ obeys: true })
    const own = cleanUp(await startProxy({ modules: [...needed, ...stale], fault: server.fault }))
    const good = cleanUp(await startProxy({ modules: needed }))
    const gateway = cleanUp(
      await gatewayFor(needed, [upstreamAt(good.url), upstreamAt(own.url)], {
        ahead: false,
        sheltered: { patterns: 'example.com/stale0' },
        cold: { names: [own.url], modules: stale.map(({ path, version }) => ({ path, version })) },
      }),
    )
    await until(() => gateway.events.filter(event => event.kind === 'warmed').length === 2)
    expect([...server.fetched].sort()).toEqual(['example.com/stale1/@v/v1.0.0', 'example.com/stale2/@v/v1.0.0'])
    expect(gateway.figures().warmed).toEqual([{ name: own.url, modules: 2, left: 1 }])
    expect(own.requests.some(({ path }) => path.includes('stale0'))).toBe(false)
    // It is no sign of life for the download.
    expect(gateway.activity()).toBe(0)
  })
})
