import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'
import { lookAtDisk } from '../../src/runner/disk.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()
const look = (path: string, inner: readonly string[] = []) => lookAtDisk(path, inner, 20_000, systemClock)

describe('a directory that go writes to', () => {
  test('is looked at by writing, and nothing stays', async () => {
    const directory = cleanUp.directory('disk-')
    const state = await look(directory)
    expect(state).toMatchObject({ path: directory, at: directory, fault: undefined, closed: undefined })
    expect([state.freeBytes, state.writeMs]).toEqual([expect.any(Number), expect.any(Number)])
    expect(readdirSync(directory)).toEqual([])
  })

  test('that is not there yet: the one above it tells', async () => {
    const directory = cleanUp.directory('disk-')
    expect(await look(join(directory, 'a', 'b'))).toMatchObject({ at: directory, fault: undefined })
    expect(readdirSync(directory)).toEqual([])
  })

  test('below a file', async () => {
    const file = join(cleanUp.directory('disk-'), 'file')
    writeFileSync(file, '')
    expect(await look(join(file, 'cache'))).toMatchObject({ at: file, fault: 'ENOTDIR' })
  })

  // Root may write everywhere.
  const asUser = process.getuid?.() === 0 || process.platform === 'win32' ? test.skip : test
  asUser('that holds what this user may not write to', async () => {
    const directory = cleanUp.directory('disk-')
    mkdirSync(join(directory, 'cache'))
    chmodSync(join(directory, 'cache'), 0o555)
    expect((await look(directory, ['cache'])).closed).toBe(join(directory, 'cache'))
  })

  test('of a file system that does not answer in time', async () => {
    expect(await lookAtDisk(cleanUp.directory('disk-'), [], 0, systemClock)).toMatchObject({ fault: 'NO_ANSWER' })
  })
})
