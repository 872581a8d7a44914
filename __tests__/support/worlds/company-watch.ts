import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import type { CleanUp } from '../clean-up.ts'
import { queryPrometheus, startMonitoring } from '../servers/monitoring.ts'
import { type CompanyWorld, LOGINS, readCompany } from './company.ts'

/** Prometheus, the blackbox exporter and Alertmanager with the files of examples/company, in short intervals. */
export interface Watch {
  /** `127.0.0.1:PORT`. */
  readonly prometheus: string
  /** What the webhook was told last of an alert about this server; undefined: nothing yet. */
  lastTold(alert: string, server: string): Told | undefined
  /** Queries of the rules and the dashboard that Prometheus does not take. */
  refusedQueries(): Promise<readonly string[]>
}

export interface Told {
  readonly status: string
  readonly labels: Readonly<Record<string, string>>
}

export async function startWatch(world: CompanyWorld, cleanUp: CleanUp): Promise<Watch> {
  const directory = cleanUp.directory('watch-')
  const alerts: Told[] = []
  const webhook = await startWebhook(alerts, cleanUp)
  const write = (name: string, value: unknown) => {
    writeFileSync(join(directory, name), typeof value === 'string' ? value : stringify(value))
    return join(directory, name)
  }
  const blackbox = cleanUp(await startMonitoring('blackbox', blackboxArgs(world, directory, write), '/-/healthy'))
  const alertmanager = cleanUp(
    await startMonitoring('alertmanager', alertmanagerArgs(webhook, directory, write), '/-/ready'),
  )
  const targets = { haproxy: world.metrics, blackbox: blackbox.address, alertmanager: alertmanager.address }
  const prometheus = cleanUp(
    await startMonitoring('prometheus', prometheusArgs({ ...targets, url: world.url }, directory, write), '/-/ready'),
  )
  return {
    prometheus: prometheus.address,
    lastTold: (alert, server) =>
      alerts.findLast(({ labels }) => labels['alertname'] === alert && labels['server'] === server),
    refusedQueries: async () => {
      const refused: string[] = []
      for (const query of queriesOfCompany())
        await queryPrometheus(prometheus.address, query).catch(error => refused.push(String(error)))
      return refused
    },
  }
}

/** Of the rules and of the dashboard. */
export function queriesOfCompany(): readonly string[] {
  const { panels } = JSON.parse(readCompany('dashboard.json')) as {
    readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
  }
  const { groups } = parse(readCompany('alerts.yml')) as {
    readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[]
  }
  return [...panels.flatMap(({ targets }) => targets), ...groups.flatMap(({ rules }) => rules)].map(({ expr }) => expr)
}

type Write = (name: string, value: unknown) => string
type Args = (address: string) => readonly string[]

async function startWebhook(alerts: Told[], cleanUp: CleanUp): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      const isKnown = request.headers.authorization === 'Bearer token-of-webhook'
      if (isKnown) alerts.push(...(JSON.parse(body) as { readonly alerts: readonly Told[] }).alerts)
      response.writeHead(isKnown ? 200 : 401).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

function blackboxArgs({ authority }: CompanyWorld, directory: string, write: Write): Args {
  write('probe-password', LOGINS.probe.replace('probe:', ''))
  const config = parse(readCompany('blackbox.yml').replaceAll('/run/secrets', directory))
  config.modules.modules.http.tls_config = { ca_file: authority.file }
  const file = write('blackbox.yml', config)
  // It answers so much earlier than Prometheus waits: by itself half a second, which is all there is here.
  return address => [`--config.file=${file}`, `--web.listen-address=${address}`, '--timeout-offset=0.1']
}

function alertmanagerArgs(webhook: string, directory: string, write: Write): Args {
  write('webhook-token', 'token-of-webhook')
  const config = parse(readCompany('alertmanager.yml').replaceAll('/run/secrets', directory))
  Object.assign(config.route, { group_wait: '10ms', group_interval: '100ms' })
  for (const { webhook_configs } of config.receivers) webhook_configs[0].url = webhook
  const file = write('alertmanager.yml', config)
  const storage = `--storage.path=${join(directory, 'alertmanager')}`
  return address => [`--config.file=${file}`, `--web.listen-address=${address}`, storage, '--cluster.listen-address=']
}

interface Targets {
  readonly haproxy: string
  readonly blackbox: string
  readonly alertmanager: string
  readonly url: string
}

function prometheusArgs({ haproxy, blackbox, alertmanager, url }: Targets, directory: string, write: Write): Args {
  const rules = parse(readCompany('alerts.yml'))
  for (const rule of rules.groups[0].rules) rule.for = '200ms'
  write('alerts.yml', rules)
  const text = readCompany('prometheus.yml')
    .replaceAll('alertmanager:9093', alertmanager)
    .replaceAll('haproxy:8404', haproxy)
    .replaceAll('blackbox:9115', blackbox)
    .replaceAll('https://goproxy.corp.example', url)
    // No internet: what is public is the same proxy here.
    .replaceAll('https://proxy.golang.org', url)
  const config = parse(text, { merge: true })
  config.global = { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '200ms' }
  const file = write('prometheus.yml', config)
  const storage = `--storage.tsdb.path=${join(directory, 'prometheus')}`
  return address => [`--config.file=${file}`, `--web.listen-address=${address}`, storage]
}
