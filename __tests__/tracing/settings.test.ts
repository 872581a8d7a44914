import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readDestination, secretsInTraceSettings } from '../../src/tracing/settings.ts'
import { anyText } from '../support/builders/text.ts'

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318' }
const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_'

function destination(env: Readonly<Record<string, string>>) {
  const read = readDestination({ ...ENDPOINT, ...env })
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return read.value
}

describe('a trace is wanted', () => {
  test.each([
    [{}, true],
    [{ OTEL_SDK_DISABLED: 'true' }, false],
    [{ OTEL_SDK_DISABLED: 'TRUE' }, false],
    [{ OTEL_SDK_DISABLED: 'false' }, true],
    [{ OTEL_TRACES_EXPORTER: 'none' }, false],
    [{ OTEL_TRACES_EXPORTER: 'console' }, false],
    [{ OTEL_TRACES_EXPORTER: 'console, otlp' }, true],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '', [`${TRACES}ENDPOINT`]: 'http://a' }, true],
  ] as const)('with %j: %s', (env, wanted) => {
    expect(destination(env) !== undefined).toBe(wanted)
  })

  test('by no variable of its own', () => {
    expect(readDestination({})).toEqual({ ok: true, value: undefined })
  })
})

describe('it goes to', () => {
  test.each([
    [{}, 'http://collector.example:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example/otlp/' }, 'https://c.example/otlp/v1/traces'],
    [{ [`${TRACES}ENDPOINT`]: 'https://c.example' }, 'https://c.example/'],
    [{ [`${TRACES}ENDPOINT`]: 'https://c.example/own?a=b' }, 'https://c.example/own?a=b'],
  ] as const)('%j: %s', (env, url) => {
    expect(destination(env)?.url.href).toBe(url)
  })
})

test('what is about traces goes before what is about all signals', () => {
  const env = {
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_HEADERS: 'a=1',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1',
    [`${TRACES}PROTOCOL`]: 'http/json',
    [`${TRACES}HEADERS`]: 'Authorization=Bearer%20t%3D, X-Scope =b;metadata=1',
    [`${TRACES}TIMEOUT`]: '500',
    [`${TRACES}COMPRESSION`]: 'gzip',
  }
  expect(destination(env)).toMatchObject({
    protocol: 'http/json',
    headers: { authorization: 'Bearer t=', 'x-scope': 'b' },
    timeoutMs: 500,
    compressed: true,
  })
})

test('a login in the address is a header, and not in the address', () => {
  const { url, headers } = destination({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:p%40ss@c.example' }) ?? {}
  expect(url?.href).toBe('https://c.example/v1/traces')
  expect(headers).toEqual({ authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}` })
})

describe('what cannot be used is told with its variable, and without its value', () => {
  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector.s3cret.example:4317'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'unix:///s3cret'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 's3cret'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=s3cret%zz'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=s3cret%0d%0aHost: b'],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'a b=s3cret'],
  ])('%s=%s', (variable, value) => {
    const read = readDestination({ ...ENDPOINT, [variable]: value })
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'TRACE_SETTING' }] })
    expect(JSON.stringify(read)).toContain(variable)
    expect(JSON.stringify(read)).not.toContain('s3cret')
  })

  test('whatever stands there', () => {
    fc.assert(
      fc.property(anyText(), anyText(), anyText(), (endpoint, headers, timeout) => {
        const read = readDestination({
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
          OTEL_EXPORTER_OTLP_HEADERS: headers,
          OTEL_EXPORTER_OTLP_TIMEOUT: timeout,
        })
        if (!read.ok) expect(read.problems).toHaveLength(1)
        else if (read.value !== undefined) {
          expect(read.value.timeoutMs).toBeGreaterThan(0)
          expect(Object.values(read.value.headers).join('')).not.toMatch(/[\r\n\0]/)
        }
      }),
    )
  })
})

describe('the secrets to be masked', () => {
  test.each([
    ['HEADERS', 'authorization=Bearer%20t0ken%3D,x-scope=production', ['Bearer t0ken=', 't0ken=']],
    ['TRACES_HEADERS', 'X-Api-Key = abc-123 ;metadata', ['abc-123']],
    ['HEADERS', 'x-honeycomb-team=hcaik_01,x-honeycomb-dataset=builds', ['hcaik_01']],
    ['HEADERS', 'uptrace-dsn=https%3A%2F%2Fs3cret%40otlp.example', ['https://s3cret@otlp.example']],
    ['ENDPOINT', 'https://user:p%40ssword@c.example', ['p%40ssword', 'p@ssword']],
    // A shorter one cannot be masked.
    ['HEADERS', 'authorization=b', []],
    ['HEADERS', 'none of these', []],
    ['ENDPOINT', 'c.example:4317', []],
  ])('of OTEL_EXPORTER_OTLP_%s=%s', (name, value, secrets) => {
    expect(secretsInTraceSettings({ [`OTEL_EXPORTER_OTLP_${name}`]: value })).toEqual(secrets)
  })

  test('are there where no trace is wanted, too', () => {
    const env = { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_HEADERS: 'x-token=s3cret' }
    expect(secretsInTraceSettings(env)).toEqual(['s3cret'])
  })
})
