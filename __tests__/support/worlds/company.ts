import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { findProgram, type RunningProgram, startProgram } from '../../../benchmarks/habits/programs.ts'
import { type BuiltModule, buildModule } from '../../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../../src/demo/proxy.ts'
import { type Authority, createAuthority } from '../builders/certificates.ts'
import type { CleanUp } from '../clean-up.ts'
import { type ForkingProxy, startForkingProxy } from '../servers/forking-proxy.ts'
import { soon } from '../servers/monitoring.ts'
import { findFreePort } from '../servers/ports.ts'
import { ROOT } from './documents.ts'
import { switchTelemetryOff } from './project.ts'

export const COMPANY = join(ROOT, 'examples/company')

/** What the health check of the example asks for. */
export const CANARY = buildModule({ path: 'rsc.io/quote', version: 'v1.5.2' })

/** Logins of clients, each with a limit of its own. */
export const LOGINS = {
  ci: 'ci:token-of-ci',
  greedy: 'greedy:token-of-greedy',
  probe: 'probe:token-of-probe',
  lost: 'lost:token-of-lost',
} as const
export type Login = keyof typeof LOGINS

export type Instance = 'athens-1' | 'athens-2'

/** `examples/company/haproxy.cfg` before two module proxies that run go, all on loopback. */
export interface CompanyWorld {
  /** GOPROXY for clients. */
  readonly url: string
  readonly port: number
  /** `127.0.0.1:PORT` of HAProxy's metrics. */
  readonly metrics: string
  readonly authority: Authority
  /** Stands for proxy.golang.org, where HAProxy falls back to. */
  readonly official: DemoProxy
  readonly haproxy: RunningProgram
  readonly instances: Record<Instance, ForkingProxy>
  kill(instance: Instance): Promise<void>
  /** On the same port, with the same storage. */
  revive(instance: Instance): Promise<void>
  /** Both instances well and in use, whatever a test left. */
  restore(): Promise<void>
  /** A command of HAProxy's runtime interface. @returns its answer */
  tell(command: string): Promise<string>
  /** HAProxy's word for it: `UP`, `DOWN`, `DRAIN`. */
  stateOf(instance: Instance): Promise<string>
  /** A count of HAProxy's: of a server, or of the frontend. */
  columnOf(name: Instance | 'modules-in', column: keyof typeof COLUMNS): Promise<string>
  untilState(instance: Instance, state: RegExp): Promise<void>
}

export async function openCompany(cleanUp: CleanUp, modules: readonly BuiltModule[]): Promise<CompanyWorld> {
  const directory = cleanUp.directory('company-')
  const authority = await createAuthority(directory)
  const storage = join(directory, 'storage')
  const upstream = cleanUp(await startProxy({ modules: [CANARY, ...modules] }))
  const official = cleanUp(
    await startProxy({ modules: [CANARY, ...modules], tls: await authority.issue(['proxy.golang.org']) }),
  )
  const start = async (port: number) => await startForkingProxy({ storage, upstream: upstream.url, port })
  const instances = { 'athens-1': await start(await findFreePort()), 'athens-2': await start(await findFreePort()) }
  cleanUp(() => Promise.all(Object.values(instances).map(one => one.close())))
  const [port, metrics] = [await findFreePort(), `127.0.0.1:${await findFreePort()}`]
  const socket = join(directory, 'admin.sock')
  const haproxy = cleanUp(
    await startHaproxy(directory, port, {
      BIND: `127.0.0.1:${port}`,
      METRICS_BIND: metrics,
      ADMIN_SOCKET: socket,
      ATHENS_1: `127.0.0.1:${instances['athens-1'].port}`,
      ATHENS_2: `127.0.0.1:${instances['athens-2'].port}`,
      PUBLIC: `127.0.0.1:${official.port}`,
      PUBLIC_CA: authority.file,
      ...(await writeSecrets(directory, authority)),
    }),
  )
  const tell = (command: string) => askSocket(socket, command)
  const columnOf: CompanyWorld['columnOf'] = async (name, column) => {
    const [wantedProxy, wantedServer] = name === 'modules-in' ? [name, 'FRONTEND'] : ['modules', name]
    const rows = (await tell('show stat')).split('\n').map(row => row.split(','))
    const found = rows.find(([proxy, server]) => proxy === wantedProxy && server === wantedServer)
    return found?.[COLUMNS[column]] ?? ''
  }
  const stateOf = (instance: Instance) => columnOf(instance, 'status')
  const untilState = async (instance: Instance, state: RegExp) => {
    while (!state.test(await stateOf(instance))) await soon()
  }
  const dead = new Set<Instance>()
  const kill = async (instance: Instance) => {
    dead.add(instance)
    await instances[instance].close()
  }
  const revive = async (instance: Instance) => {
    instances[instance] = await start(instances[instance].port)
    dead.delete(instance)
  }
  const restore = async () => {
    for (const instance of ['athens-1', 'athens-2'] as const) {
      if (dead.has(instance)) await revive(instance)
      instances[instance].ail('none')
      await tell(`set server modules/${instance} state ready`)
      await untilState(instance, /^UP$/)
    }
  }
  await restore()
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    metrics,
    authority,
    official,
    haproxy,
    instances,
    kill,
    revive,
    restore,
    tell,
    stateOf,
    columnOf,
    untilState,
  }
}

/** Columns of `show stat`. Source: HAProxy's management guide, “CSV format”. */
const COLUMNS = { denied: 10, status: 17, timesDown: 22 } as const

/** Variables for the files that the example has as secrets. */
async function writeSecrets(directory: string, authority: Authority): Promise<Readonly<Record<string, string>>> {
  const { key, cert } = await authority.issue(['127.0.0.1', 'goproxy.corp.example'])
  const [certificate, clients] = [join(directory, 'tls.pem'), join(directory, 'clients.map')]
  writeFileSync(certificate, `${key}\n${cert}\n`, { mode: 0o600 })
  const lines = Object.entries(LOGINS).map(([name, login]) => `${hashOf(basic(login))} ${name}\n`)
  writeFileSync(clients, lines.join(''), { mode: 0o600 })
  return { TLS_CERTIFICATE: certificate, CLIENTS: clients, PRIVATE: join(COMPANY, 'private.lst') }
}

/** As the README of the example makes it. */
export function hashOf(header: string): string {
  return createHash('sha256').update(header).digest('hex')
}

export function basic(login: string): string {
  return `Basic ${Buffer.from(login).toString('base64')}`
}

function startHaproxy(
  directory: string,
  port: number,
  variables: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const command = ['/usr/bin/env', ...set, findProgram('haproxy') ?? '', '-db', '-f', join(COMPANY, 'haproxy.cfg')]
  return startProgram(command, { directory, port })
}

function askSocket(path: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    let said = ''
    socket.setEncoding('utf8').on('data', text => {
      said += text
    })
    socket.once('error', reject).once('end', () => resolve(said))
    socket.end(`${command}\n`)
  })
}

/** How `go mod download` of one module ended. */
export interface GoEnd {
  readonly code: number
  readonly said: string
}

/** Plain go, with an empty module cache and a login in its netrc file. */
export async function downloadAsGo(
  { url, port, authority }: CompanyWorld,
  module: string,
  { directory, login }: { readonly directory: string; readonly login?: string },
): Promise<GoEnd> {
  const home = mkdtempSync(join(directory, 'go-'))
  try {
    mkdirSync(join(home, 'work'))
    switchTelemetryOff(home)
    const [user, password] = (login ?? '').split(':')
    if (login !== undefined)
      // Newer versions of Go look for the port, too; on 443 there is none.
      writeFileSync(
        join(home, '.netrc'),
        [`127.0.0.1:${port}`, '127.0.0.1'].map(host => `machine ${host} login ${user} password ${password}\n`).join(''),
        { mode: 0o600 },
      )
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      GOPATH: home,
      GOMODCACHE: join(home, 'modules'),
      GOCACHE: join(home, 'build'),
      GOPROXY: url,
      GOSUMDB: 'off',
      GOENV: 'off',
      GOFLAGS: '-modcacherw',
      GOTOOLCHAIN: 'local',
      ...authority.env,
    }
    return await new Promise<GoEnd>(resolve => {
      execFile('go', ['mod', 'download', module], { env, cwd: join(home, 'work') }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), said: stdout + stderr }),
      )
    })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The text of a file of the example. */
export function readCompany(name: string): string {
  return readFileSync(join(COMPANY, name), 'utf8')
}
