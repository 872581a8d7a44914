import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const modules = Array.from({ length: 2 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const FILES = { 'go.mod': goModOf('example.com/p', modules), 'go.sum': goSumOf(modules) }

test('go.mod only in subfolders: they are listed, with the input that takes them', async () => {
  const files = Object.fromEntries(
    ['b/deep/c', 'a', 'vendor/x', 'testdata/y', '.hidden'].map(name => [`${name}/go.mod`, `module ${name}\n`]),
  )
  const project = cleanUp(createProject(files))
  const env = goEnvironment(project, { GOPROXY: 'off' })
  const { story } = await runStory(project, {}, env)
  expect(story.failure).toBe(undefined)
  expect(story.warnings.find(({ code }) => code === 'PROJECT_IN_SUBDIRECTORY')).toEqual({
    code: 'PROJECT_IN_SUBDIRECTORY',
    message: 'There is no go.mod here, only in a, b/deep/c: nothing is downloaded for them.',
    hint: "Name one with -C 'a', or all with -C '**'.",
  })
  const named = await runStory(project, { 'working-directory': 'b' }, env)
  expect(named.story.failure).toMatchObject({ hint: 'Name the directory that contains it: b/deep/c' })
  const none = await runStory(cleanUp(createProject({ 'main.c': '' })), {}, env)
  expect(none.story.warnings.map(({ code }) => code)).not.toContain('PROJECT_IN_SUBDIRECTORY')
})

/** A candidate that counts who comes, by connection. */
async function listen(port: number): Promise<{ readonly url: string; readonly connections: () => number }> {
  let connections = 0
  const server = createServer(client => {
    connections++
    const upstream = connect(port, '127.0.0.1')
    client.pipe(upstream).pipe(client)
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy())
    cleanUp(() => client.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(server)
  const address = server.address()
  // As https: to such a one a connection is opened before anything is asked.
  const own = typeof address === 'object' ? address?.port : undefined
  return { url: `https://127.0.0.1:${own}`, connections: () => connections }
}

test.each<[string, Readonly<Record<string, string>>, readonly string[] | undefined]>([
  ['the download', {}, undefined],
  ['the download, for later steps too', { gateway: 'off' }, undefined],
  ['a command', {}, ['go', 'env', 'GOMOD']],
])('a vendored project: nothing is asked, and no connection is opened: %s', async (_, options, command) => {
  const proxy = cleanUp(await startProxy({ modules }))
  const candidates = [await listen(Number(new URL(proxy.url).port)), await listen(Number(new URL(proxy.url).port))]
  const project = cleanUp(createProject({ ...FILES, 'vendor/modules.txt': '# example.com/m0 v1.0.0\n' }))
  const urls = candidates.map(({ url }) => url)
  const env = goEnvironment(project, { GOAUTH: 'false' })
  const face = command === undefined ? {} : { command }
  const { story } = await runStory(project, { proxies: urls.join(' '), ...options }, env, realFiles, face)
  expect([story.failure, story.benchmarkSkipped]).toEqual([undefined, 'the modules are vendored'])
  expect(candidates.map(({ connections }) => connections())).toEqual([0, 0])
  expect(story.choice?.settings.find(({ name }) => name === 'GOPROXY')?.value).toBe(`${urls.join(',')},direct`)
})

test('one module is no modules', async () => {
  const [one] = modules
  const proxy = cleanUp(await startProxy({ modules }))
  const project = cleanUp(
    createProject({ 'go.mod': goModOf('example.com/p', modules.slice(0, 1)), 'go.sum': one ? goSumOf([one]) : '' }),
  )
  const { log } = await runStory(project, { proxies: proxy.url }, goEnvironment(project, { GONOSUMDB: '*' }))
  expect(log).toContain('1 module, not in the module cache')
  expect(log).not.toMatch(/\b1 (modules|files|requests|lines|objects)\b/)
})

test('go.sum without a needed line: success, and a warning at the place of the line', async () => {
  const proxy = cleanUp(await startProxy({ modules }))
  const lines = FILES['go.sum'].split('\n')
  const project = cleanUp(
    createProject({ ...FILES, 'go.sum': lines.filter(line => !line.startsWith('example.com/m1 v1.0.0 ')).join('\n') }),
  )
  const { story } = await runStory(project, { proxies: proxy.url }, goEnvironment(project, { GONOSUMDB: '*' }))
  expect([story.failure, story.download?.outcome]).toEqual([undefined, 'done'])
  const warning = story.warnings.find(({ code }) => code === 'GO_SUM_INCOMPLETE')
  expect(warning?.message).toContain(`example.com/m1 v1.0.0 ${modules[1]?.h1} (after line 2)`)
  expect(warning?.at).toEqual({ file: join(project.directory, 'go.sum'), line: 2 })
})
