import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  backoffMs,
  type Decision,
  decide,
  firstRound,
  type RoundEnd,
  type RoundRules,
  type Rounds,
  withoutExcluded,
} from '../../src/download/rounds.ts'

const [A, B, C] = ['https://a.example', 'https://b.example', 'https://c.example']
const RULES: RoundRules = {
  chains: [`${A}|${B},direct`, `${B}|${C},direct`, `${C}|${A},direct`],
  lastTry: `${A},direct`,
  retries: 2,
  retryDelayMs: 1_000,
  maximumBackoffMs: 8_000,
}
const ENDS = ['never', 'once', 'rounds', 'elsewhere', 'without proxy'] as const

function end(retry: RoundEnd['failure']['retry'], change: Partial<RoundEnd> = {}): RoundEnd {
  return {
    failure: { code: 'X', retry },
    progress: false,
    culprits: [],
    mended: false,
    spent: false,
    late: false,
    ...change,
  }
}

/** GOPROXY of each round while every one of them ends so; at most twenty. */
function play(
  rules: RoundRules,
  ends: (i: number) => RoundEnd,
): { goproxies: string[]; delays: number[]; last: Rounds } {
  let rounds = firstRound(rules)
  const goproxies = [rounds.goproxy]
  const delays: number[] = []
  for (let i = 0; i < 20; i++) {
    const decision = decide(rounds, ends(i), rules, () => 0.5)
    if (decision.kind === 'give up') break
    rounds = decision.rounds
    goproxies.push(rounds.goproxy)
    delays.push(decision.delayMs)
  }
  return { goproxies, delays, last: rounds }
}

describe('what is done after a failure', () => {
  test('never: nothing more', () => {
    expect(play(RULES, () => end('never')).goproxies).toEqual([RULES.chains[0]])
  })

  test('the network’s fault: each round begins with the next proxy, then the last try, then no more', () => {
    const { goproxies, last } = play(RULES, () => end('rounds'))
    expect(goproxies).toEqual([...RULES.chains, RULES.lastTry])
    expect(last.lastTry).toBe(true)
  })

  test('what is new in a round renews the budget', () => {
    const { goproxies } = play(RULES, i => end('rounds', { progress: i < 10 }))
    // Ten fruitful rounds, two fruitless ones, the last try.
    expect(goproxies).toHaveLength(1 + 10 + 2 + 1)
  })

  test('once: another round, and for the same failure again only those that were not asked', () => {
    expect(play(RULES, () => end('once')).goproxies).toEqual(
      [RULES.chains[0], RULES.chains[1], RULES.chains[2]].slice(0, 2),
    )
  })

  test('elsewhere: at once, and only where somebody is who was not asked', () => {
    const { goproxies, delays } = play(RULES, () => end('elsewhere'))
    expect([goproxies, delays]).toEqual([[RULES.chains[0], RULES.chains[1]], [0]])
  })

  test('a policy chain only repeats: a refusal is final, a fault of the network is not', () => {
    const policy = { ...RULES, chains: [A as string], lastTry: A as string }
    expect(play(policy, () => end('elsewhere')).goproxies).toEqual([A])
    expect(new Set(play(policy, () => end('rounds')).goproxies)).toEqual(new Set([A]))
  })

  test('wrong content: once more at once without who sent it, and a second time is final', () => {
    const { goproxies, delays } = play(RULES, i => end('without proxy', { culprits: [i === 0 ? A : B] as string[] }))
    expect([goproxies, delays]).toEqual([[RULES.chains[0], `${B},direct`], [0]])
  })

  test.each([
    ['what fetches ahead had its rounds in vain', { spent: true }],
    ['there is no time for more', { late: true }],
  ])('%s: the last try at once, and no more', (_, change) => {
    const { goproxies, delays } = play(RULES, () => end('rounds', change))
    expect([goproxies, delays]).toEqual([[RULES.chains[0], RULES.lastTry], [0]])
    // What a proxy said is as true without a gateway.
    expect(play(RULES, () => end('never', change)).goproxies).toEqual([RULES.chains[0]])
  })

  test('where nothing else is left to try, what time there is is for the same again', () => {
    const lone = { ...RULES, chains: [RULES.lastTry] }
    expect(play(lone, () => end('rounds', { late: true })).goproxies).toEqual([
      RULES.lastTry,
      RULES.lastTry,
      RULES.lastTry,
    ])
  })

  test('the last try is one try', () => {
    const none = { ...RULES, chains: [] }
    for (const retry of ENDS) expect(play(none, () => end(retry)).goproxies).toEqual([RULES.lastTry])
  })

  test('who sent wrong content in one directory is not asked in the next', () => {
    expect(firstRound(RULES, [A as string]).goproxy).toBe(`${B},direct`)
    expect(firstRound(RULES, [A, B, C] as string[]).goproxy).toBe('direct')
  })
})

describe('the pause between rounds', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [5, 8_000],
    [60, 8_000],
  ])('after %d fruitless rounds: half of %d ms fixed, half random', (fruitless, d) => {
    expect([0, 0.5, 1].map(random => backoffMs(fruitless, RULES, () => random))).toEqual([d / 2, (d * 3) / 4, d])
  })
})

test('whatever happens: it ends, who lied is never asked again, and nobody is asked whom the rules do not name', () => {
  const proxy = fc.constantFrom(A, B, C)
  const chain = fc
    .tuple(fc.uniqueArray(proxy, { minLength: 1, maxLength: 3 }), fc.constantFrom('', ',direct'))
    .map(([proxies, ending]) => proxies.join('|') + ending)
  const ends = fc.array(
    fc.record({
      failure: fc.record({ code: fc.constantFrom('X', 'Y', 'GO_CHECKSUM_MISMATCH'), retry: fc.constantFrom(...ENDS) }),
      progress: fc.constant(false),
      culprits: fc.subarray([A, B, C] as string[]),
      mended: fc.boolean(),
      spent: fc.boolean(),
      late: fc.boolean(),
    }),
    { minLength: 60, maxLength: 60 },
  )
  const rules = fc.record({
    chains: fc.array(chain, { maxLength: 3 }),
    lastTry: chain,
    retries: fc.integer({ min: 0, max: 5 }),
    retryDelayMs: fc.constant(1_000),
    maximumBackoffMs: fc.constant(8_000),
  })
  fc.assert(
    fc.property(rules, ends, (given, list) => {
      const named = [...given.chains, given.lastTry].join()
      let rounds = firstRound(given)
      let decision: Decision = { kind: 'again', delayMs: 0, rounds }
      let count = 0
      for (const one of list) {
        decision = decide(rounds, one, given, () => 0.5)
        if (decision.kind === 'give up') break
        count++
        rounds = decision.rounds
        expect(decision.delayMs).toBeLessThanOrEqual(given.maximumBackoffMs)
        for (const asked of rounds.goproxy.split(/[,|]/)) expect(named).toContain(asked)
        for (const liar of rounds.excluded) expect(rounds.goproxy).not.toContain(liar)
      }
      expect(decision.kind).toBe('give up')
      // Each kind of failure has its own small allowance beyond the budget.
      expect(count).toBeLessThanOrEqual(given.retries + 12)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['the proxies left keep their separators', `${A}|${B},${C},direct`, [A], `${B},${C},direct`],
  ['nobody excluded: the very text', ` ${A} , direct`, [C], ` ${A} , direct`],
  ['only `direct` is left', `${A},direct`, [A], 'direct'],
  ['nobody is left', `${A}|${B}`, [A, B], undefined],
])('withoutExcluded: %s', (_, goproxy, excluded, left) => {
  expect(withoutExcluded(goproxy, excluded as string[])).toBe(left)
})

describe('a lone proxy that is silent', () => {
  const lone: RoundRules = { ...RULES, chains: ['https://one.example'], lastTry: 'https://one.example', retries: 5 }
  const stalled = {
    failure: { code: 'DOWNLOAD_STALLED', retry: 'rounds' },
    progress: false,
    culprits: [],
    mended: false,
    spent: false,
    late: false,
  } as const
  test('gets a second chance and no third: each costs the whole patience', () => {
    const second = decide(firstRound(lone), stalled, lone, () => 0.5)
    expect(second.kind).toBe('again')
    if (second.kind === 'again') expect(decide(second.rounds, stalled, lone, () => 0.5).kind).toBe('give up')
  })

  test('but whoever sends something in between is alive', () => {
    let rounds = firstRound(lone)
    for (let i = 0; i < 20; i++) {
      const next = decide(rounds, { ...stalled, progress: true }, lone, () => 0.5)
      if (next.kind === 'give up') throw new Error(`gave up in round ${i}`)
      rounds = next.rounds
    }
  })

  test('and with another one in turn there are rounds as ever', () => {
    const two = { ...lone, chains: ['https://one.example', 'https://two.example'] }
    let rounds = firstRound(two)
    for (let i = 0; i < two.retries; i++) {
      const next = decide(rounds, stalled, two, () => 0.5)
      if (next.kind === 'give up') throw new Error(`gave up in round ${i}`)
      rounds = next.rounds
    }
  })
})
