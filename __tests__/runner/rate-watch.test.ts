import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type KnownRate, watchRate } from '../../src/runner/rate-watch.ts'

const TOTAL = 100e6

/** What is known at each look of a transfer whose rate is `rateAt`, until it is done. @returns looks, 125 ms apart */
function play(rateAt: (ms: number) => number, total: number | undefined = TOTAL) {
  const watch = watchRate()
  const looks: (KnownRate & { readonly nowMs: number; readonly doneMs: number })[] = []
  let amount = 0
  for (let nowMs = 0; amount < (total ?? TOTAL) && nowMs < 200_000; nowMs += 125) {
    const left = total === undefined ? undefined : total - amount
    looks.push({ ...watch.note({ nowMs, amount, left }), nowMs, doneMs: 0 })
    amount += rateAt(nowMs) / 8
  }
  const doneMs = (looks.at(-1)?.nowMs ?? 0) + 125
  return looks.map(look => ({ ...look, doneMs }))
}

describe('rate watch', () => {
  test('at a steady rate it is right, and says nothing before it can know', () => {
    const looks = play(() => 5e6)
    for (const { nowMs, doneMs, perSecond, leftMs } of looks) {
      if (nowMs < 1_000) expect(perSecond).toBeUndefined()
      else expect(perSecond).toBeCloseTo(5e6, -3)
      if (nowMs < 2_000) expect(leftMs).toBeUndefined()
      // To the next whole step; less than half a second is not said.
      else if (doneMs - nowMs > 700) {
        expect(leftMs).toBeGreaterThanOrEqual(doneMs - nowMs - 200)
        expect(leftMs).toBeLessThanOrEqual(Math.max((doneMs - nowMs) * 1.35, doneMs - nowMs + 1_200))
      }
    }
  })

  test('bursts and pauses do not make it jump back and forth', () => {
    // Nothing for half a second, then twice the mean: as zips of different sizes arrive.
    const looks = play(ms => (ms % 1_000 < 500 ? 0 : 8e6))
    const told = looks.flatMap(({ leftMs, nowMs }) => (nowMs > 4_000 && leftMs !== undefined ? leftMs : []))
    const changes = told.slice(1).map((leftMs, i) => leftMs - (told[i] as number))
    expect(told.length).toBeGreaterThan(100)
    expect(changes.filter(change => change > 0)).toEqual([])
    for (const { perSecond, nowMs } of looks) {
      if (nowMs > 6_000) expect(Math.abs((perSecond ?? 0) - 4e6)).toBeLessThan(0.8e6)
    }
  })

  test('while nothing moves the end is unknown, and never stands at one second', () => {
    // It stops with a tenth to go, for a minute.
    const looks = play(ms => (ms < 18_000 || ms > 78_000 ? 5e6 : 0))
    const still = looks.filter(({ nowMs }) => nowMs > 20_200 && nowMs < 78_000)
    expect(still.filter(({ leftMs }) => leftMs !== undefined)).toEqual([])
    expect(still.at(-1)?.perSecond).toBeLessThan(100)
    expect(looks.filter(({ nowMs, leftMs }) => nowMs > 79_000 && leftMs !== undefined).length).toBeGreaterThan(0)
  })

  test('what moves in large pieces is not still between them', () => {
    // One of twenty every five seconds.
    const watch = watchRate()
    const told: (number | undefined)[] = []
    for (let nowMs = 0; nowMs < 60_000; nowMs += 125) {
      const amount = Math.floor(nowMs / 5_000)
      const { leftMs } = watch.note({ nowMs, amount, left: 20 - amount })
      if (nowMs > 10_000) told.push(leftMs)
    }
    expect(told).not.toContain(undefined)
  })

  test('of unknown size it has a rate and no end', () => {
    const looks = play(() => 5e6, undefined)
    expect(looks.at(-1)).toMatchObject({ perSecond: expect.closeTo(5e6, -3), leftMs: undefined })
  })

  test('whatever is seen, it is a positive number or nothing', () => {
    const seen = fc.record({
      afterMs: fc.nat(5_000),
      amount: fc.nat(1e9),
      left: fc.option(fc.nat(1e9), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(seen), sightings => {
        const watch = watchRate()
        let nowMs = 0
        for (const { afterMs, amount, left } of sightings) {
          nowMs += afterMs
          const { perSecond = 1, leftMs = 1 } = watch.note({ nowMs, amount, left })
          expect([Number.isFinite(perSecond), perSecond >= 0, Number.isFinite(leftMs), leftMs > 0]).toEqual(
            Array(4).fill(true),
          )
        }
      }),
    )
  })
})
