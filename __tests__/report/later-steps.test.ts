import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { renderJson } from '../../src/report/json.ts'
import { addLaterSteps } from '../../src/report/later-steps.ts'
import { buildReport } from '../../src/report/report.ts'
import { emptyStory, fullStory } from '../support/builders/story.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()
let root: string
beforeEach(() => {
  root = cleanUp.directory('report-')
})

const onPosix = process.platform === 'win32' ? test.skip : test
const figures = fullStory().gateway as NonNullable<ReturnType<typeof fullStory>['gateway']>

onPosix('what later steps did is added to a report, also behind the user’s link', async () => {
  writeFileSync(join(root, 'report'), renderJson(buildReport(emptyStory())))
  symlinkSync('report', join(root, 'link'))
  expect(await addLaterSteps(join(root, 'link'), figures, realFiles)).toBe(true)
  expect(JSON.parse(readFileSync(join(root, 'report'), 'utf8')).laterSteps).toEqual(figures)
})

onPosix('nothing is added behind a link that a later step put into the workspace', async () => {
  for (const name of ['outside', 'workspace']) mkdirSync(join(root, name))
  const text = renderJson(buildReport(emptyStory()))
  writeFileSync(join(root, 'outside/report'), text)
  symlinkSync('../outside', join(root, 'workspace/reports'))
  const path = join(root, 'workspace/reports/report')
  await expect(addLaterSteps(path, figures, realFiles, join(root, 'workspace'))).rejects.toThrow(/leads out/)
  expect(readFileSync(join(root, 'outside/report'), 'utf8')).toBe(text)
})

onPosix('what is no report stays as it is, and a FIFO is not waited for', async () => {
  writeFileSync(join(root, 'other'), '{"tool":{"name":"another"}}')
  execFileSync('mkfifo', [join(root, 'fifo')])
  for (const name of ['other', 'fifo', 'none'])
    expect(await addLaterSteps(join(root, name), figures, realFiles)).toBe(false)
  expect(readFileSync(join(root, 'other'), 'utf8')).toBe('{"tool":{"name":"another"}}')
})
