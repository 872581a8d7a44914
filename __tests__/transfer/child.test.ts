import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'
import { failureOfUnpacking, performIn } from '../../src/transfer/child.ts'
import type { CacheMessage } from '../../src/transfer/messages.ts'
import type { Service } from '../../src/transfer/service.ts'
import { TarError } from '../../src/transfer/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()

function errorOf(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

test('a machine that cannot write is to blame, with the place and the reason; anything else is the archive’s fault', () => {
  const directory = cleanUp.directory('unwritten-')
  const taken = join(directory, 'taken')
  mkdirSync(taken)
  expect(failureOfUnpacking(errorOf(() => openSync(taken, 'w')))).toEqual({
    kind: 'unwritten',
    what: `this machine could not write ${taken}: it is a directory`,
  })
  // As `write` says it, which knows no path.
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })
  expect(failureOfUnpacking(full)).toEqual({
    kind: 'unwritten',
    what: 'this machine could not write it: the disk is full',
  })
  for (const error of [new TarError('it is truncated'), errorOf(() => void gunzipSync(Buffer.from('rubbish')))]) {
    expect(failureOfUnpacking(error)).toEqual({ kind: 'refused', what: expect.stringContaining('archive was refused') })
  }
})

test('where the child reads what another tar has unpacked, what is wrong in it refuses the entry, too', async () => {
  const told: CacheMessage[] = []
  const world = { files: realFiles, clock: systemClock, emit: (message: CacheMessage) => void told.push(message) }
  const service: Pick<Service, 'isFeatureAvailable'> = { isFeatureAvailable: () => true }
  const failing = (error: Error) =>
    performIn(service as Service, world, () => {
      throw error
    })
  await failing(new TarError('too much of it is unfit'))
  await failing(new Error('status 500'))
  expect(told).toEqual([
    { kind: 'refused', what: 'its archive was refused: too much of it is unfit' },
    { kind: 'failed', what: 'status 500' },
  ])
})
