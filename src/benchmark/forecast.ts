import { estimateBytes, type Mode, predictSeconds, type Speed } from './prediction.ts'
import type { ProbePlan } from './probes.ts'
import { currentRate, type Forecast, hasRightZip, type Racer } from './race.ts'
import { connectMs, latencyMs, measuredSizes } from './sample.ts'

/** Round trips of a first answer over TLS 1.3: TCP, TLS, request. */
const FIRST_ROUND_TRIPS = 3

/** What the download would take through each racer, while they still run. @param nowMs since the race's start */
export function forecastOf(racers: readonly Racer[], nowMs: number, plan: ProbePlan, mode: Mode): Forecast {
  const sizes = measuredSizes(
    racers.flatMap(({ samples }) => samples),
    plan,
  )
  const bytes = estimateBytes(plan.work.modules, sizes) + plan.work.otherBytes
  return racer => {
    const roundTrips = roundTripsOf(racer, nowMs)
    const predict = (bytesPerSecond: number) =>
      predictSeconds({ ...roundTrips, bytesPerSecond, errorRate: 0 }, plan.work, bytes, mode)
    const rate = hasRightZip(racer) ? currentRate(racer) : undefined
    return { expected: rate === undefined ? undefined : predict(rate), atBest: predict(Number.POSITIVE_INFINITY) }
  }
}

/** Whoever has said nothing yet is at least as far away as it has been silent. */
function roundTripsOf({ samples, startedMs }: Racer, nowMs: number): Pick<Speed, 'connectMs' | 'latencyMs'> {
  const latency = latencyMs(samples)
  if (latency !== undefined) return { connectMs: connectMs(samples), latencyMs: latency }
  const silentMs = Math.max(0, nowMs - startedMs)
  const latencyAtBest = silentMs / FIRST_ROUND_TRIPS
  return { connectMs: silentMs - latencyAtBest, latencyMs: latencyAtBest }
}
