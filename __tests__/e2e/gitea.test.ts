import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFirstCache } from '../support/servers/fake-cache-first.ts'
import { startOrigin } from '../support/servers/origins.ts'
import { breakNode, DIST, useAction } from '../support/worlds/action.ts'
import { forgetModules, moduleRequests, modules, newJob, reportOf, shown } from '../support/worlds/module-cache-job.ts'

const cleanUp = cleanUpAfterEach()

/** What their runners tell an action: a server that is not GitHub's, and the server's own address for results. */
const RUNNERS = [
  ['Gitea', { GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://gitea.corp.example' }],
  [
    'Forgejo',
    { FORGEJO_ACTIONS: 'true', GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://forgejo.corp.example:3000' },
  ],
] as const

describe.each(RUNNERS)('under the runner of %s', (_name, env) => {
  const results = async () => cleanUp(await startFirstCache())

  test('the first version of the cache’s protocol is spoken: one job saves, the next one restores', async () => {
    const [service, server] = [await results(), await results()]
    const proxy = cleanUp(await startOrigin('good', modules))
    const runner = {
      env: { ACTIONS_CACHE_URL: service.url, ACTIONS_RESULTS_URL: server.url, ACTIONS_RUNTIME_TOKEN: 'test-token' },
    }
    // A newer runner may say so, and yet has the first version.
    const job = newJob(runner, { ...env, ACTIONS_CACHE_SERVICE_V2: 'True' }, cleanUp)
    const first = await useAction(job, { proxies: proxy.url, cache: 'true' })
    expect([first.outcome, reportOf(first).warnings]).toEqual(['success', []])
    const [post] = await job.finish()
    expect(shown(post)).toContain('Saved the module cache')
    expect(service.entries.map(({ done }) => done)).toEqual([true])

    forgetModules(job)
    const before = proxy.requests.length
    const second = await useAction(job, { proxies: proxy.url, cache: 'true' })
    expect([second.outcome, second.outputs['cache-hit']]).toEqual(['success', 'true'])
    expect(reportOf(second).cache).toMatchObject({ restore: 'exact', files: 18 })
    expect(moduleRequests(proxy, before)).toEqual([])
    await job.finish()
    expect([server.requests, readdirSync(job.temp)]).toEqual([[], []])
  }, 30_000)

  test('where the runner has no cache server, that is no warning, and nobody is asked', async () => {
    const server = await results()
    const proxy = cleanUp(await startOrigin('good', modules))
    const runner = { env: { ACTIONS_RESULTS_URL: server.url, ACTIONS_RUNTIME_TOKEN: 'test-token' } }
    const job = newJob(runner, env, cleanUp)
    const main = await useAction(job, { proxies: proxy.url, cache: 'true' })
    expect([main.outcome, reportOf(main).warnings]).toEqual(['success', []])
    expect(reportOf(main).cache).toMatchObject({ restore: 'off', reason: 'there is no cache service here' })
    await job.finish()
    expect(server.requests).toEqual([])
  })

  test('what a summary would show is in the log, too', async () => {
    const proxy = cleanUp(await startOrigin('good', modules))
    const job = newJob({ env: {} }, env, cleanUp)
    const other = cleanUp(await startOrigin('good', modules))
    const main = await useAction(job, { proxies: `${proxy.url} ${other.url}`, summary: 'false' })
    expect([main.outcome, main.summary]).toEqual(['success', ''])
    const log = shown(main)
    for (const part of ['Candidates', 'Settings', 'Where the time went']) expect(log).toContain(`##[group]${part}`)
    expect(log).toMatch(new RegExp(`${proxy.url} .* ok `))
    expect(log).toMatch(/GOPROXY=http:\/\/127\.0\.0\.1:\d+/)
    expect(log).toMatch(/6 modules/)
  })
})

test('a node that is too old is told as such: these runners start the one that they find', async () => {
  const job = newJob({ env: {} }, RUNNERS[0][1], cleanUp)
  const old = breakNode(job.root, "Object.defineProperty(process.versions, 'node', { value: '18.20.8' })")
  const { outcome, annotations } = await job.uses({ main: DIST, env: old })
  expect([outcome, annotations.map(({ type, message }) => [type, message])]).toEqual([
    'failure',
    [['error', expect.stringMatching(/needs Node 20\.18\.1 or newer, and .* is Node 18\.20\.8\..*\[NODE_TOO_OLD\]$/)]],
  ])
})
