import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MeasuredRun, runMeasured } from './measured.ts'
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

/** Runs it in a fresh copy of the project with an empty module cache in memory. @param certificates PEM, to be trusted */
export async function timeStep(
  project: string,
  certificates: readonly string[],
  command: Command,
): Promise<MeasuredRun> {
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
    const cwd = join(directory, 'project')
    return await runMeasured({ name: command.name, file: command.file, args: command.args(cwd), cwd, env })
  } finally {
    rmSync(directory, { recursive: true, force: true })
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
