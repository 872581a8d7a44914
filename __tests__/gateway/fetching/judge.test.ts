import { expect, test } from '@jest/globals'
import { isRefusal } from '../../../src/gateway/fetching/refusals.ts'
import { classifyStatus, describeOutcome, type Outcome, type OutcomeKind } from '../../../src/upstream/outcome.ts'

function outcomeOf(kind: OutcomeKind, status: number | null): Outcome {
  const timings = { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: null, bodyMs: null, totalMs: 0 }
  const reason = describeOutcome(kind, status)
  return { kind, status, body: Buffer.alloc(0), bytes: 0, timings, reused: false, reason, retryAfter: undefined }
}

test.each([
  [429, true],
  [503, true],
  [500, false],
  [502, false],
  [403, false],
])('status %d asks for fewer requests: %p', (status, isOne) => {
  expect(isRefusal(outcomeOf(classifyStatus(status, ''), status))).toBe(isOne)
})

test('a connection that ends since it carried too many is not one refused request', () => {
  expect(isRefusal(outcomeOf('limited', null))).toBe(false)
})
