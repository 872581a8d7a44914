import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { modulesToDownload, parseGoModJson, parseGoWorkJson } from '../../src/project/gomod.ts'

describe('what `go mod edit -json` may say', () => {
  test('any JSON gives a value of the right form, and no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), json => {
        const mod = parseGoModJson(json)
        if (mod !== undefined) modulesToDownload(mod)
        parseGoWorkJson(json, json)
      }),
      { numRuns: 500 },
    )
  })

  test('members of another form count as absent', () => {
    const hostile = JSON.stringify({
      Module: 5,
      Go: {},
      Toolchain: ['x'],
      Require: [
        null,
        5,
        { Path: 'example.com/a' },
        { Path: 'example.com/a', Version: 'v1.0.0' },
        { Path: 5, Version: 'x' },
      ],
      Replace: [{}, { Old: 5, New: [] }, { Old: { Path: '' } }],
    })
    expect(parseGoModJson(hostile)).toEqual({
      path: '',
      goLine: undefined,
      toolchainLine: undefined,
      requires: [{ path: 'example.com/a', version: 'v1.0.0' }],
      replaces: [],
      excludes: [],
    })
    expect(parseGoWorkJson('{"Use":[{"DiskPath":5},{"DiskPath":"./x"},7],"Go":1}', '')).toEqual({
      goLine: undefined,
      toolchainLine: undefined,
      use: ['./x'],
      replaces: [],
    })
  })

  test.each([
    ['go 1.23\ntoolchain go1.23.5\nuse ./x\n', 'go1.23.5'],
    ['toolchain\tgo1.23.5// why\r\n', 'go1.23.5'],
    ['// toolchain go1.1\n  toolchain default\n', 'default'],
    ['use ./toolchain\n', undefined],
    ['toolchain\n', undefined],
  ])('the toolchain line of %j', (source, line) => {
    expect(parseGoWorkJson('{}', source)?.toolchainLine).toBe(line)
  })

  test('a `replace` of one version comes before one of all', () => {
    const mod = parseGoModJson(
      JSON.stringify({
        Go: '1.22',
        Require: [{ Path: 'a.example/m', Version: 'v1.0.0' }],
        Replace: [
          { Old: { Path: 'a.example/m' }, New: { Path: 'all.example/m', Version: 'v2.0.0' } },
          { Old: { Path: 'a.example/m', Version: 'v1.0.0' }, New: { Path: 'one.example/m', Version: 'v3.0.0' } },
        ],
      }),
    )
    expect(mod && modulesToDownload(mod)).toEqual([{ path: 'one.example/m', version: 'v3.0.0' }])
  })
})
