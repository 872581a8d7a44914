import { median } from '../src/benchmark/sample.ts'
import { each, type Like, type Sides, type ValueOf } from './sides.ts'

/** What is measured beside each other: the programs and, where it counts, others such as plain go. */
type Works = Sides<() => Promise<unknown>>
type Measured<R> = ValueOf<R> extends () => Promise<infer T> ? T : never

/**
 * Everything once a round. Every other round goes backwards, so that a machine that gets slower or faster meanwhile, or
 * a busy moment of it, meets all alike.
 */
export async function inRounds<R extends Works>(rounds: number, works: R): Promise<Like<R, readonly Measured<R>[]>> {
  const done: Sides<Measured<R>>[] = []
  for (let round = 0; round < rounds; round++) done.push((await inRound(round, works as Works)) as Sides<Measured<R>>)
  return byName(done) as Like<R, readonly Measured<R>[]>
}

/** One of the rounds, for what needs a world of its own in each. @param round counted from 0 */
export async function inRound<R extends Works>(round: number, works: R): Promise<Like<R, Measured<R>>> {
  const order = Object.entries(works)
  if (round % 2 === 1) order.reverse()
  const done: Record<string, unknown> = {}
  for (const [name, work] of order) done[name] = await work()
  return done as Like<R, Measured<R>>
}

/** What each has in the rounds, of which there is at least one. */
export function byName<R extends Sides<unknown>>(rounds: readonly R[]): Like<R, readonly ValueOf<R>[]> {
  const names = Object.keys(rounds[0] ?? {}) as (keyof R)[]
  const lists = names.map(name => [name, rounds.map(round => round[name] as ValueOf<R>)])
  return Object.fromEntries(lists) as Like<R, readonly ValueOf<R>[]>
}

/** One part of each measurement. */
export function pick<T, U>(lists: Sides<readonly T[]>, of: (one: T) => U): Sides<readonly U[]> {
  return each(lists, list => list.map(of))
}

export function medians<R extends Sides<readonly number[]>>(lists: R): Like<R, number> {
  return each(lists, list => median(list as readonly number[]) ?? 0)
}
