/** One metric, as Prometheus is told of it and docs/metrics.md lists it. */
export interface MetricRow {
  readonly name: string
  /** All are gauges: a run ends before it is scraped, so that nothing is ever seen to count up. */
  readonly type: 'gauge'
  readonly unit: '' | 'seconds' | 'bytes' | 'bytes per second'
  /** Beside those that say which run it is: see `RUN_LABELS`. */
  readonly labels: readonly string[]
  /** The HELP line: one sentence of plain text. */
  readonly help: string
}

/**
 * Every metric, in the order of the text. Imports nothing: `npm run docs` reads this file by itself.
 * Names and units: prometheus.io/docs/practices/naming. None ends in `_total`, which is for counters.
 */
export const METRICS = {
  info: {
    name: 'go_proxy_setup_info',
    type: 'gauge',
    unit: '',
    labels: ['version', 'go_version', 'os', 'arch'],
    help: 'Always 1. What ran: go-proxy-setup, and the go command.',
  },
  lastRun: {
    name: 'go_proxy_setup_last_run_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'When the run ended, in seconds since 1970; absent in the metrics of a kept report.',
  },
  success: {
    name: 'go_proxy_setup_success',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Whether the run succeeded: 1 or 0.',
  },
  failure: {
    name: 'go_proxy_setup_failure_info',
    type: 'gauge',
    unit: '',
    labels: ['code'],
    help: 'Always 1. The code of the error that the run failed with; absent where it succeeded.',
  },
  warnings: {
    name: 'go_proxy_setup_warnings',
    type: 'gauge',
    unit: '',
    labels: ['code'],
    help: 'Number of warnings, by their code.',
  },
  phase: {
    name: 'go_proxy_setup_phase_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: ['phase'],
    help: 'How long each phase of the run took. Phases overlap.',
  },
  projectModules: {
    name: 'go_proxy_setup_project_modules',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of modules that go downloads for the project.',
  },
  projectMissing: {
    name: 'go_proxy_setup_project_missing_modules',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of modules of the project that the module cache lacked before the run.',
  },
  benchmarkDuration: {
    name: 'go_proxy_setup_benchmark_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'How long measuring the candidates took; absent where none was measured.',
  },
  benchmarkBytes: {
    name: 'go_proxy_setup_benchmark_received_bytes',
    type: 'gauge',
    unit: 'bytes',
    labels: [],
    help: 'What was received while the candidates were measured; absent where none was.',
  },
  candidates: {
    name: 'go_proxy_setup_candidates',
    type: 'gauge',
    unit: '',
    labels: ['verdict'],
    help: 'Number of candidates, by verdict. Those that are ok, slow or cold work.',
  },
  candidate: {
    name: 'go_proxy_setup_candidate_info',
    type: 'gauge',
    unit: '',
    labels: ['proxy', 'trust', 'verdict'],
    help: 'Always 1. The verdict on each candidate, and whose it is: official, own or mirror.',
  },
  candidateConnect: {
    name: 'go_proxy_setup_candidate_connect_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: ['proxy'],
    help: 'How long the TCP connection to a candidate took.',
  },
  candidateFirstByte: {
    name: 'go_proxy_setup_candidate_first_byte_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: ['proxy'],
    help: 'Median from a request to the first byte of its answer, on a warm connection.',
  },
  candidateRate: {
    name: 'go_proxy_setup_candidate_bytes_per_second',
    type: 'gauge',
    unit: 'bytes per second',
    labels: ['proxy'],
    help: 'The rate at which a candidate sent zips.',
  },
  candidatePredicted: {
    name: 'go_proxy_setup_candidate_predicted_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: ['proxy'],
    help: 'Predicted network time of the whole download from this candidate alone.',
  },
  downloadDuration: {
    name: 'go_proxy_setup_download_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'How long the download took, from its first request on.',
  },
  downloadFetching: {
    name: 'go_proxy_setup_download_fetching_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'How long requests of the gateway were under way; absent where go asked the proxies itself.',
  },
  downloadPlainGo: {
    name: 'go_proxy_setup_download_plain_go_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'What plain go would have needed, estimated; absent where that cannot be told.',
  },
  downloadModules: {
    name: 'go_proxy_setup_download_modules',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of modules that the download fetched.',
  },
  downloadBytes: {
    name: 'go_proxy_setup_download_received_bytes',
    type: 'gauge',
    unit: 'bytes',
    labels: [],
    help: 'What the download received.',
  },
  downloadRuns: {
    name: 'go_proxy_setup_download_go_runs',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'How often go mod download was run, all directories together.',
  },
  downloadRequests: {
    name: 'go_proxy_setup_download_requests',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of requests of the download to proxies.',
  },
  downloadRetries: {
    name: 'go_proxy_setup_download_retries',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of requests that were repeated, at the same proxy or another one.',
  },
  downloadFailovers: {
    name: 'go_proxy_setup_download_failovers',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of requests that were repeated at another proxy.',
  },
  downloadHedges: {
    name: 'go_proxy_setup_download_hedges',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of requests that were sent beside one that seemed to hang.',
  },
  downloadRejected: {
    name: 'go_proxy_setup_download_rejected_answers',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Number of answers with wrong content, none of which was used.',
  },
  upstreamRequests: {
    name: 'go_proxy_setup_upstream_requests',
    type: 'gauge',
    unit: '',
    labels: ['proxy'],
    help: 'Number of requests of the gateway to each proxy and host of the checksum database.',
  },
  upstreamBytes: {
    name: 'go_proxy_setup_upstream_received_bytes',
    type: 'gauge',
    unit: 'bytes',
    labels: ['proxy'],
    help: 'What each proxy and host of the checksum database sent to the gateway.',
  },
  upstreamFailures: {
    name: 'go_proxy_setup_upstream_failures',
    type: 'gauge',
    unit: '',
    labels: ['proxy'],
    help: 'Number of requests of the gateway to each proxy that failed; lacking a file does not count as one.',
  },
  upstreamRejected: {
    name: 'go_proxy_setup_upstream_rejected_answers',
    type: 'gauge',
    unit: '',
    labels: ['proxy'],
    help: 'Number of answers of each proxy with wrong content, none of which was used.',
  },
  cache: {
    name: 'go_proxy_setup_cache_restore_info',
    type: 'gauge',
    unit: '',
    labels: ['cache', 'result'],
    help: 'Always 1. What became of restoring the cache of modules and that of build results.',
  },
  cacheHit: {
    name: 'go_proxy_setup_cache_hit',
    type: 'gauge',
    unit: '',
    labels: ['cache'],
    help: 'Whether an entry was restored: 1 or 0; absent where the cache is off, or the restore was given up for the download.',
  },
  cacheDuration: {
    name: 'go_proxy_setup_cache_restore_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: ['cache'],
    help: 'How long restoring took.',
  },
  cacheBytes: {
    name: 'go_proxy_setup_cache_restored_bytes',
    type: 'gauge',
    unit: 'bytes',
    labels: ['cache'],
    help: 'Size of what was restored.',
  },
  cacheFiles: {
    name: 'go_proxy_setup_cache_restored_files',
    type: 'gauge',
    unit: '',
    labels: ['cache'],
    help: 'Number of files that were taken from the entry.',
  },
  cacheRejected: {
    name: 'go_proxy_setup_cache_rejected_files',
    type: 'gauge',
    unit: '',
    labels: ['cache'],
    help: 'Number of files in the entry that were wrong and were not used.',
  },
  toolchainFetch: {
    name: 'go_proxy_setup_toolchain_fetch_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'How long fetching Go itself took; absent where it was there.',
  },
  tools: {
    name: 'go_proxy_setup_tools',
    type: 'gauge',
    unit: '',
    labels: ['how'],
    help: 'Number of programs that were asked for with tools, by how they came: restored, kept or built.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>

export type MetricKey = keyof typeof METRICS

/** The labels that say which run it is, where the CI system tells: every metric of a run has them. */
export const RUN_LABELS = ['repository', 'workflow', 'workflow_job'] as const
