import { afterEach, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type Fault, startProxy } from '../../src/demo/proxy.ts'
import { faults } from '../support/servers/faults.ts'
import { startSilence } from '../support/servers/internet.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { QUICK_POLICY, runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const modules = [buildModule({ path: 'example.com/one', version: 'v1.0.0' })]
const policy = { ...QUICK_POLICY, download: { ...QUICK_POLICY.download, hostMs: 300 } }

/** A private proxy that fetches the zip first, and answers for its root like this. */
async function downloadFrom(root: Fault) {
  const slow: Fault = (_, res, good) => void setTimeout(() => res.end(good), 3_000)
  const proxy = await startProxy({
    modules,
    fault: ({ path }) => (path === '' ? root : path.endsWith('.zip') ? slow : undefined),
  })
  closers.push(proxy.close)
  const project = createProject({ 'go.mod': goModOf('example.com/project', modules), 'go.sum': goSumOf(modules) })
  closers.push(project.remove)
  const inputs = { 'private-proxy': proxy.url, sumdb: 'off', gateway: 'off', 'read-timeout': '300ms', retries: '0' }
  const { story } = await runStory(project, inputs, goEnvironment(project), realFiles, { policy })
  return story.download?.failure?.code ?? story.failure?.code ?? story.download?.outcome
}

test('a private proxy that is silent at its root, too, is not waited for', async () => {
  expect(await downloadFrom(faults.silent)).toBe('CREDENTIALS_HOST_UNREACHABLE')
})

test('one that leads from its root to a page to log in, which is out of reach, has answered', async () => {
  const login = await startSilence()
  closers.push(login.close)
  expect(await downloadFrom(faults.redirect(`http://127.0.0.1:${login.port}/login`))).toBe('done')
})

test('one whose page at the root does not end has answered, too', async () => {
  expect(await downloadFrom(faults.trickle(1, 100))).toBe('done')
})
