import type { Environment } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { MINIMUM_SECRET_LENGTH } from '../places/logins.ts'

/** Where a trace goes, and how. */
export interface TraceDestination {
  /** Without a login. */
  readonly url: URL
  /** Secrets. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly protocol: 'http/protobuf' | 'http/json'
  readonly compressed: boolean
  readonly timeoutMs: number
}

/** What the standard says where OTEL_EXPORTER_OTLP_TIMEOUT does not. */
const STANDARD_TIMEOUT_MS = 10_000

/**
 * Whether a trace is wanted, and where it goes, by the standard variables alone. Their values may be secret: a problem
 * names only the variable. @returns undefined: none is wanted
 * Sources: opentelemetry.io/docs/specs/otel/protocol/exporter and configuration/sdk-environment-variables.
 */
export function readDestination(env: Environment): Result<TraceDestination | undefined> {
  if (/^\s*true\s*$/i.test(env['OTEL_SDK_DISABLED'] ?? '')) return ok(undefined)
  const exporters = env['OTEL_TRACES_EXPORTER']?.trim()
  if (exporters && !exporters.split(',').some(one => one.trim() === 'otlp')) return ok(undefined)
  const endpoint = settingOf('ENDPOINT', env)
  if (endpoint === undefined) return ok(undefined)
  const url = URL.canParse(endpoint.value) ? new URL(endpoint.value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return failed(
      wrong(endpoint, 'it is not an http:// or https:// URL', 'Name a collector: http://collector.example:4318'),
    )
  const login = loginOf(url)
  url.username = ''
  url.password = ''
  url.hash = ''
  if (!endpoint.isOfTraces) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`
  const protocol = settingOf('PROTOCOL', env)
  const spoken = protocol?.value ?? 'http/protobuf'
  if (protocol !== undefined && spoken !== 'http/protobuf' && spoken !== 'http/json')
    return failed(wrong(protocol, 'only http/protobuf and http/json are supported', GRPC_HINT))
  const headers = parseHeaders(settingOf('HEADERS', env)?.value ?? '')
  if (headers === undefined)
    return failed(wrong(settingOf('HEADERS', env), 'it is not a list of name=value pairs', HEADERS_HINT))
  const timeoutMs = Number(settingOf('TIMEOUT', env)?.value ?? STANDARD_TIMEOUT_MS)
  return ok({
    url,
    headers: { ...login, ...headers },
    protocol: spoken === 'http/json' ? 'http/json' : 'http/protobuf',
    compressed: settingOf('COMPRESSION', env)?.value === 'gzip',
    timeoutMs: timeoutMs > 0 ? timeoutMs : STANDARD_TIMEOUT_MS,
  })
}

interface OtelSetting {
  readonly variable: string
  readonly value: string
  /** It is about traces alone. */
  readonly isOfTraces: boolean
}

/** That of traces before that of all signals; an empty one is none. */
function settingOf(name: string, env: Environment): OtelSetting | undefined {
  const variables = [`OTEL_EXPORTER_OTLP_TRACES_${name}`, `OTEL_EXPORTER_OTLP_${name}`]
  const at = variables.findIndex(variable => (env[variable] ?? '').trim() !== '')
  const variable = variables[at]
  return variable === undefined ? undefined : { variable, value: env[variable]?.trim() ?? '', isOfTraces: at === 0 }
}

/** `name=value,name=value` with percent-encoded values, as in W3C Baggage. @returns undefined: it is none */
function parseHeaders(text: string): Readonly<Record<string, string>> | undefined {
  const headers: Record<string, string> = {}
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue
    const [, name = '', encoded = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*([^;]*?)\s*(?:;.*)?$/s.exec(pair) ?? []
    const value = decode(encoded)
    if (name === '' || value === undefined || /[^\t\x20-\x7e\x80-\xff]/.test(value)) return undefined
    headers[name.toLowerCase()] = value
  }
  return headers
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that begins no escape.
    return undefined
  }
}

function loginOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {}
  const login = `${decode(username) ?? username}:${decode(password) ?? password}`
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` }
}

const GRPC_HINT = 'Set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf and name the port for HTTP, usually 4318.'
const HEADERS_HINT = 'Write name=value pairs with commas between them, and percent-encode special characters in values.'

function wrong(setting: OtelSetting | undefined, what: string, hint: string): Problem {
  return {
    code: 'TRACE_SETTING',
    message: `No trace is sent, because ${setting?.variable} cannot be used: ${what}.`,
    hint,
  }
}

/** Of headers with other names a value, such as a tenant's, may be an ordinary word, which a mask would blot out. */
const LOGIN_HEADER = /auth|token|key|secret|cookie|passw|credential|signature|dsn|honeycomb-team/i

/**
 * The secrets among the standard variables, to be masked before anything is printed, whether a trace is wanted or not: what
 * headers log in with, and passwords of addresses. None is shorter than what can be masked.
 */
export function secretsInTraceSettings(env: Environment): readonly string[] {
  const valuesOf = (name: string) =>
    [`OTEL_EXPORTER_OTLP_TRACES_${name}`, `OTEL_EXPORTER_OTLP_${name}`].map(variable => env[variable] ?? '')
  const headers = valuesOf('HEADERS').flatMap(text => Object.entries(parseHeaders(text) ?? {}))
  const logins = headers
    .filter(([name]) => LOGIN_HEADER.test(name))
    // With the scheme before it, as in `Bearer TOKEN`, and alone.
    .flatMap(([, value]) => [value, value.replace(/^[\w-]+\s+/, '')])
  const passwords = valuesOf('ENDPOINT').flatMap(text => {
    const password = URL.canParse(text) ? new URL(text).password : ''
    return [password, decode(password) ?? '']
  })
  return [...new Set([...logins, ...passwords])].filter(secret => secret.trim().length >= MINIMUM_SECRET_LENGTH)
}
