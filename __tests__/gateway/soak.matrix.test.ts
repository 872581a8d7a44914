import { expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type Fault, startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { gatewayFor, QUICK_GATEWAY, upstreamAt } from '../support/worlds/gateway.ts'

const cleanUp = cleanUpAfterEach()

/** Numbers in [0, 1) that come again for the same seed. Source: mulberry32, public domain. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const FAULTS: readonly Fault[] = [
  faults.reset,
  faults.cut,
  faults.half,
  faults.stall,
  faults.portal,
  faults.status(500),
  faults.status(503),
  faults.status(404, 'not found: bad upstream'),
]
const FAULTY_SHARE = 0.05

test('1,000 requests, 5 % of the answers of three upstreams faulty: all succeed, with at most a quarter more requests', async () => {
  const seed = Number(process.env['SOAK_SEED'] ?? Math.floor(Math.random() * 1e9))
  process.stderr.write(`soak: SOAK_SEED=${seed}\n`)
  const random = seeded(seed)
  const modules = Array.from({ length: 334 }, (_, i) =>
    buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 1_000 }),
  )
  const proxies = []
  for (let i = 0; i < 3; i++) {
    // A go.mod that is not one is wrong content, and excludes its upstream for good: that is not a passing fault.
    const pick = (path: string) => {
      const fault = random() < FAULTY_SHARE ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined
      const wrongContent = fault === faults.half || fault === faults.portal
      return wrongContent && path.endsWith('.mod') ? faults.reset : fault
    }
    const proxy = cleanUp(await startProxy({ modules, latencyMs: 2, fault: ({ path }) => pick(path) }))
    proxies.push(proxy)
  }
  const gateway = cleanUp(
    await gatewayFor(
      modules,
      proxies.map(({ url }) => upstreamAt(url)),
      {
        // Servers, gateway and client share one process: only an upstream that is told to stall may seem silent.
        policy: { ...QUICK_GATEWAY, objectMs: 60_000, rounds: 6, patienceMs: 10_000, zipPatienceMs: 10_000 },
        deadlines: { headMs: 10_000, stallMs: 3_000, totalMs: 30_000 },
      },
    ),
  )
  const paths = (['mod', 'info', 'zip'] as const).flatMap(kind =>
    modules.map(module => ({ path: `${module.path}/@v/${module.version}.${kind}`, good: module[kind] })),
  )
  // As go asks: a few at a time.
  const waiting = [...paths].reverse()
  const failed: string[] = []
  const client = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const response = await fetch(`${gateway.url}/${next.path}`)
      const body = Buffer.from(await response.arrayBuffer())
      if (response.status !== 200 || !body.equals(next.good)) failed.push(`${response.status} ${next.path}`)
    }
  }
  await Promise.all(Array.from({ length: 4 }, client))
  expect(failed).toEqual([])
  const requests = proxies.reduce((sum, proxy) => sum + proxy.requests.length, 0)
  expect(requests).toBeLessThanOrEqual(paths.length * 1.25)
  expect(gateway.quarantined()).toEqual([])
}, 120_000)
