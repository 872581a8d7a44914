import type { InputRow } from './row.ts'

/** The inputs about what the step tells, and where. Part of `INPUTS`. */
export const REPORT_INPUTS = {
  summary: {
    group: 'reports',
    kind: 'boolean',
    default: 'true',
    description: 'Whether to write the job summary.',
  },
  'problem-matcher': {
    group: 'reports',
    kind: 'boolean',
    default: 'true',
    faces: ['action'],
    description:
      'Whether errors of go build, go vet and go test in later steps become annotations, at their line if the runner finds the file.',
  },
  'report-file': {
    group: 'reports',
    kind: 'path',
    default: '',
    alias: 'report',
    description: 'The path of the JSON report. On the command line `-` is standard output.',
  },
  'trace-file': {
    group: 'reports',
    kind: 'path',
    default: '',
    description:
      'The path of a trace of the step, which ui.perfetto.dev, chrome://tracing and speedscope.app open: phases, go’s runs, the caches’ children, the hashing thread and every request to each proxy on one time line.',
  },
  'html-file': {
    group: 'reports',
    kind: 'path',
    default: '',
    description:
      'The path of a page that shows the step by itself: every request on a time line with the rate and the requests in flight, candidates, modules, and the report as JSON. It loads nothing from the network. You can read and print it without scripts; with them it zooms, filters, sorts and searches.',
  },
  'metrics-file': {
    group: 'reports',
    kind: 'path',
    default: '',
    description:
      'The path of the run’s metrics in Prometheus’ text format. Its name must end in `.prom`: the node exporter’s textfile collector reads no other file.',
  },
  'metrics-push-url': {
    group: 'reports',
    kind: 'url',
    default: '',
    description:
      'The URL of a Prometheus Pushgateway that gets the same metrics when the step ends. A login for it comes from `credentials` or a netrc file and is sent over https only.',
  },
  'log-format': {
    group: 'reports',
    kind: 'choice',
    allowed: ['text', 'json'],
    default: 'text',
    faces: ['command'],
    description: 'How the log on standard error is written: `text`, or `json` with one object a line for a log store.',
  },
  'audit-log': {
    group: 'reports',
    kind: 'path',
    default: '',
    description:
      'The path of the gateway’s log: one JSON line per file, with everything that was tried for it (proxies, outcome, bytes, times), and how it was verified.',
  },
} as const satisfies Readonly<Record<string, InputRow>>
