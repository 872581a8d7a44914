import { expect, test } from '@jest/globals'
import { openTurnsOf } from '../../src/tools/turns.ts'

test('so many are at work at once and no more, in the order in which they came, also after one that fails', async () => {
  const inTurn = openTurnsOf(2)
  const order: number[] = []
  let [atWork, most] = [0, 0]
  const work = (i: number) => async () => {
    most = Math.max(most, ++atWork)
    order.push(i)
    await Promise.resolve()
    atWork--
    if (i === 1) throw new Error('one')
    return i
  }
  const all = await Promise.allSettled([0, 1, 2, 3, 4].map(i => inTurn(work(i))))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]])
})
