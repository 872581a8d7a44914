import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from '@jest/globals'
import { parseProcStat, parseProcState, processorTime, timesInList } from '../../src/runner/processor-time.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()

/** A group of its own, whose leader runs this; resolves at its first word. */
async function startGroup(script: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  cleanUp(async () => {
    const gone = once(child, 'exit')
    process.kill(-(child.pid ?? 0), 'SIGKILL')
    await gone
  })
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

const BURN = 'for (const end = Date.now() + 300; Date.now() < end; );'
const WAIT = 'console.log("ready"); setInterval(() => {}, 60_000)'

const onPosix = process.platform === 'win32' ? describe.skip : describe
onPosix('of a group that runs', () => {
  test.each([
    ['the leader’s', `${BURN} ${WAIT}`],
    [
      'a child’s that has ended',
      `require('node:child_process').spawnSync(process.execPath, ['-e', '${BURN}']); ${WAIT}`,
    ],
    [
      'a child’s that still runs',
      `require('node:child_process').spawn(process.execPath, ['-e', '${BURN} ${WAIT}'], { stdio: 'inherit' })`,
    ],
  ])('%s is in it', async (_, script) => {
    const [idle, busy] = [await startGroup(WAIT), await startGroup(script)]
    const [idleMs = Number.NaN, busyMs = Number.NaN] = [
      await processorTime(idle, process.platform),
      await processorTime(busy, process.platform),
    ]
    expect(busyMs - idleMs).toBeGreaterThan(50)
  })

  test('nothing is told of a group that is gone', async () => {
    expect(await processorTime(0x7fffffff, process.platform)).toBeUndefined()
  })
})

describe('what systems print', () => {
  test('a line of /proc, whatever the process is called', () => {
    const line = '42 (git) S 7 (x) S 1 40 40 0 -1 4194304 99 0 0 0 3 4 50 60 20 0 1 0 65556 3133440 394'
    expect([parseProcStat(line, 40), parseProcStat(line, 41), parseProcStat('', 40)]).toEqual([
      1_170,
      undefined,
      undefined,
    ])
    expect([parseProcState(line, 40), parseProcState(line, 41), parseProcState('', 40)]).toEqual([
      'S',
      undefined,
      undefined,
    ])
  })

  test('a line of ps, on macOS and as POSIX has it', () => {
    const list = '  501   0:01.23\n   50   9:00.00\n  501 1-02:03:04\n  501       -\n'
    expect(timesInList(list, 501)).toEqual([1_230, 93_784_000])
  })
})

test('Windows tells nothing', async () => {
  expect(await processorTime(process.pid, 'win32')).toBeUndefined()
})
