import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import type { Fault } from '../support/servers/fake-cache.mjs'
import { useAction } from '../support/worlds/action.ts'
import {
  BUILD_INPUTS,
  type BuildLane,
  build,
  buildReportOf,
  entriesIn,
  forgetBuilds,
  gocacheOf,
  logOf,
  openBuildLane,
} from '../support/worlds/build-job.ts'

const cleanUp = cleanUpAfterEach()

const STALL_MS = 2_000
const HANGS_AFTER_MS = 6 * STALL_MS + 20_000
const only = (wanted: string, fault: Fault) => (name: string) => (name === wanted ? fault : undefined)
const cases: Readonly<Record<string, readonly [(name: string) => Fault | undefined, string]>> = {
  'is silent': [() => 'hang', 'failed'],
  'is silent with the archive': [only('GET blob', 'hang'), 'failed'],
  'falls silent in the middle': [only('GET blob', 'stall'), 'failed'],
  'cuts the archive': [only('GET blob', 'truncate'), 'failed'],
  'resets connections': [() => 'reset', 'failed'],
  'answers 500': [() => 500, 'failed'],
  'sends rubbish as the archive': [only('GET blob', 'rubbish'), 'failed'],
  'takes no archive': [only('PUT blob', 'hang'), 'none'],
  'is silent when saving': [only('CreateCacheEntry', 'hang'), 'none'],
}

const ONLY_FETCHING = [
  'is silent with the archive',
  'falls silent in the middle',
  'cuts the archive',
  'sends rubbish as the archive',
]

test('a service that fails costs one line and no more than its deadline, restoring and saving', async () => {
  const run = async (
    name: string,
    [fault, restore]: readonly [(name: string) => Fault | undefined, string],
    lane: BuildLane,
  ) => {
    const { job } = lane
    const service = await lane.service()
    if (restore === 'none') service.entries.clear()
    service.onRequest = fault
    // A sound service may not seem silent on a busy machine.
    job.base['GO_PROXY_SETUP_POLICY'] = JSON.stringify({ cache: { stallMs: STALL_MS } })
    const main = await useAction(job, BUILD_INPUTS, { timeout: HANGS_AFTER_MS })
    expect([name, main.timedOut, main.outcome]).toEqual([name, false, 'success'])
    const { buildCache, warnings } = buildReportOf(main)
    expect([name, buildCache.restore, warnings.length]).toEqual([name, restore, restore === 'failed' ? 1 : 0])
    // Without anything built, post asks the service for nothing: where only fetching fails, that is not the question.
    if (!ONLY_FETCHING.includes(name)) await build(job)
    const [post] = await job.finish()
    expect([name, post?.timedOut, post?.outcome]).toEqual([name, false, 'success'])
    expect([name, logOf(post)]).toEqual([name, expect.stringMatching(/build cache/)])
    expect(readdirSync(job.temp)).toEqual([])
    expect(entriesIn(gocacheOf(job)).filter(one => one.startsWith('.'))).toEqual([])
  }
  const rest = Object.entries(cases)
  const worker = async () => {
    const lane = await openBuildLane()
    cleanUp(lane)
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await run(...next, lane)
  }
  await Promise.all([worker(), worker(), worker()])
}, 240_000)

test('a machine that cannot write the entry is to blame for it: the entry stays the one that is used', async () => {
  const lane = cleanUp(await openBuildLane())
  const { job } = lane
  const service = await lane.service()
  const gocache = gocacheOf(job)
  mkdirSync(gocache)
  // Where go has its directories, files stand.
  for (let i = 0; i < 256; i++) writeFileSync(join(gocache, i.toString(16).padStart(2, '0')), '')
  const main = await useAction(job, BUILD_INPUTS)
  expect(main.outcome).toBe('success')
  const { buildCache, warnings } = buildReportOf(main)
  expect(buildCache).toMatchObject({
    restore: 'failed',
    reason: expect.stringMatching(/^this machine could not write .*gocache/),
  })
  expect(warnings.map(({ code }) => code)).toEqual(['BUILD_CACHE_NOT_RESTORED'])
  expect(entriesIn(gocache).filter(one => one.startsWith('.'))).toEqual([])
  forgetBuilds(job)
  await build(job)
  const [post] = await job.finish()
  expect(logOf(post)).toContain('this commit has one already')
  expect(service.entries.size).toBe(1)
})
