import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readVersionFile } from '../../src/toolchain/version-file.ts'
import { parseWanted } from '../../src/toolchain/wanted.ts'

const MODULE = 'module example.com/m\n\n'

describe('a file', () => {
  test.each<[name: string, text: string, wanted: string]>([
    ['go.mod', `${MODULE}go 1.26.0\n`, '1.26.0'],
    ['go.mod', `${MODULE}go 1.26\n`, '1.26'],
    ['go.mod', `${MODULE}go 1.20\n`, '1.20'],
    ['go.mod', `${MODULE}go 1.27rc1\n`, '1.27rc1'],
    ['go.mod', `${MODULE}go 1.25.0\ntoolchain go1.26.7\n`, 'go1.26.7'],
    ['go.mod', `toolchain go1.26.7\n${MODULE}go 1.25.0\n`, 'go1.26.7'],
    ['go.mod', `${MODULE}go 1.25.0\ntoolchain go1.26.7-corp\n`, 'go1.26.7'],
    ['go.mod', `${MODULE}go 1.25.0\n\ntoolchain go1.27rc1\n`, 'go1.27rc1'],
    ['go.mod', `${MODULE}go 1.25.3\ntoolchain default\n`, '1.25.3'],
    // go takes the newer one.
    ['go.mod', `${MODULE}go 1.26.3\ntoolchain go1.25.1\n`, '1.26.3'],
    ['go.mod', `${MODULE}go 1.26\ntoolchain go1.26.1\n`, 'go1.26.1'],
    ['go.mod', `\ufeff${MODULE}  go\t1.26.0 // as CI\r\n`, '1.26.0'],
    ['go.mod', `${MODULE}require (\n\tgo 1.1\n\texample.com/go v1.0.0\n)\ngo 1.26.0\n`, '1.26.0'],
    ['go.mod', `${MODULE}// go 1.1\ngo 1.26.0\n`, '1.26.0'],
    ['sub/dir/go.mod', 'go 1.26.1\n', '1.26.1'],
    ['C:\\work\\go.mod', 'go 1.26.1\n', '1.26.1'],
    ['tools.mod', 'go 1.26.1\n', '1.26.1'],
    ['go.work', 'go 1.26.1\n\nuse (\n\t./a\n)\n', '1.26.1'],
    ['go.work', 'go 1.26.1\ntoolchain go1.26.7\nuse ./a\n', 'go1.26.7'],
    ['.go-version', '1.26.7', '1.26.7'],
    ['.go-version', '\n1.26.7\r\n', '1.26.7'],
    ['.go-version', '# for CI\ngo1.26\n', 'go1.26'],
    ['.go-version', '>=1.24 <1.26\n', '>=1.24 <1.26'],
    ['.go-version', '1.26.7 # as CI\n', '1.26.7'],
    ['VERSION', 'stable\n', 'stable'],
    ['.tool-versions', 'nodejs 20.1.0\ngolang 1.26.7\n', '1.26.7'],
    ['.tool-versions', 'golang   1.26.7 1.25.1 system # newest first\r\n', '1.26.7'],
    ['.tool-versions', 'go 1.26.7\n', '1.26.7'],
    ['.tool-versions', 'go 1.1\ngolang 1.26.7\n', '1.26.7'],
    ['.tool-versions', '#golang 1.1\ngolangci-lint 2.1.0\ngolang 1.26.7\n', '1.26.7'],
  ])('%s %p asks for %s', (name, text, wanted) => {
    expect(readVersionFile(name, text)).toEqual(parseWanted(wanted))
  })

  const FAULT = 'GO_VERSION_FILE'
  const EMPTY = 'GO_VERSION_FILE_EMPTY'
  const SYNTAX = 'GO_VERSION_SYNTAX'
  test.each<[name: string, text: string, code: string, message: string | RegExp]>([
    ['go.mod', MODULE, EMPTY, 'go.mod names no version of Go.'],
    ['go.mod', '', EMPTY, /names no version/],
    ['go.mod', `${MODULE}toolchain default\n`, EMPTY, /names no version/],
    ['.go-version', '\n# none\n', EMPTY, /names no version/],
    ['.tool-versions', 'nodejs 20.1.0\n', EMPTY, /names no version/],
    ['go.mod', 'go 1.26.0\ngo 1.27.0\n', FAULT, 'go.mod, line 2: the go line appears twice.'],
    ['go.mod', `${MODULE}go latest\n`, FAULT, 'go.mod, line 3: `go latest` is not a valid go line.'],
    ['go.mod', `${MODULE}go >=1.24\n`, FAULT, /line 3: `go >=1.24` is not a valid/],
    ['go.mod', `${MODULE}go 1.26.0 1.27.0\n`, FAULT, /line 3: `go 1.26.0 1.27.0`/],
    ['go.mod', `${MODULE}go\n`, FAULT, /line 3: `go `/],
    ['go.mod', 'go 1.26.0\ntoolchain 1.26.7\n', FAULT, /line 2: `toolchain 1.26.7` is not a valid toolchain line/],
    ['go.mod', 'go 1.26.0\ntoolchain local\n', FAULT, /line 2: `toolchain local`/],
    ['go.mod', 'go 1.26.0\ntoolchain go1.26.7+auto\n', FAULT, /line 2/],
    ['.go-version', '1.26.7\n1.25.1\n', FAULT, '.go-version, line 2: it contains more than a version of Go.'],
    [
      '.go-version',
      '\nbanana\n',
      SYNTAX,
      '.go-version, line 2: `banana` is not a version of Go: it does not look like one.',
    ],
    ['.tool-versions', 'golang system\n', SYNTAX, /^\.tool-versions, line 1: `system` is not a version of Go/],
    ['.tool-versions', 'golang\n', SYNTAX, '.tool-versions, line 1: The version of Go is empty.'],
    ['.tool-versions', 'golang ref:master\n', SYNTAX, /line 1: `ref:master`/],
    ['.go-version', '\u0000\u0001', SYNTAX, /line 1: `<U\+0000><U\+0001>`/],
    // What a merge left.
    ['go.mod', '<<<<<<< HEAD\ngo 1.26.0\n=======\ngo 1.26.1\n>>>>>>> x\n', FAULT, /line 4: the go line appears twice/],
  ])('%s %p is refused: %s', (name, text, code, message) => {
    expect(readVersionFile(name, text)).toMatchObject({
      ok: false,
      problems: [
        {
          code,
          message: message instanceof RegExp ? expect.stringMatching(message) : message,
          hint: expect.stringMatching(/\.$/),
        },
      ],
    })
  })

  test('with an absolute path: the place can be shown on the line', () => {
    const file = process.platform === 'win32' ? 'C:\\w\\go.mod' : '/w/go.mod'
    expect(readVersionFile(file, 'module m\ngo banana\n')).toMatchObject({ problems: [{ at: { file, line: 2 } }] })
    expect(readVersionFile('go.mod', 'go banana\n')).toMatchObject({
      problems: [expect.not.objectContaining({ at: {} })],
    })
  })

  test('of any text gives a version or a problem', () => {
    const names = fc.constantFrom('go.mod', 'go.work', '.go-version', '.tool-versions')
    const text = fc.array(
      fc.constantFrom('go', 'toolchain', 'golang', ' ', '\n', '1.26', '(', ')', '"', '//', '#', '\r', '`'),
    )
    fc.assert(
      fc.property(names, text, (name, words) => {
        const wanted = readVersionFile(name, words.join(''))
        if (!wanted.ok) for (const problem of wanted.problems) expect(problem.code).toMatch(/^GO_VERSION_/)
      }),
    )
  })
})
