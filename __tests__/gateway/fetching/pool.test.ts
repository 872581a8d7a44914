import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Candidate } from '../../../src/candidates/candidate.ts'
import { createPool, type Pool } from '../../../src/gateway/fetching/pool.ts'
import { newTicket, openTurns } from '../../../src/gateway/fetching/turns.ts'
import type { Health } from '../../../src/gateway/fetching/upstream-state.ts'
import { defaultPolicy } from '../../../src/policy.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'
import { virtualClock } from '../../support/worlds/virtual-clock.ts'

/** Turns are given once all that has come is handled. */
const turnOfLoop = () => new Promise(resolve => setImmediate(resolve))

const { window } = defaultPolicy.gateway
const anyone = () => true
const none: ReadonlySet<Candidate> = new Set()

/** Requests may be sent one after another only. */
const APART_MS = 2

/** How many requests the pool lets go to this upstream at the same time. */
function widthOf(pool: Pool, upstream: Candidate, fromMs = 0): number {
  let width = 0
  for (; width < 1_000; width++) {
    const nowMs = fromMs + width * APART_MS
    const turn = pool.turn({ allowed: one => one === upstream, tried: none, urgent: false }, nowMs)
    if (turn.kind !== 'ask') break
    pool.begin(upstream, nowMs)
  }
  for (let i = 0; i < width; i++) pool.end(upstream, 'neutral')
  return width
}

function answer(pool: Pool, upstream: Candidate, health: Health, times: number): void {
  for (let i = 0; i < times; i++) {
    pool.begin(upstream, 0)
    if (health === 'good') pool.noteAnswer(upstream, 1_000, 0)
    pool.end(upstream, health, 'small', health === 'good')
  }
}

/** Rounds of as many requests as go at a time, each answered after this time. @returns when the last one was */
function rounds(pool: Pool, upstream: Candidate, times: number, firstByteMs: number): number {
  let nowMs = 0
  for (let round = 0; round < times; round++) {
    let sent = 0
    for (; pool.turn({ allowed: one => one === upstream, tried: none, urgent: false }, nowMs).kind === 'ask'; sent++) {
      pool.begin(upstream, nowMs)
      nowMs += APART_MS
    }
    nowMs += firstByteMs
    for (let i = 0; i < sent; i++) {
      pool.noteAnswer(upstream, firstByteMs, nowMs)
      pool.end(upstream, 'good', 'small', true)
    }
  }
  return nowMs
}

test('a connection that many shared was lost once, however many tell of it', () => {
  const pool = createPool([], window)
  expect([7, 7, 8, 7].map(pool.isNewLoss)).toEqual([true, false, true, false])
})

describe('how many requests are under way', () => {
  const own = upstreamAt('https://own.example')
  const official = upstreamAt('https://official.example', 'official')
  const mirror: Candidate = { ...upstreamAt('https://mirror.example', 'mirror'), from: 'default' }

  test('begins at the policy’s width and grows with good answers, for a mirror that nobody named not far', () => {
    const pool = createPool([official, mirror], window)
    expect([widthOf(pool, official), widthOf(pool, mirror)]).toEqual([window.initial, window.initial])
    answer(pool, official, 'good', 1_000)
    answer(pool, mirror, 'good', 1_000)
    expect([official, mirror].map(one => widthOf(pool, one, 1_000))).toEqual([
      window.maximumTrusted,
      window.maximumMirror,
    ])
  })

  test('grows only as far as the round trip can use', () => {
    const width = (firstByteMs: number) => {
      const pool = createPool([official], window)
      for (let i = 0; i < 1_000; i++) {
        pool.begin(official, 0)
        pool.noteAnswer(official, firstByteMs, 0)
        pool.end(official, 'good', 'small', true)
      }
      return widthOf(pool, official)
    }
    expect([width(2), width(20), width(200)]).toEqual([window.initial, 60, window.maximumTrusted])
  })

  test('grows when an answer begins, and is not held up by what takes long to come', () => {
    const pool = createPool([official], window)
    for (let i = 0; i < window.initial; i++) pool.begin(official, 0, 'zip')
    for (let i = 0; i < window.initial; i++) pool.noteAnswer(official, 200, 200)
    expect(widthOf(pool, official)).toBe(window.initial)
  })

  test('towards a proxy of the user’s own begins with few, and grows with each round trip', () => {
    const width = (times: number) => {
      const pool = createPool([own], window)
      return widthOf(pool, own, rounds(pool, own, times, 200))
    }
    expect([0, 1, 2, 3, 4, 5, 6, 20].map(width)).toEqual([6, 10, 14, 18, 22, 26, 39, window.maximumTrusted])
  })

  test('is halved by each sign of too much, but never to nothing', () => {
    const pool = createPool([official], window)
    answer(pool, official, 'overloaded', 1)
    expect(widthOf(pool, official)).toBe(window.initial / 2)
    answer(pool, official, 'overloaded', 100)
    expect(widthOf(pool, official, 1_000)).toBe(window.minimum)
  })

  test('whatever the answers, the width stays between its bounds and every place is given back', () => {
    const health = fc.constantFrom<Health>('good', 'overloaded', 'failed', 'neutral')
    fc.assert(
      fc.property(fc.array(health, { maxLength: 300 }), answers => {
        const pool = createPool([own], window)
        for (const one of answers) answer(pool, own, one, 1)
        const width = widthOf(pool, own, 1_000_000)
        expect(width).toBeGreaterThanOrEqual(window.minimum)
        expect(width).toBeLessThanOrEqual(window.maximumTrusted)
      }),
    )
  })
})

describe('whose turn it is', () => {
  const [one, two, three] = [
    upstreamAt('https://1.example', 'official'),
    upstreamAt('https://2.example', 'official'),
    upstreamAt('https://3.example', 'official'),
  ]

  test('goes by the order, without those that were tried, that are out, or that may not hear of it', () => {
    const pool = createPool([one, two, three], window)
    expect(pool.turn({ allowed: anyone, tried: none, urgent: false }, 0)).toEqual({ kind: 'ask', upstream: one })
    expect(pool.turn({ allowed: anyone, tried: new Set([one]), urgent: false }, 0)).toEqual({
      kind: 'ask',
      upstream: two,
    })
    pool.exclude(one)
    expect(pool.turn({ allowed: anyone, tried: none, urgent: false }, 0)).toEqual({ kind: 'ask', upstream: two })
    expect(pool.turn({ allowed: other => other === three, tried: none, urgent: false }, 0)).toEqual({
      kind: 'ask',
      upstream: three,
    })
    expect(pool.turn({ allowed: other => other === one, tried: none, urgent: false }, 0)).toEqual({ kind: 'none' })
  })

  test('a ranking changes the order and loses nobody, and what is known of them stays', () => {
    const pool = createPool([one, two], window)
    pool.exclude(two)
    pool.adopt([three, two])
    expect(pool.upstreams).toEqual([three, two, one])
    expect(pool.isOut(two)).toBe(true)
  })

  test('what is on its way is ended where nobody is asked any more, and where another is so much faster', () => {
    const ended: string[] = []
    const pool = createPool([one, two, three], window)
    for (const upstream of [one, two, three]) pool.onLeave(upstream, how => ended.push(`${upstream.name} ${how}`))
    pool.onLeave(one, () => ended.push('forgotten'))()
    pool.adopt([three, two], [two])
    expect(ended).toEqual([`${one.name} for good`, `${two.name} for others`])
    // It is behind, not out.
    expect([one, two, three].map(pool.isOut)).toEqual([true, false, false])
    pool.exclude(three)
    expect(ended.at(-1)).toBe(`${three.name} for good`)
  })

  test('whom one ranking leaves out the next may take in again, unless it lied', () => {
    const pool = createPool([one, two], window)
    pool.exclude(two)
    pool.adopt([three])
    expect([one, two, three].map(pool.isOut)).toEqual([true, true, false])
    pool.adopt([one, two, three])
    expect([one, two, three].map(pool.isOut)).toEqual([false, true, false])
  })

  test('after three failures in a row an upstream comes last, until it answers well', () => {
    const pool = createPool([one, two], window)
    answer(pool, one, 'failed', 3)
    expect(pool.turn({ allowed: anyone, tried: none, urgent: false }, 0)).toEqual({ kind: 'ask', upstream: two })
    expect(pool.turn({ allowed: anyone, tried: new Set([two]), urgent: false }, 0)).toEqual({
      kind: 'ask',
      upstream: one,
    })
    answer(pool, one, 'good', 1)
    expect(pool.turn({ allowed: anyone, tried: none, urgent: false }, 0)).toEqual({ kind: 'ask', upstream: one })
  })

  test('nor is one preferred of whose answers every fifth fails, though never three in a row', () => {
    const pool = createPool([one, two], window)
    const turn = () => pool.turn({ allowed: anyone, tried: none, urgent: false }, 0)
    for (let i = 0; i < 5; i++) {
      answer(pool, one, 'failed', 1)
      answer(pool, one, 'good', 4)
    }
    answer(pool, one, 'failed', 1)
    expect(turn()).toEqual({ kind: 'ask', upstream: two })
    answer(pool, one, 'good', 4)
    expect(turn()).toEqual({ kind: 'ask', upstream: one })
  })

  test('a failure now and then changes nothing', () => {
    const pool = createPool([one, two], window)
    for (let i = 0; i < 5; i++) {
      answer(pool, one, 'failed', 1)
      expect(pool.turn({ allowed: anyone, tried: none, urgent: false }, 0)).toEqual({ kind: 'ask', upstream: one })
      answer(pool, one, 'good', 19)
    }
  })

  test('who wants to be left alone is, until then', () => {
    const pool = createPool([one], window)
    pool.embargo(one, 5_000, 0)
    expect(pool.turn({ allowed: anyone, tried: none, urgent: true }, 4_999)).toEqual({
      kind: 'embargoed',
      untilMs: 5_000,
    })
    expect(pool.turn({ allowed: anyone, tried: none, urgent: true }, 5_000)).toEqual({ kind: 'ask', upstream: one })
  })
})

describe('who wants to be left alone for longer than a job waits', () => {
  const [one, two] = [upstreamAt('https://1.example', 'official'), upstreamAt('https://2.example', 'official')]
  const embargoed = (pool: Pool, untilMs: number, nowMs: number) => {
    for (let i = 0; i < 3; i++) pool.embargo(one, untilMs, nowMs)
    return pool.turn({ allowed: anyone, tried: none, urgent: true }, nowMs).kind
  }

  test('is waited for where nobody else is left, once, and no longer than two minutes', () => {
    const pool = createPool([one], window)
    expect([embargoed(pool, 90_000, 0), pool.isAtRest(0), pool.isAtRest(90_000)]).toEqual(['embargoed', true, false])
    expect(pool.turn({ allowed: anyone, tried: none, urgent: true }, 90_000).kind).toBe('ask')
    expect([embargoed(pool, 180_000, 90_000), pool.isAtRest(90_000)]).toEqual(['none', false])
    expect(embargoed(createPool([one], window), 121_000, 0)).toBe('none')
  })

  test('is left out where somebody else may be asked', () => {
    const pool = createPool([one, two], window)
    pool.embargo(one, 90_000, 0)
    expect([pool.isAway(one, 0), pool.isAway(two, 0), pool.isAtRest(0)]).toEqual([true, false, false])
    expect(pool.turn({ allowed: anyone, tried: new Set([two]), urgent: true }, 0).kind).toBe('none')
  })

  test('is asked for no more at a time afterwards than the least', () => {
    const pool = createPool([one], window)
    pool.embargo(one, 40_000, 0)
    for (let i = 0; i < 100; i++) {
      pool.begin(one, i)
      pool.noteAnswer(one, 1_000, i)
      pool.end(one, 'good', 'small', true)
    }
    for (let i = 0; i < window.minimum; i++) pool.begin(one, 1_000)
    expect(pool.turn({ allowed: anyone, tried: none, urgent: false }, 40_000).kind).toBe('busy')
  })
})

describe('the ceiling of all upstreams together', () => {
  test('holds for what go waits for, too', () => {
    const [one, two] = [upstreamAt('https://1.example'), upstreamAt('https://2.example')]
    const pool = createPool([one, two], { ...window, ceiling: 2 })
    const ask = (tried: ReadonlySet<Candidate>) => pool.turn({ allowed: anyone, tried, urgent: true }, 1_000).kind
    pool.begin(one, 0)
    expect(ask(new Set([one]))).toBe('ask')
    pool.begin(two, 0)
    expect([ask(none), ask(new Set([one]))]).toEqual(['busy', 'busy'])
    pool.end(one, 'good')
    expect(ask(none)).toBe('ask')
  })
})

describe('the queue for places', () => {
  const narrow = { initial: 1, initialOwn: 1, maximumTrusted: 1, maximumMirror: 1, minimum: 1, ceiling: 1_024 }
  const open = (upstreams: readonly Candidate[]) => {
    const clock = virtualClock()
    const stop = new AbortController()
    const pool = createPool(upstreams, narrow)
    return { clock, stop, pool, turns: openTurns(pool, clock, stop.signal) }
  }
  const [one, two] = [upstreamAt('https://1.example', 'official'), upstreamAt('https://2.example', 'official')]

  test('who go waits for comes before who is fetched ahead', async () => {
    const { pool, turns } = open([one])
    const served: string[] = []
    const wait = (name: string) => {
      const ticket = newTicket(0, false)
      void turns.next(ticket, none, anyone).then(() => served.push(name))
      return ticket
    }
    wait('first')
    wait('second')
    const third = wait('third')
    await turnOfLoop()
    expect(served).toEqual(['first'])
    turns.hurry(third)
    await turnOfLoop()
    expect(served).toEqual(['first', 'third'])
    pool.end(one, 'neutral')
    pool.end(one, 'neutral')
    turns.wake()
    await turnOfLoop()
    expect(served).toEqual(['first', 'third', 'second'])
  })

  test('who waits for one upstream does not hold up those that another could serve', async () => {
    const { pool, turns } = open([one, two])
    pool.embargo(two, 20_000, 0)
    const served: string[] = []
    // The first one has tried the only upstream that is free.
    void turns.next(newTicket(0, false), new Set([one]), anyone).then(() => served.push('retry'))
    void turns.next(newTicket(0, false), none, anyone).then(() => served.push('fresh'))
    turns.wake()
    await turnOfLoop()
    expect(served).toEqual(['fresh'])
  })

  test('who waits for an embargo is served at its end without anybody’s doing', async () => {
    const { clock, pool, turns } = open([one])
    pool.embargo(one, 3_000, 0)
    expect(await turns.next(newTicket(0, false), none, anyone)).toBe(one)
    expect(clock.now()).toBe(3_000)
  })

  test('at the end nobody waits', async () => {
    const { stop, pool, turns } = open([one])
    pool.begin(one, 0)
    const waiting = [false, true].map(urgent =>
      turns.next(newTicket(0, urgent), urgent ? new Set([one]) : none, anyone),
    )
    stop.abort()
    expect(await Promise.all(waiting)).toEqual(['none', 'none'])
    expect(await turns.next(newTicket(0, true), none, anyone)).toBe('none')
  })
})

describe('one proxy of a chain that refuses what the next one serves', () => {
  const [first, second] = ['https://one.example', 'https://two.example']

  test('has a limit as long as it serves others, too', () => {
    const chain = upstreamAt('chain')
    const pool = createPool([chain], window)
    expect(pool.isLimit(chain, first)).toBe(false)
    pool.noteServed(chain, first)
    for (let i = 0; i < 40; i++) {
      expect([pool.isLimit(chain, first), pool.isLimit(chain, second)]).toEqual([true, false])
      if (i % 10 === 0) pool.noteServed(chain, first)
    }
  })

  test('has none where it refuses everything: nothing that it refused holds the chain up', () => {
    const chain = upstreamAt('chain')
    const pool = createPool([chain], window)
    answer(pool, chain, 'good', 1)
    const width = widthOf(pool, chain, 10_000)
    pool.noteServed(chain, first)
    const seen: boolean[] = []
    for (let i = 0; i < 20; i++) {
      pool.begin(chain, 20_000 + i)
      const isLimit = pool.isLimit(chain, first)
      if (isLimit) pool.refuse(chain, { load: 'small', asked: false, sentMs: 20_000 + i }, 20_100 + i)
      else pool.end(chain, 'neutral')
      seen.push(isLimit)
    }
    expect(seen.lastIndexOf(true)).toBe(15)
    expect(widthOf(pool, chain, 30_000)).toBeGreaterThanOrEqual(Math.min(width, window.initialOwn))
    pool.noteServed(chain, first)
    expect(pool.isLimit(chain, first)).toBe(true)
  })
})
