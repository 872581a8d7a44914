import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { buildModule } from '../../../src/demo/modules.ts'
import type { CleanUp } from '../clean-up.ts'
import { startFakeCache } from '../servers/fake-cache.mjs'
import { type Origin, startOrigin } from '../servers/origins.ts'
import { checkOutProject, createJob, useAction } from './action.ts'
import type { Job, StepResult } from './fake-runner.mjs'

/** What the project of every such job needs. */
export const modules = Array.from({ length: 6 }, (_, i) =>
  buildModule({ path: `modules.test.io/m${i}`, version: 'v1.0.0', paddingBytes: i === 0 ? 900_000 : 40_000 }),
)

export const DOWNLOAD = { stallMs: 5_000, lastTryMs: 5_000 }
export const POLICY = JSON.stringify({ download: DOWNLOAD })

export type Service = Awaited<ReturnType<typeof startFakeCache>>
export type ServiceOptions = Parameters<typeof startFakeCache>[0]

export function newJob(
  service: { readonly env: Readonly<Record<string, string>> },
  env: Readonly<Record<string, string>>,
  cleanUp: CleanUp,
): Job {
  const job = cleanUp(createJob({ GONOSUMDB: 'example.com', GO_PROXY_SETUP_POLICY: POLICY, ...service.env, ...env }))
  checkOutProject(job, modules)
  return job
}

/** The next job on a runner of the same kind, where RUNNER_TEMP has the same path. */
export function forgetModules(job: Job): void {
  rmSync(join(job.root, 'modcache'), { recursive: true, force: true })
}

interface CacheOfReport {
  readonly restore: string
  readonly reason: string | null
  readonly save: string
  readonly files: number
  readonly seconds: number | null
  readonly rejected: readonly { readonly file: string; readonly what: string }[]
}
interface ReportFile {
  readonly cache: CacheOfReport
  readonly download: { readonly modules: number }
  readonly warnings: readonly { readonly code: string }[]
}

export const reportOf = (result: StepResult): ReportFile =>
  JSON.parse(readFileSync(result.outputs['report'] ?? '', 'utf8'))
export const shown = (result: StepResult | undefined) => result?.log.join('\n') ?? ''
export const moduleRequests = ({ requests }: Origin, since = 0) =>
  requests.slice(since).filter(({ path }) => path.includes('/@v/'))

/** A job that has stored all modules; those that follow find one entry. */
export async function stored(
  service: Service,
  url: string,
  env: Readonly<Record<string, string>>,
  cleanUp: CleanUp,
): Promise<Job> {
  const job = newJob(service, env, cleanUp)
  const main = await useAction(job, { proxies: url, cache: 'true' })
  expect(main.outcome).toBe('success')
  await job.finish()
  expect(service.entries.size).toBe(1)
  forgetModules(job)
  return job
}

/** A runner whose first job stored all modules, for many tests. */
export interface Lane {
  readonly proxy: Origin
  readonly job: Job
  /** A service that has what the first job stored, in the state of that moment. */
  service(options?: ServiceOptions): Promise<Service>
}

/** @param keep closes the lane: after one test, or after all of them  @param cleanUp closes its services */
export async function openLane(keep: CleanUp, cleanUp: CleanUp): Promise<Lane> {
  const proxy = keep(await startOrigin('good', modules))
  const first = keep(await startFakeCache())
  const job = await stored(first, proxy.url, {}, keep)
  return {
    proxy,
    job,
    service: async options => {
      const service = cleanUp(await startFakeCache(options))
      for (const [name, entry] of first.entries) service.entries.set(name, { ...entry })
      for (const [name, blob] of first.blobs) service.blobs.set(name, { ...blob })
      Object.assign(job.base, service.env)
      job.env = {}
      forgetModules(job)
      return service
    },
  }
}
