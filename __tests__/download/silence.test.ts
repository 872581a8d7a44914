import { expect, test } from '@jest/globals'
import { watchSilence } from '../../src/download/silence.ts'

const problem = { code: 'HOST_SILENT', message: 'It gives no answer.', hint: '' }
const settled = () => new Promise(resolve => setImmediate(resolve))

test('it is asked once in each silence, and what is found counts only while that one lasts', async () => {
  let asked = 0
  const watch = watchSilence(1_000, () => {
    asked++
    return Promise.resolve(problem)
  })
  expect([watch.look(0, 999), asked]).toEqual([undefined, 0])
  expect([watch.look(0, 1_000), watch.look(0, 1_001), asked]).toEqual([undefined, undefined, 1])
  await settled()
  // Something has come while it was asked.
  expect([watch.look(1_500, 2_000), asked]).toEqual([undefined, 1])
  watch.look(1_500, 2_500)
  await settled()
  expect([watch.look(1_500, 2_600), asked]).toEqual([problem, 2])
})

test('asking that fails ends nothing', async () => {
  const watch = watchSilence(1_000, () => Promise.reject(new Error('no network')))
  watch.look(0, 1_000)
  await settled()
  expect(watch.look(0, 2_000)).toBeUndefined()
})
