import { expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { renderGateway } from '../../src/report/later-steps.ts'
import { buildReport } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { runStory } from '../support/worlds/job.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 5 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

test.each(['step', 'off'])(
  'a request is one wherever it is told, whether go made it or not (gateway: %s)',
  async gateway => {
    // One file fails at first, so that there is more than one attempt of go alone.
    let failures = 0
    const proxy = cleanUp(
      await startProxy({
        modules,
        fault: ({ path }) =>
          path.includes('m3/') && path.endsWith('.zip') && failures++ < 3 ? faults.status(503, '') : undefined,
      }),
    )
    const project = cleanUp(projectOf(modules))
    const { story } = await runStory(
      project,
      { proxies: proxy.url, gateway, fallback: 'off', 'retry-delay': '10ms' },
      goEnvironment(project),
    )
    const report = buildReport(story)
    const asked = proxy.requests.length
    expect([story.failure, report.download?.requests]).toEqual([undefined, asked])
    expect(report.download?.attempts.reduce((sum, { requests }) => sum + requests, 0)).toBe(asked)
    expect(renderSummary(report)).toContain(`· ${asked} requests`)
    if (story.gateway === undefined) return
    expect(renderGateway(story.gateway)).toContain(` ${asked} requests to proxies`)
    expect(report.upstreams.reduce((sum, { requests }) => sum + requests, 0)).toBe(asked)
  },
)

test('the user’s stop while the candidates are measured starts no download', async () => {
  const [proxy, other] = [
    cleanUp(await startProxy({ modules })),
    cleanUp(await startProxy({ modules, latencyMs: 100 })),
  ]
  const project = cleanUp(projectOf(modules))
  const stop = new AbortController()
  stop.abort()
  const { story, log } = await runStory(
    project,
    { proxies: `${proxy.url} ${other.url}` },
    goEnvironment(project),
    undefined,
    { signal: stop.signal },
  )
  expect([story.download, story.ranking?.measurements, log]).toEqual([
    undefined,
    [],
    expect.not.stringContaining('Downloading'),
  ])
})
