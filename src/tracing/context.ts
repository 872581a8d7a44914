import { createHash } from 'node:crypto'
import type { PipelineRun } from '../ci/pipeline.ts'
import type { Environment } from '../effects.ts'

/** Where in which trace our spans belong. Numbers in lower-case hexadecimal. */
export interface TracePlace {
  readonly traceId: string
  /** undefined: our first span has none above it. */
  readonly parentId: string | undefined
  /** Whether the trace is kept at all: who began it may have decided against it. */
  readonly sampled: boolean
}

/** Version, trace, parent, flags. Source: w3.org/TR/trace-context. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

/**
 * TRACEPARENT where it is given. Else what follows from the run of the pipeline, so that all jobs of it are one trace: of
 * GitHub Actions the numbers that the OpenTelemetry Collector's receiver for its webhooks gives to a run, so that our
 * spans lie below the span that it makes of it. Else a trace of our own.
 * Source: receiver/githubreceiver of opentelemetry-collector-contrib, newTraceID and newParentSpanID.
 * @param newTraceId makes one by chance
 */
export function placeInTrace(env: Environment, run: PipelineRun | undefined, newTraceId: () => string): TracePlace {
  const [, traceId, parentId, flags = '00'] = TRACEPARENT.exec(env['TRACEPARENT']?.trim() ?? '') ?? []
  if (traceId !== undefined) return { traceId, parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
  if (run === undefined) return { traceId: newTraceId(), parentId: undefined, sampled: true }
  const { system, repository, runId, attempt } = run
  if (system === 'GitHub Actions' && /^\d+$/.test(runId) && /^\d+$/.test(attempt)) {
    const number = `${runId}${attempt}`
    return { traceId: digest(`${number}t`).slice(0, 32), parentId: digest(`${number}s`).slice(16, 32), sampled: true }
  }
  const name = JSON.stringify([system, repository, runId, attempt])
  return { traceId: digest(name).slice(0, 32), parentId: undefined, sampled: true }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
