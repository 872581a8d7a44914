import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { runStory } from '../support/worlds/job.ts'
import { cachedFiles, createProject, goEnvironment, projectOf } from '../support/worlds/project.ts'

/** Servers that plain go can use although they are not as others. */
const cleanUp = cleanUpAfterEach()
const modules = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

async function startForGo(): Promise<DemoProxy> {
  const isGo = (agent = '') => agent.startsWith('Go-http-client/')
  return cleanUp(
    await startProxy({
      modules,
      fault: ({ headers }) => (isGo(headers['user-agent']) ? undefined : faults.status(403)),
    }),
  )
}

test('those that let only go in are measured and serve the gateway', async () => {
  const proxies = [await startForGo(), await startForGo()]
  const project = cleanUp(createProject({ 'go.mod': goModOf('example.com/p', modules), 'go.sum': goSumOf(modules) }))
  const options = { proxies: proxies.map(({ url }) => url).join(' '), fallback: 'off' }
  const { story } = await runStory(project, options, goEnvironment(project, { GONOSUMDB: '*' }))
  expect([story.failure, story.choice?.usable]).toEqual([undefined, true])
  // Of the second it may be known only that it answers.
  expect(story.ranking?.measurements.map(({ verdict }) => verdict)).not.toContain('blocked')
  expect(story.gateway?.upstreams.filter(({ failures }) => failures > 0)).toEqual([])
  // They can tell us from go all the same.
  const agents = proxies.flatMap(({ requests }) => requests.map(({ headers }) => headers['user-agent'] ?? ''))
  expect(agents.some(agent => agent.includes(' go-proxy-setup/'))).toBe(true)
})

test('what lies in a directory of GOPROXY is taken from there, and no proxy behind it hears of it', async () => {
  const behind = cleanUp(await startProxy({ modules }))
  const project = cleanUp(projectOf(modules))
  const filled = cleanUp(projectOf(modules))
  const source = goEnvironment(filled, { GOPROXY: behind.url, GONOSUMDB: '*' })
  await runGo(['mod', 'download'], { cwd: filled.directory, env: source })
  const directory = pathToFileURL(join(source['GOMODCACHE'] ?? '', 'cache', 'download'))
  const asked = behind.requests.length
  const env = goEnvironment(project, { GOPROXY: `${directory.href},${behind.url}`, GONOSUMDB: '*' })
  const { story } = await runStory(project, {}, env)
  expect([story.failure, cachedFiles(env, '.zip').length]).toEqual([undefined, 3])
  expect(behind.requests.length).toBe(asked)
})
