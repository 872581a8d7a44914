import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FormatName } from '../../src/environment/formats/format.ts'
import { READERS } from '../support/builders/format-grammars.ts'
import {
  anyValue,
  asRecord,
  asVariables,
  carriedBy,
  HOSTILE_VALUES,
  renderText,
} from '../support/builders/variables.ts'

/** For systems that cannot be run here; the others: `format-readers.test.ts`. */
describe.each(Object.entries(READERS))('%s', (name, read) => {
  const format = name as keyof typeof READERS

  test('its reader gets a thousand values as they were, or is told which it cannot have', () => {
    for (const one of carriedBy(format, asVariables(HOSTILE_VALUES)))
      expect(read(renderText(format, [one]))).toEqual([[one.name, one.value]])
    let carried = 0
    fc.assert(
      fc.property(anyValue, value => {
        const list = carriedBy(format, asVariables([value, 'https://a.example,direct']))
        carried += list.length - 1
        expect(Object.fromEntries(read(renderText(format, list)))).toEqual(asRecord(list))
      }),
      { numRuns: 1_000 },
    )
    expect(carried).toBeGreaterThan(100)
  })
})

describe('vectors from the documentation', () => {
  test.each<readonly [FormatName, string, string]>([
    // about_Quoting_Rules: 'don''t'.
    ['powershell', "don't", "$env:A = 'don''t'\n"],
    ['powershell', '$HOME "`n"', `$env:A = '$HOME "\`n"'\n`],
    ['powershell', '‘a’\n', "$env:A = '' + [char]0x2018 + 'a' + [char]0x2019 + [char]0x000A\n"],
    ['powershell', '\u{1f600}', "$env:A = '' + [char]0xD83D + [char]0xDE00\n"],
    ['powershell', '', "$env:A = ''\n"],
    // `cmd /?`: the characters & < > ( ) @ ^ | stand for themselves between quotes.
    ['cmd', 'https://a.example|b & (c) ^ <d>', '@set "A=https://a.example|b & (c) ^ <d>"\r\n'],
    ['cmd', '', '@set "A="\r\n'],
    ['azure', '100% a;b]c\r\nd', '##vso[task.setvariable variable=A]100%AZP25 a%3Bb%5Dc%0D%0Ad\n'],
    // TeamCity's own example is foo|'s test.
    ['teamcity', "foo's test", "##teamcity[setParameter name='env.A' value='foo|'s test']\n"],
    ['teamcity', 'a|[b]\r\nü', "##teamcity[setParameter name='env.A' value='a|||[b|]|r|n|0x00FC']\n"],
    ['fish', "it's \\n", "set -gx A 'it\\'s \\\\n'\n"],
    ['dotenv', 'https://a.example,direct', 'A=https://a.example,direct\n'],
    ['dotenv', 'https://a.example|b #c', "A='https://a.example|b #c'\n"],
    ['circleci', "it's", "export A='it'\\''s'\n"],
    ['buildkite', 'a b', "buildkite-agent env set --output-format=quiet 'A=a b'\n"],
    ['docker', 'a b', "--build-arg 'A=a b'\n"],
    ['jenkins', 'a=b $c', 'A=a=b $c\n'],
  ])('%s: %j', (format, value, text) => {
    expect(renderText(format, [{ name: 'A', value }])).toBe(text)
  })
})
