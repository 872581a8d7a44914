// Real network: examples/service is downloaded by a step, and then built by examples/containers/Dockerfile without one.
import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { createJob, useAction } from '../support/worlds/action.ts'
import { buildAsDocker } from '../support/worlds/docker-build.ts'
import { ROOT, readDocument } from '../support/worlds/documents.ts'
import { WITHOUT_NETWORK } from '../support/worlds/without-network.ts'

const cleanUp = cleanUpAfterEach()

const isCut = WITHOUT_NETWORK !== undefined
const whereItCanBeCut = isCut ? describe : describe.skip

whereItCanBeCut(isCut ? 'the module store of the example service' : 'unshare is refused here', () => {
  test('is all that its container build needs', async () => {
    const job = cleanUp(createJob())
    cpSync(join(ROOT, 'examples/service'), job.workspace, { recursive: true })
    const main = await useAction(job, { proxies: 'official', 'module-store': 'true' })
    expect([main.outcome, main.log]).toEqual(['success', main.log])
    const root = cleanUp.directory('image-')
    // Without -modcacherw, as in an image.
    cleanUp(() => execFileSync('chmod', ['-R', 'u+w', root]))
    const { code, output, commands } = await buildAsDocker({
      dockerfile: readDocument('examples/containers/Dockerfile'),
      target: 'build',
      context: job.workspace,
      contexts: { modules: main.outputs['module-store'] ?? '' },
      root,
    })
    expect([code, output, commands.length]).toEqual([0, output, 2])
    expect(execFileSync(join(root, 'out/service'), ['--help'], { encoding: 'utf8' })).toContain('Usage:')
    await job.finish()
  }, 600_000)
})
