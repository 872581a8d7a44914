import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildReport } from '../../src/report/report.ts'
import type { RequestReport } from '../../src/report/requests.ts'
import { loadEncoder } from '../../src/tracing/encode.ts'
import { type SpanRecord, spansOf } from '../../src/tracing/spans.ts'
import { anyRequests, fullStory, request } from '../support/builders/story.ts'
import { anyText } from '../support/builders/text.ts'
import { hasDefinitions, readTrace } from '../support/servers/collector.ts'

function spansFor(requests: readonly RequestReport[] | undefined, mostRequests = 100): readonly SpanRecord[] {
  let last = 0
  const newId = () => (++last).toString(16).padStart(16, '0')
  const story = requests === undefined ? fullStory() : fullStory({ requests })
  return spansOf(buildReport(story), { parentId: 'a'.repeat(16), endMs: 2_400, newId, mostRequests })
}

/** Names from the first span down to it. */
function wayTo(span: SpanRecord, spans: readonly SpanRecord[]): string {
  const parent = spans.find(({ id }) => id === span.parentId)
  return parent === undefined ? span.name : `${wayTo(parent, spans)} > ${span.name}`
}

const sum = (list: readonly { readonly ms: number }[]) => list.reduce((total, { ms }) => total + ms, 0)

describe('the spans of a report', () => {
  const spans = spansFor(undefined)

  test('stand below the phase, and the module, that they belong to', () => {
    expect(spans.map(span => wayTo(span, spans))).toEqual([
      'go-proxy-setup',
      'go-proxy-setup > read the project',
      'go-proxy-setup > benchmark',
      'go-proxy-setup > download',
      'go-proxy-setup > download > fetch module',
      'go-proxy-setup > download > fetch module',
      'go-proxy-setup > benchmark > GET',
      'go-proxy-setup > download > fetch module > GET',
      'go-proxy-setup > download > fetch module > GET',
      'go-proxy-setup > download > fetch module > GET',
    ])
    expect(spans[0]).toMatchObject({ parentId: 'a'.repeat(16), startMs: 0, ms: 2_400 })
    expect(new Set(spans.map(({ id }) => id)).size).toBe(spans.length)
  })

  test('have the report’s times', () => {
    const { phases, requests = [] } = buildReport(fullStory())
    expect(spans.filter(({ kind }) => kind === 'client').map(({ startMs, ms }) => [startMs, ms])).toEqual(
      requests.map(({ startMs, ms }) => [startMs, ms]),
    )
    expect(spans.slice(1, 4).map(({ name, startMs, ms }) => ({ name, startMs, ms }))).toEqual(phases)
    // From its first request to the end of its last.
    expect(spans[4]).toMatchObject({ startMs: 760, ms: 1_100 })
  })

  test('a request has what the conventions for HTTP clients say', () => {
    expect(spans.at(-2)).toMatchObject({
      name: 'GET',
      kind: 'client',
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'http.response.body.size': 9_000_000,
        'http.request.resend_count': 1,
        'server.address': 'proxy.example',
        'server.port': 443,
        'url.full': 'https://proxy.example/example.com/a/@v/v1.0.0.zip',
        'url.scheme': 'https',
        'go_proxy_setup.module.path': 'example.com/a',
        'go_proxy_setup.request.reason': 'retry',
      },
    })
    expect(spans.at(-2)).not.toHaveProperty('error')
    // It came with 200, and was wrong.
    expect(spans.at(-3)?.error).toEqual({ type: 'wrong_content', message: 'wrong content' })
  })

  test('the first says how the job ended', () => {
    const failure = { code: 'GO_FAILED', message: 'go failed.\nAnd more.', hint: '' }
    const [root] = spansOf(buildReport(fullStory({ failure })), { ...OPTIONS, parentId: undefined })
    expect(root).toMatchObject({ error: { type: 'GO_FAILED', message: 'go failed.' } })
    expect(root?.attributes).toMatchObject({ 'cicd.pipeline.task.run.result': 'failure', 'error.type': 'GO_FAILED' })
  })

  test.each([
    [{ file: 'list', version: null }, 'https://proxy.example/example.com/a/@v/list'],
    [{ file: 'latest', version: null }, 'https://proxy.example/example.com/a/@latest'],
    [{ module: 'example.com/Upper' }, 'https://proxy.example/example.com/!upper/@v/v1.0.0.zip'],
    [{ proxy: 'https://user:t0ken@proxy.example/go?a=b#c' }, 'https://proxy.example/go/example.com/a/@v/v1.0.0.zip'],
    [{ proxy: 'http://[::1]:8080/' }, 'http://[::1]:8080/example.com/a/@v/v1.0.0.zip'],
    [{ file: 'sumdb' }, undefined],
    [{ proxy: 'sum.golang.org', file: 'sumdb' }, undefined],
    [{ proxy: 'https://a.example,https://b.example' }, undefined],
    [{ proxy: 'file:///srv/proxy' }, undefined],
    [{ module: '../../etc' }, undefined],
  ] as const)('the address of %j', (change, address) => {
    const span = spansFor([request(change)]).at(-1)
    expect(span?.attributes['url.full']).toBe(address)
    expect(JSON.stringify({ ...span, attributes: { ...span?.attributes, 'go_proxy_setup.proxy': '' } })).not.toContain(
      't0ken',
    )
  })

  test('404 is an error of a client’s span, silence too', () => {
    const [absent, silent] = spansFor([
      request({ status: 404, outcome: 'absent' }),
      request({ status: null, outcome: 'silent' }),
    ]).slice(-2)
    expect([absent?.error?.type, silent?.error?.type]).toEqual(['404', 'silent'])
    expect(silent?.attributes).not.toHaveProperty('http.response.status_code')
  })

  test('of more requests the longest have one, and the first span says how many have none', () => {
    const many = Array.from({ length: 30 }, (_, i) => request({ ms: i, startMs: i }))
    const kept = spansFor(many, 10)
    expect(kept.filter(({ kind }) => kind === 'client').map(({ ms }) => ms)).toEqual(many.slice(20).map(({ ms }) => ms))
    expect(kept[0]?.attributes['go_proxy_setup.requests.without_span']).toBe(20)
  })

  test('a module lasts from its first request to its last byte, with a span for each or without', () => {
    const short = request({ module: 'example.com/a', version: 'v1.0.0', startMs: 100, ms: 1 })
    const long = request({ module: 'example.com/a', version: 'v1.0.0', startMs: 500, ms: 200 })
    const [module] = spansFor([short, long], 1).filter(({ name }) => name === 'fetch module')
    expect(module).toMatchObject({ startMs: 100, ms: 600 })
  })

  test('what was expected, or stopped because another answer came first, is no error', () => {
    const fine = [
      request({ why: 'control', status: 404, outcome: 'absent' }),
      request({ why: 'sumdb', status: 404, outcome: 'absent' }),
      request({ status: null, outcome: 'stopped' }),
      request({ status: null, outcome: 'stopped by the benchmark' }),
    ]
    const wrong = [
      request({ why: 'control', status: null, outcome: 'silent' }),
      request({ why: 'download', status: 404, outcome: 'absent' }),
      request({ status: 503, outcome: 'server error' }),
    ]
    const errorsOf = (requests: readonly RequestReport[]) =>
      spansFor(requests)
        .filter(({ kind }) => kind === 'client')
        .map(({ error }) => error?.type)
    expect(errorsOf(fine)).toEqual(fine.map(() => undefined))
    expect(errorsOf(wrong)).toEqual(['silent', '404', '503'])
  })
})

const OPTIONS = { parentId: undefined, endMs: 1, newId: () => '1'.repeat(16), mostRequests: 10 }

const hostile = fc.oneof(anyText(), fc.constantFrom('\ud800', '__proto__', '\u001b[2J', 'a\nb', '', 'x'.repeat(9_000)))
const requestsOf = anyRequests(hostile, 20)
const ZERO_MS = 1_795_000_000_123.4

describe('what a collector reads, whatever the report holds', () => {
  const read = async (spans: readonly SpanRecord[], protocol: 'http/json' | 'http/protobuf') => {
    const encoder = await loadEncoder(protocol)
    const body = encoder.encode({
      traceId: 'c'.repeat(32),
      spans,
      resource: { 'service.name': 'go-proxy-setup', number: 1 },
      scope: { name: 'go-proxy-setup', version: '1.2.3' },
      zeroMs: ZERO_MS,
    })
    const headers = { 'content-type': protocol === 'http/json' ? 'application/json' : 'application/x-protobuf' }
    return readTrace({ method: 'POST', path: '/', headers, body: Buffer.from(body) })
  }

  test('each span below its parent, and the times of the report within a millisecond', async () => {
    await fc.assert(
      fc.asyncProperty(requestsOf, async requests => {
        const spans = spansFor(requests)
        const received = await read(spans, 'http/json')
        expect(received.spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId])).toEqual(
          spans.map(({ id, parentId = '' }) => [id, parentId]),
        )
        const ids = new Set(['a'.repeat(16), ...received.spans.map(({ spanId }) => spanId)])
        expect(received.spans.every(({ parentSpanId }) => ids.has(parentSpanId))).toBe(true)
        const clients = received.spans.filter(({ kind }) => kind === 3)
        expect(clients).toHaveLength(requests.length)
        expect(Math.abs(sum(clients) - sum(requests))).toBeLessThan(1)
        for (const [i, { startMs }] of received.spans.entries())
          expect(Math.abs(startMs - ZERO_MS - (spans[i]?.startMs ?? 0))).toBeLessThan(1)
        for (const text of received.spans.flatMap(({ attributes }) => Object.values(attributes))) {
          expect(Buffer.byteLength(String(text))).toBeLessThan(2_100)
          expect(String(text)).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/)
        }
      }),
    )
  })

  const official = hasDefinitions()
  const withDefinitions = official ? test : test.skip
  withDefinitions(
    official
      ? 'the official definitions of protobuf find the same in both encodings'
      : 'python has no opentelemetry-proto',
    async () => {
      const spans = spansFor([
        ...fc.sample(requestsOf, { numRuns: 3, seed: 7 }).flat(),
        request({ status: 503, outcome: 'server error' }),
      ])
      const received = await read(spans, 'http/protobuf')
      expect(received).toEqual(await read(spans, 'http/json'))
      expect(received.resource).toEqual({ 'service.name': 'go-proxy-setup', number: 1 })
      expect(received.scope).toBe('go-proxy-setup 1.2.3')
      expect(received.spans.at(-1)).toMatchObject({ kind: 3, status: { code: 2, message: 'server error' } })
    },
  )

  test('an answer that is none of a collector’s is told from one that is', async () => {
    for (const protocol of ['http/json', 'http/protobuf'] as const) {
      const encoder = await loadEncoder(protocol)
      expect(encoder.rejectedIn(Buffer.alloc(0))).toBe(0)
      expect(() => encoder.rejectedIn(Buffer.from('<html>welcome</html>'))).toThrow()
    }
    const json = await loadEncoder('http/json')
    expect(json.rejectedIn(Buffer.from('{"partialSuccess":{"rejectedSpans":"3","errorMessage":"x"}}'))).toBe(3)
    // Field 1, a message with field 1: 3.
    expect((await loadEncoder('http/protobuf')).rejectedIn(Buffer.from([0x0a, 0x02, 0x08, 0x03]))).toBe(3)
  })
})
