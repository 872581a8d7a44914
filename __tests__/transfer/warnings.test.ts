import { expect, test } from '@jest/globals'
import { warningsOfBuildRestore } from '../../src/build-cache/story.ts'
import { warningsOfRestore } from '../../src/cache/restore-warnings.ts'
import type { TransferEnd } from '../../src/transfer/transfer.ts'

function warningsOf(end: Partial<TransferEnd>) {
  const whole: TransferEnd = {
    how: 'done',
    what: undefined,
    key: 'k',
    refused: false,
    verified: new Map(),
    placed: { files: 0, bytes: 0 },
    rejected: [],
    startedMs: 0,
    seconds: 1,
    ...end,
  }
  return [
    ...warningsOfRestore({ ...whole, taken: new Set(), bytes: 0, exact: true, predictedDownloadSeconds: undefined }),
    ...warningsOfBuildRestore({ ...whole, figures: undefined, match: undefined }),
  ]
}

const rejected = (files: number) => Array.from({ length: files }, (_, i) => ({ target: `f${i}`, what: 'its hash' }))

test('a restore that ended well, was missed or abandoned is no warning', () => {
  for (const how of ['done', 'missed', 'abandoned'] as const) expect(warningsOf({ how })).toEqual([])
})

test('one that failed says why, and what happens instead', () => {
  expect(warningsOf({ how: 'failed', what: 'status 500' })).toEqual([
    {
      code: 'CACHE_NOT_RESTORED',
      message: 'The module cache could not be restored: status 500.',
      hint: 'The modules were downloaded instead.',
    },
    {
      code: 'BUILD_CACHE_NOT_RESTORED',
      message: 'The build cache could not be restored: status 500.',
      hint: 'go builds what it needs instead.',
    },
  ])
  expect(warningsOf({ how: 'failed' })[0]?.message).toMatch(/: unknown reason\.$/)
})

test('wrong files are counted, and the first five are named', () => {
  expect(warningsOf({ rejected: rejected(1) }).map(({ code, message }) => [code, message])).toEqual([
    ['CACHE_WRONG_CONTENT', '1 file of the cache entry did not match go.sum and was not used: f0 (its hash).'],
    [
      'BUILD_CACHE_WRONG_CONTENT',
      '1 file of the build cache’s entry had wrong content and was not used: f0 (its hash).',
    ],
  ])
  const five = 'f0 (its hash), f1 (its hash), f2 (its hash), f3 (its hash), f4 (its hash)'
  for (const { message } of warningsOf({ rejected: rejected(5) }))
    expect(message.endsWith(`not used: ${five}.`)).toBe(true)
  for (const { message } of warningsOf({ rejected: rejected(6) })) {
    expect(message).toMatch(/^6 files .* and were not used: /)
    expect(message.endsWith(`${five}, ….`)).toBe(true)
  }
})

test('both: two warnings, each with a hint', () => {
  const both = warningsOf({ how: 'failed', rejected: rejected(1) })
  expect(both.map(({ code }) => code)).toEqual([
    'CACHE_NOT_RESTORED',
    'CACHE_WRONG_CONTENT',
    'BUILD_CACHE_NOT_RESTORED',
    'BUILD_CACHE_WRONG_CONTENT',
  ])
  for (const { hint } of both) expect(hint).not.toBe('')
})
