import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findFreePort } from './ports.ts'

/** Prometheus and what belongs to it, as Debian installs them. */
const PROGRAMS = {
  prometheus: '/usr/bin/prometheus',
  promtool: '/usr/bin/promtool',
  nodeExporter: '/usr/bin/prometheus-node-exporter',
  pushgateway: '/usr/bin/prometheus-pushgateway',
  alertmanager: '/usr/bin/prometheus-alertmanager',
  amtool: '/usr/bin/amtool',
  blackbox: '/usr/bin/prometheus-blackbox-exporter',
} as const

export type MonitoringProgram = keyof typeof PROGRAMS

/** What watches runs; the blackbox exporter watches servers. */
const OF_RUNS = ['prometheus', 'promtool', 'nodeExporter', 'pushgateway', 'alertmanager', 'amtool'] as const

/** Why tests with real ones cannot run here; undefined: they can. */
export function whyNoMonitoring(needed: readonly MonitoringProgram[] = OF_RUNS): string | undefined {
  const missing = needed.map(name => PROGRAMS[name]).filter(path => !existsSync(path))
  if (missing.length === 0) return undefined
  return `Not installed: ${missing.join(', ')} (apt-get install prometheus prometheus-node-exporter prometheus-pushgateway prometheus-alertmanager prometheus-blackbox-exporter).`
}

export interface ToolEnd {
  readonly code: number
  readonly output: string
}

/** Runs a tool to its end. @param input for its standard input */
export function runTool(program: MonitoringProgram, args: readonly string[], input = ''): Promise<ToolEnd> {
  return new Promise(resolve => {
    const child = execFile(PROGRAMS[program], [...args], { timeout: 30_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}` }),
    )
    child.stdin?.end(input)
  })
}

export interface MonitoringServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  /** What it has logged. */
  log(): string
  close(): Promise<void>
}

const READY_TRIES = 600

/**
 * Starts a server of them on loopback, and waits until it is ready.
 * @param args given its address @param ready a path that it answers with 200 once it is
 */
export async function startMonitoring(
  program: MonitoringProgram,
  args: (address: string) => readonly string[],
  ready: string,
): Promise<MonitoringServer> {
  const address = `127.0.0.1:${await findFreePort()}`
  const child = spawn(PROGRAMS[program], args(address), { stdio: ['ignore', 'pipe', 'pipe'] })
  let logged = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      logged += chunk
    })
  let isOver = false
  const ended = new Promise<void>(resolve =>
    child.once('close', () => {
      isOver = true
      resolve()
    }),
  )
  const close = () => {
    child.kill('SIGKILL')
    return ended
  }
  for (let tries = 0; tries < READY_TRIES && !isOver; tries++) {
    const answer = await fetch(`http://${address}${ready}`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) return { address, log: () => logged, close }
    await soon()
  }
  await close()
  throw new Error(`${program} did not start:\n${logged}`)
}

/** Between two looks at what another program does by itself. */
export function soon(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 50))
}

/** One value of the answer to a query. */
export interface QueriedSeries {
  readonly metric: Readonly<Record<string, string>>
  readonly value: number
}

/** Asks a Prometheus. Throws what it says of a query that it does not take. */
export async function queryPrometheus(address: string, query: string): Promise<readonly QueriedSeries[]> {
  const answer = await fetch(`http://${address}/api/v1/query?${new URLSearchParams({ query })}`)
  const { status, error, data } = (await answer.json()) as {
    readonly status: string
    readonly error?: string
    readonly data?: { readonly result: readonly { readonly metric: Record<string, string>; value: [number, string] }[] }
  }
  if (status !== 'success') throw new Error(`${query}: ${error}`)
  return (data?.result ?? []).map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
}

const QUERY_TRIES = 600

/** Asks again and again until the answer is as wanted. */
export async function queryUntil(
  address: string,
  query: string,
  wanted: (series: readonly QueriedSeries[]) => boolean,
): Promise<readonly QueriedSeries[]> {
  let last: readonly QueriedSeries[] = []
  for (let tries = 0; tries < QUERY_TRIES; tries++) {
    last = await queryPrometheus(address, query)
    if (wanted(last)) return last
    await soon()
  }
  throw new Error(`${query} stays ${JSON.stringify(last)}`)
}
