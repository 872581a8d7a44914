import { expect, test } from '@jest/globals'
import { openAccount, openLoads } from '../../../src/gateway/fetching/loads.ts'
import { createPool } from '../../../src/gateway/fetching/pool.ts'
import { defaultPolicy } from '../../../src/policy.ts'
import type { Outcome } from '../../../src/upstream/outcome.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'
import { virtualClock } from '../../support/worlds/virtual-clock.ts'

const { window } = defaultPolicy.gateway
const own = upstreamAt('https://own.example')
const never = new AbortController().signal

function outcome(kind: Outcome['kind'], status: number): Outcome {
  const timings = { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: 1, bodyMs: 0, totalMs: 1 }
  return { kind, status, body: Buffer.alloc(0), bytes: 0, timings, reused: true, reason: '', retryAfter: undefined }
}

test('what is under way for the benchmark counts in each gateway, and what it showed is known there', async () => {
  const clock = virtualClock()
  const loads = openLoads(window)
  const [account, pool] = [openAccount(loads, clock), createPool([own], window, loads)]
  let nowMs = 10_000
  const turn = (gateway = pool) => {
    nowMs += 1_000
    return gateway.turn({ allowed: () => true, tried: new Set(), urgent: true }, nowMs).kind
  }
  for (let i = 0; i < window.initialOwn; i++) await account.begin(own, 'small', never)
  expect(turn()).toBe('busy')
  expect(account.end(own, 'small', outcome('limited', 429))).toBe(true)
  for (let i = 1; i < window.initialOwn; i++) expect(account.end(own, 'small', outcome('found', 200))).toBe(false)
  for (const gateway of [pool, createPool([own], window, loads)]) {
    expect(turn(gateway)).toBe('ask')
    gateway.begin(own, nowMs)
  }
  // Two at a time, since one was refused.
  expect(turn()).toBe('busy')
})

test('a candidate that has refused a probe gets the next one when there is a place', async () => {
  const clock = virtualClock()
  const account = openAccount(openLoads(window), clock)
  for (let i = 0; i < 3; i++) await account.begin(own, 'small', never)
  account.end(own, 'small', outcome('limited', 429))
  let begun = false
  const next = account.begin(own, 'small', never).then(() => {
    begun = true
  })
  await clock.sleep(100)
  expect(begun).toBe(false)
  account.end(own, 'small', outcome('found', 200))
  await next
})

test('a gateway hears when the benchmark has left a place', async () => {
  const loads = openLoads(window)
  const account = openAccount(loads, virtualClock())
  let heard = 0
  const end = loads.watch(() => heard++)
  for (const stop of [() => {}, end]) {
    await account.begin(own, 'zip', never)
    account.end(own, 'zip', outcome('absent', 404))
    stop()
  }
  await account.begin(own, 'zip', never)
  account.end(own, 'zip', outcome('absent', 404))
  expect(heard).toBe(2)
})
