import { expect, test } from '@jest/globals'
import { type Congestion, give, newCongestion } from '../../../src/gateway/fetching/congestion.ts'
import { heed, noteGood, widen } from '../../../src/gateway/fetching/growth.ts'
import { refuse } from '../../../src/gateway/fetching/refusals.ts'
import { take, whenToSend } from '../../../src/gateway/fetching/sending.ts'
import { defaultPolicy } from '../../../src/policy.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'

const { window } = defaultPolicy.gateway
const own = upstreamAt('https://own.example')
const official = upstreamAt('https://official.example', 'official')
const WISH = { load: 'small', urgent: true, yielding: false } as const
const SERVICE_MS = 20

/** One request after the other is sent as soon as it may be, and answered at once. @returns when each was sent */
function sendSome(state: Congestion, count: number, fromMs: number): readonly number[] {
  const sent: number[] = []
  let nowMs = fromMs
  while (sent.length < count) {
    const when = whenToSend(state, WISH, nowMs)
    expect(when).not.toBe('busy')
    if (typeof when === 'number') nowMs = when
    else {
      take(state, 'small', nowMs)
      give(state, 'small', false)
      noteGood(state)
      sent.push(nowMs)
    }
  }
  return sent
}

/** So many are sent, and all answers are there but these of refused ones. */
function refuseOf(sent: number, refused: number, candidate = own): Congestion {
  const state = newCongestion(candidate, window)
  take(state, 'small', 0)
  widen(state, SERVICE_MS, SERVICE_MS)
  give(state, 'small', true)
  for (let i = 0; i < sent; i++) take(state, 'small', 100 + i)
  for (let i = 0; i < refused; i++) refuse(state, { load: 'small', asked: false, sentMs: 100 + i }, 110 + i)
  for (let i = refused; i < sent; i++) give(state, 'small', false)
  return state
}

function intervals(sent: readonly number[]): readonly number[] {
  return sent.slice(1).map((ms, i) => ms - (sent[i] ?? 0))
}

test('after the first refusal requests come as from plain go, then ever closer together', () => {
  const [first = 0, ...rest] = intervals(sendSome(refuseOf(6, 1), 30, 200))
  expect(first).toBeGreaterThan(SERVICE_MS / 3)
  expect(first).toBeLessThanOrEqual(SERVICE_MS / 2)
  for (const [i, ms] of rest.entries()) expect(ms).toBeLessThan([first, ...rest][i] ?? 0)
})

test('where many of one burst were refused, they come closer together more slowly', () => {
  const [few, many] = [refuseOf(10, 4), refuseOf(10, 5)].map(state => intervals(sendSome(state, 20, 200)).at(-1) ?? 0)
  expect(many).toBeGreaterThan(1.3 * (few ?? 0))
})

test('however late a refusal is seen, it is of the burst in which its request was sent', () => {
  const state = refuseOf(6, 1)
  const [sentMs = 0] = sendSome(state, 1, 200)
  take(state, 'small', 250)
  refuse(state, { load: 'small', asked: false, sentMs: 105 }, 260)
  expect(state.bursts).toBe(1)
  take(state, 'small', 270)
  refuse(state, { load: 'small', asked: false, sentMs }, 280)
  expect(state.bursts).toBe(2)
})

test('a second refusal ends the search: they stay at four fifths of the rate that was borne', () => {
  const state = refuseOf(6, 1)
  const sent = sendSome(state, 20, 200)
  const lastMs = sent.at(-1) ?? 0
  take(state, 'small', lastMs + 5)
  refuse(state, { load: 'small', asked: false, sentMs: lastMs + 5 }, lastMs + 6)
  const after = intervals(sendSome(state, 20, lastMs + 500))
  expect(after.at(-1)).toBeCloseTo(after[0] ?? 0, 5)
  // Since the refusal at 110 ms.
  expect(after[0]).toBeGreaterThan((lastMs - 200) / 20)
})

test('a proxy that another’s refusal is a warning of is searched in the same way, a public one is not', () => {
  const one = refuseOf(6, 1)
  const [other, public_] = [newCongestion(own, window), newCongestion(official, window)]
  for (const state of [other, public_]) heed(state, one, 120)
  expect([other.gapMs > 0, public_.gapMs]).toEqual([true, 0])
})

test('ten seconds without a refusal end the intervals', () => {
  const state = refuseOf(6, 1)
  sendSome(state, 3, 200)
  sendSome(state, 1, 20_000)
  expect([state.gapMs, state.seekMs]).toEqual([0, 0])
})
