import { expect, test } from '@jest/globals'
import type { Candidate } from '../../../src/candidates/candidate.ts'
import { type GatewayEvent, warnOfDisputed } from '../../../src/gateway/telling/events.ts'

const candidate = (name: string) => ({ name, configured: false }) as unknown as Candidate
const [one, other] = [candidate('https://one.example'), candidate('https://other.example')]
const rejected = (target: string, upstream: Candidate): GatewayEvent => ({
  kind: 'rejected',
  target,
  upstream,
  via: undefined,
  fault: 'wrong',
  what: 'its hash is h1:a=, go.sum has h1:b=',
  atMs: 1,
})

test('where nothing that came is as go.sum has it, the line may be wrong: no proxy is blamed', () => {
  const zip = 'example.com/m/@v/v1.2.0.zip'
  expect(warnOfDisputed([rejected(zip, one)])).toEqual([
    {
      code: 'CONTENT_DISPUTED',
      message:
        'example.com/m v1.2.0: https://one.example sent something else (its hash is h1:a=, go.sum has h1:b=). It was not used.',
      hint: 'The line of go.sum may be wrong, or the tag was moved, or the proxy is to blame: `download: true` finds out which.',
    },
  ])
  const served: GatewayEvent = {
    kind: 'placed',
    target: zip,
    from: other,
    bytes: 1,
    proof: 'go.sum',
    atMs: 2,
  }
  expect(warnOfDisputed([rejected(zip, one), served])).toMatchObject([
    {
      code: 'PROXY_SENT_WRONG_CONTENT',
      message: expect.stringContaining('https://one.example sent wrong content for example.com/m v1.2.0:'),
    },
  ])
})
