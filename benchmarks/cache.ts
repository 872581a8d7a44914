import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeCache } from '../__tests__/support/servers/fake-cache.mjs'
import { Job } from '../__tests__/support/worlds/fake-runner.mjs'
import { median } from '../src/benchmark/sample.ts'
import { type Contest, openContest } from './contest.ts'
import { fetchOnce, projects, store } from './modules.ts'
import { type Origin, startOrigin } from './origin.ts'
import { acceptedOf, accepts, type Other, type Program } from './program.ts'
import { root } from './root.ts'
import { byName, inRound, pick } from './rounds.ts'
import { each, type Sides } from './sides.ts'

const MOST_BEHIND_SECONDS = 0.5
/** Of the service: a usual one, and one that has a bad day. */
const SERVICES = { quick: 150_000_000, slow: 10_000_000 }
type Pace = keyof typeof SERVICES

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly project: readonly string[]
  readonly rtt: readonly number[]
  readonly runs: number
  /** What is stored, and nothing else. */
  readonly sizes?: true
}

/**
 * The whole main step with an empty module cache: downloading through the gateway, restoring (`cache: true`), and
 * `cache: auto`, which has to be as good as the better of the two. Origin and service have the same round trip; in a
 * third world all connections to the origin share 100 Mbit/s.
 */
export async function main({ project, rtt, runs, sizes }: Options, other?: Other): Promise<number> {
  if (sizes) return compareSizes(project)
  const contest = openContest(other)
  const networks: readonly Network[] = [
    ...rtt.map(rttMs => ({ name: `${rttMs} ms`, rttMs })),
    { name: '100 Mbit/s', rttMs: 80, bytesPerSecond: 100e6 / 8 },
  ]
  console.log(`Seconds of the main step, medians of ${runs}; an entry at 150 MB/s (quick) and 10 MB/s (slow)`)
  console.log('  project     proxy       service   download  restore     auto   auto behind the better one')
  let ok = true
  for (const name of project) {
    fetchOnce(name)
    for (const network of networks) {
      for (const pace of Object.keys(SERVICES) as Pace[])
        ok = (await compare({ name, network, pace, runs }, contest)) && ok
    }
  }
  return contest.conclude(ok)
}

/** How the module proxy is reached. */
interface Network {
  readonly name: string
  readonly rttMs: number
  readonly bytesPerSecond?: number
}

const MODES = ['false', 'true', 'auto'] as const
type Mode = (typeof MODES)[number]

interface Situation {
  readonly name: string
  readonly network: Network
  readonly pace: Pace
  readonly runs: number
}

async function compare(situation: Situation, contest: Contest): Promise<boolean> {
  const { name, network, pace } = situation
  const measured = await measure(situation, contest.programs)
  const seconds = new Map([...measured].map(([mode, done]) => [mode, pick(done, one => one.seconds)]))
  const of = (mode: Mode) => median(seconds.get(mode)?.ours ?? []) ?? Number.NaN
  const behind = of('auto') - Math.min(of('false'), of('true'))
  // Not a number where one of the programs lacks a mode.
  const holds = !(behind > MOST_BEHIND_SECONDS)
  const cells = [of('false'), of('true'), of('auto'), behind].map(value => value.toFixed(2).padStart(8))
  const used = new Set(measured.get('auto')?.ours.map(({ restore }) => restore))
  console.log(
    `${holds ? ' ' : '✗'} ${name.padEnd(11)} ${network.name.padEnd(11)} ${pace.padEnd(7)}  ${cells.join(' ')}   (${[...used].join(', ')})`,
  )
  for (const [mode, figures] of seconds) {
    contest.compare(`${name}, ${network.name}, ${pace} service, cache ${mode}`, figures, 'seconds')
  }
  return holds
}

/** Each program has a runner and a service of its own: what one stores is nothing to the other. */
async function measure(
  { name, network: { name: _, ...far }, pace, runs }: Situation,
  programs: Sides<Program>,
): Promise<ReadonlyMap<Mode, Sides<readonly Done[]>>> {
  const known = MODES.filter(mode => accepts(programs.ours, 'cache', mode))
  // Without the input there is no cache, as with false.
  const modes = known.length === 0 ? (['false'] as const) : known
  const origin = await startOrigin({ directory: join(store, 'cache', 'download'), ...far })
  const open = (program: Program) => openRunner(program, name, origin, { ...far, bytesPerSecond: SERVICES[pace] })
  const runners = await inRound(
    0,
    each(programs, program => () => open(program)),
  )
  try {
    if (known.includes('true')) for (const runner of Object.values(runners)) await runner.fill()
    const rounds = new Map<Mode, Sides<Done>[]>(modes.map(mode => [mode, []]))
    for (let round = 0; round < runs; round++) {
      for (const mode of modes) {
        const works = each(runners, runner => () => runner.run(mode))
        rounds.get(mode)?.push(await inRound(round, works))
      }
    }
    return new Map([...rounds].map(([mode, done]) => [mode, byName(done)]))
  } finally {
    for (const runner of Object.values(runners)) await runner.close()
    await origin.close()
  }
}

interface Done {
  readonly seconds: number
  /** Where the modules came from. */
  readonly restore: string
}

interface Runner {
  /** A first job, which stores what later ones restore. */
  fill(): Promise<void>
  run(cache: Mode): Promise<Done>
  close(): Promise<void>
}

/** One runner, on which the module cache is empty before each job. */
async function openRunner(
  program: Program,
  name: string,
  origin: Origin,
  { rttMs, bytesPerSecond }: { readonly rttMs: number; readonly bytesPerSecond: number },
): Promise<Runner> {
  const service = await startFakeCache({ latencyMs: rttMs, bytesPerSecond })
  const job = openJob(name, origin, service.env)
  const script = join(program.dist, 'index.js')
  const run = async (cache: Mode): Promise<Done> => {
    rmSync(join(job.root, 'modcache'), { recursive: true, force: true })
    job.env = {}
    const reportFile = join(job.root, 'report.json')
    // Some commits' programs add to a file that is there.
    rmSync(reportFile, { force: true })
    const wanted = { proxies: origin.url, cache, 'report-file': reportFile, summary: 'false' }
    const inputs = Object.fromEntries(acceptedOf(program, wanted))
    const done = await job.uses({ main: script, post: script, timeout: 120_000, inputs })
    if (done.outcome !== 'success')
      throw new Error(`dist/ of ${program.name} with cache: ${cache} failed:\n${done.log.join('\n')}`)
    if (cache !== 'true') await job.finish()
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as { cache: { restore: string } | null }
    return { seconds: done.ms / 1000, restore: report.cache?.restore ?? 'off' }
  }
  return {
    run,
    async fill() {
      await run('true')
      await job.finish()
      if (service.entries.size !== 1) throw new Error(`dist/ of ${program.name} stored nothing`)
    },
    async close() {
      job.dispose()
      await service.close()
    },
  }
}

/** Its files are in memory, where there is such a place. */
function openJob(name: string, origin: Origin, service: Readonly<Record<string, string>>): Job {
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
  return job
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
