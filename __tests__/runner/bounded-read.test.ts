import { execFile, execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Clock } from '../../src/effects.ts'
import { readBounded } from '../../src/runner/bounded-read.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()
const onPosix = process.platform === 'win32' ? describe.skip : describe

/** Waits cost nothing. */
function hastyClock(): Clock {
  let nowMs = 0
  const sleep = async (ms: number) => {
    nowMs += ms
  }
  return { ...systemClock, now: () => nowMs, sleep }
}

onPosix('a file that the user named', () => {
  test('is read whole up to its limit, be it a file or what another program writes', async () => {
    const directory = cleanUp.directory('read-')
    const [file, fifo] = [join(directory, 'file'), join(directory, 'fifo')]
    const text = 'é'.repeat(1_500_000)
    writeFileSync(file, text)
    execFileSync('mkfifo', [fifo])
    expect(await readBounded(file, 3_000_000, systemClock)).toEqual({ text })
    expect(await readBounded(file, 2_999_999, systemClock)).toEqual({ fault: 'TOO_LARGE' })
    // In two pieces, the second of which is not there when the first was read.
    execFile('sh', ['-c', 'exec >"$1"; head -c 1000001 "$2"; sleep 0.1; tail -c +1000002 "$2"', 'sh', fifo, file])
    expect(await readBounded(fifo, 3_000_000, systemClock)).toEqual({ text })
    execFile('sh', ['-c', 'cat "$2" >"$1"', 'sh', fifo, file])
    expect(await readBounded(fifo, 100_000, systemClock)).toEqual({ fault: 'TOO_LARGE' })
  })

  test('holds up nobody: no directory, no endless device, no FIFO that no program writes to', async () => {
    const directory = cleanUp.directory('read-')
    const fifo = join(directory, 'fifo')
    execFileSync('mkfifo', [fifo])
    const faults = [directory, join(directory, 'gone'), '/dev/zero', fifo].map(path =>
      readBounded(path, 5 << 20, hastyClock()),
    )
    expect(await Promise.all(faults)).toEqual(
      ['EISDIR', 'ENOENT', 'TOO_LARGE', 'NOTHING_CAME'].map(fault => ({ fault })),
    )
    expect(await readBounded('/dev/null', 10, systemClock)).toEqual({ text: '' })
  })
})
