import { expect } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type Fault, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { testBeside } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startSilence } from '../support/servers/internet.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { QUICK_POLICY, runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const modules = [buildModule({ path: 'example.com/one', version: 'v1.0.0' })]
/** Who answers may take as long as on a busy machine. */
const HEAD_MS = 800
const policy = { ...QUICK_POLICY, download: { ...QUICK_POLICY.download, hostMs: HEAD_MS, stallMs: 20_000 } }

/** A private proxy that fetches the zip first, and answers for its root like this. */
async function downloadFrom(root: Fault) {
  const slow: Fault = (_, res, good) => void setTimeout(() => res.end(good), 5 * HEAD_MS)
  const fault: ProxyOptions['fault'] = ({ path }) => (path === '' ? root : path.endsWith('.zip') ? slow : undefined)
  const proxy = cleanUp(await startProxy({ modules, fault }))
  const files = { 'go.mod': goModOf('example.com/project', modules), 'go.sum': goSumOf(modules) }
  const project = cleanUp(createProject(files))
  const inputs = {
    'private-proxy': proxy.url,
    sumdb: 'off',
    gateway: 'off',
    'read-timeout': `${HEAD_MS}ms`,
    retries: '0',
  }
  const { story } = await runStory(project, inputs, goEnvironment(project), realFiles, { policy })
  return story.download?.failure?.code ?? story.failure?.code ?? story.download?.outcome
}

test('a private proxy that is silent at its root, too, is not waited for', async () => {
  expect(await downloadFrom(faults.silent)).toBe('CREDENTIALS_HOST_UNREACHABLE')
})

test('one that leads from its root to a page to log in, which is out of reach, has answered', async () => {
  const login = cleanUp(await startSilence())
  expect(await downloadFrom(faults.redirect(`http://127.0.0.1:${login.port}/login`))).toBe('done')
})

test('one whose page at the root does not end has answered, too', async () => {
  expect(await downloadFrom(faults.trickle(1, 100))).toBe('done')
})
