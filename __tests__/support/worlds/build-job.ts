import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decompress } from '../builders/tar.ts'
import { startFakeCache } from '../servers/fake-cache.mjs'
import { checkOut, createJob, useAction } from './action.ts'
import type { Job, StepResult } from './fake-runner.mjs'

export type CacheService = Awaited<ReturnType<typeof startFakeCache>>

/** The module cache is left out, for the project has no dependencies. */
export const BUILD_INPUTS = { 'build-cache': 'true', cache: 'false' }

/** So many packages, each importing the one before; the standard library is left out, for it takes seconds to build. */
export const PACKAGES = 6

export const ALL_PACKAGES = Array.from({ length: PACKAGES }, (_, i) => `example.com/project/p${i}`)

/** The source of package `p${i}`. @param comment changes the file, and only this package’s output */
export function packageSource(i: number, comment = ''): string {
  const before = i === 0 ? '' : `import "example.com/project/p${i - 1}"\n\n`
  const value = i === 0 ? '1' : `p${i - 1}.Value + 1`
  return `// ${comment}\npackage p${i}\n\n${before}var Value = ${value}\n`
}

/** A job whose project has no dependencies, so that all that counts is what it builds. */
export function createBuildJob(env: Readonly<Record<string, string>>): Job {
  const job = createJob({ GO_PROXY_SETUP_POLICY: '{}', GOPROXY: 'off', ...env })
  checkOut(job, {
    'go.mod': 'module example.com/project\n\ngo 1.21\n',
    ...Object.fromEntries(Array.from({ length: PACKAGES }, (_, i) => [`p${i}/p.go`, packageSource(i)])),
  })
  return job
}

/** Runs `go build -x ./...` as a later step. @returns the packages that were compiled */
export async function build(job: Job, ...args: readonly string[]): Promise<readonly string[]> {
  const { stderr } = await promisify(execFile)('go', ['build', '-x', ...args, './...'], {
    cwd: job.workspace,
    env: { ...job.base, ...job.env },
    maxBuffer: 1 << 26,
  })
  return [...stderr.matchAll(/\/compile(?:\.exe)?"? .*? -p (\S+) /g)].map(match => match[1] ?? '')
}

export function gocacheOf(job: Job): string {
  return join(job.root, 'gocache')
}

/** The next job on a runner of the same kind. */
export function forgetBuilds(job: Job): void {
  rmSync(gocacheOf(job), { recursive: true, force: true })
}

/** Files of GOCACHE in go's form or not, by name. */
export function entriesIn(gocache: string): readonly string[] {
  if (!existsSync(gocache)) return []
  return readdirSync(gocache, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(gocache.length + 1))
    .sort()
}

export interface BuildReport {
  readonly buildCache: {
    readonly restore: string
    readonly reason: string | null
    readonly files: number
    readonly rejected: readonly { readonly file: string; readonly what: string }[]
  }
  readonly warnings: readonly { readonly code: string }[]
}

/** As long as post has not removed it. */
export function buildReportOf(result: StepResult): BuildReport {
  return JSON.parse(readFileSync(result.outputs['report'] ?? '', 'utf8'))
}

export function logOf(result: StepResult | undefined): string {
  return result?.log.join('\n') ?? ''
}

export interface WholeJob {
  readonly main: StepResult
  readonly report: BuildReport
  /** Packages. */
  readonly compiled: readonly string[]
  readonly post: StepResult | undefined
}

/** A whole job: main, `go build ./...`, post. */
export async function runWholeJob(job: Job, inputs: Readonly<Record<string, string>> = {}): Promise<WholeJob> {
  const main = await useAction(job, { ...BUILD_INPUTS, ...inputs })
  if (main.outcome !== 'success') throw new Error(logOf(main))
  const report = buildReportOf(main)
  const compiled = await build(job)
  const [post] = await job.finish()
  return { main, report, compiled, post }
}

/** A runner whose first job stored what it built. */
export interface BuildLane {
  readonly job: Job
  readonly first: WholeJob
  /** What the first job stored. */
  readonly stored: CacheService
  /** A service that has it, in the state of that moment, and a runner that has nothing. */
  service(): Promise<CacheService>
  /** Removes the runner and closes all services. */
  close(): Promise<void>
}

/** @param inputs of the first job, and variables of all */
export async function openBuildLane(
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<BuildLane> {
  const stored = await startFakeCache()
  const services = [stored]
  const job = createBuildJob({ ...stored.env, ...env })
  const first = await runWholeJob(job, inputs)
  return {
    job,
    first,
    stored,
    async service() {
      const service = await startFakeCache()
      services.push(service)
      for (const [name, entry] of stored.entries) service.entries.set(name, { ...entry })
      for (const [name, blob] of stored.blobs) service.blobs.set(name, { ...blob })
      Object.assign(job.base, { GO_PROXY_SETUP_POLICY: '{}', GITHUB_SHA: '0'.repeat(40), ...service.env })
      job.env = {}
      forgetBuilds(job)
      checkOut(job, Object.fromEntries(ALL_PACKAGES.map((_, i) => [`p${i}/p.go`, packageSource(i)])))
      return service
    },
    async close() {
      job.dispose()
      for (const service of services) await service.close()
    },
  }
}

/** Files of a service’s newest archive by name, unpacked by tar itself. */
export function storedFiles({ blobs }: CacheService): Map<string, Buffer> {
  const root = mkdtempSync(join(tmpdir(), 'members-'))
  try {
    writeFileSync(join(root, 'x.tar'), decompress([...blobs.values()].at(-1)?.data ?? Buffer.alloc(0)))
    const directory = join(root, 'x')
    mkdirSync(directory)
    execFileSync('tar', ['-xf', join(root, 'x.tar'), '-C', directory])
    return new Map(entriesIn(directory).map(name => [name, readFileSync(join(directory, name))]))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
