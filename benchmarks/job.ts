import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeCache } from '../__tests__/support/servers/fake-cache.mjs'
import { Job } from '../__tests__/support/worlds/fake-runner.mjs'
import { median } from '../src/benchmark/sample.ts'
import { fetchOnce, store } from './modules.ts'
import { type Origin, startOrigin } from './origin.ts'
import { root } from './root.ts'

const PROXY_RTT_MS = 20
const SERVICE = { latencyMs: 30, bytesPerSecond: 100e6 }
/** Whole projects with their sources: the modules that `benchmarks/projects` names, and a leaf and a central package. */
const SOURCES = {
  act: {
    module: 'github.com/nektos/act',
    version: 'v0.2.89',
    leaf: 'pkg/lookpath/env.go',
    central: 'pkg/common/logger.go',
  },
} as const

export const ROWS = {
  same: 'the same commit again',
  sums: 'a line of go.sum added',
  leaf: 'a leaf package changed',
  central: 'a central package changed',
} as const
export const WAYS = ['plain', 'setup-go', 'ours'] as const
type Row = keyof typeof ROWS
type Way = (typeof WAYS)[number]

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly only: readonly Row[]
  readonly ways: readonly Way[]
  readonly runs: number
}

/** Of the best other way; and the share of setup-go's bytes that may be stored. */
const MOST_BEHIND = { seconds: 0.5, share: 0.05 }
const MOST_BYTES = 0.6

/**
 * Whole jobs: our step or what stands in its place, `go build ./...`, `go vet ./...`, and post. The first job finds
 * nothing stored; each of the others begins with what the first one stored.
 */
export async function main({ only, ways, runs }: Options): Promise<number> {
  fetchOnce('act')
  const origin = await startOrigin({ directory: join(store, 'cache', 'download'), rttMs: PROXY_RTT_MS })
  const seconds = new Map<string, number[]>()
  const stored = new Map<Way, number>()
  try {
    for (let round = 0; round < runs; round++) {
      for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
        for (const [row, time] of await playWay(way, only, origin, stored)) {
          seconds.set(`${way} ${row}`, [...(seconds.get(`${way} ${row}`) ?? []), time])
        }
      }
    }
  } finally {
    await origin.close()
  }
  return report(only, seconds, stored, runs)
}

function report(
  only: readonly Row[],
  seconds: ReadonlyMap<string, readonly number[]>,
  stored: ReadonlyMap<Way, number>,
  runs: number,
): number {
  console.log(`act, whole job in seconds, medians of ${runs}; proxy at ${PROXY_RTT_MS} ms`)
  console.log(`  ${''.padEnd(28)} ${WAYS.map(way => way.padStart(9)).join(' ')}`)
  let ok = true
  for (const row of ['nothing', ...only] as const) {
    const of = (way: Way) => median(seconds.get(`${way} ${row}`) ?? []) ?? Number.NaN
    const best = Math.min(of('plain'), of('setup-go'))
    // Not a number where a way was not played.
    const holds = !(of('ours') > best + Math.max(MOST_BEHIND.seconds, MOST_BEHIND.share * best))
    const name = row === 'nothing' ? 'nothing stored' : ROWS[row]
    console.log(`${holds ? ' ' : '✗'} ${name.padEnd(28)} ${WAYS.map(way => of(way).toFixed(1).padStart(9)).join(' ')}`)
    ok &&= holds
  }
  const isSmall = !((stored.get('ours') ?? Number.NaN) / (stored.get('setup-go') ?? Number.NaN) > MOST_BYTES)
  const mb = WAYS.map(way => ((stored.get(way) ?? 0) / 1e6).toFixed(0).padStart(9))
  console.log(`${isSmall ? ' ' : '✗'} ${'MB stored by the first job'.padEnd(28)} ${mb.join(' ')}`)
  return ok && isSmall ? 0 : 1
}

/** All rows of one way, on one runner. */
async function playWay(
  way: Way,
  rows: readonly Row[],
  origin: Origin,
  stored: Map<Way, number>,
): Promise<ReadonlyMap<string, number>> {
  const service = await startFakeCache(SERVICE)
  const job = openJob(origin, service.env)
  const times = new Map<string, number>()
  try {
    times.set('nothing', await playJob(way, job, origin))
    stored.set(
      way,
      [...service.blobs.values()].reduce((sum, { data }) => sum + data.length, 0),
    )
    const [entries, blobs] = [[...service.entries], [...service.blobs]]
    for (const row of rows) {
      for (const [map, before] of [
        [service.entries, entries],
        [service.blobs, blobs],
      ] as const) {
        map.clear()
        for (const [key, value] of before) (map as Map<unknown, unknown>).set(key, value)
      }
      for (const directory of ['modcache', 'gocache'])
        rmSync(join(job.root, directory), { recursive: true, force: true })
      changeFor(row, job.workspace)
      job.base['GITHUB_SHA'] = (row === 'same' ? '0' : '1').repeat(40)
      job.env = {}
      times.set(row, await playJob(way, job, origin))
    }
    return times
  } finally {
    job.dispose()
    await service.close()
  }
}

/** @returns its seconds */
async function playJob(way: Way, job: Job, origin: Origin): Promise<number> {
  const script = way === 'ours' ? join(root, 'dist', 'index.js') : way === 'setup-go' ? setupGoScript(job) : undefined
  const start = performance.now()
  if (script !== undefined) {
    const inputs: Record<string, string> = way === 'ours' ? { proxies: origin.url } : {}
    const main = await job.uses({ main: script, post: script, timeout: 240_000, inputs })
    if (main.outcome !== 'success') throw new Error(`${way}: ${main.log.join('\n')}`)
  }
  const env = { ...job.base, ...(way !== 'ours' && { GOPROXY: origin.url }), ...job.env }
  for (const verb of ['build', 'vet']) {
    const done = spawnSync('go', [verb, './...'], { cwd: job.workspace, env, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${way}: go ${verb}: ${done.stderr.slice(-2_000)}`)
  }
  for (const post of await job.finish()) {
    if (process.env['VERBOSE']) console.log(way, post.log.filter(line => /cache/.test(line)).join('\n'))
  }
  return (performance.now() - start) / 1000
}

/** One archive of both directories by the same library, named after go.sum, as setup-go does. */
function setupGoScript(job: Job): string {
  const script = join(job.root, 'setup-go.mjs')
  const library = join(root, 'node_modules', '@actions', 'cache', 'lib', 'cache.js')
  writeFileSync(
    script,
    `import * as cache from ${JSON.stringify(library)}
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
const paths = [process.env.GOMODCACHE, process.env.GOCACHE]
const key = 'setup-go-' + createHash('sha256').update(readFileSync('go.sum')).digest('hex')
if (process.env.STATE_hit === undefined) {
  const hit = await cache.restoreCache(paths, key)
  appendFileSync(process.env.GITHUB_STATE, 'hit=' + (hit ?? '') + '\\n')
} else if (process.env.STATE_hit !== key) await cache.saveCache(paths, key)
process.exit(0)
`,
  )
  return script
}

function changeFor(row: Row, workspace: string): void {
  const { module, version, leaf, central } = SOURCES.act
  const source = sourceOf(module, version)
  for (const file of [leaf, central, 'go.sum']) cpSync(join(source, file), join(workspace, file))
  if (row === 'leaf') appendFileSync(join(workspace, leaf), '\nfunc changed() int { return 1 }\n')
  if (row === 'central') appendFileSync(join(workspace, central), '\nfunc changed() int { return 1 }\n')
  if (row === 'sums')
    appendFileSync(
      join(workspace, 'go.sum'),
      'example.com/unused v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    )
}

/** The module's files, fetched once through the configured proxy. */
function sourceOf(module: string, version: string): string {
  const env = { ...process.env, GOMODCACHE: store, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' }
  const directory = join(store, `${module}@${version}`)
  if (!existsSync(directory)) execFileSync('go', ['mod', 'download', `${module}@${version}`], { cwd: tmpdir(), env })
  return directory
}

/** Its files are in memory, where there is such a place. */
function openJob(origin: Origin, service: Readonly<Record<string, string>>): Job {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const job = new Job()
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  const { module, version } = SOURCES.act
  cpSync(sourceOf(module, version), job.workspace, { recursive: true })
  mkdirSync(job.workspace, { recursive: true })
  writeFileSync(join(job.root, 'cert.pem'), origin.cert)
  Object.assign(job.base, service, {
    SSL_CERT_FILE: join(job.root, 'cert.pem'),
    SSL_CERT_DIR: '/nonexistent',
    NODE_EXTRA_CA_CERTS: join(job.root, 'cert.pem'),
    GOPATH: join(job.root, 'gopath'),
    GOMODCACHE: join(job.root, 'modcache'),
    GOCACHE: join(job.root, 'gocache'),
    GOFLAGS: '-modcacherw -buildvcs=false',
    GOTOOLCHAIN: 'local',
    GOENV: 'off',
    GOTELEMETRY: 'off',
    GONOSUMDB: '*',
  })
  return job
}
