import { median } from '../src/benchmark/sample.ts'
import { type Comparison, compareExact, compareOutcomes, compareRounds, RULE, type Verdict } from './comparison.ts'
import { isSameBuild, type Other, openPrograms, type Program } from './program.ts'
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
  /** What each did right or not, round by round. */
  compareOutcomes(what: string, right: Sides<readonly boolean[]>): void
  /** @returns the exit code: 1 for what is worse than the other program or, without one, for a broken promise */
  conclude(promisesHold: boolean): number
}

export function openContest(other: Other | undefined): Contest {
  const programs = openPrograms(other)
  if (programs.theirs !== undefined && isSameBuild(programs.ours.dist, programs.theirs.dist))
    console.log(`dist/ is the same at ${programs.theirs.name}: what differs is noise.`)
  const told: { readonly what: string; readonly verdict: Verdict }[] = []
  const tell = (what: string, comparison: string, verdict: Verdict) => {
    console.log(`${verdict === 'worse' ? '✗' : ' '}   ${what}: ${comparison}, ${verdict}`)
    told.push({ what, verdict })
  }
  const beside = (ours: string, theirs: string) => `${ours} here, ${theirs} at ${other?.name}`
  return {
    programs,
    compare(what, { ours, theirs }, unit) {
      if (theirs === undefined) return
      const [here, there] = [ours, theirs].map(figures => UNITS[unit](median(figures) ?? 0)) as [string, string]
      const comparison = compareRounds(ours, theirs)
      tell(what, `${beside(here, there)}; ratio ${renderRatio(comparison)}`, comparison.verdict)
    },
    compareExact(what, { ours, theirs }, unit) {
      if (theirs === undefined) return
      const comparison = compareExact(ours, theirs)
      const show = UNITS[unit]
      tell(what, `${beside(show(ours), show(theirs))}; ratio ${renderRatio(comparison)}`, comparison.verdict)
    },
    compareOutcomes(what, { ours, theirs }) {
      if (theirs === undefined) return
      const [here, there] = [ours, theirs].map(rounds => `${rounds.filter(Boolean).length} of ${rounds.length}`) as [
        string,
        string,
      ]
      const { lost, won, verdict } = compareOutcomes(ours, theirs)
      tell(what, `${beside(here, there)}; only there ${lost}, only here ${won}`, verdict)
    },
    conclude(promisesHold) {
      if (other === undefined) return promisesHold ? 0 : 1
      console.log(`\nAgainst ${other.name}: ${summarize(told)}\n${RULE}`)
      return told.some(({ verdict }) => verdict === 'worse') ? 1 : 0
    },
  }
}

function renderRatio({ ratio, lowest, highest }: Comparison): string {
  return lowest === highest ? ratio.toFixed(2) : `${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`
}

function summarize(told: readonly { readonly what: string; readonly verdict: Verdict }[]): string {
  const [worse, unjudged] = (['worse', 'not judged'] as const).map(verdict =>
    told.filter(one => one.verdict === verdict).map(({ what }) => what),
  ) as [string[], string[]]
  const judged = told.length - unjudged.length
  const note = unjudged.length === 0 ? '' : `; ${unjudged.length} not judged: too few rounds (--runs), or not measured`
  if (worse.length > 0) return `worse in ${worse.length} of ${judged} figures: ${worse.join('; ')}${note}`
  return judged === 0 ? `nothing is judged${note}` : `none of ${judged} figures is worse beyond noise${note}`
}
