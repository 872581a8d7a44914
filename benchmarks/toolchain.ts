import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { switchTelemetryOff } from '../__tests__/support/worlds/project.ts'
import { median } from '../src/benchmark/sample.ts'
import { runMeasured } from './measured.ts'
import { type Origin, startOrigin } from './origin.ts'
import { root } from './root.ts'
import { inRounds } from './rounds.ts'
import { makeToolchainFiles, type ToolchainFiles } from './toolchain-files.ts'

const VERSION = 'go1.26.7'
const PROMISED_BYTES = 200e6

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly rtt: readonly number[]
  readonly runs: number
}

interface Timed {
  readonly seconds: number
  readonly peakBytes: number
}

/** From nothing to `go version`, beside go's own switch in an empty module cache: not slower, and in little memory. */
export async function main({ rtt, runs }: Options): Promise<number> {
  const files = makeToolchainFiles(VERSION)
  let ok = true
  console.log(`from nothing to \`go version\` of ${VERSION}; medians of ${runs}`)
  console.log('round trip   GOTOOLCHAIN   this   peak memory')
  try {
    for (const rttMs of rtt) {
      const origin = await startOrigin({ directory: files.directory, rttMs })
      try {
        const measured = await inRounds(runs, {
          plain: () => timeIn(origin, files, plainGo),
          ours: () => timeIn(origin, files, ourselves),
        })
        const [plain, ours] = [measured.plain, measured.ours].map(list => median(list.map(one => one.seconds)) ?? 0)
        const peak = Math.max(...measured.ours.map(one => one.peakBytes))
        const holds = (ours ?? 0) <= (plain ?? 0) && peak < PROMISED_BYTES
        ok &&= holds
        const cells = [
          `${rttMs} ms`.padStart(9),
          `${plain?.toFixed(2)} s`.padStart(13),
          `${ours?.toFixed(2)} s`.padStart(8),
        ]
        console.log(`${holds ? ' ' : '✗'}${cells.join('')}${`${Math.round(peak / 1e6)} MB`.padStart(12)}`)
      } finally {
        await origin.close()
      }
    }
  } finally {
    files.remove()
  }
  return ok ? 0 : 1
}

interface Machine {
  readonly directory: string
  readonly url: string
  readonly env: Readonly<Record<string, string>>
}

type Run = (machine: Machine) => Promise<number>

async function timeIn(origin: Origin, { verifierKey }: Pick<ToolchainFiles, 'verifierKey'>, run: Run): Promise<Timed> {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const directory = mkdtempSync(join(memory, 'toolchain-'))
  try {
    for (const name of ['home', 'work', 'programs']) mkdirSync(join(directory, name))
    for (const name of ['git', 'sh'])
      symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(directory, 'programs', name))
    switchTelemetryOff(join(directory, 'home'))
    const certificate = join(directory, 'cert.pem')
    writeFileSync(certificate, origin.cert)
    const env = {
      PATH: join(directory, 'programs'),
      HOME: join(directory, 'home'),
      TMPDIR: directory,
      GOPROXY: origin.url,
      GOSUMDB: verifierKey,
      GOFLAGS: '-modcacherw',
      GOTELEMETRY: 'off',
      SSL_CERT_FILE: certificate,
      SSL_CERT_DIR: '/nonexistent',
    }
    const start = performance.now()
    const peakBytes = await run({ directory, url: origin.url, env })
    return { seconds: (performance.now() - start) / 1000, peakBytes }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const plainGo: Run = ({ directory, env }) => {
  const PATH = process.env['PATH'] ?? ''
  const cwd = join(directory, 'work')
  return finish('go', ['version'], cwd, { ...env, PATH, GOTOOLCHAIN: VERSION })
}

const ourselves: Run = async ({ directory, url, env }) => {
  const options = { proxies: url, fallback: 'off', 'go-version': VERSION, download: 'false', benchmark: 'off' }
  const args = Object.entries({ ...options, cache: 'false', 'build-cache': 'false' }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ])
  const work = join(directory, 'work')
  const peak = await finish(process.execPath, [join(root, 'dist', 'index.js'), 'run', ...args], work, env)
  const there = join(directory, 'home', '.cache', 'go-proxy-setup', 'go', VERSION.slice(2), process.arch, 'bin', 'go')
  await finish(there, ['version'], work, env)
  return peak
}

/** @returns the most memory that it had */
async function finish(file: string, args: readonly string[], cwd: string, env: Environment): Promise<number> {
  const { peakBytes } = await runMeasured({ name: file, file, args, cwd, env })
  return peakBytes
}

type Environment = Readonly<Record<string, string>>
