import { resolve } from 'node:path'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { parseCredentials } from './credentials.ts'
import type { Given } from './given.ts'
import type { Inputs, WorkingDirectory } from './inputs.ts'
import { parseKnownHosts } from './known-hosts.ts'
import { findListenClash, parseListen } from './listen.ts'
import { parsePaths } from './lists.ts'
import { parseMetricsFile, parsePushUrl } from './metrics.ts'
import { parsePrivateDomains } from './private-domains.ts'
import { parsePrivateProxy, parseProxies } from './proxies.ts'
import type { InputSource } from './sources.ts'
import { parseSshKeys } from './ssh-keys.ts'
import { parseModuleStore } from './store-place.ts'
import { INPUTS, type NamesOf } from './table.ts'
import { parseTools } from './tools.ts'
import {
  parseBoolean,
  parseChoice,
  parseDuration,
  parseGoVersionInput,
  parseInteger,
  parsePath,
  parseSumdb,
  parseText,
} from './values.ts'

export interface CheckedInputs {
  readonly inputs: Inputs
  /** About values that are allowed but probably not meant. */
  readonly warnings: readonly Problem[]
}

/** Reads every input once; all problems are reported together. Asks neither the network nor the file system. */
export function readInputs(source: InputSource): Result<CheckedInputs> {
  const boolean = (name: NamesOf<'boolean'>) => parseBoolean(source.find(name))
  const duration = (name: NamesOf<'duration'>) => parseDuration(source.find(name), INPUTS[name])
  const allowInsecure = boolean('allow-insecure')
  const insecure = allowInsecure.ok && allowInsecure.value
  const domains = parsePrivateDomains(source.find('private-domains'))
  const values = allOf({
    proxies: parseProxies(source.find('proxies'), insecure),
    privateDomains: mapResult(domains, ({ patterns }) => patterns),
    privateProxy: ifGiven(source.find('private-proxy'), given => parsePrivateProxy(given, insecure)),
    credentials: parseCredentials(source.find('credentials'), source.env),
    credentialsScope: parseChoice(source.find('credentials-scope'), INPUTS['credentials-scope'].allowed),
    sshKeys: mapResult(ifGiven(source.find('ssh-key'), parseSshKeys), keys => keys ?? []),
    sshKnownHosts: parseKnownHosts(source.find('ssh-known-hosts')),
    allowUnsafePrCredentials: boolean('allow-unsafe-pr-credentials'),
    sumdb: parseSumdb(source.find('sumdb')),
    selection: parseChoice(source.find('selection'), INPUTS.selection.allowed),
    fallback: ifGiven(source.find('fallback'), given => parseChoice(given, INPUTS.fallback.allowed)),
    export: boolean('export'),
    workingDirectory: parseDirectories(source),
    goVersion: ifGiven(source.find('go-version'), parseGoVersionInput),
    goVersionFile: ifGiven(source.find('go-version-file'), parseVersionFile),
    download: boolean('download'),
    tools: parseTools(source.find('tools')),
    gateway: parseChoice(source.find('gateway'), INPUTS.gateway.allowed),
    gatewayListen: parseListen(source.find('gateway-listen')),
    gatewayListenPrivate: boolean('gateway-listen-private'),
    benchmark: parseChoice(source.find('benchmark'), INPUTS.benchmark.allowed),
    benchmarkTimeoutMs: duration('benchmark-timeout'),
    timeoutMs: duration('timeout'),
    connectTimeoutMs: duration('connect-timeout'),
    readTimeoutMs: duration('read-timeout'),
    retries: parseInteger(source.find('retries'), INPUTS.retries),
    retryDelayMs: duration('retry-delay'),
    cache: parseChoice(source.find('cache'), INPUTS.cache.allowed),
    cacheDependencyPath: parsePaths(source.find('cache-dependency-path')),
    cachePrivate: boolean('cache-private'),
    buildCache: parseChoice(source.find('build-cache'), INPUTS['build-cache'].allowed),
    cacheSuffix: parseText(source.find('cache-suffix')),
    testTimes: parseChoice(source.find('test-times'), INPUTS['test-times'].allowed),
    moduleStore: parseModuleStore(source.find('module-store'), source),
    moduleStorePrivate: boolean('module-store-private'),
    allowInsecure,
    problemMatcher: boolean('problem-matcher'),
    summary: boolean('summary'),
    ...readReportPlaces(source),
    logFormat: parseChoice(source.find('log-format'), INPUTS['log-format'].allowed),
    slowAfterMs: ifGiven(source.find('slow-after'), given => parseDuration(given, INPUTS['slow-after'])),
  })
  const clash = values.ok ? findClash(source, values.value) : undefined
  if (clash !== undefined) return failed(clash)
  return mapResult(values, inputs => ({
    inputs: { ...inputs, ...findWritten(source) },
    warnings: [...source.warnings, ...(domains.ok ? domains.value.warnings : [])],
  }))
}

/** A value that the user wrote counts for more than the same value as a default. */
function findWritten(source: InputSource): Pick<Inputs, 'gatewayGiven' | 'timeoutGiven' | 'benchmarkTimeoutGiven'> {
  return {
    gatewayGiven: source.isWritten('gateway'),
    timeoutGiven: source.isWritten('timeout'),
    benchmarkTimeoutGiven: source.isWritten('benchmark-timeout'),
  }
}

/** Inputs of which each is right by itself. */
function findClash(
  source: InputSource,
  { gatewayListen, gateway }: Pick<Inputs, 'gatewayListen' | 'gateway'>,
): Problem | undefined {
  return findSharedFile(source) ?? findListenClash(gatewayListen, gateway, source.face === 'action')
}

/** Where what is told of the run goes. */
function readReportPlaces(source: InputSource) {
  const path = (given: Given) => parsePath(given, false)
  return {
    reportFile: ifGiven(source.find('report-file'), given => parsePath(given, source.face === 'command')),
    traceFile: ifGiven(source.find('trace-file'), path),
    htmlFile: ifGiven(source.find('html-file'), path),
    metricsFile: ifGiven(source.find('metrics-file'), parseMetricsFile),
    metricsPushUrl: ifGiven(source.find('metrics-push-url'), parsePushUrl),
    auditLog: ifGiven(source.find('audit-log'), path),
  }
}

const FILES = ['report-file', 'trace-file', 'html-file', 'metrics-file', 'audit-log'] as const

/** Two inputs that name one file: the later would overwrite the other. Devices take all that they are given. */
function findSharedFile(source: InputSource): Problem | undefined {
  const byPath = new Map<string, string>()
  for (const { text, label } of FILES.map(name => source.find(name))) {
    if (text === '' || text === '-' || text.startsWith('/dev/')) continue
    const path = resolve(source.base, text)
    const other = byPath.get(path)
    if (other !== undefined)
      return {
        code: 'INPUT_FILE_SHARED',
        message: `${other} and ${label} name the same file, ${text}.`,
        hint: 'Give each its own file: the second would overwrite the first.',
      }
    byPath.set(path, label)
  }
  return undefined
}

/** `findDirectories` checks whether they exist. */
function parseDirectories(source: InputSource): Result<WorkingDirectory> {
  const name = 'working-directory'
  const given = source.find(name)
  return mapResult(parsePaths(given), patterns => ({
    // Commander tells no long form from the short one, which go, git and make have.
    label: !source.isWritten(name) ? name : given.label.startsWith('--') ? '-C' : given.label,
    inJob: source.face === 'action',
    named: source.isWritten(name) && patterns.length > 0,
    // A job's base is the workspace, above which nothing counts.
    upward: source.face === 'command' && !source.isWritten(name),
    patterns: patterns.length > 0 ? patterns : [INPUTS[name].default],
    base: source.base,
    workspace: source.workspace,
  }))
}

function parseVersionFile(given: Given): Result<NonNullable<Inputs['goVersionFile']>> {
  return mapResult(parsePath(given, false), path => ({ path, label: given.label }))
}

function ifGiven<T>(given: Given, parse: (given: Given) => Result<T>): Result<T | undefined> {
  return given.text === '' ? ok(undefined) : parse(given)
}

function mapResult<T, U>(result: Result<T>, map: (value: T) => U): Result<U> {
  return result.ok ? ok(map(result.value)) : result
}

/** The values of all results, or the problems of all that failed. */
function allOf<T extends object>(results: { readonly [Key in keyof T]: Result<T[Key]> }): Result<T> {
  const entries = Object.entries<Result<unknown>>(results)
  const problems = entries.flatMap(([, result]) => (result.ok ? [] : result.problems))
  if (problems.length > 0) return failed(...problems)
  return ok(Object.fromEntries(entries.map(([key, result]) => [key, result.ok ? result.value : undefined])) as T)
}
