import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeCache } from '../__tests__/support/fake-cache.mjs'
import { Job } from '../__tests__/support/fake-runner.mjs'
import { median } from '../src/benchmark/sample.ts'
import { fetchOnce, projects, store } from './modules.ts'
import { type Origin, startOrigin } from './origin.ts'
import { root } from './step.ts'

const DIST = join(root, 'dist', 'index.js')
const MOST_BEHIND_SECONDS = 0.5
/** Of the service: a usual one, and one that has a bad day. */
const SERVICES = { quick: 150_000_000, slow: 10_000_000 }
type Pace = keyof typeof SERVICES

/**
 * The whole main step with an empty module cache: downloading through the gateway, restoring (`cache: true`), and
 * `cache: auto`, which has to be as good as the better of the two. Origin and service have the same round trip; in a
 * third world all connections to the origin share 100 Mbit/s.
 * @param args `--project act,helm,actionlint`, `--rtt 20,80`, `--runs 3`, `--sizes` for what is stored
 */
export async function main(args: readonly string[]): Promise<number> {
  const names = valueAfter('--project', args)?.split(',') ?? ['act', 'helm', 'actionlint']
  if (args.includes('--sizes')) return compareSizes(names)
  const rtts = (valueAfter('--rtt', args) ?? '20,80').split(',').map(Number)
  const networks: readonly Network[] = [
    ...rtts.map(rttMs => ({ name: `${rttMs} ms`, rttMs })),
    { name: '100 Mbit/s', rttMs: 80, bytesPerSecond: 100e6 / 8 },
  ]
  const runs = Number(valueAfter('--runs', args) ?? 3)
  console.log(`Seconds of the main step, medians of ${runs}; an entry at 150 MB/s (quick) and 10 MB/s (slow)`)
  console.log('  project     proxy       service   download  restore     auto   auto behind the better one')
  let ok = true
  for (const name of names) {
    fetchOnce(name)
    for (const network of networks) {
      for (const pace of Object.keys(SERVICES) as Pace[]) ok = (await compare(name, network, pace, runs)) && ok
    }
  }
  return ok ? 0 : 1
}

/** How the module proxy is reached. */
interface Network {
  readonly name: string
  readonly rttMs: number
  readonly bytesPerSecond?: number
}

type Mode = 'false' | 'true' | 'auto'

async function compare(name: string, { name: network, ...far }: Network, pace: Pace, runs: number): Promise<boolean> {
  const origin = await startOrigin({ directory: join(store, 'cache', 'download'), ...far })
  const service = await startFakeCache({ latencyMs: far.rttMs, bytesPerSecond: SERVICES[pace] })
  const seconds: Record<Mode, number[]> = { false: [], true: [], auto: [] }
  const used: string[] = []
  const runner = openRunner(name, origin, service.env)
  try {
    await runner.run('true')
    await runner.finish()
    if (service.entries.size !== 1) throw new Error('the first job stored nothing')
    for (let run = 0; run < runs; run++) {
      for (const mode of Object.keys(seconds) as Mode[]) {
        const done = await runner.run(mode)
        seconds[mode].push(done.seconds)
        if (mode === 'auto') used.push(done.cache.restore)
      }
    }
  } finally {
    runner.dispose()
    await service.close()
    await origin.close()
  }
  const of = (mode: Mode) => median(seconds[mode]) ?? 0
  const behind = of('auto') - Math.min(of('false'), of('true'))
  const holds = behind <= MOST_BEHIND_SECONDS
  const cells = [of('false'), of('true'), of('auto'), behind].map(value => value.toFixed(2).padStart(8))
  console.log(
    `${holds ? ' ' : '✗'} ${name.padEnd(11)} ${network.padEnd(11)} ${pace.padEnd(7)}  ${cells.join(' ')}   (${[...new Set(used)].join(', ')})`,
  )
  return holds
}

interface Done {
  readonly seconds: number
  readonly cache: { readonly restore: string; readonly reason: string | null }
}

/** One runner, on which the module cache is empty before each job. */
function openRunner(name: string, origin: Origin, service: Readonly<Record<string, string>>) {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = memory
  const job = new Job()
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  cpSync(join(projects, name), job.workspace, { recursive: true })
  const certFile = join(job.root, 'cert.pem')
  writeFileSync(certFile, origin.cert)
  Object.assign(job.base, service, {
    SSL_CERT_FILE: certFile,
    SSL_CERT_DIR: '/nonexistent',
    GOPATH: join(job.root, 'gopath'),
    GOMODCACHE: join(job.root, 'modcache'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GOENV: 'off',
    GOTELEMETRY: 'off',
  })
  return {
    finish: () => job.finish(),
    dispose: () => job.dispose(),
    async run(cache: Mode): Promise<Done> {
      rmSync(join(job.root, 'modcache'), { recursive: true, force: true })
      job.env = {}
      const reportFile = join(job.root, 'report.json')
      const inputs = { proxies: origin.url, cache, 'report-file': reportFile, summary: 'false' }
      const done = await job.uses({ main: DIST, post: DIST, timeout: 120_000, inputs })
      if (done.outcome !== 'success') throw new Error(`cache: ${cache} failed:\n${done.log.join('\n')}`)
      if (cache !== 'true') await job.finish()
      const { cache: told } = JSON.parse(execFileSync('cat', [reportFile], { encoding: 'utf8' }))
      return { seconds: done.ms / 1000, cache: told }
    },
  }
}

/**
 * What is stored, beside what setup-go stores after the same job: GOMODCACHE whole, and GOCACHE, which only a project
 * with sources fills.
 */
function compareSizes(names: readonly string[]): number {
  console.log('MB that tar and zstd make of them')
  console.log('  project         ours   GOMODCACHE  GOCACHE   setup-go’s is')
  const sources = [
    ...names.map(name => [name, join(projects, name)] as const),
    ['service', join(root, 'examples/service')] as const,
  ]
  for (const [name, source] of sources) {
    const directory = mkdtempSync(join(tmpdir(), 'sizes-'))
    try {
      const [project, modules, builds] = ['project', 'modules', 'builds'].map(part => join(directory, part)) as [
        string,
        string,
        string,
      ]
      cpSync(source, project, { recursive: true })
      const env = { ...process.env, GOMODCACHE: modules, GOCACHE: builds, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' }
      const go = (...args: string[]) =>
        execFileSync('go', args, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'], env })
      go('mod', 'download')
      mkdirSync(builds, { recursive: true })
      const hasSources = readdirSync(project).some(file => file.endsWith('.go'))
      if (hasSources) {
        go('build', './...')
        go('test', './...')
      }
      const files = (readdirSync(modules, { recursive: true }) as string[]).filter(
        file => /\/@v\/[^/]+\.(zip|mod|info)$/.test(file) && statSync(join(modules, file)).isFile(),
      )
      const ours = archiveBytes(modules, files)
      const whole = archiveBytes(modules, ['.'])
      const built = hasSources ? archiveBytes(builds, ['.']) : undefined
      const mb = (bytes: number | undefined) => (bytes === undefined ? '–' : (bytes / 1e6).toFixed(1)).padStart(8)
      const times = ((whole + (built ?? 0)) / ours).toFixed(1)
      console.log(`  ${name.padEnd(11)} ${mb(ours)} ${mb(whole)}     ${mb(built)}   ${times} times as much`)
    } finally {
      rmSync(directory, { recursive: true })
    }
  }
  return 0
}

function archiveBytes(directory: string, names: readonly string[]): number {
  const list = join(mkdtempSync(join(tmpdir(), 'list-')), 'names')
  writeFileSync(list, names.join('\n'))
  const archive = `${list}.tzst`
  execFileSync('tar', [
    '--posix',
    '-cf',
    archive,
    '-C',
    directory,
    '--files-from',
    list,
    '--use-compress-program',
    'zstdmt',
  ])
  const { size } = statSync(archive)
  rmSync(archive)
  return size
}

function valueAfter(option: string, args: readonly string[]): string | undefined {
  const at = args.indexOf(option)
  return at < 0 ? undefined : args[at + 1]
}
