import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { startFakeCache } from '../__tests__/support/servers/fake-cache.mjs'
import { Job } from '../__tests__/support/worlds/fake-runner.mjs'
import { type Commit, checkOutCommit, type ProjectName } from './job-projects.ts'
import type { Origin } from './origin.ts'
import { root } from './root.ts'
import type { ToolchainFiles } from './toolchain-files.ts'

/** `brought`: as `ours`, on runners that have no Go: the step brings it. */
export const WAYS = ['plain', 'setup-go', 'ours', 'brought'] as const
export type Way = (typeof WAYS)[number]

/** Go as the proxy has it. */
export interface ServedGo extends Pick<ToolchainFiles, 'verifierKey'> {
  /** Such as `go1.26.7`. */
  readonly version: string
}

export const SERVICE = { latencyMs: 30, bytesPerSecond: 100e6 }

/** One whole job. */
export interface Played {
  readonly seconds: number
  /** Packages. */
  readonly compiled: number
  /** Parts of it in seconds, in their order. */
  readonly parts: Readonly<Record<string, number>>
}

/** Runners of one kind with one cache service: each job begins on a fresh one. */
export interface JobRunner {
  play(commit: Commit): Promise<Played>
  stored(): readonly { readonly key: string; readonly bytes: number }[]
  /** Keeps in mind what is stored. */
  mark(): void
  /** Forgets what was stored since. */
  goBack(): void
  close(): Promise<void>
}

/** What jobs fetch, and from where. */
export interface JobWorld {
  readonly project: ProjectName
  readonly origin: Origin
  /** undefined where no way asks for it. */
  readonly go: ServedGo | undefined
}

export async function openJobRunner(way: Way, { project, origin, go }: JobWorld): Promise<JobRunner> {
  const service = await startFakeCache(SERVICE)
  const job = openJob(origin, service.env)
  const inputs: Record<string, string> = way === 'setup-go' ? {} : { proxies: origin.url, 'build-cache': 'auto' }
  if (way === 'brought' && go !== undefined) {
    Object.assign(job.base, { PATH: pathWithoutGo(), GOSUMDB: go.verifierKey })
    inputs['go-version'] = go.version.slice(2)
  }
  const marked = { entries: [...service.entries], blobs: [...service.blobs] }
  return {
    async play(commit) {
      for (const directory of ['modcache', 'gocache', 'tools'])
        rmSync(join(job.root, directory), { recursive: true, force: true })
      checkOutCommit(project, commit, job.workspace)
      job.base['GITHUB_SHA'] = commit.sha
      job.env = {}
      job.path = []
      return playJob(way, { job, inputs, origin })
    },
    stored: () =>
      [...service.entries.values()].map(({ key, path }) => ({ key, bytes: service.blobs.get(path)?.data.length ?? 0 })),
    mark() {
      marked.entries = [...service.entries]
      marked.blobs = [...service.blobs]
    },
    goBack() {
      restoreMap(service.entries, marked.entries)
      restoreMap(service.blobs, marked.blobs)
    },
    async close() {
      job.dispose()
      await service.close()
    },
  }
}

function restoreMap(map: Map<unknown, unknown>, before: readonly (readonly [unknown, unknown])[]): void {
  map.clear()
  for (const [key, value] of before) map.set(key, value)
}

/** The machine's own, without any place that has a go: what a bare runner with git is. */
function pathWithoutGo(): string {
  const places = (process.env['PATH'] ?? '').split(delimiter)
  return places.filter(place => !existsSync(join(place, 'go'))).join(delimiter)
}

interface JobSetting {
  readonly job: Job
  readonly inputs: Readonly<Record<string, string>>
  readonly origin: Origin
}

async function playJob(way: Way, { job, inputs, origin }: JobSetting): Promise<Played> {
  const isOurs = way === 'ours' || way === 'brought'
  const script = isOurs ? join(root, 'dist', 'index.js') : way === 'setup-go' ? setupGoScript(job) : undefined
  const parts: Record<string, number> = {}
  const start = performance.now()
  let last = start
  const lap = (name: string) => {
    const now = performance.now()
    parts[name] = (now - last) / 1000
    last = now
  }
  if (script !== undefined) {
    const main = await job.uses({ main: script, post: script, timeout: 240_000, inputs })
    if (main.outcome !== 'success') throw new Error(`${way}: ${main.log.join('\n')}`)
    lap('main')
    tell(way, main.log)
  }
  const PATH = [...job.path, job.base['PATH']].join(delimiter)
  const env = { ...job.base, ...(!isOurs && { GOPROXY: origin.url }), ...job.env, PATH }
  let compiled = 0
  for (const verb of ['build', 'vet']) {
    const options = { cwd: job.workspace, env, encoding: 'utf8', maxBuffer: 1 << 28 } as const
    const done = spawnSync('go', [verb, '-x', './...'], options)
    if (done.status !== 0) throw new Error(`${way}: go ${verb}: ${done.stderr.slice(-2_000)}`)
    compiled += done.stderr.match(/\/compile(?:\.exe)?"? .*? -p \S+ /g)?.length ?? 0
    lap(verb)
  }
  for (const post of await job.finish()) tell(way, post.log)
  lap('post')
  return { seconds: (performance.now() - start) / 1000, compiled, parts }
}

function tell(way: Way, log: readonly string[]): void {
  if (process.env['VERBOSE']) console.log(log.map(line => `    ${way}: ${line}`).join('\n'))
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

/** Its files are in memory, where there is such a place. */
function openJob(origin: Origin, service: Readonly<Record<string, string>>): Job {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const job = new Job()
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
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
