import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Authority } from '../../__tests__/support/builders/certificates.ts'
import { type GitHosting, type HostingOptions, startGitHosting } from '../../__tests__/support/servers/git-hosting.ts'
import { type Internet, type Route, startInternet } from '../../__tests__/support/servers/internet.ts'
import { createJob } from '../../__tests__/support/worlds/action.ts'
import type { Job, StepOptions, StepResult } from '../../__tests__/support/worlds/fake-runner.mjs'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import type { Read } from './failure.ts'
import { type Names, normalise } from './normalise.ts'

/** What all scenes of one round share. */
export interface Stage {
  /** The built `dist/index.js`. */
  readonly product: string
  /** The directory of the go command to play with; undefined: the one in PATH. */
  readonly goBin: string | undefined
  /** Of that go: `1.26.8`. */
  readonly goVersion: string
  readonly authority: Authority
}

/**
 * One job with an internet of its own, in which the failure happens: real host names lead to servers on loopback,
 * and names that no server was started for do not exist.
 */
export interface Scene {
  readonly job: Job
  readonly authority: Authority
  /** Files of the checkout. */
  files(files: Readonly<Record<string, string | Buffer>>): void
  /** A symbolic link in the checkout. */
  link(name: string, target: string): void
  /** @returns a PATH with all programs but this one */
  pathWithout(program: string): string
  /** Deadlines for scenes in which a proxy is silent: it shows within seconds. */
  hurry(): void
  /** For those in which only what go itself asks is silent: the proxies have all the time that they need. */
  hurryGo(): void
  /** Variables of the whole job. */
  env(variables: Readonly<Record<string, string>>): void
  /** A module proxy under its real name. */
  proxy(host: string, options: ProxyOptions): Promise<DemoProxy>
  /** A module proxy on loopback. @returns its URL */
  local(options: ProxyOptions): Promise<string>
  git(host: string, options: HostingOptions): Promise<GitHosting>
  /** Where connections to a host lead. A host without port stands for port 443. */
  route(host: string, route: Route): void
  /** What must be closed at the end. @returns the same */
  keep<T extends { close(): unknown }>(opened: T): T
  /** A port of this test is read as another one, always the same. */
  port(port: number): void
  /** The action with these inputs. */
  use(inputs?: Readonly<Record<string, string>>, options?: Omit<StepOptions, 'inputs'>): Promise<Read>
  /** The command in the workspace, without the variables of a runner. */
  run(args: readonly string[], options?: CommandOptions): Promise<Read>
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly directory?: string
  /** Sends SIGINT to its process group when this resolves. */
  readonly interruptWhen?: Promise<unknown>
}

/**
 * Pauses are short. What answers on loopback has long to do so, for the machine may be busy; a scene with something
 * silent in it sets `silence`.
 */
const POLICY = {
  toolchain: { againForMs: 1_500 },
  benchmark: {
    latencyStageMs: 10_000,
    rateStageMs: 10_000,
    officialHeadStartMs: 20_000,
    officialSilentMs: 20_000,
    againForMs: 1,
    againMs: 1,
    maximumAgainMs: 1,
  },
  download: { stallMs: 20_000, graceMs: 500, maximumBackoffMs: 20, lastTryMs: 20_000, hostMs: 20_000 },
  gateway: {
    patienceMs: 20_000,
    zipPatienceMs: 20_000,
    objectMs: 20_000,
    flappingMs: 200,
    lateRetryMs: 100,
    roundDelayMs: 20,
    maximumDelayMs: 100,
    rounds: 2,
  },
  cache: { stallMs: 1_000, graceMs: 500 },
}

const IMPATIENCE = {
  ...POLICY,
  benchmark: { ...POLICY.benchmark, latencyStageMs: 500, officialHeadStartMs: 500, officialSilentMs: 500 },
  download: { ...POLICY.download, stallMs: 1_000, lastTryMs: 2_000, hostMs: 500 },
  gateway: { ...POLICY.gateway, patienceMs: 300, zipPatienceMs: 300, objectMs: 1_500 },
}

export async function withScene<T>(stage: Stage, work: (scene: Scene) => Promise<T>): Promise<T> {
  const closers: (() => unknown)[] = []
  try {
    return await work(openScene(stage, closers))
  } finally {
    for (const close of closers.reverse()) await close()
  }
}

function openScene(stage: Stage, closers: (() => unknown)[]): Scene {
  const { authority } = stage
  const { SSL_CERT_FILE = '', SSL_CERT_DIR = '', GIT_SSL_CAINFO = '' } = authority.env
  const job = createJob({
    SSL_CERT_FILE,
    SSL_CERT_DIR,
    GIT_SSL_CAINFO,
    GIT_CONFIG_NOSYSTEM: '1',
    GO_PROXY_SETUP_POLICY: JSON.stringify(POLICY),
    ...(stage.goBin && { PATH: `${stage.goBin}:${process.env['PATH']}` }),
  })
  closers.push(() => job.dispose())
  const routes: Record<string, Route> = {}
  const ports: number[] = []
  let internet: Internet | undefined
  let unsaid = PATIENT
  const connect = async () => {
    if (internet !== undefined) return
    internet = await startInternet(routes)
    closers.push(internet.close)
    for (const [name, value] of Object.entries(internet.env)) job.base[name] ??= value
  }
  const keep: Scene['keep'] = opened => {
    closers.push(() => opened.close())
    return opened
  }
  const names = (): Names => ({ ...stage, job, ports, internet: internet?.port })
  return {
    job,
    authority,
    keep,
    files(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(job.workspace, name)), { recursive: true })
        writeFileSync(join(job.workspace, name), text)
      }
    },
    link: (name, target) => symlinkSync(target, join(job.workspace, name)),
    pathWithout: program => pathWithout(program, job),
    hurry: () => {
      job.base['GO_PROXY_SETUP_POLICY'] = JSON.stringify(IMPATIENCE)
      unsaid = HURRIED
    },
    hurryGo: () => {
      job.base['GO_PROXY_SETUP_POLICY'] = JSON.stringify({ ...POLICY, download: IMPATIENCE.download })
    },
    env: variables => void Object.assign(job.base, variables),
    async proxy(host, options) {
      const proxy = keep(await startProxy({ tls: await authority.issue([host]), ...options }))
      routes[host] = proxy.port
      return proxy
    },
    async local(options) {
      const proxy = keep(await startProxy(options))
      ports.push(proxy.port)
      return proxy.url
    },
    async git(host, options) {
      const hosting = keep(await startGitHosting(await authority.issue([host.replace(/:\d+$/, '')]), options))
      routes[host] = hosting.port
      return hosting
    },
    route(host, route) {
      routes[host] = route
    },
    port: port => void ports.push(port),
    async use(inputs = {}, options = {}) {
      await connect()
      return normalise(await useAction(stage, job, inputs, { ...options, unsaid }), names())
    },
    async run(args, options = {}) {
      await connect()
      return normalise(await runCommand(stage, job, args, options), names())
    },
  }
}

/** Links to all programs that PATH has, but one. */
function pathWithout(program: string, { base, root }: Job): string {
  const directory = join(root, `path-without-${program}`)
  mkdirSync(directory)
  for (const from of (base['PATH'] ?? '').split(':')) {
    for (const name of programsIn(from)) {
      if (name === program) continue
      try {
        symlinkSync(join(from, name), join(directory, name))
      } catch {
        // An earlier directory of PATH has this name, too.
      }
    }
  }
  return directory
}

function programsIn(directory: string): readonly string[] {
  try {
    accessSync(directory, constants.R_OK)
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** Inputs that no page tells of: failures come soon, and what answers may be slow to, for the machine may be busy. */
const PATIENT = {
  retries: '1',
  'retry-delay': '10ms',
  'benchmark-timeout': '30s',
  'connect-timeout': '30s',
  'read-timeout': '30s',
}
const HURRIED = { ...PATIENT, 'benchmark-timeout': '500ms', 'connect-timeout': '500ms', 'read-timeout': '500ms' }

async function useAction(
  { product }: Stage,
  job: Job,
  inputs: Readonly<Record<string, string>>,
  options: StepOptions & { readonly unsaid: Readonly<Record<string, string>> },
): Promise<Read> {
  const { unsaid, ...how } = options
  const result = await job.uses({
    main: product,
    post: product,
    timeout: 60_000,
    ...how,
    inputs: { ...unsaid, ...inputs },
  })
  const [post] = await job.finish()
  const given = Object.entries(inputs ?? {}).map(([name, value]) => `${name}: ${writeValue(value)}`)
  return {
    call: ['uses: go-proxy-setup', ...given].join('\n'),
    log: [...readLog(result.log), ...readPost(post)],
    places: result.annotations
      .filter(({ file }) => file)
      .map(({ type, file, line }) => `${type} at ${file}${line ? `:${line}` : ''}`),
    summary: result.summary,
    output: [],
    exit: result.timedOut ? 'killed: it did not end' : result.outcome,
  }
}

/** As a workflow has it; keys are made anew each time. */
function writeValue(value: string): string {
  const shown = value
    .replace(/-----BEGIN[\s\S]*-----END [^\n]*\n/, '(a private key)')
    .replace(/(ssh-ed25519) [A-Za-z0-9+/=]{60,}/, '$1 (its public key)')
  return shown.includes('\n') ? `|\n${shown.replace(/^/gm, '  ')}` : shown
}

/** What the post step says, but for what it always says. */
function readPost(post: StepResult | undefined): readonly string[] {
  const lines = readLog(post?.log ?? []).filter(line => line !== 'Removed what the main step left behind.')
  return lines.length === 0 ? [] : ['(the post step)', ...lines]
}

/** As the page of a job shows a log. */
function readLog(lines: readonly string[]): readonly string[] {
  const shown: string[] = []
  let folded = false
  for (const line of lines) {
    const [, command, text = ''] = /^##\[(group|endgroup|error|warning|notice|debug)\](.*)$/s.exec(line) ?? []
    if (command === 'group') shown.push(`▸ ${text}`)
    if (command === 'group' || command === 'endgroup') folded = command === 'group'
    else if (command === 'error' || command === 'warning' || command === 'notice')
      shown.push(...`${command.replace(/^./, first => first.toUpperCase())}: ${text}`.split('\n'))
    else if (!folded) shown.push(line)
  }
  return shown
}

function runCommand(stage: Stage, job: Job, args: readonly string[], options: CommandOptions): Promise<Read> {
  const env = Object.fromEntries(Object.entries(job.base).filter(([name]) => !/^(GITHUB_|RUNNER_|CI$)/.test(name)))
  const child = spawn(process.execPath, [stage.product, ...args], {
    cwd: join(job.workspace, options.directory ?? '.'),
    env: {
      ...env,
      TMPDIR: job.temp,
      ...Object.fromEntries(Object.entries(PATIENT).map(([name, value]) => [variableOf(name), value])),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal)
  }
  const timer = setTimeout(() => kill('SIGKILL'), 60_000)
  void options.interruptWhen?.then(() => kill('SIGINT'))
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', text => {
      texts[name] += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({
        call: ['go-proxy-setup', ...args].join(' '),
        log: linesOf(texts.stderr),
        places: [],
        summary: '',
        output: linesOf(texts.stdout),
        exit: signal ?? `exit code ${code}`,
      })
    })
  })
}

function variableOf(input: string): string {
  return `GO_PROXY_SETUP_${input.replaceAll('-', '_').toUpperCase()}`
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
