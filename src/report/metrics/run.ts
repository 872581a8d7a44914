import { cleanLabel, type MetricLabels } from './exposition.ts'
import { RUN_LABELS } from './table.ts'

/** What a report does not say of its run. */
export interface MetricsRun {
  readonly labels: MetricLabels
  readonly endedAt: Date
}

/** @param names of the job, as its CI system has them; '' where it has none */
export function describeMetricsRun(
  names: Readonly<Record<(typeof RUN_LABELS)[number], string>>,
  endedAt: Date,
  redact: (text: string) => string,
): MetricsRun {
  const labels = RUN_LABELS.flatMap(name => {
    const value = cleanLabel(redact(names[name]))
    return value === '' ? [] : [[name, value] as const]
  })
  return { labels: Object.fromEntries(labels), endedAt }
}

const JOB = 'go_proxy_setup'

/**
 * Where a Pushgateway takes the metrics of a run: under a grouping key of the job and the labels of the run. A URL that
 * has a key of its own stays as it is. Source: github.com/prometheus/pushgateway, README, “URL”.
 */
export function pushUrlOf(base: string, labels: MetricLabels): string {
  const url = new URL(base)
  if (/\/metrics\/job(@base64)?\/./.test(url.pathname)) return url.href
  const key = Object.entries(labels).map(([name, value]) => `/${groupingPart(name, value)}`)
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/metrics$/, '')}/metrics/job/${JOB}${key.join('')}`
  return url.href
}

/** Base64 for URLs where a value has anything but plain characters: in a path, some have a meaning of their own. */
function groupingPart(name: string, value: string): string {
  if (/^\w[\w.-]*$/.test(value)) return `${name}/${value}`
  return `${name}@base64/${Buffer.from(value).toString('base64url')}`
}
