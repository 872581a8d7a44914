import { expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { whyNoBenchmark } from '../../src/job/benchmark.ts'
import type { Prepared } from '../../src/job/prepare.ts'
import { withinProcessorShare } from '../../src/job/processor-share.ts'
import { runJob } from '../../src/job/run.ts'
import { createCandidate } from '../support/builders/candidate.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { jobIn } from '../support/worlds/job.ts'
import { cachedFiles, goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

/** A job beside two proxies on a machine that grants so much of a processor. */
async function play(processorQuota: number | undefined, options: Readonly<Record<string, string>> = {}, fault = {}) {
  const project = cleanUp(projectOf(modules))
  const env = goEnvironment(project, { GONOSUMDB: '*' })
  const proxies = [cleanUp(await startProxy({ modules, ...fault })), cleanUp(await startProxy({ modules }))]
  const urls = proxies.map(({ url }) => url)
  const given = { proxies: urls.join(' '), fallback: 'off', ...options }
  let log = ''
  const write = (text: string) => {
    log += text
  }
  const job = jobIn(project, given, env, { write, debugging: false })
  const story = await runJob({ ...job, effects: { ...job.effects, processorQuota } })
  const exported = story.choice?.settings.find(({ name }) => name === 'GOPROXY')?.value
  return { story, log, urls, exported, zips: cachedFiles(env, '.zip').length }
}

test('with little of a processor go asks the proxies itself, in the order given, and the log says so', async () => {
  const { story, log, urls, exported, zips } = await play(0.2)
  expect([story.failure, zips, story.gateway]).toEqual([undefined, modules.length, undefined])
  expect([story.benchmarkSkipped, exported]).toEqual(['this job may use too little of a processor', urls.join(',')])
  expect(log).toContain('only 0.20 of a processor')
})

test('a proxy that fails is worked around all the same', async () => {
  const { story, zips } = await play(0.2, {}, { fault: () => faults.status(500) })
  expect([story.failure, zips]).toEqual([undefined, modules.length])
})

test.each<[string, number | undefined, Readonly<Record<string, string>>]>([
  ['without a quota', undefined, {}],
  ['with enough of one', 0.5, {}],
  ['with a gateway that was asked for', 0.2, { gateway: 'step' }],
  ['with what only a gateway can write', 0.2, { 'audit-log': '/dev/null' }],
])('%s the proxies are measured, and the gateway helps', async (_name, quota, options) => {
  const { story, log } = await play(quota, options)
  expect([story.failure, story.gateway === undefined]).toEqual([undefined, false])
  expect(log).not.toContain('of a processor')
})

test('containers that use the gateway keep it', async () => {
  const project = cleanUp(projectOf(modules))
  const job = jobIn(project, { 'gateway-listen': '10.0.0.1' }, {}, { write: () => {}, debugging: false })
  const command = { ...job, command: ['go', 'version'], effects: { ...job.effects, processorQuota: 0.2 } }
  expect(withinProcessorShare(command)).toBe(command)
})

test('the official proxy is still measured: the mirrors that stand by for it join only then', () => {
  const project = cleanUp(projectOf(modules))
  const job = { ...jobIn(project, {}, {}, { write: () => {}, debugging: false }), pausing: true }
  const why = (mode: 'named' | 'default') =>
    whyNoBenchmark(job, {
      project: { vendored: true },
      candidates: { mode, list: [createCandidate(), createCandidate()] },
      leftToGo: [],
    } as unknown as Prepared)
  expect([why('named'), why('default')]).toEqual([
    'this job may use too little of a processor',
    'the modules are vendored',
  ])
})

test('where only the ranking is wanted, it is made', async () => {
  const { story, log } = await play(0.2, { download: 'false' })
  expect(story.benchmarkSkipped).toBeUndefined()
  expect(log).not.toContain('of a processor')
})
