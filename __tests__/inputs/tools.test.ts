import { describe, expect, test } from '@jest/globals'
import { parseTools } from '../../src/inputs/tools.ts'

const parse = (text: string) => parseTools({ name: 'tools', label: 'tools', text })
const problemsOf = (text: string) => {
  const read = parse(text)
  return read.ok ? read.value.queries.map(({ problem }) => problem) : read.problems
}
const stringer = 'golang.org/x/tools/cmd/stringer'

describe('tools', () => {
  test('one package@version a line, with comments; the command is named as go names it', () => {
    const read = parse(`
      # generators
      ${stringer}@v0.38.0   # enums
      github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.1.0
      example.com/a/tool/v3@v3.0.0-rc.1
      example.com/old@v4.0.0+incompatible
      example.com/pseudo@v0.0.0-20260102030405-0123456789ab
      ${stringer}@v0.38.0
    `)
    expect(read).toEqual({
      ok: true,
      value: {
        queries: [],
        list: [
          { package: stringer, version: 'v0.38.0', name: 'stringer' },
          {
            package: 'github.com/golangci/golangci-lint/v2/cmd/golangci-lint',
            version: 'v2.1.0',
            name: 'golangci-lint',
          },
          { package: 'example.com/a/tool/v3', version: 'v3.0.0-rc.1', name: 'tool' },
          { package: 'example.com/old', version: 'v4.0.0+incompatible', name: 'old' },
          { package: 'example.com/pseudo', version: 'v0.0.0-20260102030405-0123456789ab', name: 'pseudo' },
        ],
      },
    })
  })

  test.each([
    ['-x', /`-x` looks like a flag/, /GOFLAGS/],
    ['./cmd/tool@v1.0.0', /is a path of this machine/, /go run/],
    ['/usr/local/tool', /is a path of this machine/, /go run/],
    ['..\\tool', /is a path of this machine/, /go run/],
    ['example.com/../tool@v1.0.0', /has `\.\.` in its path/, /package@version/],
    ['golang.org/x/tools/cmd/...@v0.38.0', /is a pattern/, /each package/],
    ['cmd/vet@v1.2.3', /does not begin with a host/, /package@version/],
    [`https://${stringer}@v0.38.0`, /is a URL/, new RegExp(`Write \`${stringer}@v0.38.0\`\\.`)],
    [`- ${stringer}@v0.38.0`, /lists have no dashes here/, new RegExp(`Write \`${stringer}@v0.38.0\` instead`)],
    [`"${stringer}@v0.38.0"`, /quotation marks/, new RegExp(`Write \`${stringer}@v0.38.0\` instead`)],
    ['example.com/fake/cmd/git@v1.0.0', /becomes the command git/, /step of its own/],
    ['example.com/fake/Bash/v2@v2.0.0', /becomes the command Bash/, /step of its own/],
    [`${stringer}@v1@v2`, /more than one @/, /package@version/],
  ])('%s is refused: where, what, what to do', (text, what, hint) => {
    const [problem, ...others] = problemsOf(`${stringer}@v0.38.0\n${text}`)
    expect(others).toEqual([])
    expect(problem?.message).toMatch(/^tools, line 2: /)
    expect(problem?.message).toMatch(what)
    expect(problem?.hint).toMatch(hint)
  })

  test.each([
    [stringer, /has no version/, 'latest'],
    [`${stringer}@latest`, /latest means another version with each release/, 'latest'],
    [`${stringer}@upgrade`, /upgrade means/, 'latest'],
    [`${stringer}@master`, /a branch or tag can move/, 'latest'],
    [`${stringer}@release/v1`, /a branch or tag can move/, 'latest'],
    [`${stringer}@0123abc`, /a commit is not a version/, 'latest'],
    [`${stringer}@v0`, /beginning of a version/, 'v0'],
    [`${stringer}@v0.38`, /beginning of a version/, 'v0.38'],
    [`${stringer}@>=v0.38.0`, /a comparison means/, 'latest'],
    [`${stringer}@0.38.0`, /without its v/, 'latest'],
    [`${stringer}@v01.2.3`, /a branch or tag/, 'latest'],
  ])('%s is a question that the job asks', (text, what, query) => {
    const read = parse(text)
    if (!read.ok) throw new Error(read.problems[0]?.message)
    const [asked] = read.value.queries
    expect([read.value.list, asked?.package, asked?.query]).toEqual([[], stringer, query])
    expect(asked?.problem.message).toMatch(what)
    expect(asked?.problem.hint).toContain(`\`${stringer}@v`)
  })

  test('two that would become one command are refused', () => {
    const [problem] = problemsOf(`${stringer}@v0.38.0, example.com/Stringer@v1.0.0`)
    expect(problem?.message).toContain('both become the command Stringer')
  })
})
