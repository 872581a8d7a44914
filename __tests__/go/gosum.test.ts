import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addedLines, lineBefore, parseGoSum, remedyFor, sumKey } from '../../src/go/gosum.ts'
import { anyText } from '../support/builders/text.ts'

const A = 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const B = 'h1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB='

describe('parseGoSum', () => {
  test('zip and go.mod lines, with any white space and line ends', () => {
    const text = `a.com/x v1.0.0 ${A}\r\n\n  a.com/x\tv1.0.0/go.mod  ${B}\n   \n`
    const { hashes, faults } = parseGoSum(text)
    expect([...hashes]).toEqual([
      ['a.com/x v1.0.0', A],
      ['a.com/x v1.0.0/go.mod', B],
    ])
    expect(faults).toEqual([])
  })

  test('of two lines for one key the first counts, as for go', () => {
    expect(parseGoSum(`a.com v1.0.0 ${A}\na.com v1.0.0 ${B}\n`).hashes.get('a.com v1.0.0')).toBe(A)
  })

  test('hashes of other algorithms and of an empty go.mod are passed over', () => {
    const empty = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY='
    const text = `a.com v1.0.0 h2:xyz\na.com v1.0.0/go.mod ${empty}\na.com v1.0.0 ${B}\n`
    expect([...parseGoSum(text).hashes]).toEqual([['a.com v1.0.0', B]])
    expect(parseGoSum(text).faults).toEqual([])
  })

  test('what go refuses is told with its line', () => {
    const text = `a.com v1.0.0 ${A}\n<<<<<<< HEAD\na.com v1.0.1\n=======\n>>>>>>> topic\na.com v1.0.2 ${A} more\n`
    expect(parseGoSum(text).faults.map(({ line, fault }) => [line, fault.includes('conflict')])).toEqual([
      [2, true],
      [3, false],
      [4, true],
      [5, true],
      [6, false],
    ])
  })

  test('any text', () => {
    fc.assert(
      fc.property(anyText(), text => {
        const { hashes, faults } = parseGoSum(text)
        expect(hashes.size + faults.length).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })

  test('names that an object has by itself are only names', () => {
    expect(parseGoSum(`__proto__ constructor ${A}\n`).hashes.get('__proto__ constructor')).toBe(A)
  })
})

test('sumKey', () => {
  const module = { path: 'github.com/BurntSushi/toml', version: 'v1.4.0' }
  expect([sumKey(module, 'zip'), sumKey(module, 'mod')]).toEqual([
    'github.com/BurntSushi/toml v1.4.0',
    'github.com/BurntSushi/toml v1.4.0/go.mod',
  ])
})

test.each([
  ['', 'a\nb\n', ['a', 'b']],
  ['a\n', 'a\nb\n', ['b']],
  ['a\r\nb\r\n', 'b\na\n', []],
  ['a\n', '', []],
])('addedLines from %j to %j', (before, after, added) => expect(addedLines(before, after)).toEqual(added))

describe('where a line belongs', () => {
  const text = [
    'example.com/a v1.9.0 h1:a=',
    'example.com/a v1.9.0/go.mod h1:a=',
    'example.com/c v1.0.0/go.mod h1:c=',
    '',
  ].join('\n')
  test.each([
    ['example.com/A v1.0.0 h1:x=', 0],
    ['example.com/a v1.8.0/go.mod h1:x=', 0],
    ['example.com/a v1.10.0 h1:x=', 2],
    ['example.com/b v1.0.0 h1:x=', 2],
    ['example.com/c v1.0.0 h1:x=', 2],
    ['example.com/d v1.0.0 h1:x=', 3],
  ])('%s: after line %i', (line, at) => {
    expect(lineBefore(text, line)).toBe(at)
  })

  test('in an empty file: at its beginning', () => {
    expect(lineBefore('', 'example.com/a v1.0.0 h1:x=')).toBe(0)
  })
})

test('the sums of a workspace are not written by go mod tidy', () => {
  expect(['/w/go.sum', '/w/go.work.sum', '/w/dev.work.sum', '/w/ci.sum'].map(remedyFor)).toEqual([
    'go mod tidy',
    'go work sync',
    'go work sync',
    'go mod tidy',
  ])
})
