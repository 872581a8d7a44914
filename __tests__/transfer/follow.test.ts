import { expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'
import { followTransfer } from '../../src/transfer/follow.ts'
import { atRest, moved, phaseOf, type TransferMovement } from '../../src/transfer/progress.ts'
import { followedLog } from '../support/worlds/followed-log.ts'

/** What is shown of a transfer, in the order in which it moves. */
function shownOf(kind: 'restore' | 'save', key: string | undefined) {
  let movement: TransferMovement = atRest(0, kind === 'restore')
  let nowMs = 0
  const { log, read } = followedLog()
  const transfer = {
    startMs: 0,
    progress: () => ({ ...movement.progress, key }),
    phase: () => phaseOf(movement, kind),
  }
  const sizesIn = () => ({ archive: 100, unpacked: 400 })
  followTransfer(
    transfer,
    { cache: 'module cache', kind, sizesIn },
    { clock: { ...systemClock, now: () => nowMs }, log },
  )
  return {
    read,
    at: (ms: number) => {
      nowMs = ms
    },
    move: (phase: 'building' | 'sending' | 'fetching' | 'unpacking', bytes: number, of?: number) => {
      movement = moved(movement, { phase, bytes, nowMs, beganMs: nowMs, ...(of === undefined ? {} : { of }) })
    },
  }
}

test('a restore: bytes of the size that the key says, then unpacking', () => {
  const { read, at, move } = shownOf('restore', 'key')
  expect(read()).toBeUndefined()
  at(1_000)
  move('fetching', 30)
  const fetching = { what: 'restoring the module cache', done: { of: 30, total: 100 }, bytes: { moved: 30, left: 70 } }
  expect(read()).toMatchObject(fetching)
  move('unpacking', 10)
  expect(read()).toMatchObject({ what: 'unpacking the module cache', done: { of: 0, total: 400 } })
  expect(read()).not.toHaveProperty('bytes')
})

test('before an entry is found, and while an archive is made, no figure is claimed', () => {
  const looking = shownOf('restore', undefined)
  looking.at(1_000)
  expect(looking.read()).toEqual({ phase: 'looking', what: 'looking for the module cache', sinceMs: 0 })
  const saving = shownOf('save', undefined)
  saving.at(1_000)
  saving.move('building', 50)
  expect(saving.read()).toMatchObject({ what: 'packing the module cache' })
  expect(saving.read()).not.toHaveProperty('done')
  saving.move('sending', 20, 50)
  expect(saving.read()).toMatchObject({ what: 'saving the module cache', bytes: { moved: 20, left: 30 } })
})
