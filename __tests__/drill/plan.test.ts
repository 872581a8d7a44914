import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DEFAULT_PLAN, DRILL_KINDS, parsePlan, type Scheduled } from '../../src/drill/plan.ts'
import { labelOf, longestOf, MOST_SEED, printLine, settle } from '../../src/drill/schedule.ts'

function linesOf(text: string) {
  const read = parsePlan(text, 'drill.txt')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

function faultsOf(text: string) {
  const read = parsePlan(text, 'drill.txt')
  return read.ok ? [] : read.problems
}

describe('a plan', () => {
  test('has kinds with options, comments and empty lines', () => {
    const text =
      '# ours\n\nkilled after=3 for=2s times=2\r\nslow latency=300ms rate=2MB/s on=all # comment\nlimited retry-after=5s on=2\n'
    expect(linesOf(text)).toEqual([
      expect.objectContaining({
        kind: 'killed',
        on: 1,
        after: { answers: 3 },
        forMs: 2_000,
        times: 2,
        limitMs: 30_000,
      }),
      expect.objectContaining({ kind: 'slow', on: 'all', latencyMs: 300, bytesPerSecond: 2e6, after: undefined }),
      expect.objectContaining({ kind: 'limited', on: 2, retryAfterSeconds: 5 }),
    ])
    expect(linesOf('silent for=ever after=1.5s limit=1m')).toEqual([
      expect.objectContaining({ forMs: Number.POSITIVE_INFINITY, after: { ms: 1_500 }, limitMs: 60_000 }),
    ])
  })

  test.each([
    ['killd', 2, '`killd` is not a kind of trouble', 'killed, closed'],
    ['killed for=2', 2, '`for=2` is not possible', '2s'],
    ['killed for=9h', 2, '`for=9h` is not possible', 'to 5m'],
    ['killed on=0', 2, '`on=0` is not possible', 'from 1'],
    ['killed after', 2, '`after` is not an option', 'after='],
    ['killed toString=1', 2, '`toString=1` is not an option', 'after='],
    ['killed after=1 after=2', 2, 'after is given twice', 'once'],
    ['killed rate=5kB/s', 2, 'rate means nothing to killed', 'on=, after='],
    ['sound for=1s', 2, 'for means nothing to sound', 'limit='],
    ['unavailable status=404', 2, '`status=404` is not possible', '500 to 599'],
    ['limited retry-after=x', 2, '`retry-after=x` is not possible', 'or none'],
    ['killed for=ever times=2', 2, 'for=ever ends only once', 'times=1'],
    ['constructor', 2, '`constructor` is not a kind of trouble', 'killed'],
  ])('%s is refused with its line', (line, number, what, allowed) => {
    const [problem, ...others] = faultsOf(`sound\n${line}\n`)
    expect(others).toEqual([])
    expect(problem?.message).toContain(`drill.txt, line ${number}: ${what}`)
    expect(problem?.hint).toContain(allowed)
  })

  test('all wrong lines are told together; an empty plan and one without end are refused', () => {
    expect(faultsOf('x\nsound\ny').map(({ message }) => message.split(':')[0])).toEqual([
      'drill.txt, line 1',
      'drill.txt, line 3',
    ])
    expect(faultsOf('# nothing\n')[0]?.message).toContain('the plan has no line')
    expect(faultsOf('sound\n'.repeat(51))[0]?.message).toContain('51 lines')
  })

  test('whatever stands there gives lines or problems that can be shown', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), text => {
        for (const { message } of faultsOf(text)) expect(message).not.toMatch(/[\n\u001b]/)
      }),
    )
  })

  test('the default plan has every kind, with and without Retry-After', () => {
    expect(new Set(DEFAULT_PLAN.map(({ kind }) => kind))).toEqual(new Set(Object.keys(DRILL_KINDS)))
    const labels = settle(DEFAULT_PLAN, 1).map(labelOf)
    expect(labels.filter(label => label.startsWith('limited'))).toEqual(['limited', 'limited retry-after=1s'])
    expect(new Set(labels).size).toBe(DEFAULT_PLAN.length)
  })
})

describe('a seed', () => {
  test('always gives the same schedule, another one another', () => {
    expect(settle(DEFAULT_PLAN, 41)).toEqual(settle(DEFAULT_PLAN, 41))
    expect(settle(DEFAULT_PLAN, 41).map(printLine)).toMatchInlineSnapshot(`
[
  "sound limit=30s",
  "killed on=first after=3 for=1700ms times=1 limit=30s",
  "closed on=first after=4 for=1700ms times=1 limit=30s",
  "slow latency=500ms rate=50kB/s on=first after=4 for=2300ms times=1 limit=30s",
  "cut on=first after=0 for=1s times=1 limit=30s",
  "wrong-zip on=first after=1 for=1300ms times=1 limit=30s",
  "wrong-mod on=first after=2 for=2700ms times=1 limit=30s",
  "limited retry-after=none on=first after=4 for=2300ms times=1 limit=30s",
  "unavailable status=502 on=first after=3 for=1500ms times=1 limit=30s",
  "silent on=first after=3 for=1s times=1 limit=30s",
  "expired on=first after=2 for=2400ms times=1 limit=30s",
  "limited retry-after=1s on=first after=2 for=2900ms times=1 limit=30s",
]
`)
    expect(settle(DEFAULT_PLAN, 42)).not.toEqual(settle(DEFAULT_PLAN, 41))
    expect(settle(DEFAULT_PLAN, MOST_SEED)).not.toEqual(settle(DEFAULT_PLAN, 0))
  })

  test('a line added at the end changes none before it, and what the plan says stays', () => {
    const plan = linesOf('killed\nunavailable status=501 after=7 for=ever')
    expect(settle([...plan, ...linesOf('cut')], 5).slice(0, 2)).toEqual(settle(plan, 5))
    expect(settle(plan, 5)[1]).toMatchObject({ status: 501, after: { answers: 7 }, forMs: Number.POSITIVE_INFINITY })
  })

  test('what is printed is a plan, and the same one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST_SEED }), seed => {
        const lines = settle(DEFAULT_PLAN, seed)
        const again = settle(linesOf(lines.map(printLine).join('\n')), seed + 1)
        const relevant = (one: Scheduled) => (one.kind === 'sound' ? one.kind : printLine(one))
        expect(again.map(relevant)).toEqual(lines.map(relevant))
      }),
    )
  })

  test('the longest that it takes is known before', () => {
    expect(longestOf(settle(linesOf('sound limit=10s\nkilled limit=2s'), 1))).toBe(24_000)
  })
})
