import { expect } from '@jest/globals'
import { type BuiltModule, buildModule } from '../../../src/demo/modules.ts'
import type { CleanUp } from '../clean-up.ts'
import { type OriginKind, startOrigin } from '../servers/origins.ts'
import { checkOutProject, createJob, useAction } from './action.ts'

const modules: readonly BuiltModule[] = [buildModule({ path: 'example.com/m0', version: 'v1.0.0' })]

/** Under it those who keep silent are given up within seconds. */
export const DEAD_POLICY = JSON.stringify({
  benchmark: { againForMs: 500, againMs: 20, maximumAgainMs: 100 },
  download: { stallMs: 1_000, graceMs: 500, maximumBackoffMs: 100, lastTryMs: 1_500 },
})

/** The step where no candidate is any good: it fails within a minute, and says of each one why. */
export async function useDeadCandidates(policy: string, inputs: Readonly<Record<string, string>>, cleanUp: CleanUp) {
  const job = cleanUp(createJob({ GONOSUMDB: '*', GO_PROXY_SETUP_POLICY: policy }))
  checkOutProject(job, modules)
  const kinds: readonly OriginKind[] = ['closed', 'silent', 'commands']
  const origins = await Promise.all(kinds.map(async kind => cleanUp(await startOrigin(kind, modules, {}))))
  const proxies = origins.map(({ url }) => url).join(' ')
  const main = await useAction(job, { proxies, fallback: 'off', ...inputs }, { timeout: 60_000 })
  expect([main.outcome, main.timedOut]).toEqual(['failure', false])
  for (const { url } of origins) expect(main.summary).toContain(url.replace('http://', ''))
  const error = main.annotations.find(({ type }) => type === 'error')?.message ?? ''
  expect(error).toMatch(/\[[A-Z_]+\]$/)
  expect(error.split('\n').length).toBeGreaterThan(1)
  const [post] = await job.finish()
  expect(post?.outcome).toBe('success')
}
