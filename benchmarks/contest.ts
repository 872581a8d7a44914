import { median } from '../src/benchmark/sample.ts'
import { type Comparison, compareExact, compareRounds, RULE } from './comparison.ts'
import { type Other, openPrograms, type Program } from './program.ts'
import type { Sides } from './sides.ts'

/** How a figure is printed. */
const UNITS = {
  seconds: (value: number) => `${value.toFixed(2)} s`,
  ms: (value: number) => `${value.toFixed(0)} ms`,
  bytes: (value: number) => `${(value / 1e6).toFixed(value < 10e6 ? 2 : 0)} MB`,
} as const
export type Unit = keyof typeof UNITS

/** What is measured, and how it compares when there are two. With one program it compares nothing. */
export interface Contest {
  readonly programs: Sides<Program>
  /** A figure, round by round; less is better. */
  compare(what: string, figures: Sides<readonly number[]>, unit: Unit): void
  /** A figure without noise. */
  compareExact(what: string, figures: Sides<number>, unit: Unit): void
  /** @returns the exit code: 1 for what is worse than the other program or, without one, for a broken promise */
  conclude(promisesHold: boolean): number
}

export function openContest(other: Other | undefined): Contest {
  const programs = openPrograms(other)
  const told: { readonly what: string; readonly verdict: Comparison['verdict'] }[] = []
  const tell = (what: string, { ours, theirs }: Required<Sides<number>>, unit: Unit, comparison: Comparison) => {
    const { ratio, lowest, highest, verdict } = comparison
    const show = UNITS[unit]
    const spread = lowest === highest ? '' : ` (${lowest.toFixed(2)} to ${highest.toFixed(2)})`
    console.log(
      `${verdict === 'worse' ? '✗' : ' '}   ${what}: ${show(ours)} here, ${show(theirs)} at ${other?.name}; ratio ${ratio.toFixed(2)}${spread}, ${verdict}`,
    )
    told.push({ what, verdict })
  }
  return {
    programs,
    compare(what, { ours, theirs }, unit) {
      if (theirs === undefined) return
      const medians = { ours: median(ours) ?? 0, theirs: median(theirs) ?? 0 }
      tell(what, medians, unit, compareRounds(ours, theirs))
    },
    compareExact(what, { ours, theirs }, unit) {
      if (theirs !== undefined) tell(what, { ours, theirs }, unit, compareExact(ours, theirs))
    },
    conclude(promisesHold) {
      if (other === undefined) return promisesHold ? 0 : 1
      const worse = told.filter(({ verdict }) => verdict === 'worse').map(({ what }) => what)
      const unjudged = told.filter(({ verdict }) => verdict === 'not judged').length
      console.log(`\nAgainst ${other.name}: ${summarize(told.length, worse, unjudged)}\n${RULE}`)
      return worse.length === 0 ? 0 : 1
    },
  }
}

function summarize(all: number, worse: readonly string[], unjudged: number): string {
  const note = unjudged === 0 ? '' : `; ${unjudged} not judged: noise shows in two rounds or more (--runs)`
  if (worse.length > 0) return `worse in ${worse.length} of ${all} figures: ${worse.join('; ')}${note}`
  return `none of ${all - unjudged} figures is worse beyond noise${note}`
}
