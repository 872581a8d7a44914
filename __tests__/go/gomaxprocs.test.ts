import { expect, test } from '@jest/globals'
import { defaultGomaxprocs } from '../../src/go/gomaxprocs.ts'

test.each([
  ['go1.26.1', 64, undefined, 64],
  ['go1.26.1', 64, 3.2, 4],
  ['go1.26.1', 64, 0.2, 2],
  ['go1.26.1', 1, 0.2, 1],
  ['go1.26.1', 2, 16, 2],
  ['go1.25rc1', 64, 3.2, 4],
  ['go1.24.9', 64, 3.2, 64],
  ['devel', 64, 3.2, 4],
])('%s on %d processors with a quota of %s: %d', (version, processors, quota, expected) => {
  expect(defaultGomaxprocs(version, processors, quota)).toBe(expected)
})
