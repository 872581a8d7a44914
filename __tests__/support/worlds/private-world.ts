import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { buildModule, goModOf, goSumOf } from '../../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import type { TraceDestination } from '../../../src/tracing/settings.ts'
import { type Authority, createAuthority } from '../builders/certificates.ts'
import { type Collector, startCollector } from '../servers/collector.ts'
import { type GitHosting, goImport, type HostingOptions, startGitHosting } from '../servers/git-hosting.ts'
import { type Internet, type Route, startInternet } from '../servers/internet.ts'
import { checkOut, createJob, QUICK_POLICY, useAction } from './action.ts'
import type { Job, StepResult } from './fake-runner.mjs'

/** A module that everybody may see, from the official proxy. */
export const publicModule = buildModule({ path: 'example.com/public', version: 'v1.0.0', paddingBytes: 20_000 })

/** What the collector of a `traced` world gets as a bearer’s token. */
export const COLLECTOR_TOKEN = 'cOlLeCtOr-cAnArY~>?98%+/7'

export interface WorldOptions {
  /** Git hosts by their real names, with a port where it is not 443. */
  readonly hosts?: Readonly<Record<string, HostingOptions>>
  /** Module proxies beside proxy.golang.org. */
  readonly proxies?: Readonly<Record<string, Partial<ProxyOptions>>>
  readonly routes?: Readonly<Record<string, Route>>
  readonly env?: Readonly<Record<string, string>>
  /** Each step sends a trace to a collector, in this protocol; what it gets is looked through as all else is. */
  readonly traced?: TraceDestination['protocol']
  /** Every text that must not be seen anywhere but in 0600 files below RUNNER_TEMP. */
  readonly canaries: readonly string[]
}

/** A job whose internet has private hosts, and a watch on every secret. */
export interface PrivateWorld {
  readonly job: Job
  readonly hosts: Readonly<Record<string, GitHosting>>
  readonly proxies: Readonly<Record<string, DemoProxy>>
  readonly internet: Internet
  readonly authority: Authority
  /** undefined: the world is not `traced`. */
  readonly collector: Collector | undefined
  /** go.mod of the checkout, with the public module and these. */
  require(modules: readonly string[]): void
  /** The step, killed after this long (30 s). */
  use(inputs: Readonly<Record<string, string>>, timeoutMs?: number): Promise<StepResult>
  /** A command of a later step, in the workspace. */
  later(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>
  /** Runs the post steps and looks for what they left. */
  finish(): Promise<readonly StepResult[]>
  /** Files that hold a canary now. */
  secretFiles(): readonly { readonly path: string; readonly mode: number }[]
  /** Where a canary was seen, so far. */
  leaks(): readonly string[]
  close(): Promise<void>
}

export interface Ran {
  readonly exitCode: number
  readonly output: string
}

export async function createPrivateWorld(options: WorldOptions): Promise<PrivateWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'world-'))
  const authority = await createAuthority(directory)
  const hosts: Record<string, GitHosting> = {}
  for (const [host, hosting] of Object.entries(options.hosts ?? {}))
    hosts[host] = await startGitHosting(await authority.issue([host.replace(/:\d+$/, '')]), hosting)
  const proxies: Record<string, DemoProxy> = {}
  for (const [host, proxy] of Object.entries({ 'proxy.golang.org': {}, ...options.proxies }))
    proxies[host] = await startProxy({ modules: [publicModule], tls: await authority.issue([host]), ...proxy })
  const collector = options.traced === undefined ? undefined : await startCollector()
  const servers = Object.entries({ ...hosts, ...proxies }).map(([host, { port }]) => [host, port] as const)
  const internet = await startInternet({ ...Object.fromEntries(servers), ...options.routes })
  const { SSL_CERT_FILE = '', SSL_CERT_DIR = '', GIT_SSL_CAINFO = '' } = authority.env
  const job = createJob({
    ...internet.env,
    SSL_CERT_FILE,
    SSL_CERT_DIR,
    GIT_SSL_CAINFO,
    GIT_CONFIG_NOSYSTEM: '1',
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
    ...(collector && tracedBy(collector, options.traced)),
    ...options.env,
  })
  const seen = new Set<string>()
  const canaries = formsOf([...options.canaries, COLLECTOR_TOKEN])
  const watch = (where: string, text: string) => {
    for (const canary of canaries) if (text.includes(canary)) seen.add(`${where}: ${canary}`)
  }
  const watchResult = (step: string, result: StepResult) => {
    watch(`${step} log`, result.log.join('\n'))
    watch(`${step} commands`, JSON.stringify(result.commands))
    watch(`${step} annotations`, JSON.stringify(result.annotations))
    watch(`${step} summary`, result.summary)
    watch(`${step} outputs`, JSON.stringify([result.outputs, result.env, result.state]))
    const report = result.outputs['report']
    if (report !== undefined) watch(`${step} report`, readFileSync(report, 'utf8'))
    // What is printed before the masks are known would be shown by a runner.
    watch(`${step} raw`, result.raw.replace(/^::add-mask::.*$/gm, ''))
    watchTraces(step)
  }
  let received = 0
  const watchTraces = (step: string) => {
    for (const { path, body } of collector?.requests.slice(received) ?? [])
      watch(`${step} trace`, `${path}\n${body.toString('latin1')}`)
    received = collector?.requests.length ?? 0
  }
  const secretFiles = () =>
    filesBelow(job.root).flatMap(path => {
      const file = lookAt(path)
      const bytes = canaries.map(canary => Buffer.from(canary).toString('latin1'))
      return file !== undefined && bytes.some(canary => file.text.includes(canary)) ? [{ path, mode: file.mode }] : []
    })
  const watchFiles = (when: string) => {
    for (const { path, mode } of secretFiles()) {
      const inTemp = !relative(job.temp, path).startsWith('..')
      if (!inTemp || mode !== 0o600) seen.add(`${when} file ${path} ${mode.toString(8)}`)
    }
  }
  const during = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const newProcesses = watchProcesses()
    const timer = setInterval(() => watch(`${what} process table`, newProcesses()), 15)
    try {
      return await work
    } finally {
      clearInterval(timer)
    }
  }
  return {
    job,
    hosts,
    proxies,
    internet,
    authority,
    collector,
    require(modules) {
      const text = goModOf('example.com/project', [publicModule])
      const lines = modules.map(module => `require ${module.replace('@', ' ')}\n`).join('')
      checkOut(job, {
        'go.mod': `${text}\n${lines}`,
        'go.sum': goSumOf([publicModule]),
        'main.go': `package main\n\nimport (\n${modules.map(module => `\t_ "${module.split('@')[0]}"\n`).join('')})\n\nfunc main() {}\n`,
      })
    },
    async use(inputs, timeoutMs = 30_000) {
      const result = await during('main', useAction(job, inputs, { timeout: timeoutMs }))
      watchResult('main', result)
      watchFiles('after main')
      return result
    },
    async later(command, args, env = {}) {
      const ran = await during(
        command,
        new Promise<Ran>(resolve => {
          execFile(
            command,
            [...args],
            { cwd: job.workspace, env: { ...job.base, ...job.env, ...env }, timeout: 60_000 },
            (error, stdout, stderr) =>
              resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` }),
          )
        }),
      )
      watch(`${command} output`, ran.output)
      watchTraces(command)
      watchFiles(`after ${command}`)
      return ran
    },
    async finish() {
      const results = await job.finish()
      for (const result of results) watchResult('post', result)
      watchFiles('after post')
      for (const file of filesBelow(job.temp)) watch(`left ${file}`, readFileSync(file, 'utf8'))
      return results
    },
    secretFiles,
    leaks: () => [...seen],
    async close() {
      await internet.close()
      await collector?.close()
      for (const server of [...Object.values(hosts), ...Object.values(proxies)]) await server.close()
      job.dispose()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function tracedBy({ url }: Collector, protocol = 'http/protobuf'): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${encodeURIComponent(COLLECTOR_TOKEN)}`,
  }
}

/** As it is, in URLs and JSON, and as it stands in a header, whatever user comes before it; in both alphabets. */
function formsOf(canaries: readonly string[]): readonly string[] {
  return canaries.flatMap(canary => {
    const strict = encodeURIComponent(canary).replace(
      /[!'()*~]/g,
      char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    const base64 = [0, 1, 2].map(shift =>
      Buffer.from(' '.repeat(shift) + canary)
        .toString('base64')
        .slice(shift === 0 ? 0 : shift + 1, -4),
    )
    const url = base64.map(form => form.replaceAll('+', '-').replaceAll('/', '_'))
    return [
      ...new Set([canary, encodeURIComponent(canary), strict, JSON.stringify(canary).slice(1, -1), ...base64, ...url]),
    ]
  })
}

/** @returns reads the arguments of the processes that were started since: all of this machine are too many to look often */
function watchProcesses(): () => string {
  const list = () => (process.platform === 'linux' ? readdirSync('/proc').filter(name => /^\d+$/.test(name)) : [])
  let strangers = new Set(list())
  return () => {
    const ids = list()
    // An id that is free again may be one of ours next.
    strangers = new Set(ids.filter(id => strangers.has(id)))
    return ids
      .filter(id => !strangers.has(id))
      .map(id => {
        try {
          return readFileSync(`/proc/${id}/cmdline`, 'utf8')
        } catch {
          return ''
        }
      })
      .join('\n')
  }
}

/** Undefined for a file that is gone by now: whoever writes a file renames it into its place. */
function lookAt(path: string): { readonly text: string; readonly mode: number } | undefined {
  try {
    return { text: readFileSync(path, 'latin1'), mode: statSync(path).mode & 0o777 }
  } catch {
    return undefined
  }
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

/** The digest of every file below a directory: what must not change. */
export function snapshot(directory: string, except: RegExp = /^$/): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesBelow(directory)
      .map(file => [relative(directory, file), readFileSync(file, 'latin1')] as const)
      .filter(([name]) => !except.test(name)),
  )
}

/** Go-get pages by module path: what git.corp.example/team/lib answers. A longest beginning counts. */
export function pages(host: string, repositories: readonly string[]): NonNullable<HostingOptions['goGet']> {
  return path => {
    const repository = repositories.find(one => `${path}/`.startsWith(`/${one}/`))
    return repository && goImport(`${host}/${repository}`, `https://${host}/${repository}.git`)
  }
}

/** What each trace of a `traced` world came with as a login. */
export function tracesSent({ collector }: PrivateWorld): readonly (string | undefined)[] {
  return collector?.requests.map(({ headers }) => headers.authorization) ?? []
}
