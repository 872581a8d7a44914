import { median } from '../src/benchmark/sample.ts'
import { type Contest, openContest } from './contest.ts'
import { startOrigin } from './origin.ts'
import type { Other } from './program.ts'
import { inRounds } from './rounds.ts'
import { each, type Sides } from './sides.ts'
import { programUnderTest, timeStep } from './step.ts'
import { makeSynthetic } from './synthetic.ts'

/** Flat or falling, with room for a noisy machine. */
const MOST_GROWTH = 1.15

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  /** How many modules, from few to many. */
  readonly modules: readonly number[]
  readonly runs: number
}

/** More and more small modules at 20 ms: the time for each must not grow with their number. */
export async function main({ modules, runs }: Options, other?: Other): Promise<number> {
  const contest = openContest(other)
  console.log(
    `modules   seconds   ms per module   (medians of ${runs}; each at most ${MOST_GROWTH} times the one before)`,
  )
  let before = Number.POSITIVE_INFINITY
  let ok = true
  for (const count of modules) {
    const measured = await measure(count, runs, contest)
    const seconds = median(measured.ours) ?? 0
    const eachMs = (seconds * 1000) / count
    const holds = eachMs <= MOST_GROWTH * before
    console.log(
      `${holds ? ' ' : '✗'} ${String(count).padStart(5)} ${seconds.toFixed(2).padStart(9)} ${eachMs.toFixed(1).padStart(15)}`,
    )
    contest.compare(`${count} modules`, measured, 'seconds')
    ok &&= holds
    before = eachMs
  }
  return contest.conclude(ok)
}

async function measure(count: number, runs: number, { programs }: Contest): Promise<Sides<readonly number[]>> {
  const synthetic = makeSynthetic(count, 20_000)
  const origin = await startOrigin({ directory: synthetic.store, rttMs: 20 })
  try {
    return await inRounds(
      runs,
      each(programs, program => async () => {
        const command = programUnderTest(program, [origin.url])
        return (await timeStep(synthetic.project, [origin.cert], command)).seconds
      }),
    )
  } finally {
    await origin.close()
    synthetic.remove()
  }
}
