import { posix, win32 } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { performTask } from '../../src/cache/child.ts'
import type { CacheTask } from '../../src/cache/tasks.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { PLACES, storedDirectory } from '../../src/transfer/places.ts'
import type { Service } from '../../src/transfer/service.ts'
import { realFiles } from '../support/worlds/effects.ts'

describe('what the library is told to store', () => {
  const pathsOf = async (task: CacheTask): Promise<readonly (readonly string[])[]> => {
    const told: string[][] = []
    const service: Service = {
      isFeatureAvailable: () => true,
      restoreCache: async paths => {
        told.push(paths)
        return 'key'
      },
      saveCache: async paths => told.push(paths),
    }
    await performTask(task, service, { files: realFiles, clock: systemClock, emit: () => {} })
    return told
  }

  test('is the same text wherever a runner’s directories lie, for saving, looking up and restoring', async () => {
    for (const directory of ['/home/runner/work/_temp/x', '/__w/_temp/y', 'D:\\a\\_temp\\z', 'C:\\Users\\A B\\_temp']) {
      const own = { about: 'modules' as const, mark: '', files: [], directory }
      expect(await pathsOf({ ...own, kind: 'save', key: 'key', from: directory })).toEqual([['.']])
      const keys = { exact: 'a', prefix: 'a' }
      expect(await pathsOf({ ...own, kind: 'restore', keys, pauseMs: 0 })).toEqual([['.'], ['.']])
    }
  })
})

describe('the library’s places', () => {
  test.each([
    ['POSIX', posix, '/tmp/My Runner/_temp/go-proxy-setup-0a1b2c'],
    ['Windows', win32, 'C:\\Users\\A B\\_temp\\go-proxy-setup-0a1b2c'],
  ])('on %s: without a space, and the same seen from its working directory and from an archive’s', (_n, path, root) => {
    const { RUNNER_TEMP = '', GITHUB_WORKSPACE = '' } = PLACES
    const stored = path.resolve(root, storedDirectory('.'))
    const archive = path.resolve(stored, RUNNER_TEMP, '5e0d5a1c-random')
    expect(path.dirname(archive)).toBe(path.join(root, 'cache', 'temp'))
    expect([path.resolve(stored, GITHUB_WORKSPACE), path.resolve(archive, GITHUB_WORKSPACE)]).toEqual([stored, stored])
    expect(RUNNER_TEMP + GITHUB_WORKSPACE).not.toMatch(/[\s:]/)
  })
})
