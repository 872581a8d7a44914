import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { keepSums } from '../../src/download/sums.ts'
import { createJob, DIST } from '../support/action.ts'
import { workspaceIn } from '../support/download.ts'
import type { Job } from '../support/fake-runner.mjs'
import { realFiles } from '../support/world.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The post step alone, with the state that a killed main left. */
async function post(job: Job, state: Readonly<Record<string, string>>) {
  await job.uses({ main: DIST, timeout: 60_000, state: { isPost: 'true', ...state } })
  return job
}

describe('the post step after a main step that was killed', () => {
  test('puts the sums back and removes what is ours', async () => {
    const job = createJob()
    closers.push(() => job.dispose())
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
    const job = createJob()
    closers.push(() => job.dispose())
    const victim = join(job.workspace, 'go-proxy-setup-victim')
    mkdirSync(victim)
    await post(job, { directory: victim, sumBackup: '/nowhere' })
    await post(job, { directory: 'relative', sumBackup: '' })
    await post(job, {})
    expect(existsSync(victim)).toBe(true)
  })
})
