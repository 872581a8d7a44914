import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { columnsOf, firstColumns, padStartTo, padTo, shortenTo, wrapWords } from '../../src/text/columns.ts'

const word = fc.stringMatching(/^[a-z0-9.:/]{1,20}$/)
const columns = fc.integer({ min: 44, max: 130 })

describe('lines that are too long', () => {
  test('fit, and every word stays whole and in its place', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }),
        fc.integer({ min: 0, max: 6 }),
        columns,
        (words, indent, width) => {
          const lines = wrapWords(' '.repeat(indent) + words.join(' '), width)
          expect(lines.filter(line => columnsOf(line) > width)).toEqual([])
          // At the beginning of a line `::` would be a command of the runner's.
          const told = lines.map(line => line.replace(/^( *)\\::/, '$1::'))
          expect(told.join(' ').split(/ +/).filter(Boolean)).toEqual(words)
          expect(lines.slice(1).filter(line => line.trim().startsWith('::'))).toEqual([])
          expect(lines[0]?.startsWith(' '.repeat(words.length === 0 ? 0 : indent))).toBe(true)
        },
      ),
    )
  })

  test('what fits stays as it is, with all of its spaces', () => {
    expect(wrapWords('  a   b', 7)).toEqual(['  a   b'])
    expect(wrapWords('', 7)).toEqual([''])
  })

  test('a list of proxies is broken behind its commas and bars; any other long word stays whole', () => {
    expect(wrapWords('set GOPROXY=https://one.example,https://two.example|https://three.example', 40)).toEqual([
      'set GOPROXY=https://one.example,',
      '  https://two.example|',
      '  https://three.example',
    ])
    expect(wrapWords(`at https://one.example/${'x'.repeat(40)} now`, 30)).toEqual([
      'at',
      `  https://one.example/${'x'.repeat(40)}`,
      '  now',
    ])
  })
})

test('a character of an East Asian script takes two columns, a mark none', () => {
  expect([columnsOf('abc'), columnsOf('模块'), columnsOf('é'), columnsOf('e\u0301')]).toEqual([3, 4, 1, 1])
  expect([columnsOf('‘█░·’ – x…'), columnsOf('█模')]).toEqual([10, 3])
  expect([padTo('模', 4), padStartTo('模', 4), firstColumns('模块', 3)]).toEqual(['模  ', '  模', '模'])
  expect(wrapWords('模块模块 模块', 9)).toEqual(['模块模块', '  模块'])
})

test('a name that is too long keeps its two ends', () => {
  expect(shortenTo('https://proxy.example/go', 24)).toBe('https://proxy.example/go')
  expect(shortenTo('https://proxy.corp.example/artifactory/api/go/virtual', 20)).toBe('https://pr…o/virtual')
})
