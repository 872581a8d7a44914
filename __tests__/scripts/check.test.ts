import { describe, expect, test } from '@jest/globals'
import { testsOf } from '../../scripts/check.mjs'

describe('the tests that a commit needs', () => {
  const there = (path: string) => path !== '__tests__/demo'
  const always = ['__tests__/architecture.test.ts', '__tests__/action.test.ts', '__tests__/package.test.ts']

  test.each([
    { name: 'a room', files: ['src/gateway/fetching/pool.ts', 'src/gateway/plan.ts'], tests: ['__tests__/gateway'] },
    { name: 'a file in the root of src', files: ['src/state.ts'], tests: ['__tests__/state.test.ts'] },
    { name: 'a test', files: ['__tests__/go/h1.test.ts'], tests: ['__tests__/go/h1.test.ts'] },
    { name: 'a room without tests of its own', files: ['src/demo/pace.ts'], tests: [] },
    { name: 'a document', files: ['README.md'], tests: [] },
  ])('$name', ({ files, tests }) => {
    expect(testsOf(files, there)).toEqual([...always, ...tests])
  })
})
