import type { TraceDestination } from './settings.ts'
import type { SpanAttributes, SpanRecord } from './spans.ts'

/** Spans and what they have in common. */
export interface TraceBatch {
  readonly traceId: string
  readonly spans: readonly SpanRecord[]
  readonly resource: SpanAttributes
  readonly scope: { readonly name: string; readonly version: string }
  /** The calendar's time that the spans' times count from, in milliseconds since 1970. */
  readonly zeroMs: number
}

/** Writes requests for a collector and reads its answers. */
export interface TraceEncoder {
  encode(batch: TraceBatch): Uint8Array
  /** How many spans the collector says that it refuses. Throws where the answer is none of a collector's. */
  rejectedIn(answer: Buffer): number
}

/** OpenTelemetry's own encoders, in a chunk of their own: few runs need them. Theirs for logs and metrics are left out. */
export function loadEncoder(protocol: TraceDestination['protocol']): Promise<TraceEncoder> {
  return protocol === 'http/json' ? loadJsonEncoder() : loadProtobufEncoder()
}

async function loadProtobufEncoder(): Promise<TraceEncoder> {
  const { ProtobufTraceSerializer } = await import('@opentelemetry/otlp-transformer/build/src/trace/protobuf/index.js')
  const { serializeRequest, deserializeResponse } = ProtobufTraceSerializer
  return {
    encode: batch =>
      bytesOf(serializeRequest(readableSpans(batch) as unknown as Parameters<typeof serializeRequest>[0])),
    rejectedIn: answer => Number(deserializeResponse(answer).partialSuccess?.rejectedSpans ?? 0),
  }
}

async function loadJsonEncoder(): Promise<TraceEncoder> {
  const { JsonTraceSerializer } = await import('@opentelemetry/otlp-transformer/build/src/trace/json/index.js')
  const { serializeRequest } = JsonTraceSerializer
  return {
    encode: batch =>
      bytesOf(serializeRequest(readableSpans(batch) as unknown as Parameters<typeof serializeRequest>[0])),
    // Theirs takes everything for an answer.
    rejectedIn: answer => Number(Object(JSON.parse(answer.toString() || '{}')).partialSuccess?.rejectedSpans ?? 0),
  }
}

function bytesOf(encoded: Uint8Array | undefined): Uint8Array {
  if (encoded === undefined) throw new Error('the spans could not be encoded')
  return encoded
}

function readableSpans({ spans, ...batch }: TraceBatch): readonly unknown[] {
  const resource = { attributes: batch.resource }
  const own = new Set(spans.map(({ id }) => id))
  return spans.map(span => readableSpan(span, { ...batch, own }, resource))
}

/** OpenTelemetry's numbers for these. Source: its API for JavaScript, SpanKind, SpanStatusCode, TraceFlags. */
const KINDS = { internal: 0, client: 2 } as const
const STATUS_UNSET = 0
const STATUS_ERROR = 2
const SAMPLED = 1

/** What the SDK would have made of the same work: its encoder reads these members. */
function readableSpan(
  { id, parentId, name, kind, startMs, ms, attributes, error }: SpanRecord,
  { traceId, scope, zeroMs, own }: Omit<TraceBatch, 'spans'> & { readonly own: ReadonlySet<string> },
  resource: unknown,
) {
  const inTrace = { traceId, traceFlags: SAMPLED }
  return {
    name,
    kind: KINDS[kind],
    spanContext: () => ({ ...inTrace, spanId: id }),
    parentSpanContext:
      parentId === undefined ? undefined : { ...inTrace, spanId: parentId, isRemote: !own.has(parentId) },
    startTime: secondsAndNanoseconds(zeroMs + startMs),
    endTime: secondsAndNanoseconds(zeroMs + startMs + ms),
    duration: secondsAndNanoseconds(ms),
    status: error === undefined ? { code: STATUS_UNSET } : { code: STATUS_ERROR, message: error.message },
    attributes,
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** As a pair, for a number of nanoseconds since 1970 has more digits than a double. */
function secondsAndNanoseconds(ms: number): [number, number] {
  const micros = Math.round(ms * 1_000)
  const seconds = Math.floor(micros / 1e6)
  return [seconds, (micros - seconds * 1e6) * 1_000]
}
