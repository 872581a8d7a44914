import { writeDuration } from '../text/duration.ts'
import type { PlanLine, Scheduled } from './plan.ts'

/** The greatest seed, so that one is easily typed. */
export const MOST_SEED = 999_999

const STATUSES = [500, 502, 503, 504] as const
/** Trouble that the seed places begins while a small project is still under way, and is over before the patience is. */
const MOST_ANSWERS = 5
const LEAST_MS = 1_000
const MOST_STEPS = 20
const STEP_MS = 100

/**
 * Fixes what a plan leaves open. The same plan and seed always give the same; each line has random numbers of its own, so
 * that a line added at the end changes none before it.
 */
export function settle(plan: readonly PlanLine[], seed: number): readonly Scheduled[] {
  return plan.map((line, i) => {
    const next = randomFrom(seed * 1_000 + i)
    const [answers, steps, status] = [next(MOST_ANSWERS + 1), next(MOST_STEPS + 1), next(STATUSES.length)]
    return {
      ...line,
      after: line.after ?? { answers },
      forMs: line.forMs ?? LEAST_MS + steps * STEP_MS,
      status: line.status ?? (STATUSES[status] as number),
    }
  })
}

/** Whole numbers from 0 to below `below`. Source: the generator mulberry32, which is in the public domain. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** A line as a plan file has it, with nothing left open. */
export function printLine(line: Scheduled): string {
  const { kind, on, after, forMs, times, limitMs } = line
  if (kind === 'sound') return `sound limit=${writeDuration(limitMs)}`
  return [
    kind,
    ...detailsOf(line),
    `on=${on === 1 ? 'first' : on}`,
    `after=${'answers' in after ? after.answers : writeDuration(after.ms)}`,
    `for=${forMs === Number.POSITIVE_INFINITY ? 'ever' : writeDuration(forMs)}`,
    `times=${times}`,
    `limit=${writeDuration(limitMs)}`,
  ].join(' ')
}

/** What tells lines of one kind apart. */
function detailsOf({ kind, latencyMs, bytesPerSecond, retryAfterSeconds, status }: Scheduled): readonly string[] {
  if (kind === 'slow') return [`latency=${writeDuration(latencyMs)}`, `rate=${writeRate(bytesPerSecond)}`]
  if (kind === 'limited') return [`retry-after=${retryAfterSeconds === undefined ? 'none' : `${retryAfterSeconds}s`}`]
  return kind === 'unavailable' ? [`status=${status}`] : []
}

function writeRate(bytesPerSecond: number): string {
  return bytesPerSecond % 1e6 === 0 ? `${bytesPerSecond / 1e6}MB/s` : `${bytesPerSecond / 1e3}kB/s`
}

/** The line's name in the table. */
export function labelOf(line: Scheduled): string {
  const details = line.kind === 'slow' ? [] : detailsOf(line).filter(one => one !== 'retry-after=none')
  return [line.kind, ...details].join(' ')
}

/** When a line that is played is over at the latest: both runs, and what ends them. Milliseconds. */
export function longestOf(lines: readonly Scheduled[]): number {
  return lines.reduce((sum, { limitMs }) => sum + 2 * limitMs, 0)
}
