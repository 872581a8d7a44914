import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { verdictsPage } from '../../src/report/documents.ts'

const GITHUB = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_ACTION_REPOSITORY: 'org/x', GITHUB_ACTION_REF: 'v1' }

test.each([
  ['a tag', {}, 'org/x/blob/v1'],
  ['a commit', { GITHUB_ACTION_REF: 'a'.repeat(40) }, `org/x/blob/${'a'.repeat(40)}`],
  ['a branch', { GITHUB_ACTION_REF: 'refs/heads/w/a-b' }, 'org/x/blob/refs/heads/w/a-b'],
  ['`uses: ./`', { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }, undefined],
  ['no ref', { GITHUB_ACTION_REF: undefined }, undefined],
  ['a server of one’s own', { GITHUB_SERVER_URL: 'https://git.corp.example' }, undefined],
  ['no server', { GITHUB_SERVER_URL: undefined }, undefined],
  ['a repository that leads elsewhere', { GITHUB_ACTION_REPOSITORY: '../evil' }, undefined],
  ['one with a part more', { GITHUB_ACTION_REPOSITORY: 'org/x/evil' }, undefined],
  ['one that is Markdown', { GITHUB_ACTION_REPOSITORY: 'org/x)[y](javascript:z' }, undefined],
  ['one with a line break', { GITHUB_ACTION_REPOSITORY: 'org/x\n::error::' }, undefined],
  ['a repository named ..', { GITHUB_ACTION_REPOSITORY: 'org/..' }, undefined],
  ['a ref that leads elsewhere', { GITHUB_ACTION_REF: 'v1/../../../../evil/y/blob/main' }, undefined],
  ['a ref that is a query', { GITHUB_ACTION_REF: 'v1?x=(' }, undefined],
  ['an endless ref', { GITHUB_ACTION_REF: 'v'.repeat(10_000) }, undefined],
])('the page of verdicts: %s', (_, change, place) => {
  const page = verdictsPage({ ...GITHUB, ...change })
  expect(page).toBe(place === undefined ? undefined : `https://github.com/${place}/docs/verdicts.md`)
})

test('every verdict has a place on that page', () => {
  const page = readFileSync('docs/verdicts.md', 'utf8')
  const source = readFileSync('src/benchmark/verdict.ts', 'utf8')
  const verdicts = /export type Verdict =([^\n]*(?:\n {2}[^\n]*)*)/.exec(source)?.[1]?.match(/'(\w+)'/g) ?? []
  expect(verdicts.length).toBeGreaterThan(8)
  for (const verdict of verdicts) {
    const name = verdict.slice(1, -1)
    expect(page).toContain(`| <a name="${name}"></a>\`${name}\` |`)
  }
})
