import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { renderMetrics } from '../../src/report/metrics/metrics.ts'
import { describeMetricsRun } from '../../src/report/metrics/run.ts'
import { METRICS } from '../../src/report/metrics/table.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { type Dashboard, findDashboardFaults } from '../support/builders/dashboard.ts'
import { readExposition, valueIn } from '../support/builders/exposition.ts'
import { fullStory } from '../support/builders/story.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import {
  type MonitoringServer,
  queryPrometheus,
  queryUntil,
  runTool,
  startMonitoring,
  whyNoMonitoring,
} from '../support/servers/monitoring.ts'
import { until } from '../support/until.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterAll()
const whyNot = whyNoMonitoring()
if (whyNot !== undefined) console.warn(`The tests with a real Prometheus are skipped. ${whyNot}`)
const withPrograms = whyNot === undefined ? describe : describe.skip

const EXAMPLES = new URL('../../examples/monitoring/', import.meta.url).pathname
const example = (name: string) => readFileSync(join(EXAMPLES, name), 'utf8')
const dashboard: Dashboard = JSON.parse(example('dashboard.json'))
const rules: readonly { readonly alert?: string; readonly expr: string; readonly labels?: { severity: string } }[] =
  parse(example('alerts.yml')).groups.flatMap((group: { readonly rules: readonly object[] }) => group.rules)
const OUR_NAMES = new Set<string>(Object.values(METRICS).map(({ name }) => name))

const queries = [
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$repository', '.*'))),
  ...rules.map(({ expr }) => expr),
]

describe('the examples', () => {
  test('name no metric that there is not', () => {
    const named = queries.flatMap(query => query.match(/(?<![:\w])go_proxy_setup_\w+/g) ?? [])
    expect([...new Set(named)].filter(name => !OUR_NAMES.has(name))).toEqual([])
    expect(named.length).toBeGreaterThan(20)
  })

  test('each alert has a severity that the routes know, and is tested', () => {
    const alerts = rules.filter(({ alert }) => alert !== undefined)
    expect(new Set(alerts.map(({ labels }) => labels?.severity))).toEqual(new Set(['SEV-1', 'SEV-2', 'SEV-3']))
    const tested: string = example('alerts.test.yml')
    for (const { alert } of alerts) {
      const times = tested.match(new RegExp(`alertname: ${alert}\\n.*\\n +exp_alerts:( \\[\\])?\\n`, 'g')) ?? []
      // It fires, and does not.
      expect([alert, new Set(times.map(text => text.endsWith('[]\n'))).size]).toEqual([alert, 2])
    }
  })

  test('the dashboard is one that Grafana shows', () => {
    expect(findDashboardFaults(dashboard)).toEqual([])
    const [panel] = dashboard.panels
    const broken = { ...dashboard, panels: [panel, panel] } as Dashboard
    expect(findDashboardFaults(broken)).toEqual(['two panels with one id', expect.stringContaining('overlap')])
  })
})

/** A job whose proxies all fail. */
const RUN = describeMetricsRun(
  { repository: 'org/other', workflow: 'CI', workflow_job: 'build' },
  new Date(),
  text => text,
)
const told = buildReport(fullStory())
const good: Report = { ...told, candidates: told.candidates.slice(0, 1), warnings: [], upstreams: told.upstreams }
const broken: Report = {
  ...told,
  outcome: 'failure',
  failure: { code: 'HTTP_SERVER_ERROR', message: 'm', hint: 'h' },
  candidates: told.candidates.map(one => ({ ...one, verdict: 'unreachable' as const })),
  cache: { restore: 'none', reason: null, key: null, seconds: 0.1, bytes: 0, files: 0, rejected: [] } as never,
}

withPrograms('with the real programs', () => {
  test('promtool finds nothing wrong with the text', async () => {
    for (const report of [good, broken]) {
      const { code, output } = await runTool('promtool', ['check', 'metrics'], renderMetrics(report, RUN))
      expect([code, output]).toEqual([0, ''])
    }
    const { code } = await runTool('promtool', ['check', 'metrics'], 'go_proxy_setup_things_total 1\n')
    expect(code).not.toBe(0)
  })

  test('each alert fires and clears', async () => {
    const { code, output } = await runTool('promtool', ['test', 'rules', join(EXAMPLES, 'alerts.test.yml')])
    expect([code, output]).toEqual([0, expect.stringContaining('SUCCESS')])
  })

  test('the configurations are valid', async () => {
    const checks = [
      await runTool('promtool', ['check', 'config', join(EXAMPLES, 'prometheus.yml')]),
      await runTool('amtool', ['check-config', join(EXAMPLES, 'alertmanager.yml')]),
    ]
    expect(checks.map(({ code, output }) => [code, output])).toEqual([
      [0, expect.stringContaining('SUCCESS')],
      [0, expect.stringContaining('SUCCESS')],
    ])
  })

  describe('running', () => {
    let prometheus: MonitoringServer
    let pushgateway: MonitoringServer
    let textfiles: string
    const hooks: {
      readonly status: string
      readonly alerts: readonly { readonly labels: Record<string, string> }[]
    }[] = []

    beforeAll(async () => {
      const directory = cleanUp.directory('monitoring-')
      textfiles = join(directory, 'textfiles')
      mkdirSync(textfiles)
      const webhook = createServer((request, response) => {
        let body = ''
        request.on('data', chunk => {
          body += chunk
        })
        request.on('end', () => {
          hooks.push(JSON.parse(body))
          response.end()
        })
      })
      await new Promise<void>(resolve => webhook.listen(0, '127.0.0.1', resolve))
      cleanUp(() => {
        webhook.closeAllConnections()
        webhook.close()
      })
      const hook = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`
      const [exporter, alertmanager] = await Promise.all([
        startMonitoring('nodeExporter', address => exporterArgs(address, textfiles), '/'),
        startMonitoring('alertmanager', address => alertmanagerArgs(address, directory, hook), '/-/ready'),
      ])
      cleanUp(exporter)
      cleanUp(alertmanager)
      pushgateway = cleanUp(
        await startMonitoring('pushgateway', address => [`--web.listen-address=${address}`], '/-/ready'),
      )
      const args = (address: string) =>
        prometheusArgs(address, directory, [exporter.address, pushgateway.address, alertmanager.address])
      prometheus = cleanUp(await startMonitoring('prometheus', args, '/-/ready'))
    }, 60_000)

    test('a run is scraped through the node exporter and through the Pushgateway, with the same values', async () => {
      const modules = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
      const project = cleanUp(projectOf(modules))
      const proxies = [cleanUp(await startProxy({ modules })), cleanUp(await startProxy({ modules, latencyMs: 20 }))]
      const file = join(textfiles, 'run.prom')
      const env = goEnvironment(project, {
        GO_PROXY_SETUP_POLICY: QUICK_POLICY,
        TMPDIR: dirname(project.directory),
        GONOSUMDB: 'none.example',
        BUILDKITE: 'true',
        BUILDKITE_PIPELINE_SLUG: 'org/repo',
        BUILDKITE_LABEL: 'test',
      })
      const urls = proxies.map(({ url }) => url).join(' ')
      const push = `http://${pushgateway.address}`
      const args = ['--proxies', urls, '--metrics-file', file, '--metrics-push-url', push, '--report', 'r.json']
      // Whatever the umask, another user reads the file.
      const command = ['-c', 'umask 077 && exec "$@"', 'sh', process.execPath, DIST, 'run', ...args]
      const { code, stderr } = await new Promise<{ code: number; stderr: string }>(resolve => {
        execFile('sh', command, { env, cwd: project.directory, timeout: 60_000 }, (error, _, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? -1), stderr }),
        )
      })
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('METRICS_')])
      expect(statSync(file).mode & 0o777).toBe(0o644)
      const samples = readExposition(readFileSync(file, 'utf8'))
      expect(valueIn(samples, 'go_proxy_setup_download_modules')).toBe(3)
      for (const { name, labels, value } of samples) {
        const selector = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`)
        const series = await queryUntil(prometheus.address, `${name}{${selector.join(',')}}`, one => one.length === 2)
        expect([name, series.map(({ metric }) => metric['job']).sort()]).toEqual([name, ['go_proxy_setup', 'node']])
        for (const one of series) expect([name, one.value]).toEqual([name, value])
      }
      expect(await queryPrometheus(prometheus.address, 'node_textfile_scrape_error')).toMatchObject([{ value: 0 }])
      expect(await queryPrometheus(prometheus.address, 'push_failure_time_seconds > 0')).toEqual([])
    }, 120_000)

    test('what no proxy can do becomes an alert that reaches a webhook, and clears; every query is taken', async () => {
      const write = (report: Report) =>
        systemFiles(systemRandom).deliver(join(textfiles, 'other.prom'), renderMetrics(report, RUN), { mode: 0o644 })
      await write({ ...broken, warnings: told.warnings })
      const firing = 'ALERTS{alertname="GoProxyNoWorkingProxy",alertstate="firing"}'
      const [alert] = await queryUntil(prometheus.address, firing, series => series.length === 1)
      expect(alert?.metric).toMatchObject({ repository: 'org/other', workflow_job: 'build', severity: 'SEV-1' })
      await until(() => hooks.length > 0)
      expect(hooks[0]).toMatchObject({
        status: 'firing',
        alerts: [{ labels: { alertname: 'GoProxyNoWorkingProxy', severity: 'SEV-1', repository: 'org/other' } }],
      })
      const empty: string[] = []
      for (const query of queries)
        if ((await queryPrometheus(prometheus.address, query)).length === 0) empty.push(query)
      // Conditions that do not hold, and nothing else.
      expect(empty.filter(query => !/[<>] [\d.]+|tampered/.test(query))).toEqual([])
      await write({ ...good, cache: broken.cache })
      await queryUntil(prometheus.address, firing, series => series.length === 0)
      await until(() => hooks.some(({ status }) => status === 'resolved'))
      // Who is told of SEV-1 alone is told of nothing else.
      const names = hooks.flatMap(({ alerts }) => alerts.map(({ labels }) => labels['severity']))
      expect(new Set(names)).toEqual(new Set(['SEV-1']))
    }, 120_000)
  })
})

function exporterArgs(address: string, textfiles: string): readonly string[] {
  return [
    `--web.listen-address=${address}`,
    '--collector.disable-defaults',
    '--collector.textfile',
    `--collector.textfile.directory=${textfiles}`,
  ]
}

/** The example's routes at once, and its webhook on this machine; the others go nowhere. */
function alertmanagerArgs(address: string, directory: string, hook: string): readonly string[] {
  const config = parse(example('alertmanager.yml'))
  delete config.global
  Object.assign(config.route, { group_wait: '10ms', group_interval: '100ms' })
  for (const receiver of config.receivers) {
    if (receiver.webhook_configs !== undefined) receiver.webhook_configs[0].url = hook
    delete receiver.email_configs
    delete receiver.slack_configs
  }
  const file = join(directory, 'alertmanager.yml')
  writeFileSync(file, stringify(config))
  return [
    `--config.file=${file}`,
    `--web.listen-address=${address}`,
    `--storage.path=${join(directory, 'alertmanager')}`,
    '--cluster.listen-address=',
  ]
}

/** The example's configuration with shorter intervals. */
function prometheusArgs(
  address: string,
  directory: string,
  [exporter = '', pushgateway = '', alertmanager = '']: readonly string[],
): readonly string[] {
  const config = parse(example('prometheus.yml'))
  config.global = { scrape_interval: '200ms', scrape_timeout: '200ms', evaluation_interval: '200ms' }
  config.rule_files = [join(EXAMPLES, 'alerts.yml')]
  config.alerting.alertmanagers[0].static_configs[0].targets = [alertmanager]
  for (const job of config.scrape_configs)
    job.static_configs[0].targets = [job.job_name === 'node' ? exporter : pushgateway]
  const file = join(directory, 'prometheus.yml')
  writeFileSync(file, stringify(config))
  return [
    `--config.file=${file}`,
    `--web.listen-address=${address}`,
    `--storage.tsdb.path=${join(directory, 'prometheus')}`,
  ]
}
