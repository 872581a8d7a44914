import type { Environment } from '../../effects.ts'
import { cleanLabel, type MetricLabels } from './exposition.ts'
import type { RUN_LABELS } from './table.ts'

/** What a report does not say of its run. */
export interface MetricsRun {
  readonly labels: MetricLabels
  readonly endedAt: Date
}

/**
 * Where each label comes from: the first of these variables that is set. GitHub's also stand for Gitea and Forgejo; then
 * GitLab, Azure Pipelines, CircleCI, Buildkite and Jenkins. Source: each system's list of variables.
 */
const VARIABLES: Readonly<Record<(typeof RUN_LABELS)[number], readonly string[]>> = {
  repository: [
    'GITHUB_REPOSITORY',
    'CI_PROJECT_PATH',
    'BUILD_REPOSITORY_NAME',
    'CIRCLE_PROJECT_REPONAME',
    'BUILDKITE_PIPELINE_SLUG',
  ],
  workflow: ['GITHUB_WORKFLOW', 'BUILD_DEFINITIONNAME'],
  workflow_job: ['GITHUB_JOB', 'CI_JOB_NAME', 'SYSTEM_JOBNAME', 'CIRCLE_JOB', 'BUILDKITE_LABEL', 'JOB_NAME'],
}

/**
 * Which run it is, by names that the repository's workflows fix: their number is bounded, that of runs, branches and
 * commits is not.
 */
export function describeMetricsRun(env: Environment, endedAt: Date, redact: (text: string) => string): MetricsRun {
  // The last part of the name of a multibranch job of Jenkins is the branch.
  const known = env['BRANCH_NAME'] ? { ...env, JOB_NAME: env['JOB_NAME']?.replace(/\/[^/]*$/, '') } : env
  const labels = Object.entries(VARIABLES).flatMap(([name, variables]) => {
    const value = cleanLabel(redact(variables.map(variable => known[variable] ?? '').find(text => text !== '') ?? ''))
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
