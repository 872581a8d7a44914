import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { recordsOf, resultOf, stopOf } from '../../src/report/records.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { tell, tellStopped } from '../../src/report/tell.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { jsonLog } from '../../src/runner/json-log.ts'
import { FACTS } from '../../src/text/fact.ts'
import { emptyStory, fullStory } from '../support/builders/story.ts'

const report = buildReport(fullStory())
const schema = JSON.parse(readFileSync(new URL('../../schema/log.schema.json', import.meta.url), 'utf8'))
const isLine = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema)

/** What the log says of a report, line by line. */
async function told(one: Report, say = tell) {
  let text = ''
  const write = (part: string) => {
    text += part
  }
  await say(one, jsonLog({ write }, systemClock, { debugging: false }))
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as Readonly<Record<string, unknown>>)
}

describe('a log of records tells of a job', () => {
  test('each decision in a line of its own, with its fields', async () => {
    const lines = await told(report)
    expect(lines.filter(line => !isLine(line))).toEqual([])
    const count = (event: string) => lines.filter(line => line['event'] === event).length
    expect([count('candidate'), count('setting'), count('phase'), count('module'), count('upstream')]).toEqual([
      2, 2, 3, 2, 2,
    ])
    expect(lines.find(line => line['verdict'] === 'tampered')).toMatchObject({
      level: 'info',
      event: 'candidate',
      proxy: 'https://other.example',
      trust: 'own',
      predictedSeconds: null,
    })
    expect(lines.find(line => line['name'] === 'GOPROXY')).toMatchObject({ changed: true, from: 'go-proxy-setup' })
    expect(lines.find(line => line['code'] !== undefined)).toMatchObject({ level: 'warning', hint: 'Remove it.' })
    expect(lines.at(-1)).toMatchObject({ event: 'result', outcome: 'success', modules: 3, bytes: 12_300_000 })
  })

  test('its failure last', async () => {
    const failure = { code: 'GO_FAILED', message: 'go failed.', hint: '' }
    const lines = await told(buildReport(fullStory({ failure })))
    expect(lines.slice(-2)).toMatchObject([
      { event: 'result', outcome: 'failure' },
      { level: 'error', code: 'GO_FAILED' },
    ])
  })

  test('how far it came when it was stopped', async () => {
    const story = fullStory({ failure: { code: 'DOWNLOAD_CANCELLED', message: 'stopped', hint: '' } })
    const lines = await told(buildReport(story), (one, log) => tellStopped(story, one, log))
    expect(lines.at(-1)).toMatchObject({ event: 'stopped', modules: 3 })
    expect(lines.filter(line => line['event'] === 'setting')).toEqual([])
  })

  test('little where little is known', async () => {
    expect(await told(buildReport(emptyStory()))).toHaveLength(1)
  })
})

test('every fact has the keys of its event, and all of them', () => {
  const restored = { restore: 'exact', startMs: 100, seconds: 0.25, bytes: 9, files: 2, rejected: [], save: 'no' }
  const rich = {
    ...report,
    cache: restored as unknown as Report['cache'],
    tools: [{ name: 't', package: 'p', version: 'v1.0.0', how: 'built', seconds: 1, bytes: 2, toBeSaved: false }],
  } satisfies Report
  const facts = [...recordsOf(rich).map(({ fact }) => fact), resultOf(rich), stopOf(rich)]
  for (const { event, ...fields } of facts)
    expect([event, Object.keys(fields).sort()]).toEqual([event, [...FACTS[event]].sort()])
  expect(new Set(facts.map(({ event }) => event)).size).toBeGreaterThan(8)
})
