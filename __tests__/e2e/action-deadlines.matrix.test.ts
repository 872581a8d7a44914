import { describe, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { useDeadCandidates } from '../support/worlds/dead-candidates.ts'

const cleanUp = cleanUpAfterEach()

describe('failing candidates', () => {
  // The policy that users have.
  test('all dead: one plain try, then a table of reasons and a hint, within a minute', () =>
    useDeadCandidates('{}', {}, cleanUp))
})
