import { expect, test } from '@jest/globals'
import { openFlows } from '../../../src/gateway/fetching/flow.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'
import { virtualClock } from '../../support/worlds/virtual-clock.ts'

test('counts the time in which any zip comes, once however many do, and none while all are waited for', async () => {
  const clock = virtualClock()
  const flows = openFlows(clock)
  const [one, other] = [upstreamAt('https://1.example'), upstreamAt('https://2.example')]
  const first = flows.open(one)
  await clock.sleep(10)
  const second = flows.open(one)
  first.note(100)
  await clock.sleep(10)
  first.close()
  second.note(50)
  expect(flows.of(one)).toEqual({ bytes: 150, ms: 20 })
  await clock.sleep(5)
  second.close()
  second.close()
  await clock.sleep(1_000)
  expect(flows.of(one)).toEqual({ bytes: 150, ms: 25 })
  const third = flows.open(one)
  await clock.sleep(5)
  third.close()
  expect([flows.of(one), flows.of(other)]).toEqual([
    { bytes: 150, ms: 30 },
    { bytes: 0, ms: 0 },
  ])
})
