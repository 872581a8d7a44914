import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Congestion, give, newCongestion } from '../../../src/gateway/fetching/congestion.ts'
import { heed, noteGood, widen } from '../../../src/gateway/fetching/growth.ts'
import { refuse } from '../../../src/gateway/fetching/refusals.ts'
import { take, whenToSend } from '../../../src/gateway/fetching/sending.ts'
import { defaultPolicy } from '../../../src/policy.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'

const { window } = defaultPolicy.gateway
const own = upstreamAt('https://own.example')
const official = upstreamAt('https://official.example', 'official')

/** A server in virtual time. */
interface Server {
  /** It answers so many at once, and refuses the others at once; undefined: any number. */
  readonly most?: number
  /** How long it takes to answer. */
  readonly serviceMs: number
  /** One way. */
  readonly distanceMs: number
  /** Requests that it answers a second, and how many more at the beginning. */
  readonly rate?: { readonly aSecond: number; readonly burst: number }
  /** It refuses everything at first. */
  readonly unwellMs?: number
  /** It and this process are at other work for so long, then see what has come meanwhile, for so long. */
  readonly busy?: { readonly forMs: number; readonly freeMs: number }
}

/** When something that comes now is seen. */
function seenMs(nowMs: number, { forMs, freeMs } = { forMs: 0, freeMs: 1 }): number {
  const intoMs = nowMs % (forMs + freeMs)
  return intoMs < forMs ? nowMs - intoMs + forMs : nowMs
}

interface Load {
  readonly requests: number
  /** How many are wanted at a time: bursts with pauses in between. */
  readonly bursts: readonly number[]
}

interface Outcome {
  readonly refused: number
  readonly ms: number
  readonly state: Congestion
}

const PAUSE_MS = 50
/** After a refusal by time, as long as a gateway waits at most after the first of them. */
const LONGEST_PAUSE_MS = 1_000
const PLAIN = { load: 'small', urgent: false, yielding: false } as const

/** All requests of the load against the server; what is refused is sent again. */
function simulate(state: Congestion, server: Server, { requests, bursts }: Load): Outcome {
  const events: { readonly atMs: number; readonly run: () => void }[] = []
  const at = (atMs: number, run: () => void) => events.push({ atMs: seenMs(atMs, server.busy), run })
  let [nowMs, left, wanted, burst, active, refused, embargoedMs] = [0, requests, 0, 0, 0, 0, 0]
  let [tokens, filledMs] = [server.rate?.burst ?? 0, 0]
  const mayHave = () => {
    if (nowMs < (server.unwellMs ?? 0) || active >= (server.most ?? Number.POSITIVE_INFINITY)) return false
    if (server.rate === undefined) return true
    tokens = Math.min(server.rate.burst, tokens + ((nowMs - filledMs) * server.rate.aSecond) / 1000)
    filledMs = nowMs
    if (tokens < 1) return false
    tokens--
    return true
  }
  const send = () => {
    wanted--
    const sentMs = nowMs
    take(state, 'small', nowMs)
    at(nowMs + server.distanceMs, () => {
      if (!mayHave()) {
        return at(nowMs + server.distanceMs, () => {
          refused++
          wanted++
          const refusal = refuse(state, { load: 'small', asked: false, sentMs }, nowMs)
          if (refusal === 'time') embargoedMs = nowMs + LONGEST_PAUSE_MS
        })
      }
      active++
      at(nowMs + server.serviceMs, () => {
        active--
        at(nowMs + server.distanceMs, () => {
          left--
          widen(state, nowMs - sentMs, nowMs)
          give(state, 'small', true)
          noteGood(state)
        })
      })
    })
  }
  for (;;) {
    if (wanted === 0 && left > 0 && state.inFlight === 0) {
      if (burst > 0) nowMs += PAUSE_MS
      wanted = Math.min(left, bursts[burst++ % bursts.length] as number)
    }
    const freeMs = Math.max(embargoedMs, seenMs(nowMs, server.busy))
    const when = wanted === 0 ? 'busy' : freeMs > nowMs ? freeMs : whenToSend(state, PLAIN, nowMs)
    if (when === 'now') send()
    else {
      events.sort((a, b) => a.atMs - b.atMs)
      if (typeof when === 'number' && when < (events[0]?.atMs ?? Number.POSITIVE_INFINITY)) {
        nowMs = when
        continue
      }
      const next = events.shift()
      if (next === undefined) return { refused, ms: nowMs, state }
      nowMs = Math.max(nowMs, next.atMs)
      next.run()
    }
  }
}

const anyBursts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 })
/** As many as a project of a hundred modules needs. */
const REQUESTS = 400

/** What plain go asks at a time on a machine with two processors. */
const PLAIN_AT_ONCE = 2

/** The promise, in the time that plain go needs for its requests alone. */
function mostMs(serviceMs: number): number {
  return 1.2 * (REQUESTS / PLAIN_AT_ONCE) * serviceMs + 2_000
}

/** Those that plain go can live with, and does not just meet (docs/decisions/limits.md). */
const anyRate = fc
  .record({
    aSecond: fc.integer({ min: 40, max: 400 }),
    burst: fc.integer({ min: 5, max: 100 }),
    serviceMs: fc.integer({ min: 20, max: 100 }),
  })
  .filter(({ aSecond, serviceMs }) => (PLAIN_AT_ONCE * 1_000) / serviceMs <= 0.96 * aSecond)

describe('a proxy of the user’s own that bears so many at a time', () => {
  /** The next requests may be on their way before the first refusal is back. */
  test.each([
    ['near', { distanceMs: 1, serviceMs: 20, refused: 6 }],
    ['far away', { distanceMs: 40, serviceMs: 20, refused: 31 }],
  ])('refuses few however the requests come: %s', (_, limits) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 22 }),
        fc.integer({ min: 0, max: limits.distanceMs }),
        fc.integer({ min: limits.serviceMs, max: 60 }),
        anyBursts,
        (most, distanceMs, serviceMs, bursts) => {
          const server = { most, serviceMs, distanceMs }
          const { refused } = simulate(newCongestion(own, window), server, { requests: REQUESTS, bursts })
          expect(refused).toBeLessThanOrEqual(limits.refused)
        },
      ),
    )
  })

  test('is used as far as it bears, or nearly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), most => {
        const server = { most, serviceMs: 20, distanceMs: 0 }
        const { ms } = simulate(newCongestion(own, window), server, { requests: REQUESTS, bursts: [REQUESTS] })
        // One place is left free, and the growth of the window, the refusals and the spreading cost something.
        expect(ms).toBeLessThan(1.7 * (REQUESTS / Math.min(most, 16)) * 20 + 300)
      }),
    )
  })

  test('and bears many gets several together, and no fewer in a time because this process is busy', () => {
    const state = newCongestion(own, window)
    Object.assign(state, { window: 128, proven: 64, shortestMs: 16, firstByteMs: 64 })
    let [nowMs, pauses] = [0, 0]
    for (let sent = 0; sent < 40; sent++) {
      const when = whenToSend(state, PLAIN, nowMs)
      if (typeof when === 'number') {
        nowMs = when
        pauses++
      }
      take(state, 'small', nowMs)
    }
    expect(nowMs).toBeLessThanOrEqual((40 * 64) / 128)
    expect(pauses).toBeLessThanOrEqual(40 / 4)
  })

  test('is not asked for more than it bore for a long time, and then for one more', () => {
    const { state } = simulate(
      newCongestion(own, window),
      { most: 8, serviceMs: 20, distanceMs: 0 },
      { requests: 100, bursts: [100] },
    )
    // One less: a server may count a request for a moment after its answer is here.
    expect(state.ceiling).toBe(7)
    for (let i = 0; i < 7; i++) take(state, 'small', 5_000)
    expect(whenToSend(state, { ...PLAIN, urgent: true }, 6_000)).toBe('busy')
    state.window = 8
    expect(whenToSend(state, { ...PLAIN, urgent: true }, 60_000)).toBe('now')
    take(state, 'small', 60_000)
    expect(refuse(state, { load: 'small', asked: true, sentMs: 60_000 }, 60_001)).toBe('number')
    expect([state.ceiling, state.retryAfterMs, state.gapMs]).toEqual([7, 20_000, 0])
  })
})

describe('a proxy that bears so many in a time', () => {
  test('refuses few, and the requests come at its rate afterwards', () => {
    fc.assert(
      fc.property(anyRate, anyBursts, ({ aSecond, burst, serviceMs }, bursts) => {
        const server = { serviceMs, distanceMs: 0, rate: { aSecond, burst } }
        const play = (wanted: readonly number[]) =>
          simulate(newCongestion(own, window), server, { requests: REQUESTS, bursts: wanted })
        expect(play(bursts).refused).toBeLessThanOrEqual(6)
        expect(play([REQUESTS]).ms).toBeLessThan(mostMs(serviceMs))
      }),
    )
  })

  test('never bans after 20, nor does one that bears so many at a time', () => {
    const anyServer = fc.oneof(
      fc.record({
        rate: anyRate.map(({ aSecond, burst }) => ({ aSecond, burst })),
        serviceMs: fc.integer({ min: 20, max: 100 }),
        distanceMs: fc.integer({ min: 0, max: 1 }),
      }),
      fc.record({
        most: fc.integer({ min: 4, max: 22 }),
        serviceMs: fc.integer({ min: 20, max: 100 }),
        distanceMs: fc.integer({ min: 0, max: 1 }),
      }),
    )
    fc.assert(
      fc.property(anyServer, anyBursts, (server, bursts) => {
        const { refused } = simulate(newCongestion(own, window), server, { requests: REQUESTS, bursts })
        expect(refused).toBeLessThan(20)
      }),
    )
  })

  test('refuses not many more where it and this process are busy, so that each refusal is seen late', () => {
    const anyBusy = fc.record({ forMs: fc.integer({ min: 1, max: 30 }), freeMs: fc.integer({ min: 5, max: 30 }) })
    fc.assert(
      fc.property(anyRate, anyBusy, anyBursts, ({ aSecond, burst, serviceMs }, busy, bursts) => {
        const server = { serviceMs, distanceMs: 0, rate: { aSecond, burst }, busy }
        const { refused } = simulate(newCongestion(own, window), server, { requests: REQUESTS, bursts })
        expect(refused).toBeLessThanOrEqual(12)
      }),
    )
  })

  test('is left alone when it refuses the only request', () => {
    const state = newCongestion(own, window)
    take(state, 'small', 0)
    expect([refuse(state, { load: 'small', asked: false, sentMs: 0 }, 1), state.pauses]).toEqual(['time', 1])
  })

  test('and names a time when few are under way, gets that time', () => {
    const { state } = simulate(
      newCongestion(own, window),
      { most: 20, serviceMs: 20, distanceMs: 0 },
      { requests: 200, bursts: [200] },
    )
    take(state, 'small', 5_000)
    take(state, 'small', 5_010)
    expect(refuse(state, { load: 'small', asked: true, sentMs: 5_010 }, 5_011)).toBe('time')
  })
})

describe('a proxy that refuses everything for some time', () => {
  test('is asked for one thing after the other until it is well, and then as one that never refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 10_000 }), fc.integer({ min: 0, max: 40 }), (unwellMs, distanceMs) => {
        const server = { serviceMs: 20, distanceMs, unwellMs }
        const load = { requests: REQUESTS, bursts: [REQUESTS] }
        const { refused, ms, state } = simulate(newCongestion(own, window), server, load)
        expect(refused).toBeLessThanOrEqual(window.initialOwn + unwellMs / LONGEST_PAUSE_MS + 1)
        expect(ms).toBeLessThan(unwellMs + LONGEST_PAUSE_MS + 2_000)
        expect([state.alone, state.ceiling, state.bursts]).toEqual([false, Number.POSITIVE_INFINITY, 0])
      }),
    )
  })
})

test('what one proxy of the user’s own refused, the others are spared', () => {
  const [one, other, public_] = [
    newCongestion(own, window),
    newCongestion(own, window),
    newCongestion(official, window),
  ]
  for (let i = 0; i < 6; i++) take(one, 'small', i)
  refuse(one, { load: 'small', asked: false, sentMs: 5 }, 10)
  for (const state of [other, public_]) heed(state, one, 10)
  expect([other.window, public_.window]).toEqual([2, window.initial])
})

describe('what go waits for', () => {
  const urgent = { ...PLAIN, urgent: true }

  test('obeys the window of a proxy of the user’s own, and the ceiling of each', () => {
    const [ours, theirs] = [newCongestion(own, window), newCongestion(official, window)]
    for (let i = 0; i < window.initial; i++) {
      take(ours, 'small', i)
      take(theirs, 'small', i)
    }
    expect([whenToSend(ours, urgent, 1_000), whenToSend(theirs, urgent, 1_000)]).toEqual(['busy', 'now'])
    refuse(theirs, { load: 'small', asked: false, sentMs: 10 }, 1_000)
    expect(whenToSend(theirs, urgent, 9_000)).toBe('busy')
  })

  test('is not behind zips where requests are sent at intervals: they take half of what is under way', () => {
    const state = newCongestion(own, window)
    const sent: string[] = []
    for (let ms = 0; sent.length < window.initialOwn; ms += 10) {
      const load = whenToSend(state, { ...PLAIN, load: 'zip', yielding: true }, ms) === 'now' ? 'zip' : 'small'
      take(state, load, ms)
      sent.push(load)
    }
    expect(sent).toEqual(['zip', 'small', 'zip', 'small', 'zip', 'small'])
  })

  test('finds a place that zips fetched ahead leave free', () => {
    const state = newCongestion(own, window)
    let sent = 0
    while (whenToSend(state, { ...PLAIN, load: 'zip' }, sent * 10) === 'now') take(state, 'zip', sent++ * 10)
    expect(sent).toBe(window.initialOwn - 1)
    expect(whenToSend(state, urgent, 1_000)).toBe('now')
  })
})

test('no more are sent while first bytes take much longer than with few under way', () => {
  const state = newCongestion(own, window)
  widen(state, 20, 0)
  for (let i = 0; i < 100; i++) widen(state, 2_000, 10_000 + i)
  expect(state.window).toBeLessThanOrEqual(window.initialOwn + 6)
})
