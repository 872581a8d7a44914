import type { WantedGo } from '../toolchain/wanted.ts'
import type { CredentialLine } from './credentials.ts'
import type { KnownHost } from './known-hosts.ts'
import type { ListenRequest } from './listen.ts'
import type { SshKey } from './ssh-keys.ts'
import type { Tools } from './tools.ts'

/**
 * What the user asked for: read once from INPUT_* (action) or options and GO_PROXY_SETUP_* (command line),
 * checked, and never read again. Every name is the input's name in camel case; times are in milliseconds.
 */
export interface Inputs {
  /** Candidates in the order given; empty when the input was not given. */
  readonly proxies: readonly ProxySpec[]
  /** GOPRIVATE patterns. */
  readonly privateDomains: readonly string[]
  /** URL of the proxy that serves private modules too; undefined: there is none. */
  readonly privateProxy: string | undefined
  readonly credentials: readonly CredentialLine[]
  readonly credentialsScope: 'job' | 'download'
  readonly sshKeys: readonly SshKey[]
  readonly sshKnownHosts: readonly KnownHost[]
  readonly allowUnsafePrCredentials: boolean
  /** `auto`, `off`, or a GOSUMDB value. */
  readonly sumdb: string
  readonly selection: 'fastest' | 'ordered'
  /** What ends the chain; undefined when not given: the ending it had, else `direct`. */
  readonly fallback: 'direct' | 'off' | undefined
  readonly export: boolean
  readonly workingDirectory: WorkingDirectory
  /** undefined when not given. */
  readonly goVersion: WantedGo | undefined
  /** Path of a file that says it, relative to the working directory's base. */
  /** Its path as written, and the name under which the user wrote it. */
  readonly goVersionFile: { readonly path: string; readonly label: string } | undefined
  readonly download: boolean
  /** Programs to install after the download. */
  readonly tools: Tools
  readonly gateway: 'step' | 'job' | 'off'
  /** Whether the user wrote it. In a job a `step` that was written cannot be told from the default. */
  readonly gatewayGiven: boolean
  /** Where else the gateway listens; undefined: nowhere. */
  readonly gatewayListen: ListenRequest | undefined
  /** Whether private modules are served there, too. */
  readonly gatewayListenPrivate: boolean
  readonly benchmark: 'auto' | 'off'
  readonly benchmarkTimeoutMs: number
  /** Whether the user set it. Else a benchmark for its own sake takes the time that every answer may take. */
  readonly benchmarkTimeoutGiven: boolean
  readonly timeoutMs: number
  /** Whether the user set it. Then it is final; else what still moves goes on past it, as plain go would. */
  readonly timeoutGiven: boolean
  readonly connectTimeoutMs: number
  readonly readTimeoutMs: number
  readonly retries: number
  readonly retryDelayMs: number
  readonly cache: 'auto' | 'true' | 'read-only' | 'false'
  /** Paths or globs as written, relative to the working directory's base; empty when not given. */
  readonly cacheDependencyPath: readonly string[]
  readonly cachePrivate: boolean
  readonly buildCache: 'auto' | 'true' | 'read-only' | 'false'
  /** '' where none was given. */
  readonly cacheSuffix: string
  readonly testTimes: 'checkout' | 'content'
  /** Where verified modules are to be for builds elsewhere; undefined: nowhere. */
  readonly moduleStore: ModuleStorePlace | undefined
  readonly moduleStorePrivate: boolean
  readonly allowInsecure: boolean
  readonly problemMatcher: boolean
  readonly summary: boolean
  /** Path of the JSON report the user asked for; `-` is standard output (command line only). */
  readonly reportFile: string | undefined
  /** Path of the trace. */
  readonly traceFile: string | undefined
  /** Path of the page. */
  readonly htmlFile: string | undefined
  /** Path of the metrics; it ends in `.prom`, or is a device. */
  readonly metricsFile: string | undefined
  /** URL of a Pushgateway, without a login. */
  readonly metricsPushUrl: string | undefined
  /** The log was opened so before the inputs were read. */
  readonly logFormat: 'text' | 'json'
  /** Path of the gateway's request log. */
  readonly auditLog: string | undefined
  readonly slowAfterMs: number | undefined
}

/** One word of `proxies`: a preset's name was already resolved into its URLs. */
export type ProxySpec =
  | { readonly kind: 'url'; readonly url: string; readonly preset: string | undefined }
  /** What GOPROXY says on this machine, as one candidate. */
  | { readonly kind: 'current' }

/** `temporary`: in the step's temporary directory, which lasts as long as the job. */
export type ModuleStorePlace =
  | { readonly kind: 'temporary' }
  /** Absolute. */
  | { readonly kind: 'named'; readonly path: string }

export interface WorkingDirectory {
  /** Whether the user named it: a named directory without go.mod is an error, the default one is not. */
  readonly named: boolean
  /** Whether, as for go, a directory above the default one will do when that one holds none. */
  readonly upward: boolean
  /** Paths or globs as written, relative to `base`. */
  readonly patterns: readonly string[]
  /** Absolute: the workspace, or the directory the command was started in. */
  readonly base: string
  /** As the user wrote it: `working-directory` of a job, else `-C` or the variable. */
  readonly label: string
  /** Whether a job is run, whose checkout may be missing. */
  readonly inJob: boolean
  /** Absolute; directories must lie in it (GITHUB_WORKSPACE). undefined: no such limit. */
  readonly workspace: string | undefined
}
