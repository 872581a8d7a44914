import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { keepSums } from '../../src/download/sums.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { startOrigin } from '../support/servers/origins.ts'
import { checkOutProject, createJob, DIST, useAction } from '../support/worlds/action.ts'
import { workspaceIn } from '../support/worlds/download.ts'
import { realFiles } from '../support/worlds/effects.ts'
import type { Job } from '../support/worlds/fake-runner.mjs'
import { canFindProcesses, processesWith } from '../support/worlds/processes.ts'

const cleanUp = cleanUpAfterEach()

/** The post step alone, with the state that a killed main left. */
async function post(job: Job, state: Readonly<Record<string, string>>) {
  await job.uses({ main: DIST, timeout: 60_000, state: { isPost: 'true', ...state } })
  return job
}

describe('the post step after a main step that was killed', () => {
  test('puts the sums back and removes what is ours', async () => {
    const job = cleanUp(createJob())
    const directory = join(job.temp, 'go-proxy-setup-killed')
    const sums = join(directory, 'download', 'sums')
    mkdirSync(join(sums, '0'), { recursive: true })
    writeFileSync(join(job.workspace, 'go.work.sum'), 'as it was\n')
    await keepSums(workspaceIn(job.workspace, []), join(sums, '0'), realFiles)
    writeFileSync(join(job.workspace, 'go.work.sum'), 'what go made of it\n')
    await post(job, { directory, sumBackup: sums })
    expect(readFileSync(join(job.workspace, 'go.work.sum'), 'utf8')).toBe('as it was\n')
    expect(readdirSync(job.temp).filter(name => name.startsWith('go-proxy-setup'))).toEqual([])
    // Twice does no harm.
    await post(job, { directory, sumBackup: sums })
  })

  test('removes nothing else, whatever the state says', async () => {
    const job = cleanUp(createJob())
    const victim = join(job.workspace, 'go-proxy-setup-victim')
    mkdirSync(victim)
    await post(job, { directory: victim, sumBackup: '/nowhere' })
    await post(job, { directory: 'relative', sumBackup: '' })
    await post(job, {})
    expect(existsSync(victim)).toBe(true)
  })

  test('removes what a restore left, though nothing is to be saved', async () => {
    const job = cleanUp(createJob())
    const directory = join(job.temp, 'go-proxy-setup-killed')
    const cache = join(directory, 'module-cache', 'cache', 'download', 'example.com', 'm', '@v')
    mkdirSync(cache, { recursive: true })
    writeFileSync(join(cache, 'v1.0.0.zip'), 'half')
    await post(job, { directory })
    await post(job, {})
    expect(readdirSync(job.temp)).toEqual([])
  })
})

const onLinux = canFindProcesses ? test : test.skip
describe('the post step that is stopped while the cache service is silent', () => {
  onLinux.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s: no secret, no file and no process is left', async (cancelBy, exitCode) => {
    const modules = [buildModule({ path: 'modules.test.io/m', version: 'v1.0.0' })]
    const service = cleanUp(await startFakeCache())
    const proxy = cleanUp(await startOrigin('good', modules))
    const job = cleanUp(createJob({ GONOSUMDB: '*', ...service.env }))
    checkOutProject(job, modules)
    const inputs = { proxies: proxy.url, cache: 'true', credentials: 'git.corp.example canary-3f1c9a7e5b' }
    const main = await useAction(job, inputs)
    const directory = main.state['directory'] ?? ''
    expect([main.outcome, existsSync(join(directory, 'credentials'))]).toEqual(['success', true])

    let credentialsAreThere: boolean | undefined
    const cancelWhen = new Promise<void>(resolve => {
      service.onRequest = name => {
        if (name !== 'PUT blob') return undefined
        credentialsAreThere = existsSync(join(directory, 'credentials'))
        resolve()
        return 'hang'
      }
    })
    const stopped = await job.step(DIST, { inputs, state: main.state, cancelWhen, cancelBy })
    expect([stopped.outcome, stopped.exitCode, stopped.leftRunning]).toEqual(['cancelled', exitCode, false])
    expect(stopped.log.join('\n')).toContain('The module cache was not saved: the job was stopped.')
    expect(credentialsAreThere).toBe(false)
    expect(readdirSync(job.temp)).toEqual([])
    expect(processesWith(job.temp)).toEqual([])
  })
})
