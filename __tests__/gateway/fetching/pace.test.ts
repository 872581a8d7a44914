import { describe, expect, test } from '@jest/globals'
import { openPaces } from '../../../src/gateway/fetching/pace.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'

const own = upstreamAt('https://own.example')
const module = (i: number) => ({ path: `example.com/m${i}`, version: 'v1.0.0' })

/** Answers for one module each. */
function pacesAfter(...answers: readonly (readonly [waitedMs: number, flowedMs: number])[]) {
  const paces = openPaces()
  for (const [i, [waitedMs, flowedMs]] of answers.entries()) paces.note(own, module(i), waitedMs, flowedMs)
  return paces
}

describe('how a proxy comes by its modules', () => {
  test('is unknown before its first answer, but known of public ones', () => {
    expect(pacesAfter().of(own)).toBe('unknown')
    expect(pacesAfter().of(upstreamAt('https://proxy.golang.org', 'official'))).toBe('quick')
    expect(pacesAfter().of(upstreamAt('https://goproxy.cn', 'mirror'))).toBe('quick')
  })

  test('shows in the first answer for each module', () => {
    expect(pacesAfter([20, 0]).of(own)).toBe('quick')
    const paces = pacesAfter([2_000, 0])
    for (let i = 0; i < 50; i++) paces.note(own, module(0), 5, 0)
    expect(paces.of(own)).toBe('fetches')
  })

  test('does not show where the line was full', () => {
    expect(pacesAfter([20, 0], [3_000, 2_900], [3_000, 2_900]).of(own)).toBe('quick')
    expect(pacesAfter([2_000, 0], [3_000, 2_900], [3_000, 2_900]).of(own)).toBe('fetches')
  })

  test('is quick again after a hiccup', () => {
    const hiccup = Array.from({ length: 32 }, () => [700, 0] as const)
    const quick = Array.from({ length: 13 }, () => [80, 0] as const)
    expect(pacesAfter(...hiccup, ...quick).of(own)).toBe('quick')
  })

  test('one that has nearly everything is quick', () => {
    const answers = Array.from({ length: 60 }, (_, i) => [i % 12 === 0 ? 2_000 : 20, 0] as const)
    expect(pacesAfter(...answers.slice(1)).of(own)).toBe('quick')
  })
})
