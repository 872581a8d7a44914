import { describe, expect, test } from '@jest/globals'
import { flagValue, goflagsBesideProject, goflagsOfCompiler, splitGoflags, sumFileOf } from '../../src/go/goflags.ts'

describe('GOFLAGS', () => {
  test.each<[string, readonly string[] | undefined]>([
    ['', []],
    [' \t-v\n -x ', ['-v', '-x']],
    ["'-ldflags=-s -w' -v", ['-ldflags=-s -w', '-v']],
    ['"-ldflags=it\'s"-v', ["-ldflags=it's", '-v']],
    // A quote inside a flag is a character.
    ['-ldflags="a b"', ['-ldflags="a', 'b"']],
    ["-v '-x", undefined],
    ["''", ['']],
  ])('are split as go splits them: %j', (text, flags) => expect(splitGoflags(text)).toEqual(flags))

  test.each<[string, string | undefined]>([
    ['-modfile=ci.mod', 'ci.mod'],
    ['--modfile=ci.mod', 'ci.mod'],
    ['-modfile=a.mod -v -modfile=b.mod', 'b.mod'],
    ['-modfile=a=b.mod', 'a=b.mod'],
    ['-modfile=', ''],
    ['-modfile', undefined],
    ['-modfiles=x.mod ---modfile=x.mod', undefined],
    ["'-modfile=x.mod", undefined],
  ])('name one value: %j', (text, value) => expect(flagValue(text, 'modfile')).toBe(value))

  test.each([
    ['-ldflags=-X=main.commit=0123abc', ''],
    ["-trimpath '-ldflags=-s -w' --ldflags=-s -v", '-trimpath -v'],
    ['-ldflagsx=1 -gcflags=-N', '-ldflagsx=1 -gcflags=-N'],
    ["'-gcflags=-N -l' -ldflags=-s", "'-gcflags=-N -l'"],
    ['', ''],
    ["-ldflags=-s '-v", "-ldflags=-s '-v"],
  ])('what the linker alone is told changes nothing that is compiled: %j', (text, rest) => {
    expect(goflagsOfCompiler(text)).toBe(rest)
  })

  test('what is about one project concerns no tool: files of it, and variables of its own', () => {
    expect(goflagsBesideProject('-mod=mod -trimpath')).toBe('-trimpath')
    expect(goflagsBesideProject("-v '-ldflags=-s -X main.commit=0123abc'")).toBe('-v')
    expect(goflagsBesideProject('-ldflags=-X=main.commit=0123abc -v')).toBe('-v')
    expect(goflagsBesideProject("'-ldflags=-s -w' -v")).toBe("'-ldflags=-s -w' -v")
  })

  test('the sums of a modfile stand beside it', () => {
    expect(['/a/go.mod', 'ci.mod', 'a.mod.mod'].map(sumFileOf)).toEqual(['/a/go.sum', 'ci.sum', 'a.mod.sum'])
  })
})
