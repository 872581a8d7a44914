import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { type Dashboard, findDashboardFaults } from '../support/builders/dashboard.ts'
import { toolOfCi } from '../support/programs.ts'
import { runTool, whyNoMonitoring } from '../support/servers/monitoring.ts'
import { basic, COMPANY, hashOf, readCompany } from '../support/worlds/company.ts'

const run = promisify(execFile)
const checker = toolOfCi('check-jsonschema')
const validator = toolOfCi('kubernetes-validate')
const RSYSLOG = '/usr/sbin/rsyslogd'
const whyNot = whyNoMonitoring(['promtool', 'amtool', 'blackbox'])
if (whyNot !== undefined) console.warn(`The company's alerts are not checked. ${whyNot}`)

test('the dashboard is one that Grafana shows', () => {
  expect(findDashboardFaults(JSON.parse(readCompany('dashboard.json')) as Dashboard)).toEqual([])
})

test('each alert has a severity, a test in which it fires and one in which it does not, and a place in the runbook', () => {
  const { groups } = parse(readCompany('alerts.yml'))
  const rules: readonly { readonly alert: string; readonly labels: { readonly severity: string } }[] = groups[0].rules
  expect(new Set(rules.map(({ labels }) => labels.severity))).toEqual(new Set(['SEV-1', 'SEV-2', 'SEV-3']))
  const tested = readCompany('alerts.test.yml')
  for (const { alert } of rules) {
    const times = tested.match(new RegExp(`alertname: ${alert}\\n.*\\n +exp_alerts:( \\[\\])?\\n`, 'g')) ?? []
    expect([alert, new Set(times.map(text => text.endsWith('[]\n'))).size]).toEqual([alert, 2])
    expect(readCompany('README.md')).toContain(`### ${alert}\n`)
  }
})

const withTools = whyNot === undefined ? test : test.skip

withTools('promtool, amtool and the blackbox exporter find nothing wrong', async () => {
  const checks = [
    await runTool('promtool', ['check', 'config', join(COMPANY, 'prometheus.yml')]),
    await runTool('promtool', ['test', 'rules', join(COMPANY, 'alerts.test.yml')]),
    await runTool('amtool', ['check-config', join(COMPANY, 'alertmanager.yml')]),
    await runTool('blackbox', ['--config.check', `--config.file=${join(COMPANY, 'blackbox.yml')}`]),
  ]
  expect(checks.map(({ code, output }) => [code, output])).toEqual(checks.map(({ output }) => [0, output]))
  const routes = ['config', 'routes', 'test', `--config.file=${join(COMPANY, 'alertmanager.yml')}`]
  // Its first line; a warning about its own option follows.
  const who = async (severity: string) =>
    (await runTool('amtool', [...routes, `severity=${severity}`])).output.split('\n')[0]
  expect([await who('SEV-1'), await who('SEV-2'), await who('SEV-3')]).toEqual(['on-call', 'team', 'team'])
})

const withRsyslog = existsSync(RSYSLOG) && existsSync('/usr/lib/x86_64-linux-gnu/rsyslog/omelasticsearch.so')

;(withRsyslog ? test : test.skip)('rsyslog takes its configuration', async () => {
  const { stderr } = await run(RSYSLOG, ['-N1', '-f', join(COMPANY, 'rsyslog.conf')])
  expect(stderr).not.toMatch(/error/i)
})

;(checker === undefined ? test.skip : test)(
  'check-jsonschema holds compose.yaml against the schema of Compose',
  async () => {
    const said = await run(checker ?? '', ['--builtin-schema', 'vendor.compose-spec', join(COMPANY, 'compose.yaml')])
    expect(said.stdout).toContain('ok -- validation done')
  },
)

test('compose.yaml mounts files that are there, and secrets that it has', () => {
  const { services, secrets } = parse(readCompany('compose.yaml'), { merge: true })
  for (const { volumes = [], secrets: used = [] } of Object.values<Record<string, string[]>>(services)) {
    const files = volumes.map(volume => volume.split(':')[0] ?? '').filter(file => file.startsWith('./'))
    expect(files.filter(file => !existsSync(join(COMPANY, file)))).toEqual([])
    expect(used.filter(name => !(name in secrets))).toEqual([])
  }
  expect(readdirSync(COMPANY)).not.toContain('secrets')
})

;(validator === undefined ? test.skip : test)(
  'kubernetes-validate holds the manifests against the schemas of Kubernetes, which know every field',
  async () => {
    const manifests = ['namespace', 'athens', 'haproxy'].map(name => join(COMPANY, 'kubernetes', `${name}.yaml`))
    const { stdout, stderr } = await run(validator ?? '', ['--strict', ...manifests])
    const passed = `${stdout}${stderr}`.match(/passed for resource \S+/g) ?? []
    const documents = manifests.flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')))
    expect([passed.length, `${stdout}${stderr}`]).toEqual([documents.length, expect.not.stringContaining('WARN')])
  },
)

test('the manifests of Kubernetes select and mount what they have', () => {
  const { resources, configMapGenerator } = parse(readCompany('kubernetes/kustomization.yaml'))
  const files: readonly string[] = configMapGenerator[0].files
  expect(files.filter(file => !existsSync(join(COMPANY, 'kubernetes', file)))).toEqual([])
  const all = resources.flatMap((file: string) =>
    parseAllDocuments(readCompany(`kubernetes/${file}`)).map(one => one.toJS()),
  )
  const labels = all.flatMap(({ spec }: { spec?: { template?: { metadata: { labels: { app: string } } } } }) =>
    spec?.template === undefined ? [] : [spec.template.metadata.labels.app],
  )
  expect(labels.sort()).toEqual(['athens', 'haproxy', 'redis'])
  for (const { apiVersion, kind, metadata, spec = {} } of all) {
    expect([apiVersion, kind, metadata.name]).toEqual([expect.any(String), expect.any(String), expect.any(String)])
    const { app } = spec.selector?.matchLabels ?? spec.selector ?? { app: 'athens' }
    expect(labels).toContain(app)
    const { containers = [], volumes = [] } = spec.template?.spec ?? {}
    const names = volumes.map(({ name }: { readonly name: string }) => name)
    for (const { volumeMounts = [] } of containers) for (const { name } of volumeMounts) expect(names).toContain(name)
  }
})

test('HAProxy asks Kubernetes for instances by their whole names, which need no search list', () => {
  const { namespace } = parse(readCompany('kubernetes/kustomization.yaml'))
  const read = (name: string) => parseAllDocuments(readCompany(`kubernetes/${name}.yaml`)).map(one => one.toJS())
  const { metadata, spec } = read('athens').find(({ kind }) => kind === 'StatefulSet')
  const names = Array.from(
    { length: spec.replicas },
    (_, i) => `${metadata.name}-${i}.${spec.serviceName}.${namespace}`,
  )
  const { env } = read('haproxy').find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0]
  const asked = env.filter(({ name }: { readonly name: string }) => name.startsWith('ATHENS_'))
  expect(asked.map(({ value }: { readonly value: string }) => value)).toEqual(
    names.map(name => `${name}.svc.cluster.local:3000`),
  )
})

test('each variable of .env.example is one that compose.yaml reads', () => {
  const names = [...readCompany('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter(name => !readCompany('compose.yaml').includes(`\${${name}:-`))).toEqual([])
})

test('the clients of the example are those that its comment names', () => {
  const lines = readCompany('clients.example.map').split('\n').slice(2, -1)
  const made = ['ci:example-token-1', 'laptops:example-token-2'].map(
    login => `${hashOf(basic(login))} ${login.split(':')[0]}`,
  )
  expect(lines).toEqual(made)
})
