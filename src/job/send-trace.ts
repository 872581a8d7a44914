import { pipelineRunOf } from '../ci/pipeline.ts'
import type { Effects } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Policy } from '../policy.ts'
import type { Report } from '../report/report.ts'
import { placeInTrace } from '../tracing/context.ts'
import { loadEncoder, type TraceBatch } from '../tracing/encode.ts'
import { resourceOf } from '../tracing/resource.ts'
import { notSent, sendTrace } from '../tracing/send.ts'
import { readDestination, type TraceDestination } from '../tracing/settings.ts'
import { spansOf } from '../tracing/spans.ts'
import { openTransport } from '../upstream/transport.ts'
import { VERSION } from '../version.ts'

/** What sending needs to know of the job that has ended. */
export interface EndedJob {
  /** Without secrets. */
  readonly report: Report
  /** The clock's reading that the report's times count from. */
  readonly startMs: number
  readonly effects: Effects
  readonly policy: Policy
  readonly signal: AbortSignal
}

/**
 * Sends the job as a trace to an OpenTelemetry collector, if the standard variables name one. Takes the policy's time at
 * most, and changes nothing of how the job ended. A job that was stopped sends none: who stopped it waits.
 * @returns the report, with why the trace did not arrive among its warnings
 */
export async function withTraceSent(job: EndedJob): Promise<Report> {
  const { report, effects, signal } = job
  const destination = readDestination(effects.env)
  const problem = !destination.ok
    ? destination.problems[0]
    : destination.value === undefined || signal.aborted
      ? undefined
      : await inTime(destination.value, job)
  return problem === undefined ? report : { ...report, warnings: [...report.warnings, problem] }
}

/** What has not arrived by then is given up, and at once where the job is stopped: nobody asks then why it did not. */
function inTime(destination: TraceDestination, job: EndedJob): Promise<Problem | undefined> {
  const { signal } = job
  const { clock } = job.effects
  const limitMs = Math.min(job.policy.tracing.totalMs, destination.timeoutMs)
  return new Promise(resolve => {
    const settle = (problem?: Problem) => {
      cancel()
      signal.removeEventListener('abort', stop)
      resolve(problem)
    }
    const stop = () => settle()
    const cancel = clock.after(limitMs, () => settle(notSent(destination.url, 'it did not answer in time')))
    signal.addEventListener('abort', stop)
    const endMs = clock.now() + limitMs
    send(destination, job, endMs)
      // The encoder's file may be missing, where the program was copied without it.
      .catch(() => notSent(destination.url, 'it could not be encoded', ENCODER_HINT))
      .then(settle)
  })
}

const ENCODER_HINT = 'Copy all of dist/: the encoder is a file beside index.js.'

async function send(destination: TraceDestination, job: EndedJob, endMs: number): Promise<Problem | undefined> {
  const { effects, policy, signal } = job
  const batch = batchOf(job)
  if (batch === undefined) return undefined
  // One small request gains nothing by HTTP/2, and the standard lets a client choose.
  const limits = { connectMs: policy.tracing.totalMs, connectionsPerOrigin: 1, http2: false, logins: [] } as const
  const [encoder, transport] = await Promise.all([loadEncoder(destination.protocol), openTransport(limits, effects)])
  const timeoutMs = Math.max(1, endMs - effects.clock.now())
  const problem = await sendTrace(encoder.encode(batch), destination, { encoder, transport, timeoutMs, signal })
  void transport.connections.close()
  return problem
}

/** @returns undefined: who began the trace does not want it kept */
function batchOf({ report, startMs, effects, policy }: EndedJob): TraceBatch | undefined {
  const { clock, env, random, log } = effects
  const run = pipelineRunOf(env)
  const place = placeInTrace(env, run, () => random.hex(16))
  if (!place.sampled) return undefined
  const endMs = clock.now() - startMs
  const newId = () => random.hex(8)
  return {
    traceId: place.traceId,
    spans: spansOf(report, { parentId: place.parentId, endMs, newId, mostRequests: policy.tracing.mostRequests }),
    resource: resourceOf(env, run, log.redact),
    scope: { name: 'go-proxy-setup', version: VERSION },
    zeroMs: clock.date().getTime() - endMs,
  }
}
