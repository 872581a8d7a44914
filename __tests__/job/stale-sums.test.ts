import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { runStory } from '../support/worlds/job.ts'
import { cachedFiles, createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const module = (name: string, requires: readonly string[] = []) =>
  buildModule({
    path: `example.com/${name}`,
    version: 'v1.0.0',
    goLine: '1.16',
    requires: requires.map(one => ({ path: `example.com/${one}`, version: 'v1.0.0' })),
  })

const needed = [module('a', ['b']), module('b', ['c']), module('c')]
const stale = Array.from({ length: 30 }, (_, i) => module(`stale${i}`))

test.each<[string, Readonly<Record<string, string>>]>([
  ['go 1.16', { 'go.mod': goModOf('example.com/p', needed.slice(0, 1), '1.16') }],
  ['a workspace', { 'go.mod': goModOf('example.com/p', needed.slice(0, 1), '1.21'), 'go.work': 'go 1.21\n\nuse .\n' }],
])('stale lines of go.sum bring nothing, and what the graph alone names comes ahead: %s', async (_, files) => {
  const proxy = cleanUp(await startProxy({ modules: [...needed, ...stale] }))
  const project = cleanUp(createProject({ ...files, 'go.sum': goSumOf([...needed, ...stale]) }))
  const env = goEnvironment(project, { GOPROXY: proxy.url, GOSUMDB: 'off' })
  const { story, log } = await runStory(project, {}, env)
  expect([story.failure, story.download?.modules]).toEqual([undefined, 3])
  expect(cachedFiles(env, '.zip')).toEqual(['a', 'b', 'c'].map(name => `example.com/${name}/@v/v1.0.0.zip`))
  expect(proxy.requests.filter(({ path }) => /stale.*\.(zip|info)$/.test(path))).toEqual([])
  expect(log).toContain('at least 1 module, not in the module cache')
  // Once all is there, the graph is known.
  const again = await runStory(project, {}, env)
  expect(again.log).toContain('3 modules, all of them in the module cache')
  expect(again.story.gateway).toBe(undefined)
})
