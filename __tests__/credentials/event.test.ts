import { expect, test } from '@jest/globals'
import { isDefaultBranch } from '../../src/credentials/event.ts'

test.each<[string, string, string, unknown, boolean]>([
  ['the branch that the payload names', 'push', 'refs/heads/trunk', 'trunk', true],
  ['one with slashes', 'push', 'refs/heads/release/next', 'release/next', true],
  ['another one of which that is the end', 'push', 'refs/heads/feature/main', 'main', false],
  ['another one of which that is the beginning', 'push', 'refs/heads/main/feature', 'main', false],
  ['a usual name that another one is in place of', 'push', 'refs/heads/main', 'trunk', false],
  ['a usual name where none is named', 'push', 'refs/heads/master', undefined, true],
  ['another name where none is named', 'push', 'refs/heads/trunk', undefined, false],
  ['a tag of that name', 'push', 'refs/tags/main', 'main', false],
  ['a pull request', 'pull_request', 'refs/pull/1/merge', 'main', false],
  // Its payload has no repository, and it runs on the default branch alone.
  ['a schedule', 'schedule', 'refs/heads/trunk', undefined, true],
  ['a schedule whose payload names it', 'schedule', 'refs/heads/trunk', 'trunk', true],
])('the default branch: %s', (_name, event, ref, named, is) => {
  const payload = named === undefined ? { schedule: '0 4 * * *' } : { repository: { default_branch: named } }
  expect(isDefaultBranch({ GITHUB_EVENT_NAME: event, GITHUB_REF: ref }, payload)).toBe(is)
})
