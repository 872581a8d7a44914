import { getEventListeners } from 'node:events'
import { expect, test } from '@jest/globals'
import { openFlights } from '../../../src/gateway/fetching/flights.ts'
import { watchOutage } from '../../../src/gateway/fetching/outage.ts'
import { openPaces } from '../../../src/gateway/fetching/pace.ts'
import { createPool } from '../../../src/gateway/fetching/pool.ts'
import { openTurns } from '../../../src/gateway/fetching/turns.ts'
import type { RetrievalWorld } from '../../../src/gateway/fetching/world.ts'
import { planOrder } from '../../../src/objects/wanted.ts'
import { defaultPolicy } from '../../../src/policy.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'
import { virtualClock } from '../../support/worlds/virtual-clock.ts'

test('however many files are on their way, the gateway’s signal has few listeners: it looks through them for each new one', async () => {
  const { window, objectMs, probeMs } = defaultPolicy.gateway
  const closing = new AbortController()
  const clock = virtualClock()
  const pool = createPool([upstreamAt('https://own.example')], window)
  const turns = openTurns(pool, clock, closing.signal)
  // What begins is never answered: only the launch is looked at.
  const world = {
    clock,
    pool,
    signal: closing.signal,
    policy: defaultPolicy.gateway,
    checks: { sums: new Map() },
    mayAsk: () => true,
    outage: watchOutage(objectMs, probeMs),
    paces: openPaces(),
  } as unknown as RetrievalWorld
  const flights = openFlights({ ...turns, next: () => new Promise(() => {}) }, undefined, world)
  const modules = Array.from({ length: 100 }, (_, i) => ({ path: `example.com/m${i}`, version: 'v1.0.0' }))
  const sums = new Map(
    modules.flatMap(({ path, version }) => [
      [`${path} ${version}/go.mod`, 'h1:x'],
      [`${path} ${version}`, 'h1:x'],
    ]),
  )
  const wanted = planOrder({ sums, modules, toolchain: undefined })
  expect(wanted).toHaveLength(300)
  flights.prefetch(wanted)
  expect(getEventListeners(closing.signal, 'abort').length).toBeLessThanOrEqual(2)
  closing.abort()
})
