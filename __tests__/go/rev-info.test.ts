import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { faultOfRevInfo } from '../../src/go/rev-info.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'

const go = openGoOracle()

const version = fc.oneof(
  fc.constantFrom(
    'v1.2.3',
    'v2.0.0',
    'v2.0.0+incompatible',
    'v0.0.0-20240102030405-abcdefabcdef',
    'v1',
    'v1.2',
    'main',
  ),
  fc.constantFrom('', 'abcdef0', 'v1.2.3+meta', 'v1.2.3-rc.1', 'v1.2.3-01', 'v01.2.3', 'v1.2.3-', 'v3.0.0', 'v10.0.0'),
)
const path = fc.constantFrom(
  'example.com/m',
  'example.com/m/v2',
  'example.com/m/v1',
  'example.com/m/v10',
  'example.com/m/v02',
  'example.com/m/v2.0',
  'gopkg.in/m.v2',
  'gopkg.in/m.v1',
  'gopkg.in/m.v0',
  'gopkg.in/m.v2-unstable',
  'gopkg.in/m',
  'golang.org/toolchain',
  'nodot/m',
  'Upper.example/m',
)
const time = fc.oneof(
  fc.constantFrom<unknown>('2024-01-02T03:04:05Z', '2024-02-29T00:00:00.5+01:00', '0000-02-29T00:00:00Z', null, 1, ''),
  fc.constantFrom('2023-02-29T00:00:00Z', '2024-13-01T00:00:00Z', '2024-01-32T00:00:00Z', '2024-01-02T24:00:00Z'),
  fc.constantFrom('2024-01-02T03:04:60Z', '2024-01-02t03:04:05z', '2024-01-02 03:04:05Z'),
)
const origin = fc.constantFrom<unknown>(
  null,
  {},
  { VCS: 'git', URL: 'https://example.com', Ref: 'refs/tags/v1', Hash: 'abc', Unknown: [1] },
  { vcs: 1 },
  { Hash: null },
  [],
  'git',
)
const named = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.option(fc.tuple(fc.constantFrom(name, name.toLowerCase(), name.toUpperCase()), value), { nil: undefined })
const answer = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        named('Version', fc.oneof({ weight: 5, arbitrary: version }, fc.constantFrom(1, null, {}))),
        named('Time', time),
        named('Origin', origin),
        named('Short', fc.constantFrom('abc', 1)),
      )
      .map(fields => JSON.stringify(Object.fromEntries(fields.flatMap(field => (field ? [field] : []))))),
  },
  fc.constantFrom(
    'null',
    '[]',
    '1',
    '"v1.2.3"',
    '',
    '{',
    '<html></html>',
    '{} {}',
    ' {"Version":"v1.2.3"}\n',
    '\ufeff{}',
  ),
)

test('what go takes as the answer to a query is taken, and nothing else', () => {
  const cases = fc.sample(fc.record({ json: answer, path, query: version }), 5_000)
  const answers = go.ask(cases.map(({ json, path, query }) => ({ ask: 'revInfo', a: json, b: path, c: query })))
  const wrong = cases.filter(
    ({ json, path, query }, i) => (faultOfRevInfo(json, path, query) === undefined) !== (answers[i] === 'true'),
  )
  expect(wrong.slice(0, 5)).toEqual([])
  expect(new Set(answers)).toEqual(new Set(['true', 'false']))
})

test('what is no JSON may be an accident on the way; what is another version is not', () => {
  expect(faultOfRevInfo('<html>', 'example.com/m', 'main')?.fault).toBe('form')
  expect(faultOfRevInfo('{"Version":"v1.0.1"}', 'example.com/m', 'v1.0.0')?.fault).toBe('meaning')
  expect(faultOfRevInfo('{}', 'example.com/m', undefined)).toBeUndefined()
})
