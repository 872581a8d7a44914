import { expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { objectPath } from '../../src/go/escape.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startModuleServer } from '../support/servers/module-server.ts'
import { runStory } from '../support/worlds/job.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

test('what one of a chain refuses is learned from, although the next one would serve it', async () => {
  const modules = Array.from({ length: 40 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
  const kinds = ['info', 'mod', 'zip'] as const
  const objects = new Map(
    modules.flatMap(module => kinds.map(kind => [`/${objectPath(module, kind)}`, module[kind]] as const)),
  )
  const limited = cleanUp(await startModuleServer({ objects, delayMs: 30, atOnce: { most: 4, status: 429 } }))
  const open = cleanUp(await startModuleServer({ objects, delayMs: 30 }))
  const project = cleanUp(projectOf(modules))
  const GOPROXY = `http://127.0.0.1:${limited.port}|http://127.0.0.1:${open.port},off`
  const { story } = await runStory(project, {}, goEnvironment(project, { GOPROXY, GONOSUMDB: '*' }))
  expect([story.failure, (story.gateway?.placed ?? 0) > 0]).toEqual([undefined, true])
  // Of 120 requests; plain go, with two at a time, never meets the limit.
  expect(limited.ledger().refused.length).toBeLessThanOrEqual(9)
})
