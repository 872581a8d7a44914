import { sanitizeLine } from '../../text/sanitiser.ts'
import { METRICS, type MetricKey, type MetricRow } from './table.ts'

/** Labels by name. Values may be foreign text. */
export type MetricLabels = Readonly<Record<string, string>>

/** One value. null and undefined: it was not measured, and there is no sample. */
export interface MetricSample {
  readonly metric: MetricKey
  readonly labels?: MetricLabels
  readonly value: number | null | undefined
}

/** Names of hosts and jobs are shorter; Prometheus takes any length, and keeps it for each series. */
const LABEL_BYTES = 100

/**
 * The text format 0.0.4 that Prometheus, the node exporter and the Pushgateway read. Of samples with the same labels the
 * first counts, for two would make the whole text invalid. A metric without a sample is left out.
 * Source: prometheus.io/docs/instrumenting/exposition_formats.
 * @param common labels of every sample
 */
export function renderExposition(samples: readonly MetricSample[], common: MetricLabels = {}): string {
  const lines = new Map<MetricKey, Map<string, string>>()
  for (const { metric, labels = {}, value } of samples) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    const own = lines.get(metric) ?? new Map<string, string>()
    lines.set(metric, own)
    const key = renderLabels({ ...common, ...labels })
    if (!own.has(key)) own.set(key, `${METRICS[metric].name}${key} ${renderValue(value)}\n`)
  }
  return (Object.keys(METRICS) as MetricKey[])
    .map(metric => {
      const own = lines.get(metric)
      return own === undefined ? '' : head(METRICS[metric]) + [...own.values()].join('')
    })
    .join('')
}

function head({ name, type, help }: MetricRow): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\')}\n# TYPE ${name} ${type}\n`
}

/** An empty value is the same as no label. */
function renderLabels(labels: MetricLabels): string {
  const pairs = Object.entries(labels).flatMap(([name, text]) => {
    const value = cleanLabel(text)
    return value === '' ? [] : `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  })
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** A text as the value of a label: one line without what cannot be seen, cut where it is long. */
export function cleanLabel(text: string): string {
  return sanitizeLine(text, LABEL_BYTES).replaceAll('\t', ' ').trim()
}

/** Without the noise of floating point. */
function renderValue(value: number): string {
  return String(Number(value.toPrecision(12)))
}
