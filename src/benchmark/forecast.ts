import { estimateBytes, type Mode, predictSeconds } from './prediction.ts'
import type { ProbePlan } from './probe-plan.ts'
import { type Forecast, hasRightZip, type Racer } from './race.ts'
import { connectMs, latencyMs, MINIMUM_RATE_BYTES, measuredSizes, PLENTY, rateOf, sampleOfBody } from './sample.ts'

/** Round trips of a first answer over TLS 1.3: TCP, TLS, request. */
const FIRST_ROUND_TRIPS = 3

/** How long the download would take through each racer, while they still run. @param nowMs since the race's start */
export function forecastOf(racers: readonly Racer[], nowMs: number, plan: ProbePlan, mode: Mode): Forecast {
  const sizes = measuredSizes(
    racers.flatMap(({ samples }) => samples),
    plan,
  )
  const bytes = estimateBytes(plan.work.modules, sizes) + plan.work.otherBytes
  return racer => {
    const predict = (latencyMs: number, bytesPerSecond: number) =>
      predictSeconds(
        { connectMs: connectMs(racer.samples), latencyMs, bytesPerSecond, errorRate: 0 },
        plan.work,
        bytes,
        mode,
      )
    const usual = latencyMs(racer.samples)
    const measured = hasRightZip(racer) ? rateSoFar(racer, bytes) : undefined
    const rate = racer.downloads && measured !== undefined && measured >= PLENTY ? Number.POSITIVE_INFINITY : measured
    return {
      expected: usual === undefined || rate === undefined ? undefined : predict(usual, rate),
      atBest: predict(leastLatencyMs(racer, nowMs), Number.POSITIVE_INFINITY),
    }
  }
}

/** Once this share of a download has come, its rate predicts the rest, however few bytes it is. */
const TELLING_SHARE = 0.25

function rateSoFar({ samples, moving }: Racer, downloadBytes: number): number | undefined {
  const onItsWay = moving === undefined ? [] : [sampleOfBody(moving)]
  return rateOf([...samples, ...onItsWay], Math.min(MINIMUM_RATE_BYTES, downloadBytes * TELLING_SHARE))
}

/** A racer that has not answered yet is at least as far away as it has been silent. */
function leastLatencyMs({ samples, startedMs }: Racer, nowMs: number): number {
  const firstBytes = samples.flatMap(({ purpose, timings }) =>
    purpose === 'latency' && timings.firstByteMs !== null ? [timings.firstByteMs] : [],
  )
  return firstBytes.length > 0 ? Math.min(...firstBytes) : Math.max(0, nowMs - startedMs) / FIRST_ROUND_TRIPS
}
