import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pipelineNamesOf } from '../../src/ci/pipeline.ts'
import { renderExposition } from '../../src/report/metrics/exposition.ts'
import { renderMetrics } from '../../src/report/metrics/metrics.ts'
import { describeMetricsRun, pushUrlOf } from '../../src/report/metrics/run.ts'
import { METRICS, type MetricRow, RUN_LABELS } from '../../src/report/metrics/table.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { readExposition, valueIn } from '../support/builders/exposition.ts'
import { emptyStory, fullStory, measurement } from '../support/builders/story.ts'
import { anyText } from '../support/builders/text.ts'
import { findControl, hostileName, hostileTexts } from '../support/hostile.ts'

const rows: readonly MetricRow[] = Object.values(METRICS)
const same = (text: string) => text
const told = buildReport(fullStory())

/** What a run has in which everything was used. */
const everything: Report = {
  ...told,
  outcome: 'failure',
  failure: { code: 'DOWNLOAD_STALLED', message: 'The download stalled.', hint: '' },
  cache: {
    ...{ restore: 'partial', reason: null, key: 'k', seconds: 1.5, bytes: 2_000_000, files: 40 },
    ...{ rejected: [{ file: 'f', what: 'w' }], predictedDownloadSeconds: null, save: 'planned', saveBytes: 0 },
  } as NonNullable<Report['cache']>,
  buildCache: {
    ...{ restore: 'none', reason: null, key: null, seconds: 0.2, files: 0, bytes: 0, rejected: [] },
    mayBeSaved: true,
  },
  toolchain: {
    ...{ version: '1.26.7', root: '/go', wanted: '1.26', by: null, from: 'proxy' },
    fetched: { proxy: 'https://proxy.example', database: 'sum.golang.org', bytes: 1, seconds: 3.25 },
  },
  tools: [
    { name: 'a', package: 'p', version: 'v1.0.0', how: 'built', seconds: 1, bytes: 1, toBeSaved: true },
    { name: 'b', package: 'p', version: 'v1.0.0', how: 'restored', seconds: 1, bytes: 1, toBeSaved: false },
    { name: 'c', package: 'p', version: 'v1.0.0', how: 'built', seconds: 1, bytes: 1, toBeSaved: true },
  ],
}
const RUN = describeMetricsRun(
  { repository: 'org/repo', workflow: 'CI', workflow_job: 'test' },
  new Date(1_800_000_000_500),
  same,
)

describe('a report as metrics', () => {
  test('says what happened, in seconds and bytes', () => {
    const samples = readExposition(renderMetrics(everything, RUN))
    const value = (name: string, labels = {}) => valueIn(samples, `go_proxy_setup_${name}`, labels)
    expect(value('success')).toBe(0)
    expect(value('failure_info', { code: 'DOWNLOAD_STALLED' })).toBe(1)
    expect(value('last_run_timestamp_seconds')).toBe(1_800_000_000.5)
    expect(value('warnings', { code: 'PROXY_SENT_WRONG_CONTENT' })).toBe(1)
    expect(value('phase_duration_seconds', { phase: 'benchmark' })).toBe(0.52)
    expect(value('candidates', { verdict: 'ok' })).toBe(1)
    expect(value('candidates', { verdict: 'blocked' })).toBe(0)
    expect(value('candidate_info', { proxy: 'other.example', verdict: 'tampered' })).toBe(1)
    expect(value('candidate_first_byte_duration_seconds', { proxy: 'proxy.example' })).toBe(0.0132)
    expect(value('candidate_bytes_per_second', { proxy: 'other.example' })).toBeUndefined()
    expect(value('download_received_bytes')).toBe(12_300_000)
    expect(value('download_plain_go_duration_seconds')).toBe(9.5)
    expect(value('download_failovers')).toBe(1)
    expect(value('upstream_failures', { proxy: 'other.example' })).toBe(1)
    expect(value('cache_hit', { cache: 'modules' })).toBe(1)
    expect(value('cache_hit', { cache: 'build' })).toBe(0)
    expect(value('cache_rejected_files', { cache: 'modules' })).toBe(1)
    expect(value('toolchain_fetch_duration_seconds')).toBe(3.25)
    expect(value('tools', { how: 'built' })).toBe(2)
    const names = new Set(samples.map(({ name }) => name))
    expect(rows.filter(({ name }) => !names.has(name))).toEqual([])
  })

  test('says what it knows where little is known', () => {
    const samples = readExposition(renderMetrics(buildReport(emptyStory())))
    expect(samples.map(({ name }) => name)).toEqual(['go_proxy_setup_info', 'go_proxy_setup_success'])
    expect(samples[0]?.labels).toEqual({ version: '1.2.3' })
  })

  test('a restore that was given up for the download is neither hit nor miss', () => {
    const cache = everything.cache && { ...everything.cache, restore: 'abandoned' as const }
    const samples = readExposition(renderMetrics({ ...everything, cache }))
    expect(valueIn(samples, 'go_proxy_setup_cache_hit', { cache: 'modules' })).toBeUndefined()
    expect(valueIn(samples, 'go_proxy_setup_cache_restore_info', { result: 'abandoned' })).toBe(1)
  })

  test('every sample has the labels of its row and of the run, and no others', () => {
    const wrong = readExposition(renderMetrics(everything, RUN)).filter(({ name, labels }) => {
      const row = rows.find(one => one.name === name)
      return Object.keys(labels).some(label => ![...RUN_LABELS, ...(row?.labels ?? [])].includes(label as never))
    })
    expect(wrong).toEqual([])
    const runs = readExposition(renderMetrics(everything, RUN)).map(({ labels }) =>
      RUN_LABELS.map(name => labels[name]),
    )
    expect(new Set(runs.map(run => run.join(' ')))).toEqual(new Set(['org/repo CI test']))
  })
})

describe('the table', () => {
  test('follows the conventions of Prometheus', () => {
    for (const { name, type, unit, labels, help } of rows) {
      expect(name).toMatch(/^go_proxy_setup_[a-z]+(_[a-z]+)*$/)
      expect([name, type]).toEqual([name, 'gauge'])
      expect(name).not.toMatch(/_(total|count|sum|bucket|gauge|ms|milliseconds|kb)$/)
      expect([name, /_seconds$/.test(name)]).toEqual([name, unit === 'seconds'])
      expect([name, /_bytes$/.test(name)]).toEqual([name, unit === 'bytes'])
      expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z][^\n]*\.$/)])
      for (const label of labels) expect(label).toMatch(/^(?!__|le$|quantile$|job$|instance$)[a-z_]+$/)
    }
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
  })

  test('is what the documents name', () => {
    const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
    expect(rows.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([])
  })
})

describe('labels are bounded', () => {
  test('ten proxies are told apart, each by its host alone; a URL never', () => {
    const hosts = Array.from({ length: 30 }, (_, i) => `https://user${i}:pass@p${i}.example:8443/path${i}?q=1`)
    const upstreams = hosts.map((name, i) => ({ name, requests: 100 - i, bytes: 1, failures: 0, rejected: 0 }))
    const story = fullStory({ ranking: undefined })
    const candidates = hosts.map(url => ({ ...told.candidates[0], url }) as Report['candidates'][number])
    const text = renderMetrics({ ...buildReport(story), upstreams, candidates })
    expect(text).not.toMatch(/user|pass@|path|q=1/)
    const samples = readExposition(text)
    const asked = samples.filter(({ name }) => name === 'go_proxy_setup_upstream_requests')
    expect(asked.map(({ labels }) => labels['proxy'])).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `p${i}.example:8443`),
      'other',
    ])
    const all = hosts.reduce((sum, _, i) => sum + 100 - i, 0)
    expect(asked.reduce((sum, { value }) => sum + value, 0)).toBe(all)
    expect(samples.filter(({ name }) => name === 'go_proxy_setup_candidate_info')).toHaveLength(10)
    expect(valueIn(samples, 'go_proxy_setup_candidates', { verdict: 'ok' })).toBe(30)
  })

  test('two candidates of one host are one, the better', () => {
    const list = [measurement('https://a.example/one'), measurement('https://a.example/two', { verdict: 'slow' })]
    const ranking = fullStory().ranking
    const story = fullStory({ ranking: ranking && { ...ranking, measurements: list } })
    const samples = readExposition(renderMetrics(buildReport(story)))
    expect(valueIn(samples, 'go_proxy_setup_candidate_info')).toBe(1)
    expect(valueIn(samples, 'go_proxy_setup_candidate_info', { verdict: 'ok' })).toBe(1)
  })

  test('phases and codes of a kept report cannot make series without end', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => i)
    const phases = many.map(i => ({ name: `phase ${i}`, startMs: 0, ms: i }))
    const warnings = many.map(i => ({ code: `CODE_${i}`, message: '', hint: '' }))
    const samples = readExposition(renderMetrics({ ...told, phases, warnings }))
    expect(samples.length).toBeLessThan(120)
    const counted = samples.filter(({ name }) => name === 'go_proxy_setup_warnings')
    expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(5_000)
  })
})

describe('whatever the names are', () => {
  test('any text in a label is read back as what is seen of it', () => {
    fc.assert(
      fc.property(fc.oneof(anyText({ maxLength: 200 }), fc.integer({ min: 0, max: 5_000 }).map(hostileName)), text => {
        const made = renderExposition([{ metric: 'phase', labels: { phase: text }, value: 1 }], { repository: text })
        const [sample, ...others] = readExposition(made)
        expect([others, findControl(made)]).toEqual([[], []])
        expect(Buffer.byteLength(sample?.labels['phase'] ?? '')).toBeLessThanOrEqual(110)
        expect(sample?.labels['repository']).toBe(sample?.labels['phase'])
      }),
      { numRuns: 500 },
    )
    const [plain] = readExposition(
      renderExposition([{ metric: 'phase', labels: { phase: 'a "b" \\ {c},d=\n#' }, value: 1 }]),
    )
    expect(plain?.labels).toEqual({ phase: 'a "b" \\ {c},d= #' })
  })

  test('a report of hostile texts gives a text that is read, and no series of them but a bounded number', () => {
    fc.assert(
      fc.property(hostileTexts, texts => {
        const text = (i: number) => texts[i % texts.length] ?? ''
        const report: Report = {
          ...everything,
          tool: { ...everything.tool, version: text(0) },
          go: { version: text(1), os: text(2), arch: text(3), root: text(4) },
          candidates: texts.map((url, i) => ({ ...told.candidates[i % 2], url }) as Report['candidates'][number]),
          upstreams: texts.map(name => ({ name, requests: 1, bytes: 1, failures: 1, rejected: 0 })),
          phases: texts.map(name => ({ name, startMs: 0, ms: 1 })),
          warnings: texts.map(code => ({ code, message: code, hint: code })),
          failure: { code: text(5), message: text(6), hint: text(7) },
        }
        const names = { repository: text(8), workflow: text(9), workflow_job: text(10) }
        const made = renderMetrics(report, describeMetricsRun(names, new Date(0), same))
        expect(findControl(made)).toEqual([])
        expect(readExposition(made).length).toBeLessThan(220)
      }),
      { numRuns: 50 },
    )
  })

  test('numbers that no run has are left out', () => {
    const made = renderExposition([
      { metric: 'success', value: Number.NaN },
      { metric: 'lastRun', value: Number.POSITIVE_INFINITY },
      { metric: 'downloadBytes', value: Number.MAX_SAFE_INTEGER },
    ])
    expect(readExposition(made)).toEqual([
      { name: 'go_proxy_setup_download_received_bytes', labels: {}, value: expect.any(Number) },
    ])
  })
})

describe('the grouping key', () => {
  const keyOf = (path: string) => {
    const parts = path.split('/').slice(2)
    return Object.fromEntries(
      parts.flatMap((name, i) => {
        if (i % 2 === 1) return []
        const value = parts[i + 1] ?? ''
        return [
          name.endsWith('@base64')
            ? [name.slice(0, -'@base64'.length), Buffer.from(value, 'base64url').toString()]
            : [name, value],
        ]
      }),
    )
  }

  test('is job, repository, workflow and its job, and base64 where a path would misread it', () => {
    expect(pushUrlOf('http://127.0.0.1:9091', RUN.labels)).toBe(
      'http://127.0.0.1:9091/metrics/job/go_proxy_setup/repository@base64/b3JnL3JlcG8/workflow/CI/workflow_job/test',
    )
    expect(pushUrlOf('https://h.example/gateway/', {})).toBe('https://h.example/gateway/metrics/job/go_proxy_setup')
    expect(pushUrlOf('https://h.example/metrics', {})).toBe('https://h.example/metrics/job/go_proxy_setup')
  })

  test('a URL that has one keeps it', () => {
    const own = 'https://h.example/metrics/job/ours/matrix/linux'
    expect(pushUrlOf(own, RUN.labels)).toBe(own)
  })

  test('whatever the names are, a Pushgateway reads them as they were', () => {
    const name = fc.oneof(
      anyText({ minLength: 1 }),
      fc.constantFrom('.', '..', '/', 'a/../b', '%2e%2e', 'x?y#z', '@base64'),
    )
    fc.assert(
      fc.property(name, name, name, (repository, workflow, workflow_job) => {
        const { labels } = describeMetricsRun({ repository, workflow, workflow_job }, new Date(0), same)
        const url = new URL(pushUrlOf('http://127.0.0.1:9091/', labels))
        expect([url.search, url.hash]).toEqual(['', ''])
        expect(keyOf(url.pathname)).toEqual({ job: 'go_proxy_setup', ...labels })
      }),
      { numRuns: 500 },
    )
  })

  const labelsOf = (env: Record<string, string>, redact = same) =>
    describeMetricsRun(pipelineNamesOf(env), new Date(0), redact).labels

  test.each([
    [
      { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'org/a', GITHUB_WORKFLOW: 'CI', GITHUB_JOB: 'test' },
      { repository: 'org/a', workflow: 'CI', workflow_job: 'test' },
    ],
    [
      { GITLAB_CI: 'true', CI_PROJECT_PATH: 'group/project', CI_JOB_NAME: 'test: [1.26]' },
      { repository: 'group/project', workflow_job: 'test: [1.26]' },
    ],
    [
      { TF_BUILD: 'True', BUILD_REPOSITORY_NAME: 'org/a', BUILD_DEFINITIONNAME: 'CI', SYSTEM_JOBNAME: 'test' },
      { repository: 'org/a', workflow: 'CI', workflow_job: 'test' },
    ],
    // Two organisations may have repositories of one name.
    [
      { CIRCLECI: 'true', CIRCLE_PROJECT_USERNAME: 'org', CIRCLE_PROJECT_REPONAME: 'a', CIRCLE_JOB: 'test' },
      { repository: 'org/a', workflow_job: 'test' },
    ],
    [
      { BUILDKITE: 'true', BUILDKITE_PIPELINE_SLUG: 'a', BUILDKITE_LABEL: 'test' },
      { repository: 'a', workflow_job: 'test' },
    ],
    [{ JENKINS_URL: 'x', JOB_NAME: 'folder/repo' }, { workflow_job: 'folder/repo' }],
    // Branches are without number.
    [
      { JENKINS_URL: 'x', JOB_NAME: 'folder/repo/feature%2Fx', BRANCH_NAME: 'feature/x' },
      { workflow_job: 'folder/repo' },
    ],
    [{ GITHUB_JOB: 'test' }, {}],
  ])('names of a job: %j', (env, labels) => {
    expect(labelsOf(env)).toEqual(labels)
  })

  test('secrets in them are hidden', () => {
    expect(labelsOf({ GITHUB_ACTIONS: 'true', GITHUB_JOB: 'a-secret' }, text => text.replace('secret', '***'))).toEqual(
      { workflow_job: 'a-***' },
    )
  })
})
