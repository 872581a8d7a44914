import { describe, expect, test } from '@jest/globals'
import { startPhases } from '../../src/report/phases.ts'
import { buildReport } from '../../src/report/report.ts'
import { tell } from '../../src/report/tell.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { emptyStory, fullStory } from '../support/builders/story.ts'
import { virtualClock } from '../support/worlds/virtual-clock.ts'

const phases = [{ name: 'read the project', startMs: 10, ms: 70 }]
const failure = { code: 'GO_NOT_FOUND', message: 'No go.', hint: '' }

test.each([
  ['what was refused before anything was begun', emptyStory({ phases, failure }), false],
  ['a download that failed', fullStory({ phases, failure }), true],
  ['a job that did all it was to do', fullStory({ phases }), true],
])('the times of %s', async (_, story, told) => {
  let text = ''
  const write = (part: string) => {
    text += part
  }
  await tell(buildReport(story), terminalLog({ write }, systemClock, { color: false, debugging: false }))
  expect(/read the project +70 ms/.test(text)).toBe(told)
})

describe('phases', () => {
  test('count from the beginning of the process, may overlap, and are noted when they end', async () => {
    const clock = virtualClock()
    // The process began 100 ms before the clock was first read.
    const phases = startPhases(clock, clock.now() - 100)
    await Promise.all([phases.time('long', () => clock.sleep(50)), phases.time('short', () => clock.sleep(20))])
    phases.note({ name: 'measured elsewhere', startMs: 5, ms: 7 })
    expect(phases.list).toEqual([
      { name: 'short', startMs: 100, ms: 20 },
      { name: 'long', startMs: 100, ms: 50 },
      { name: 'measured elsewhere', startMs: 5, ms: 7 },
    ])
    expect(phases.elapsedMs()).toBe(150)
  })

  test('give what the stage gave, and are noted when it fails', async () => {
    const clock = virtualClock()
    const phases = startPhases(clock, 0)
    expect(await phases.time('good', async () => 5)).toBe(5)
    const failing = phases.time('bad', async () => {
      await clock.sleep(30)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(phases.list.map(({ name, ms }) => [name, ms])).toEqual([
      ['good', 0],
      ['bad', 30],
    ])
  })
})
