import { describe, expect, test } from '@jest/globals'
import { parseWanted, satisfies, type WantedGo } from '../../src/toolchain/wanted.ts'

function wantedOf(text: string): WantedGo {
  const wanted = parseWanted(text)
  if (!wanted.ok) throw new Error(JSON.stringify(wanted.problems))
  return wanted.value
}

describe('one version', () => {
  test.each([
    ['1.26.7', 'go1.26.7'],
    ['go1.26.7', 'go1.26.7'],
    ['v1.26.7', 'go1.26.7'],
    ['=1.26.7', 'go1.26.7'],
    [' 1.26.7\n', 'go1.26.7'],
    ['1.21.0', 'go1.21.0'],
    // The first releases before 1.21 had two parts.
    ['1.20.0', 'go1.20'],
    ['1.9.0', 'go1.9'],
    ['1.27.0-rc.1', 'go1.27rc1'],
    ['1.27rc1', 'go1.27rc1'],
    ['go1.27rc1', 'go1.27rc1'],
    ['1.14.0-rc1', 'go1.14rc1'],
    ['1.18.0-beta.1', 'go1.18beta1'],
    ['1.18beta1', 'go1.18beta1'],
  ])('%p is %s', (text, version) => {
    expect(wantedOf(text)).toEqual({ kind: 'exact', text: text.trim(), version })
  })

  test('is there under its name, however it was built, and under no other', () => {
    const wanted = wantedOf('1.26.7')
    for (const version of ['go1.26.7', 'go1.26.7-corp', 'go1.26.7 X:nogreenteagc'])
      expect([version, satisfies(wanted, version)]).toEqual([version, true])
    for (const version of ['go1.26.8', 'go1.26', 'go1.26rc7', 'devel go1.28-a3b4c5', '', '1.26.70', 'go11.26.7'])
      expect([version, satisfies(wanted, version)]).toEqual([version, false])
  })
})

test('a range takes prereleases only when it names one', () => {
  for (const text of ['1.27', '1.27.x', '>=1.26', '^1.26.0', '*', '<1.28'])
    expect([text, satisfies(wantedOf(text), 'go1.27rc1')]).toEqual([text, false])
  for (const text of ['>=1.27.0-rc.1', '^1.27.0-0', '>=1.27rc1', '1.27rc1 || 1.26'])
    expect([text, satisfies(wantedOf(text), 'go1.27rc1')]).toEqual([text, true])
})

test('only the list can say what is stable', () => {
  for (const kind of ['stable', 'oldstable'] as const) {
    expect(wantedOf(kind)).toEqual({ kind, text: kind })
    expect(satisfies(wantedOf(kind), 'go1.26.7')).toBe(false)
  }
})

test.each<[string, RegExp]>([
  ['', /^The version of Go is empty\.$/],
  ['latest', /called stable/],
  ['lts/*', /called stable/],
  ['go.mod', /named by go-version-file/],
  ['.tool-versions', /named by go-version-file/],
  [`\${{ matrix.go }}`, /not evaluated/],
  ['"1.26"', /quotes within/],
  ['- 1.26', /not a list/],
  ['go 1.26', /with go and a number/],
  ['Stable', /does not look like one/],
  ['tip', /only releases and prereleases/],
  ['system', /names no version/],
  ['>=1.24, <1.26', /by spaces, not commas/],
  ['1.24,1.25', /by spaces, not commas/],
  ['1.26.07', /does not look like one/],
  ['1.26.7.1', /does not look like one/],
  ['1.26.7-rc.1', /only the first release/],
  ['1.26.x-rc.1', /does not look like one/],
  ['1.x.3', /does not look like one/],
  ['1.26-alpha1', /does not look like one/],
  ['1.26.7+incompatible', /does not look like one/],
  ['>=', /not a range/],
  ['1.26 || ', /not a range/],
  ['>=1.24 <banana', /not a range/],
  ['1.２6', /<U\+FF12>/],
  ['1.26.99999999', /does not look like one/],
  ['go', /does not look like one/],
  ['../../etc/passwd', /does not look like one/],
  ['1.26\u200b', /<U\+200B>/],
  [`1.${'2'.repeat(500)}`, /too long/],
])('%p is refused with what is wrong and what is allowed', (text, message) => {
  expect(parseWanted(text)).toMatchObject({
    ok: false,
    problems: [
      {
        code: 'GO_VERSION_SYNTAX',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/1\.26\.7; 1\.26 or 1\.26\.x .*stable; oldstable\.$/),
      },
    ],
  })
})
