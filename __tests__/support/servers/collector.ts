import { execFileSync } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Certificate } from '../builders/certificates.ts'

/** A span as it arrived. Times in milliseconds since 1970. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  /** '' where it has none. */
  readonly parentSpanId: string
  readonly name: string
  readonly kind: number
  readonly startMs: number
  readonly ms: number
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  readonly status: { readonly code: number; readonly message: string }
}

export interface ReceivedTrace {
  readonly resource: ReceivedSpan['attributes']
  readonly scope: string
  readonly spans: readonly ReceivedSpan[]
}

export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Collector {
  readonly port: number
  readonly url: string
  readonly requests: readonly ReceivedRequest[]
  close(): Promise<void>
}

/** How it answers; undefined: as a collector does that took all. */
export type Answering = (response: ServerResponse) => void

/** Something that takes OTLP over HTTP, on loopback. */
export async function startCollector(answer?: Answering, tls?: Certificate): Promise<Collector> {
  const requests: ReceivedRequest[] = []
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      requests.push({ method, path: url, headers, body: Buffer.concat(chunks) })
      if (answer !== undefined) return answer(response)
      const type = headers['content-type'] ?? ''
      response.setHeader('content-type', type).end(type.includes('json') ? '{"partialSuccess":{}}' : '')
    })
  }
  const server = tls ? createSecureServer({ key: tls.key, cert: tls.cert }, listener) : createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** With the official definitions where it is protobuf: Python has them as a package. */
export function readTrace({ headers, body }: ReceivedRequest): ReceivedTrace {
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  const isJson = headers['content-type'] === 'application/json'
  const value = isJson ? JSON.parse(plain.toString()) : decodeProtobuf(plain)
  const [{ resource, scopeSpans }] = value.resourceSpans
  const [{ scope, spans }] = scopeSpans
  const idOf = (id = '') => (isJson ? id : Buffer.from(id, 'base64').toString('hex'))
  return {
    resource: attributesOf(resource.attributes),
    scope: `${scope.name} ${scope.version}`,
    spans: spans.map((span: RawSpan) => ({
      traceId: idOf(span.traceId),
      spanId: idOf(span.spanId),
      parentSpanId: idOf(span.parentSpanId),
      name: span.name,
      kind: typeof span.kind === 'string' ? KINDS.indexOf(span.kind) : span.kind,
      startMs: Number(BigInt(span.startTimeUnixNano) / 1_000n) / 1_000,
      ms: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
      attributes: attributesOf(span.attributes),
      status: { code: codeOf(span.status?.code), message: span.status?.message ?? '' },
    })),
  }
}

const KINDS = ['SPAN_KIND_UNSPECIFIED', 'SPAN_KIND_INTERNAL', 'SPAN_KIND_SERVER', 'SPAN_KIND_CLIENT']

function codeOf(code: string | number | undefined): number {
  return typeof code === 'number'
    ? code
    : ['STATUS_CODE_UNSET', 'STATUS_CODE_OK', 'STATUS_CODE_ERROR'].indexOf(code ?? 'STATUS_CODE_UNSET')
}

interface RawSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number | string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes?: readonly RawAttribute[]
  readonly status?: { readonly code?: number | string; readonly message?: string }
}

interface RawAttribute {
  readonly key: string
  readonly value: Readonly<Record<string, string | number | boolean>>
}

function attributesOf(list: readonly RawAttribute[] = []): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    list.map(({ key, value }) => [
      key,
      value['stringValue'] ?? value['boolValue'] ?? Number(value['doubleValue'] ?? value['intValue']),
    ]),
  )
}

const DECODER = `
import sys
from google.protobuf.json_format import MessageToJson
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
print(MessageToJson(ExportTraceServiceRequest.FromString(sys.stdin.buffer.read())))
`

/** A Python that has the package opentelemetry-proto: `.ci/run` makes one. */
const PYTHON = process.env['OTLP_PYTHON'] ?? '.cache/tools/python/bin/python3'

export function hasDefinitions(): boolean {
  try {
    execFileSync(PYTHON, ['-c', DECODER], { input: '', stdio: ['pipe', 'ignore', 'ignore'] })
    return true
  } catch {
    return false
  }
}

function decodeProtobuf(bytes: Uint8Array) {
  return JSON.parse(execFileSync(PYTHON, ['-c', DECODER], { input: bytes, maxBuffer: 256 << 20 }).toString())
}
