import { median } from '../src/benchmark/sample.ts'
import { startOrigin } from './origin.ts'
import { thisProgram, timeStep } from './step.ts'
import { makeSynthetic } from './synthetic.ts'

const COUNTS = [50, 150, 500, 1_500]
const RUNS = 3
/** Flat or falling, with room for a noisy machine. */
const MOST_GROWTH = 1.15

/** From 50 to 1,500 small modules at 20 ms: the time for each must not grow with their number. */
export async function main(): Promise<number> {
  console.log(
    `modules   seconds   ms per module   (medians of ${RUNS}; each at most ${MOST_GROWTH} times the one before)`,
  )
  let before = Number.POSITIVE_INFINITY
  let ok = true
  for (const count of COUNTS) {
    const seconds = await measure(count)
    const each = (seconds * 1000) / count
    const holds = each <= MOST_GROWTH * before
    console.log(
      `${holds ? ' ' : '✗'} ${String(count).padStart(5)} ${seconds.toFixed(2).padStart(9)} ${each.toFixed(1).padStart(15)}`,
    )
    ok &&= holds
    before = each
  }
  return ok ? 0 : 1
}

async function measure(count: number): Promise<number> {
  const synthetic = makeSynthetic(count, 20_000)
  const origin = await startOrigin({ directory: synthetic.store, rttMs: 20 })
  const seconds: number[] = []
  try {
    for (let run = 0; run < RUNS; run++) {
      seconds.push((await timeStep(synthetic.project, [origin.cert], thisProgram([origin.url]))).seconds)
    }
  } finally {
    await origin.close()
    synthetic.remove()
  }
  return median(seconds) ?? 0
}
