import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acceptedOf, type Program } from './program.ts'

export interface Command {
  /** For errors. */
  readonly name: string
  readonly file: string
  readonly args: (directory: string) => readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export function plainGo(goproxy: string): Command {
  return { name: 'plain go', file: 'go', args: () => ['mod', 'download'], env: { GOPROXY: goproxy } }
}

/** The whole step, or with `bench --json` the ranking alone. */
export function programUnderTest(
  program: Program,
  urls: readonly string[],
  ...[verb = 'run', ...more]: readonly string[]
): Command {
  const options = acceptedOf(program, { proxies: urls.join(' '), fallback: 'off' })
  const args = (directory: string) => [
    join(program.dist, 'index.js'),
    verb,
    '-C',
    directory,
    ...options.flatMap(([name, value]) => [`--${name}`, value]),
    ...more,
  ]
  return { name: `dist/ of ${program.name}`, file: process.execPath, args, env: {} }
}

export interface Timed {
  /** From start to exit. */
  readonly seconds: number
  /** The process's own, without go's; 0 where the system does not tell. */
  readonly peakBytes: number
  /** What it wrote to standard output. */
  readonly output: string
}

/** Runs it in a fresh copy of the project with an empty module cache in memory. @param certificates PEM, to be trusted */
export async function timeStep(project: string, certificates: readonly string[], command: Command): Promise<Timed> {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const directory = mkdtempSync(join(memory, 'download-'))
  try {
    cpSync(project, join(directory, 'project'), { recursive: true })
    const certFile = join(directory, 'cert.pem')
    writeFileSync(certFile, certificates.join('\n'))
    const env: Record<string, string> = {
      ...environment(directory),
      ...(process.env['GO_PROXY_SETUP_POLICY'] && { GO_PROXY_SETUP_POLICY: process.env['GO_PROXY_SETUP_POLICY'] }),
      SSL_CERT_FILE: certFile,
      SSL_CERT_DIR: '/nonexistent',
      ...command.env,
    }
    // In a new home the first go takes 90 ms more; in a job setup-go has run it before.
    execFileSync('go', ['env'], { env, stdio: 'ignore' })
    const start = performance.now()
    const child = spawn(command.file, [...command.args(join(directory, 'project'))], {
      cwd: join(directory, 'project'),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    child.stdout.on('data', (data: Buffer) => output.push(data))
    let words = ''
    child.stderr.on('data', (data: Buffer) => {
      words = (words + data).slice(-3000)
    })
    let peakBytes = 0
    const look = setInterval(() => {
      peakBytes = Math.max(peakBytes, peakOf(child.pid))
    }, 50)
    const code = await new Promise(resolve => child.on('close', resolve))
    const seconds = (performance.now() - start) / 1000
    clearInterval(look)
    if (code !== 0) throw new Error(`${command.name} ended with ${code}:\n${words}`)
    return { seconds, peakBytes, output: Buffer.concat(output).toString() }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function peakOf(id: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function environment(directory: string): Record<string, string> {
  mkdirSync(join(directory, 'home'))
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: join(directory, 'home'),
    TMPDIR: directory,
    GOPATH: join(directory, 'gopath'),
    GOMODCACHE: join(directory, 'modules'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GOENV: 'off',
    GOTELEMETRY: 'off',
    // Nothing but the origins is asked: the sums are there, and no database is on loopback.
    GONOSUMDB: '*',
  }
}
