import { expect, test } from '@jest/globals'
import { withDefer } from '../../src/job/defer.ts'

test('what was deferred runs after the work, the last one first', async () => {
  const done: string[] = []
  const result = await withDefer(async defer => {
    defer(async () => done.push('connections'))
    defer(async () => done.push('cache'))
    done.push('work')
    return 'result'
  })
  expect([result, done]).toEqual(['result', ['work', 'cache', 'connections']])
})

test('all of it runs even if the work or one of them throws', async () => {
  const done: string[] = []
  const work = withDefer(async defer => {
    defer(async () => done.push('connections'))
    defer(() => Promise.reject(new Error('cache')))
    throw new Error('work')
  })
  await expect(work).rejects.toThrow('cache')
  expect(done).toEqual(['connections'])
})
